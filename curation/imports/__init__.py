"""Directories of people from elsewhere: CSV, vCard, LDIF in, profiles out."""
