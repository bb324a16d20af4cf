"""Algorithms of the expertise, on plain data."""
