"""Algorithms of projects: forms as data, Word in, Word out. No Django here."""
