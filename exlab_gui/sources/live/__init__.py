"""Sessions of running ExLab-Wizard servers: watched, listened to, steered (no Qt)."""
