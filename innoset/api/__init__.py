"""The door for machines: what the house tells programs, in JSON. Today: the forms and their schemas."""
