"""The diagram: everybody and every tie once, names apart, nothing off the sheet, light and always the same."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from innoset.analytics.pure.diagram import place_picture, wheel_picture
from innoset.analytics.pure.diagram.geometry import Point, lay_out
from innoset.analytics.pure.diagram.legend import signs_of
from innoset.analytics.pure.diagram.svg import number, page_style, printed_style, shortened
from innoset.analytics.pure.graph import Edge, Graph, Node, Place, Tie, Tier, Wish, narrowed
from innoset.documents.pure.typesetting import picture_png
from tests.pure.analytics.drawn import cards_on, outside, run_over, ties_on, words_on
from tools.bench.network import KILOBYTES, card, wheel, zoom
from tools.bench.network_instances import DAY, network

ROOT = Path(__file__).resolve().parents[3]
LARGE, SMALL = network(), network(120, 200, seed=2)


@pytest.mark.parametrize("graph", [LARGE, SMALL], ids=["large", "small"])
def test_every_organisation_and_every_tie_is_on_the_sheet_once(graph: Graph) -> None:
    picture = wheel_picture(graph, card=card, zoom=zoom)
    assert cards_on(picture, "/organisations/") == sorted(card(node) for node in graph.nodes)
    assert ties_on(picture) == Counter(str(edge.tie) for edge in graph.edges)


@pytest.mark.parametrize("graph", [LARGE, SMALL], ids=["large", "small"])
def test_names_do_not_run_over_each_other_nor_off_the_sheet(graph: Graph) -> None:
    picture = wheel_picture(graph, card=card, zoom=zoom)
    assert len(words_on(picture)) == 46
    assert (run_over(words_on(picture)), outside(picture)) == ([], [])


def test_the_look_for_overlaps_sees_one() -> None:
    first, second, *_ = words_on(wheel_picture(SMALL, card=card, zoom=zoom))
    moved = replace(second, x=first.x + 3, y=first.y + 3, angle=first.angle)
    assert run_over([first, moved]) == [(first.text, second.text)]


def test_the_look_over_the_edge_sees_one() -> None:
    picture = wheel_picture(SMALL, card=card, zoom=zoom)
    assert outside(replace(picture, width=picture.width // 2)) != []


def test_marks_do_not_cover_each_other() -> None:
    wheel_of = lay_out(LARGE)
    cells: dict[tuple[int, int], list[Point]] = {}
    for spot in wheel_of.spots.values():
        cells.setdefault((int(spot.x // 40), int(spot.y // 40)), []).append(spot)
    near = min(
        (a.x - b.x) ** 2 + (a.y - b.y) ** 2 for cell in cells.values() for a, b in combinations(cell, 2)
    )
    assert near**0.5 >= 2 * wheel_of.radius


def test_a_large_network_stays_light() -> None:
    assert len(wheel(LARGE).encode()) <= KILOBYTES * 1024


def test_the_same_network_gives_the_same_bytes_in_any_order_of_ties() -> None:
    assert wheel(replace(LARGE, edges=LARGE.edges[::-1])) == wheel(LARGE)


def test_a_picture_of_nobody_is_an_empty_sheet() -> None:
    nobody = Graph(DAY, SMALL.places, (), ())
    picture = wheel_picture(nobody, card=card, zoom=zoom)
    assert (cards_on(picture, "/"), ties_on(picture), words_on(picture)) == ([], Counter(), [])
    assert picture.title == "Схема сетевого взаимодействия на 22.11.2026: 0 организаций, 0 связей"


def test_one_municipality_does_not_fill_the_circle() -> None:
    place = Place("03000001", "Приречный район", 45.0, 39.0)
    nodes = tuple(Node(f"23-{turn}", f"Школа {turn}", place.code, Tier.MIP, ("mip",)) for turn in range(3))
    made = lay_out(Graph(DAY, (place,), nodes, ()))
    assert [(one.start, round(one.end, 3)) for one in made.sectors] == [(0.0, 2.094)]


def test_what_does_not_fit_at_any_size_is_drawn_at_the_smallest() -> None:
    crowd = tuple(Node(f"23-{turn:05d}", "Школа", "03", Tier.MIP, ("mip",)) for turn in range(12000))
    made = lay_out(Graph(DAY, (Place("03", "Город", 45.0, 39.0),), crowd, ()))
    assert (len(made.spots), made.radius) == (12000, 1.2000000000000002)


def test_many_centres_stand_in_a_ring_and_only_names_that_fit_are_written() -> None:
    place = Place("03000001", "Приречный район", 45.0, 39.0)
    hubs = tuple(
        Node(f"23-{turn:02d}", f"Ресурсный центр {turn}", place.code, Tier.CENTRE) for turn in range(9)
    )
    picture = wheel_picture(Graph(DAY, (place,), hubs, ()), card=card, zoom=zoom)
    assert run_over(words_on(picture)) == []
    assert 0 < len(words_on(picture)) < 9
    alone = lay_out(Graph(DAY, (place,), hubs[:1], ()))
    assert alone.spots == {"23-00": Point(0.0, 0.0)}


def test_a_long_tie_inside_a_wide_slice_goes_round_the_centres() -> None:
    place = Place("03000001", "Приречный район", 45.0, 39.0)
    nodes = tuple(
        Node(f"23-{turn:03}", f"Школа {turn}", place.code, Tier.MIP, ("mip",)) for turn in range(60)
    )
    edges = (Edge(Tie.JOINT, "23-000", "23-020"), Edge(Tie.JOINT, "23-000", "23-001"))
    short, long = lay_out(Graph(DAY, (place,), nodes, edges)).bundles
    assert (short.ends, short.bend) == (("23-000", "23-001"), None)
    assert long.bend is not None
    assert 240 < (long.bend.x**2 + long.bend.y**2) ** 0.5 < 260


def test_words_under_the_pointer_say_who_and_how_many() -> None:
    a, b = Place("03000001", "Приречный район", 45.0, 39.0), Place("03000002", "город Заречный", 45.5, 39.5)
    nodes = (
        Node("23-1", "Школа «А&Б» <1>", a.code, Tier.MSIP, ("msip",), ("municipal",), ("МСИП", "КИП")),
        Node("23-2", "Сад 2", b.code, Tier.PARTNER),
    )
    edges = (Edge(Tie.JOINT, "23-1", "23-2"), Edge(Tie.JOINT, "23-2", "23-1"))
    picture = wheel_picture(Graph(DAY, (a, b), nodes, edges), card=card, zoom=zoom)
    assert "<title>Приречный — Заречный. Совместное мероприятие: 2</title>" in picture.body
    assert "<title>Школа «А&amp;Б» &lt;1&gt;. МСИП, КИП</title>" in picture.body
    assert "<title>Сад 2. Участник без статуса</title>" in picture.body


def test_what_was_searched_for_is_ringed() -> None:
    one = SMALL.nodes[60]
    found = narrowed(SMALL, Wish(words=one.number))
    picture = wheel_picture(found, card=card, zoom=zoom)
    assert (found.found, picture.body.count('class="find"')) == (frozenset({one.number}), 1)
    near = place_picture(narrowed(SMALL, Wish(words=one.number, place=one.place)), one.place, card=card)
    assert near.body.count('class="find"') == 1


@pytest.mark.parametrize("graph", [LARGE, SMALL], ids=["large", "small"])
def test_a_municipality_shows_everybody_by_name_and_every_tie(graph: Graph) -> None:
    for code in (graph.nodes[0].place, graph.nodes[20].place):
        part = narrowed(graph, Wish(place=code))
        picture = place_picture(part, code, card=card)
        assert cards_on(picture, "/organisations/") == sorted(card(node) for node in part.nodes)
        assert ties_on(picture) == Counter(str(edge.tie) for edge in part.edges)
        assert (run_over(words_on(picture)), outside(picture)) == ([], [])


def test_a_municipality_without_anybody_is_a_sheet_with_its_title() -> None:
    picture = place_picture(Graph(DAY, SMALL.places, (), ()), SMALL.places[0].code, card=card)
    assert (picture.title, picture.body) == ("Абинский район на 22.11.2026: 0 площадок", "")


def test_a_file_carries_its_colours_and_leads_to_the_site() -> None:
    text = wheel_picture(SMALL, card=card, zoom=zoom).as_file("https://innoset.example")
    assert ("var(--" in text, 'href="/' in text) == (False, False)
    assert text.count('href="https://innoset.example/organisations/') == len(SMALL.nodes)
    page = wheel_picture(SMALL, card=card, zoom=zoom).on_page()
    assert ("<style" in page, "#0e5266" in page) == (False, False)


def test_the_page_has_the_rules_of_the_files_with_tokens_for_colours() -> None:
    sheet = (ROOT / "innoset/web/public/static/public/network.css").read_text().splitlines()
    assert sheet[1] == page_style()
    assert ("var(--" in printed_style(), "#" in page_style()) == (False, False)


def test_a_drawing_becomes_a_picture_with_the_words_in_it() -> None:
    place = Place("03000001", "Приречный район", 45.0, 39.0)
    graph = Graph(date(2026, 1, 1), (place,), (Node("23-1", "Школа 1", place.code, Tier.MIP, ("mip",)),), ())
    picture = wheel_picture(graph, card=card, zoom=zoom)
    image = picture_png(picture.as_file(), title=picture.title, width=picture.width, ppi=36)
    mute = picture_png(
        picture.as_file().replace("Приречный", " "), title=picture.title, width=picture.width, ppi=36
    )
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert image != mute


def test_signs_tell_what_is_there() -> None:
    nodes = (
        Node("23-1", "Школа 1", "03", Tier.MSIP, ("msip",)),
        Node("23-2", "Школа 2", "03", Tier.MIP, ("mip",)),
        Node("23-3", "Школа 3", "03", Tier.MIP, ("mip",)),
    )
    edges = (Edge(Tie.MENTORSHIP, "23-1", "23-2"), Edge(Tie.MENTORSHIP, "23-1", "23-3"))
    assert [(one.words, one.count) for one in signs_of(Graph(DAY, (), nodes, edges))] == [
        ("МСИП", 1),
        ("МИП", 2),
        ("МСИП ведёт МИП", 2),
    ]


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (-0.04, "0"), (2.25, "2.2"), (-7.55, "-7.5")])
def test_coordinates_are_short(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("room", "text"), [(500, "Территориальная служба"), (80, "Территор…"), (5, "")])
def test_words_that_do_not_fit_are_cut_with_a_sign(room: float, text: str) -> None:
    assert shortened("Территориальная служба", room) == text
