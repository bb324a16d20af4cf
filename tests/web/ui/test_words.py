"""Words that templates speak."""

from datetime import UTC, date, datetime, timedelta

import pytest

from innoset.web.ui.templatetags import ui

AT = datetime(2026, 11, 21, 14, 3, 12, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_moments_are_told_by_the_moscow_clock() -> None:
    assert plain(ui.moment(AT)) == "21 ноября 2026, 17:03 МСК"
    assert plain(ui.moment_exact(AT)) == "21 ноября 2026, 17:03:12 МСК"
    assert plain(ui.day(AT.replace(hour=22))) == "22 ноября 2026"
    assert plain(ui.day(date(2026, 1, 5))) == "5 января 2026"
    assert ui.iso(AT) == "2026-11-21T14:03:12+00:00"
    assert (ui.moment(None), ui.moment_exact(None), ui.day(None), ui.iso(None)) == ("", "", "", "")


@pytest.mark.parametrize(
    ("rest", "text", "soon"),
    [
        (timedelta(days=2, hours=4, minutes=59), "осталось 2 дня 4 ч", False),
        (timedelta(days=1), "остался 1 день", True),
        (timedelta(days=21, minutes=5), "остался 21 день", False),
        (timedelta(days=5, hours=1), "осталось 5 дней 1 ч", False),
        (timedelta(hours=3, minutes=7), "осталось 3 ч 7 мин", True),
        (timedelta(minutes=7, seconds=59), "осталось 7 мин", True),
        (timedelta(seconds=20), "осталось 1 мин", True),
        (timedelta(0), "срок прошёл", False),
        (timedelta(days=-3), "срок прошёл", False),
    ],
)
def test_time_left(rest: timedelta, text: str, soon: bool) -> None:
    left = ui.time_left(AT + rest, AT)
    assert (plain(left.text), left.soon) == (text, soon)


def test_no_deadline_no_words() -> None:
    assert ui.time_left(None, AT) == ui.Left("", soon=False)


def test_numbers() -> None:
    assert plain(ui.counted(1240, "знак,знака,знаков")) == "1 240 знаков"
    assert ui.word(3, "заявка,заявки,заявок") == "заявки"
    assert (ui.roman(12), plain(ui.thousands("3000"))) == ("XII", "3 000")
    assert (ui.decimal(4.5, 1), ui.decimal(None)) == ("4,5", "—")
    assert [ui.filesize(n) for n in (10, 48213, 2413567)] == ["1 КБ", "47 КБ", "2,3 МБ"]


def test_people_and_sums() -> None:
    assert (ui.initials("Ветрова Анна Павловна"), ui.letters("Ветрова Анна Павловна")) == (
        "Ветрова А. П.",
        "ВА",
    )
    assert ui.grouped("9f2c7a41d06be85312c4f770") == ui.Sum("9f2c 7a41 d06b e853", "12c4 f770")


@pytest.mark.parametrize(
    ("kind", "css"),
    [("success", "good"), ("error", "bad"), ("warn", "warn"), ("debug", "info"), ("", "info")],
)
def test_notices_have_a_look_for_every_level(kind: str, css: str) -> None:
    assert ui.notice_kind(kind).css == css


def test_options() -> None:
    assert ui.triples([("a", "А"), ("b", "Б", "подсказка")]) == [("a", "А", ""), ("b", "Б", "подсказка")]
    assert (ui.chosen(2, "2"), ui.chosen("2", [1, 2]), ui.chosen("3", [1, 2]), ui.same("", None)) == (
        True,
        True,
        False,
        False,
    )
