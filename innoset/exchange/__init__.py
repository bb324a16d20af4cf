"""Carrying data in and out: an `ImportBatch` is read, previewed row by row, and applied only when confirmed."""
