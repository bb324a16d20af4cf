"""The door of an organisation: its applications, profile, notices."""
