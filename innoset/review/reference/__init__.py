"""What the dictionaries of the expertise begin with."""
