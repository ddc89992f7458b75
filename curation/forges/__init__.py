"""Proposals to a forge: a branch, a push, then a pull or merge request."""
