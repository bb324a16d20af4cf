"""Papers that contests print."""
