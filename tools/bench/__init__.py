"""`make bench`: how heavy the main pages are, how many queries they ask, how they grow with the rows."""
