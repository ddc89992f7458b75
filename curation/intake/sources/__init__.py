"""Where messages wait: mailboxes, folders, forges. Each gives them as values, and is told when one is done with."""
