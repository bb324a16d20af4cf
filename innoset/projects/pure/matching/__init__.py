"""Finding the fields of a form in a document by the words of their labels."""
