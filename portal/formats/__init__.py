"""Formats: functions from values to text. None writes a file."""
