"""The audit log: one `Entry` a deed, append-only, written in the deed's own transaction."""
