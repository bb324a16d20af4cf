"""Algorithms of contests, on plain data."""
