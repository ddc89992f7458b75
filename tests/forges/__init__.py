"""Tests of proposals: real repositories, a real git over HTTP, and small servers that answer as forges document."""
