"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.office import (
    agreements,
    dictionaries,
    home,
    imports,
    members,
    organisations,
    registrations,
    statuses,
)

app_name = "office"
urlpatterns = [
    *home.routes,
    *agreements.routes,
    *dictionaries.routes,
    *imports.routes,
    *members.routes,
    *organisations.routes,
    *registrations.routes,
    *statuses.routes,
]
