"""Official papers: `Order`, `Minutes`, every printed `Paper` and the public check of its number and hash."""
