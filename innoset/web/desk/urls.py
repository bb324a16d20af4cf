"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.desk import (
    bids,
    conflicts,
    defence,
    discussions,
    hall,
    home,
    marks,
    packs,
    passport,
    reading,
    sheets,
)

app_name = "desk"
urlpatterns = [
    *home.routes,
    *bids.routes,
    *passport.routes,
    *conflicts.routes,
    *sheets.routes,
    *marks.routes,
    *defence.routes,
    *discussions.routes,
    *hall.routes,
    *packs.routes,
    *reading.routes,
]
