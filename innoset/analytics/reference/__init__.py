"""What analytics begins with: indicators, statements of the self-analysis, the first formula."""
