"""Faults on purpose: a person types, something dies, and the texts are counted afterwards."""
