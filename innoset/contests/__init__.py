"""Contests: `Contest` from a template, `Application`s, the council's `Sitting`, `Award`s by order."""
