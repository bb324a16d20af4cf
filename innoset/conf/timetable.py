"""Everything that happens by itself, and how often. Times of day are Moscow's."""

from datetime import timedelta

from innoset.foundation.jobs.pure.timetable import Periodic

TIMETABLE = (
    Periodic("letters", every=timedelta(minutes=1), task="innoset.foundation.notify.jobs.send_letters"),
    Periodic("scans", every=timedelta(minutes=1), task="innoset.foundation.files.jobs.scan_waiting"),
    Periodic("uploads", every=timedelta(hours=1), task="innoset.foundation.files.jobs.forget_stale_uploads"),
    Periodic(
        "history",
        every=timedelta(days=1),
        after=timedelta(hours=3),
        task="innoset.projects.jobs.forget_old_texts",
    ),
    Periodic("held forms", every=timedelta(hours=1), task="innoset.accounts.jobs.forget_held_forms"),
    Periodic("probe", every=timedelta(minutes=1), task="innoset.foundation.jobs.jobs.look_at_site"),
    Periodic("automatic", every=timedelta(minutes=1), task="innoset.contests.jobs.send_unsent"),
    Periodic("annexes", every=timedelta(minutes=2), task="innoset.contests.jobs.read_attachments"),
    Periodic("kept texts", every=timedelta(minutes=10), task="innoset.contests.jobs.keep_texts"),
    Periodic("comparison", every=timedelta(minutes=2), task="innoset.contests.jobs.compare_texts"),
    Periodic(
        "index of texts",
        every=timedelta(days=1),
        after=timedelta(hours=4),
        task="innoset.contests.jobs.arrange_texts",
    ),
    Periodic("warnings", every=timedelta(minutes=15), task="innoset.contests.jobs.warn_unsent"),
    Periodic(
        "opening of reports",
        every=timedelta(days=1),
        after=timedelta(hours=6),
        task="innoset.projects.jobs.open_reports",
    ),
    Periodic(
        "reminders of reports",
        every=timedelta(days=1),
        after=timedelta(hours=9),
        task="innoset.projects.jobs.remind_of_reports",
    ),
    Periodic("invitations", every=timedelta(hours=1), task="innoset.review.jobs.remind_unanswered"),
    Periodic(
        "measures",
        every=timedelta(days=1),
        after=timedelta(hours=7),
        task="innoset.projects.jobs.warn_of_measures",
    ),
    Periodic(
        "ends of agreements",
        every=timedelta(days=1),
        after=timedelta(hours=7),
        task="innoset.network.jobs.warn_of_agreements",
    ),
    Periodic(
        "errands",
        every=timedelta(days=1),
        after=timedelta(hours=8),
        task="innoset.network.jobs.remind_of_errands",
    ),
    Periodic(
        "ends of statuses",
        every=timedelta(days=1),
        after=timedelta(hours=7),
        task="innoset.network.jobs.look_at_terms",
    ),
    Periodic(
        "housekeeping",
        every=timedelta(days=1),
        after=timedelta(hours=3),
        task="innoset.foundation.jobs.jobs.forget_finished",
    ),
)
