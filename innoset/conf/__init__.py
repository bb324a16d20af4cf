"""Settings, root addresses, timetable and the entry point of the server."""
