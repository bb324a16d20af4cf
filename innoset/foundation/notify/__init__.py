"""Notices: declared once, shown in the cabinet as a `Message`, sent by post as a `Letter` of the outbox."""
