"""Newsletters: chosen from the content, mended by people, set as a mail, and sent once to each."""
