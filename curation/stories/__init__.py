"""The editorial life of stories: a board of what waits for whom, and the steps from draft to archive."""
