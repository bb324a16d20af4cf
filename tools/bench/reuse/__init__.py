"""The bench of text reuse: texts made up by a grammar, passages hidden in them, how well they are found."""
