"""Django's SQLite engine, taught Russian letters and safe concurrent writing."""
