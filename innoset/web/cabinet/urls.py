"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.cabinet import (
    answers,
    applications,
    attachments,
    home,
    joining,
    profile,
    sendings,
    word_imports,
)

app_name = "cabinet"
urlpatterns = [
    *home.routes,
    *applications.routes,
    *answers.routes,
    *word_imports.routes,
    *attachments.routes,
    *sendings.routes,
    *joining.routes,
    *profile.routes,
]
