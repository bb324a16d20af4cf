"""The map: circles by coordinates, names apart, what is outside the network left hollow."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from innoset.analytics.pure.coverage import Share
from innoset.analytics.pure.graph import Place
from innoset.analytics.pure.territory import Label, Sheet, Spot, lay_out, map_picture, scale_of
from tests.pure.analytics.drawn import SVG, cards_on, outside, read, run_over, ties_on, words_on
from tools.bench.network import KILOBYTES
from tools.bench.network_instances import network

PLACES = network(50, 43).places


def spots(*values: int) -> list[Spot]:
    return [
        Spot(place, Share(values[turn % len(values)]), is_in_network=turn % 4 == 0)
        for turn, place in enumerate(PLACES)
    ]


def picture(sheet: Sheet) -> object:
    return map_picture(sheet, title="Карта", address=lambda place: f"/network/?place={place.code}")


@pytest.mark.parametrize("values", [(0,), (1, 5, 30, 90), (74,)], ids=["nothing", "different", "equal"])
def test_every_municipality_is_named_once_and_names_stand_apart(values: tuple[int, ...]) -> None:
    sheet = lay_out(spots(*values), [(PLACES[0].code, PLACES[4].code)] * 2)
    drawn = map_picture(sheet, title="Карта", address=lambda place: f"/network/?place={place.code}")
    assert cards_on(drawn, "/network/") == sorted(f"/network/?place={place.code}" for place in PLACES)
    assert len(words_on(drawn)) >= 43
    assert (run_over(words_on(drawn)), outside(drawn)) == ([], [])
    assert ties_on(drawn) == {"agreement": 2}
    assert len(drawn.on_page().encode()) <= KILOBYTES * 1024


def test_the_look_for_overlaps_sees_one() -> None:
    label = next(one for one in lay_out(spots(3)).labels if one)
    assert label.overlaps(replace(label, left=label.left + 5)) is True
    assert [
        label.overlaps(other)
        for other in (
            replace(label, left=label.left + label.width),
            replace(label, left=label.left - label.width),
            replace(label, top=label.top + 15),
            replace(label, top=label.top - 15),
        )
    ] == [False] * 4


def test_north_is_up_and_east_is_right() -> None:
    by_name = {one.spot.place.name: one for one in lay_out(spots(1)).circles}
    assert by_name["Ейский район"].y < by_name["город Краснодар"].y < by_name["город-курорт Сочи"].y
    assert by_name["город-курорт Анапа"].x < by_name["город Краснодар"].x < by_name["город Армавир"].x


def circles_of(sheet: Sheet) -> list[Element]:
    drawn = map_picture(sheet, title="Карта", address=lambda place: place.code)
    return [one for one in read(drawn).iter(f"{SVG}circle") if one.get("class") != "disc"]


def test_area_and_shade_follow_the_figure_and_strangers_are_hollow() -> None:
    four = [
        Spot(PLACES[0], Share(0), is_in_network=True),
        Spot(PLACES[1], Share(25), is_in_network=True),
        Spot(PLACES[2], Share(100), is_in_network=True),
        Spot(PLACES[3], Share(100), is_in_network=False),
    ]
    assert sorted((one.get("r"), one.get("class")) for one in circles_of(lay_out(four))) == [
        ("15.5", "ring s1"),
        ("26", "hollow"),
        ("26", "ring s4"),
        ("5", "ring s0"),
    ]


def test_a_share_is_shaded_by_itself_and_written_whole() -> None:
    spot = Spot(PLACES[0], Share(3, 4), is_in_network=True)
    sheet = lay_out([spot, replace(spot, place=PLACES[1], value=Share(0, 0))])
    assert [(one.shade, label.words if label else "") for one, label in zip(sheet.circles, sheet.labels, strict=True)] == [
        (3, "Абинский · 3 из 4"),
        (0, "Апшеронский · —"),
    ]  # fmt: skip


def test_names_that_fit_nowhere_are_left_to_the_table() -> None:
    crowd = [
        Spot(
            Place(f"03{turn:06}", f"Долгоимённый {turn}", 45.0, 39.0 + turn / 1e6),
            Share(9),
            is_in_network=True,
        )
        for turn in range(60)
    ]
    sheet = lay_out(crowd)
    kept = [label for label in sheet.labels if label]
    assert 0 < len(kept) < 60
    assert not any(a.overlaps(b) for turn, a in enumerate(kept) for b in kept[turn + 1 :])


def test_ties_with_strangers_or_with_oneself_are_not_drawn() -> None:
    code = PLACES[0].code
    assert lay_out(spots(1), [(code, code), (code, "03999999"), ("03999999", code)]).ties == ()


def test_a_map_of_nothing() -> None:
    assert lay_out([]) == Sheet(180, (), (), ())
    assert scale_of([]) == [(0, "0")]


@pytest.mark.parametrize(
    ("values", "steps"),
    [
        ((74,), [(0, "0"), (1, "1–18"), (2, "19–37"), (3, "38–55"), (4, "56–74")]),
        ((4,), [(0, "0"), (1, "1"), (2, "2"), (3, "3"), (4, "4")]),
        ((1,), [(0, "0"), (4, "1")]),
    ],
)
def test_the_scale_says_what_the_shades_mean(values: tuple[int, ...], steps: list[tuple[int, str]]) -> None:
    assert scale_of(spots(*values)) == steps


def test_the_scale_of_shares_is_in_per_cent() -> None:
    share = Spot(PLACES[0], Share(1, 2), is_in_network=True)
    assert scale_of([share]) == [(0, "0 %"), (1, "1–25 %"), (2, "26–50 %"), (3, "51–75 %"), (4, "76–100 %")]


def test_a_label_of_a_point_knows_its_box() -> None:
    assert Label("а", 1, 2, 0, 0, 10, "").overlaps(Label("б", 1, 2, 9, 14, 10, "")) is True
