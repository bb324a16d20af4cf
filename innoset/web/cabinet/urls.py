"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.cabinet import home

app_name = "cabinet"
urlpatterns = [*home.routes]
