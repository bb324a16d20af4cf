"""Reads of analytics: each noun has a module of its own."""
