"""Bytes → feeds, pages and lists of feeds, in processes that can be killed."""
