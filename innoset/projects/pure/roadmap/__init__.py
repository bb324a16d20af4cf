"""Roadmaps without a database: how measures stand, their picture, their terms, their tables."""
