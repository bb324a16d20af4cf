"""The pictures of a large network: seconds to SVG, kilobytes, beside a force layout drawn naively."""

import gzip
import time
from collections.abc import Callable

from innoset.analytics.pure.centrality import cohesion
from innoset.analytics.pure.coverage import Counted, Share, coverage
from innoset.analytics.pure.diagram import place_picture, wheel_picture
from innoset.analytics.pure.graph import Graph, Node, Wish, narrowed
from innoset.analytics.pure.territory import Spot, lay_out, map_picture
from innoset.documents.pure.typesetting import picture_png
from tools.bench.network_instances import network

SECONDS, KILOBYTES = 1.0, 150
_KB = 1024


def card(node: Node) -> str:
    """Return an address as long as a real one."""
    return f"/organisations/{node.number}/"


def zoom(code: str) -> str:
    """Return the address of a municipality's picture."""
    return f"/network/?place={code}"


def wheel(graph: Graph) -> str:
    """Draw the diagram."""
    return wheel_picture(graph, card=card, zoom=zoom).on_page()


def one_place(graph: Graph) -> str:
    """Draw the largest municipality by name."""
    code = graph.nodes[0].place
    return place_picture(narrowed(graph, Wish(place=code)), code, card=card).on_page()


def territory(graph: Graph) -> str:
    """Draw the map of all municipalities with their agreements."""
    covered = coverage(graph, {place.code: Counted(40, 7, 3) for place in graph.places})
    spots = [Spot(one.place, Share(one.sites), one.is_in_network or one.is_home) for one in covered.places]
    ties = [(graph.nodes[0].place, one.place.code) for one in covered.places if one.agreements]
    return map_picture(lay_out(spots, ties), title="Карта", address=lambda one: zoom(one.code)).on_page()


def reference(graph: Graph) -> str:
    """Draw what the library gives by itself: a force layout, a circle a node, a line a tie."""
    from igraph import Graph as Web  # noqa: PLC0415  # reason: slow to load, and few need it

    place = {node.number: turn for turn, node in enumerate(graph.nodes)}
    web = Web(n=len(place), edges=[(place[one.source], place[one.target]) for one in graph.edges])
    layout = web.layout_fruchterman_reingold()
    layout.fit_into((0, 0, 1240, 1240))
    spots = list(layout)
    lines = [
        f'<line x1="{spots[a][0]:.1f}" y1="{spots[a][1]:.1f}" x2="{spots[b][0]:.1f}" y2="{spots[b][1]:.1f}"/>'
        for a, b in web.get_edgelist()
    ]
    marks = [
        f'<a href="{card(node)}"><circle cx="{x:.1f}" cy="{y:.1f}" r="5"/></a>'
        for node, (x, y) in zip(graph.nodes, spots, strict=True)
    ]
    return f'<svg viewBox="0 0 1240 1240">{"".join(lines + marks)}</svg>'


def timed(draw: Callable[[Graph], str], graph: Graph) -> tuple[float, str]:
    """Draw, and tell how long it took."""
    began = time.perf_counter()
    drawn = draw(graph)
    return time.perf_counter() - began, drawn


def main(organisations: int = 1000, ties: int = 3000) -> int:
    """Print one table; the status is 1 when a picture breaks its limit."""
    graph = network(organisations, ties)
    print(f"Муниципалитетов {len(graph.places)}, организаций {len(graph.nodes)}, связей {len(graph.edges)}")
    print(f"{'':34}{'с':>8}{'КБ':>8}{'сжато':>8}")
    # The library loads slowly, once a process: that is no part of a layout.
    loading, _ = timed(lambda one: cohesion(one).words, network(20, 10))
    broken = 0
    pictures = (("схема", wheel), ("муниципалитет", one_place), ("карта", territory))
    for title, draw in pictures:
        seconds, drawn = timed(draw, graph)
        broken += seconds > SECONDS or len(drawn.encode()) > KILOBYTES * _KB
        print(_row(title, seconds, drawn))
    print(_row("силовая раскладка igraph", *timed(reference, graph)))
    seconds, _ = timed(lambda one: cohesion(one).words, graph)
    print(f"{'посредничество и части':34}{seconds:8.3f}   (загрузка igraph {loading:.1f} с)")
    picture = wheel_picture(graph, card=card, zoom=zoom)
    began = time.perf_counter()
    image = picture_png(picture.as_file(), title=picture.title, width=picture.width)
    print(f"{'схема в PNG':34}{time.perf_counter() - began:8.3f}{len(image) / _KB:8.0f}")
    print(f"Пределы: {SECONDS:.0f} с и {KILOBYTES} КБ. Вне пределов: {broken}.")
    return 1 if broken else 0


def _row(title: str, seconds: float, drawn: str) -> str:
    data = drawn.encode()
    return f"{title:34}{seconds:8.3f}{len(data) / _KB:8.1f}{len(gzip.compress(data)) / _KB:8.1f}"
