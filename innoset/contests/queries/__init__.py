"""Reads of contests; none writes."""
