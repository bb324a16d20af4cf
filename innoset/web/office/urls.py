"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.office import home

app_name = "office"
urlpatterns = [*home.routes]
