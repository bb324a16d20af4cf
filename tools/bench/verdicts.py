"""Budgets, what was measured against them, and the table that tells it. Knows nothing of Django."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

KB: Final = 1024
QUERIES: Final = 15
PUBLIC, FORM, EXPERT, TABLE = 60, 80, 100, 120
"""How many kilobytes a page of a kind may transfer when nothing is in the cache."""

LINKED: Final = {"link": "href", "script": "src", "img": "src", "use": "href", "source": "src"}
FETCHED: Final = ("stylesheet", "icon", "preload", "modulepreload")


@dataclass(frozen=True, slots=True)
class Weight:
    """What one page cost with so many rows in the database."""

    bytes: int
    requests: int
    queries: int
    ratio: float


@dataclass
class Measured:
    """A page with its budget and what it cost; `trouble` says why it was not measured."""

    title: str
    kilobytes: int
    weights: dict[int, Weight] = field(default_factory=dict)
    trouble: str = ""


def faults(page: Measured, *, weigh_at: int) -> list[str]:
    """Return which budgets the page breaks; time breaks none. Sizes count up to `weigh_at` rows."""
    if page.trouble:
        return [page.trouble]
    heaviest = max(weight.bytes for rows, weight in page.weights.items() if rows <= weigh_at)
    most = max(weight.queries for weight in page.weights.values())
    few, many = _grown(page)
    found = []
    if heaviest > page.kilobytes * KB:
        found.append(f"тяжелее {page.kilobytes} КБ")
    if most > QUERIES:
        found.append(f"запросов больше {QUERIES}")
    if many > few:
        found.append(f"запросы растут с числом строк: {few} → {many}")
    return found


def _grown(page: Measured) -> tuple[int, int]:
    """Return the queries with some rows and with the most: a single row is a case of its own."""
    sizes = sorted(rows for rows in page.weights if rows > 1) or sorted(page.weights)
    return page.weights[sizes[0]].queries, page.weights[sizes[-1]].queries


def table(pages: Sequence[Measured], *, weigh_at: int) -> str:
    """Lay the results out in columns."""
    sizes = sorted({rows for page in pages for rows in page.weights})
    head = ["страница"]
    for what in ("КБ", "SQL", "время"):
        head += [f"{what} {rows}" for rows in sizes]
    lines = [[*head, "обращений", "предел, КБ", "вывод"]]
    lines += [_line(page, sizes, weigh_at) for page in pages]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join(_laid(line, widths) for line in lines)


def _line(page: Measured, sizes: Sequence[int], weigh_at: int) -> list[str]:
    found = [page.weights.get(rows) for rows in sizes]
    return [
        page.title,
        *(f"{one.bytes / KB:.1f}".replace(".", ",") if one else "—" for one in found),
        *(str(one.queries) if one else "—" for one in found),
        *(f"×{one.ratio:.1f}".replace(".", ",") if one else "—" for one in found),
        str(max((one.requests for one in found if one), default="—")),
        str(page.kilobytes),
        "; ".join(faults(page, weigh_at=weigh_at)) or "в пределах",
    ]


def _laid(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *middle, last = line
    cells = (text.rjust(width) for text, width in zip(middle, widths[1:], strict=False))
    return "  ".join([first.ljust(widths[0]), *cells, last])


class Resources(HTMLParser):
    """Collects what a browser fetches together with a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of whatever is fetched without being asked for."""
        given = dict(attrs)
        if tag == "link" and not set((given.get("rel") or "").split()) & set(FETCHED):
            return
        address = (given.get(LINKED.get(tag, "")) or "").partition("#")[0]
        if address and not address.startswith("data:"):
            self.found[address] = None


def resources_of(html: str) -> list[str]:
    """Return the addresses of styles, scripts and pictures, each once, in the order of the page."""
    parser = Resources()
    parser.feed(html)
    return list(parser.found)
