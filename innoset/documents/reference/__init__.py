"""What the normative base begins with."""
