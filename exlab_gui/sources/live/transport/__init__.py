"""Requests to the named server alone, and the streams that it sends: limited in every way."""
