"""The desk: candidates, decisions, what stands, what merges."""
