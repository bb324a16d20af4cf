"""The contests that everybody may see."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


@login_not_required
def contests(request: HttpRequest) -> HttpResponse:
    """List the contests: open ones first."""
    return render(request, "public/contests.html")


@login_not_required
def contest(request: HttpRequest, code: str) -> HttpResponse:
    """Show one contest."""
    return render(request, "public/contest.html", {"code": code})


routes = [
    path("contests/", contests, name="contests"),
    path("contests/<slug:code>/", contest, name="contest"),
]
