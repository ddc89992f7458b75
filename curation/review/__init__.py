"""The terminal screen on which a curator judges candidates."""
