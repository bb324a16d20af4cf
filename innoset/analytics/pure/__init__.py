"""Reckonings of indicators and of the index: plain data in, figures and sentences out."""
