"""Every address either asks a stranger to sign in or is public on purpose."""

import re

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import get_resolver
from django.utils.regex_helper import normalize

from innoset.conf import almanac

SAMPLES = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000", "uidb36": "1"}


def sample(route: str) -> str:
    """Fill an address with values of the right kind: `<int:pk>` becomes 1."""
    if "<" in route and "(?P<" not in route:
        return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES.get(match[1] or "str", "x"), route)
    form, names = normalize(route)[0]
    return "/" + form % {name: SAMPLES.get(name, "x") for name in names}


ADDRESSES = sorted({(sample(route), name, guarded) for route, name, guarded in almanac.guarded_views()})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [a for a, _, guarded in ADDRESSES if guarded],
    ids=[n for _, n, guarded in ADDRESSES if guarded],
)
def test_a_stranger_is_asked_to_sign_in(client, address):
    response = client.get(address)
    assert (response.status_code, response.headers.get("Location", "").split("?")[0]) == (
        302,
        resolve_url(settings.LOGIN_URL),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [a for a, _, guarded in ADDRESSES if not guarded],
    ids=[n or a for a, n, guarded in ADDRESSES if not guarded],
)
def test_a_public_page_does_not_break(client, address):
    assert client.get(address).status_code in (200, 301, 302, 400, 404, 405, 410)


def test_the_sample_addresses_lead_to_their_views():
    resolver = get_resolver()
    assert [a for a, _, _ in ADDRESSES if resolver.resolve(a) is None] == []


@pytest.mark.parametrize(
    ("route", "address"),
    [
        ("cabinet/<int:pk>/<slug:code>/", "/cabinet/1/x/"),
        ("a/<uuid:key>", "/a/00000000-0000-4000-8000-000000000000"),
        ("accounts/^confirm-email/(?P<key>[-:\\w]+)/$", "/accounts/confirm-email/x/"),
    ],
)
def test_samples(route, address):
    assert sample(route) == address
