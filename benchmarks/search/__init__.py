"""Our search beside Pagefind's: the same documents, the same browser, the same run. `python -m benchmarks.search`."""
