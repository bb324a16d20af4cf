"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.cabinet import (
    answers,
    appeals,
    applications,
    attachments,
    autosaves,
    beginning,
    checking,
    confirmations,
    copying,
    deadlines,
    held,
    history,
    home,
    joining,
    profile,
    sendings,
    uploads,
    word_imports,
)

app_name = "cabinet"
urlpatterns = [
    *home.routes,
    *beginning.routes,
    *applications.routes,
    *appeals.routes,
    *answers.routes,
    *autosaves.routes,
    *history.routes,
    *held.routes,
    *word_imports.routes,
    *attachments.routes,
    *uploads.routes,
    *copying.routes,
    *checking.routes,
    *deadlines.routes,
    *confirmations.routes,
    *sendings.routes,
    *joining.routes,
    *profile.routes,
]
