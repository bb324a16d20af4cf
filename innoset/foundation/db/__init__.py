"""What differs between SQLite and PostgreSQL, so that nothing above has to know.

Nouns: the two connection set-ups (`sqlite`, `postgresql`) and `append_only`,
the migration operation that makes a table a one-way street.
"""
