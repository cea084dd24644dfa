"""A server that speaks as a running ExLab-Wizard does, with simulated sessions.

It keeps the contract, and behaves as a real server was seen to; it can be told to misbehave. Needs
the extra ``server``.
"""
