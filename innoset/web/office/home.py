"""The first page of this door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person here."""
    return render(request, "office/home.html")


routes = [path("", home, name="home")]
