"""Posters as PDF files, made of the pages that a build wrote."""
