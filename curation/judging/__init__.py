"""What is thought of an entry: its page, its words, its language, what it repeats, its topics, its score. Pure."""
