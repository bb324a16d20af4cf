"""Reckoning of the timetable."""
