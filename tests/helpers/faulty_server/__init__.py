"""A demo server that can be told to misbehave, in answers, on the stream, and in its sessions.

It is the plain server with another application around it, other sessions, and control routes. Run
it by itself as ``python -m tests.helpers.faulty_server --port N``.
"""
