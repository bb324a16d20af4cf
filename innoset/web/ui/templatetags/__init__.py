"""Words that the templates speak."""
