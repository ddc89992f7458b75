"""What is true: content model, relations, rules and formats. Pure: only `portal.loading` reads files."""
