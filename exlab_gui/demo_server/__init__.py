"""A server with the API and behaviour of ExLab-Wizard, and simulated sessions.

Needs the extra ``server``.
"""
