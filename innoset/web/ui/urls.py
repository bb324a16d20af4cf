"""Addresses of the kit itself."""

from django.urls import path

from innoset.web.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("display/", views.display, name="display"),
]
