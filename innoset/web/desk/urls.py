"""Addresses of this door; each module of views lists its own routes."""

from innoset.web.desk import home

app_name = "desk"
urlpatterns = [*home.routes]
