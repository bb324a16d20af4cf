"""Reading a list from a file and making its rows regular. Pure: bytes in, rows and reasons out."""
