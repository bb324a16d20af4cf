"""The entrance: what the sign-in library asks, says and sends, in the words of the house."""
