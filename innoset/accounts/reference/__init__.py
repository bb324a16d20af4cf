"""The first versions of the texts that people agree to."""
