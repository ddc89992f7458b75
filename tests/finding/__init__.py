"""Finding pages from the command line: over a real index, in real folders."""
