"""The editorial life of stories."""
