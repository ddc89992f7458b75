"""Finding pages from the command line: the documents of a site in a Whoosh index, ranked as the site ranks them."""
