"""The address of a contest's page."""

import re

from hypothesis import given
from hypothesis import strategies as st

from innoset.contests.pure.addresses import MOST, address_of, in_latin


def test_a_title_in_latin_letters() -> None:
    assert in_latin("Ёж, щука и «Объём» № 5") == "ezh-schuka-i-obem-5"


def test_an_address_ends_with_the_year() -> None:
    assert address_of("Инновационный поиск", 2026) == "innovatsionnyy-poisk-2026"


def test_a_taken_address_gets_a_number() -> None:
    taken = {"poisk-2026", "poisk-2026-2"}
    assert address_of("Поиск", 2026, taken) == "poisk-2026-3"


def test_a_title_without_letters_still_has_an_address() -> None:
    assert address_of("«…»", 2026) == "konkurs-2026"


def test_a_long_title_loses_whole_words() -> None:
    title = "Конкурс муниципальных лидеров сетевого взаимодействия образовательных организаций"
    assert address_of(title, 2026) == "konkurs-munitsipalnykh-liderov-setevogo-vzaimodeystviya-2026"


@given(st.text(max_size=200))
def test_every_address_fits_and_is_a_slug(title: str) -> None:
    address = address_of(title, 2026)
    assert len(address) <= MOST
    assert re.fullmatch(r"[a-z0-9-]+-2026", address)
