"""Django's PostgreSQL engine with a version check a person can read and bounded waiting."""
