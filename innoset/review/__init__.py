"""Expertise: a `Round` gives frozen `Dossier`s to a panel; each expert fills a `ScoreSheet`; ranking follows.

Whoever wants something judged opens a dossier and keeps a key to it; review never learns what it judged.
"""
