"""Contributions by people who have no git: messages in, validated records and answers out."""
