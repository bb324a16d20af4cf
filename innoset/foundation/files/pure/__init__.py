"""What is known of a file by its bytes and its name alone."""
