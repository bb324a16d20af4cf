"""Display settings: a plain form, one cookie, and a way back."""

from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from innoset.web.ui.display import Display

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.pages")]

DARK = {"theme": "dark", "size": "large", "spacing": "wide"}


def root_classes(client: Client, url: str = "/ui/") -> list[str]:
    return list(BeautifulSoup(client.get(url).content, "html.parser").html["class"])  # type: ignore[index]  # the page has a root


def test_choice_is_kept_and_shown(client: Client) -> None:
    answer = client.post("/ui/display/", {**DARK, "next": "/ui/?page=2"})
    assert (answer.status_code, answer["Location"]) == (302, "/ui/?page=2")
    assert parse_qs(answer.cookies["display"].value) == {name: [value] for name, value in DARK.items()}
    assert root_classes(client) == ["theme-dark", "size-large", "spacing-wide"]


def test_form_works_without_a_token() -> None:
    answer = Client(enforce_csrf_checks=True).post("/ui/display/", DARK)
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("elsewhere", ["https://example.test/", "//example.test", "javascript:alert(1)"])
def test_way_back_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert client.post("/ui/display/", {"next": elsewhere})["Location"] == "/"


def test_what_the_house_does_not_have_is_left_out(client: Client) -> None:
    client.post("/ui/display/", {"theme": '"><script>', "size": "large"})
    assert root_classes(client) == ["theme-plain", "size-large", "spacing-normal"]
    client.cookies["display"] = "%%%"
    assert root_classes(client) == ["theme-plain", "size-normal", "spacing-normal"]


def test_settings_are_not_taken_by_an_address(client: Client) -> None:
    assert client.get("/ui/display/").status_code == 405


def test_shared_address_shows_a_look_and_keeps_nothing(client: Client) -> None:
    assert root_classes(client, "/ui/?view=contrast") == ["theme-contrast", "size-normal", "spacing-normal"]
    assert root_classes(client, "/ui/?view=nothing") == ["theme-plain", "size-normal", "spacing-normal"]
    assert "display" not in client.cookies


def test_settings_are_the_first_thing_to_reach(client: Client) -> None:
    page = BeautifulSoup(client.get("/ui/").content, "html.parser")
    reachable = page.body.find_all(["a", "button", "summary", "input"])  # type: ignore[union-attr]  # the page has a body
    assert reachable[0].get_text(strip=True) == "Настройки отображения"


def test_panel_marks_the_present_choice() -> None:
    marked = {group.name: [o.value for o in group.options if o.chosen] for group in Display(**DARK).groups()}
    assert marked == {name: [value] for name, value in DARK.items()}
