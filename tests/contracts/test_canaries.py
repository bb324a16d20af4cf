"""Blindness proved: no canary is seen on any page, export, search, letter, calendar or error by any role."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests import world
from tests.contracts import canaries
from tests.contracts.canaries import (
    LEAK,
    LEAKS,
    PLACE,
    Cage,
    addresses,
    cage,
    forbidden,
    post_of,
    seen,
    words_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

ROLES = ("writing", "finished", "waiting", "recused", "outsider", "neighbour", "author")
DESK = ("desk:",)
# What a visitor may be shown a form for; a step through it needs a code that nobody has.
PROBE = "Канареечное слово"


def browser(made: Cage, role: str) -> Client:
    return Client() if role == "stranger" else world.signed_in(made.people[role])


def test_no_role_sees_a_canary_at_any_address() -> None:
    made, leaks, observations = cage(), [], 0
    public = {address: words_in(Client().get(address)) for address in addresses(made)}
    for role in ("stranger", *ROLES):
        client, hidden = browser(made, role), forbidden(role)
        for address, open_to_all in public.items():
            text = open_to_all if role == "stranger" else words_in(client.get(address))
            known = () if role == "stranger" else seen(open_to_all, hidden)
            leaks += [(role, address, one) for one in seen(text, hidden) if one not in known]
            observations += len(hidden)
        for letter in post_of(made.people[role]) if role != "stranger" else []:
            leaks += [(role, "letter", one) for one in seen(letter, hidden)]
            observations += len(hidden)
    assert leaks == []
    assert observations >= 5000


def test_a_desk_names_neither_the_place_nor_its_errors_do() -> None:
    made, leaks, observations = cage(), [], 0
    hidden = (*PLACE, *canaries.AUTHOR)
    for role in ("writing", "finished", "waiting", "recused", "outsider"):
        client = browser(made, role)
        for address in addresses(made, doors=DESK):
            if "/reopen/" in address or "/finish/" in address:
                continue
            for answer in (
                client.get(address),
                client.post(address, {"field": "k1", "k1": "99", "text": ""}),
            ):
                leaks += [(role, address, one) for one in seen(words_in(answer), hidden)]
                observations += len(hidden)
    assert leaks == []
    assert observations > 500


def test_searching_for_a_canary_finds_what_searching_for_anything_does() -> None:
    made = cage()
    client = browser(made, "waiting")
    asked = 0
    for address in addresses(made):
        page = client.get(address)
        if page.status_code != 200 or b'name="q"' not in getattr(page, "content", b""):
            continue
        if "q" in seen(words_in(Client().get(address)), ('name="q"',)):
            continue
        told = {word: _results(client, address, word) for word in ("Зябликов", "Птицелов-файл", PROBE)}
        assert set(told.values()) == {told[PROBE]}, address
        asked += len(told)
    assert asked >= 6


def _results(client: Client, address: str, word: str) -> str:
    """Return what a search shows, without the echo of the word that was searched for."""
    page = BeautifulSoup(client.get(address, {"q": word}).content, "html.parser").find("main")
    text = page.get_text(" ") if page else ""
    return re.sub(r"\s+", " ", text.replace(word, ""))


@pytest.mark.parametrize("leak", list(LEAKS))
def test_a_planted_leak_is_found(leak: str) -> None:
    made = cage()
    role = "finished" if leak == "mark" else "writing"
    LEAKS[leak](made)
    client = browser(made, role)
    shown: list[Any] = [words_in(client.get(address)) for address in addresses(made, doors=DESK)]
    if leak == "mark":
        # A colleague's mark may be shown to nobody; that the eyes would see it is proved on its author's page.
        assert seen("".join(shown), (LEAK,)) == []
        client = browser(made, "writing")
        shown = [words_in(client.get(address)) for address in addresses(made, doors=DESK)]
    assert seen("".join([*shown, *post_of(made.people["writing"])]), (LEAK,)) == [LEAK]
