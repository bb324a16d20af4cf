"""Addresses of the door for machines; each module of views lists its own routes."""

from innoset.api import forms

app_name = "api"
urlpatterns = [*forms.routes]
