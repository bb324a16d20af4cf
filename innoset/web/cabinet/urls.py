"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.cabinet import (
    answers,
    applications,
    attachments,
    autosaves,
    copying,
    history,
    home,
    joining,
    profile,
    sendings,
    word_imports,
    uploads,
)

app_name = "cabinet"
urlpatterns = [
    *home.routes,
    *applications.routes,
    *answers.routes,
    *autosaves.routes,
    *history.routes,
    *word_imports.routes,
    *attachments.routes,
    *copying.routes,
    *sendings.routes,
    *uploads.routes,
    *joining.routes,
    *profile.routes,
]
