"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.office import (
    agreements,
    checks,
    contest_applications,
    contest_parts,
    contest_preview,
    contests,
    council,
    councils,
    criteria,
    dictionaries,
    home,
    imports,
    members,
    orders,
    organisations,
    registrations,
    statuses,
)

app_name = "office"
urlpatterns = [
    *home.routes,
    *agreements.routes,
    *checks.routes,
    *contest_applications.routes,
    *contest_parts.routes,
    *contest_preview.routes,
    *contests.routes,
    *council.routes,
    *councils.routes,
    *criteria.routes,
    *dictionaries.routes,
    *imports.routes,
    *members.routes,
    *orders.routes,
    *organisations.routes,
    *registrations.routes,
    *statuses.routes,
]
