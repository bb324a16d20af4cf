"""The first page of the portal."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what is open now, what came out of it, and what to take."""
    return render(request, "public/home.html")


routes = [path("", home, name="home")]
