"""Doors: one a kind of visitor. Views load what may be seen and call one deed."""
