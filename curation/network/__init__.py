"""Retrieving: what may be connected to, and how far an answer may go."""
