"""Private files: kept by content hash outside the web root, typed by content, handed out through views only."""
