"""The curator's screen: by a pilot that presses keys, and in a terminal of its own."""
