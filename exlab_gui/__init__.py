"""The desktop monitor for ExLab-Wizard creation sessions."""

__version__ = "0.1.0"
