"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.cabinet import (
    answers,
    applications,
    attachments,
    autosaves,
    checking,
    confirmations,
    copying,
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
    *applications.routes,
    *answers.routes,
    *autosaves.routes,
    *history.routes,
    *held.routes,
    *word_imports.routes,
    *attachments.routes,
    *uploads.routes,
    *copying.routes,
    *checking.routes,
    *confirmations.routes,
    *sendings.routes,
    *joining.routes,
    *profile.routes,
]
