"""What is new, as documents that readers of news understand: Atom (RFC 4287) and JSON Feed 1.1. Pure."""
