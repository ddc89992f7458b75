"""What waits for a curator: candidates, and the decisions taken on them, as files that merge."""
