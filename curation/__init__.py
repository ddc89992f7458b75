"""How content comes in and goes out, and the `veillee` command. Never imports `hooks`."""
