"""Everything that happens by itself, and how often. Times of day are Moscow's."""

from datetime import timedelta

from innoset.foundation.jobs.pure.timetable import Periodic

TIMETABLE = (
    Periodic("letters", every=timedelta(minutes=1), task="innoset.foundation.notify.jobs.send_letters"),
    Periodic(
        "housekeeping",
        every=timedelta(days=1),
        after=timedelta(hours=3),
        task="innoset.foundation.jobs.jobs.forget_finished",
    ),
)
