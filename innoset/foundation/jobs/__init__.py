"""Work done behind the page: the queue's worker, its timetable, and recovery after a crash.

Nouns: `Periodic` (a line of the timetable), `Slot` (one turn of it, claimed once), `Liveness`
(a lock that dies with its worker). A job is a `django_tasks.task` whose arguments are ids and
which may safely run twice: after a crash it is run again.
"""
