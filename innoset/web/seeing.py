"""What both doors share of the pictures of the network: what was asked for, and what is shown for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from innoset.analytics.pure import tables
from innoset.analytics.pure.diagram import place_picture, wheel_picture
from innoset.analytics.pure.diagram.legend import signs_of
from innoset.analytics.pure.diagram.svg import Picture
from innoset.analytics.pure.graph import TIE_LABELS, Graph, Node, Tie, Wish, growth, narrowed, tie_counts
from innoset.analytics.queries import network as queries
from innoset.documents.pure.typesetting import picture_png
from innoset.foundation.files.kinds import PNG
from innoset.foundation.russian import MOSCOW
from innoset.network.models import StatusKind
from innoset.web.spreadsheets import hand_out
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.forms import Form

VIEWS: Final = (("picture", "Схема"), ("list", "Список"), ("matrix", "Кто с кем"))
PICTURES: Final = (("png", "Картинка"), ("svg", "Картинка для печати"))
SVG: Final = "image/svg+xml"
SPELLED: Final = 400
"""Up to so many ties the list names everybody's neighbours; beyond that a municipality is chosen first."""


class WishForm(Form):
    """What of the network is shown."""

    q = forms.CharField(label="Название или номер", required=False, max_length=100)
    place = forms.ChoiceField(label="Муниципалитет", required=False)
    level = forms.ChoiceField(
        label="Уровень", required=False, choices=[("", "Все"), *StatusKind.Level.choices]
    )
    status = forms.ChoiceField(label="Вид площадки", required=False)
    tie = forms.MultipleChoiceField(
        label="Связи",
        required=False,
        choices=[(tie.value, label) for tie, label in TIE_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, graph: Graph, **kwargs: Any) -> None:
        """Offer the municipalities and the kinds that the network has on the day."""
        super().__init__(*args, **kwargs)
        here = {node.place for node in graph.nodes}
        places = sorted((one.name, one.code) for one in graph.places if one.code in here)
        self.fields["place"].choices = [("", "Все"), *((code, name) for name, code in places)]  # type: ignore[attr-defined]  # a field of choices
        kinds = {
            code: label
            for node in graph.nodes
            for code, label in zip(node.statuses, node.labels, strict=True)
        }
        self.fields["status"].choices = [("", "Все"), *sorted(kinds.items(), key=lambda kind: kind[1])]  # type: ignore[attr-defined]  # likewise

    def wish(self) -> Wish:
        """Return what was asked for; a field with a mistake asks for nothing."""
        self.is_valid()
        given = self.cleaned_data
        ties = frozenset(Tie(one) for one in given.get("tie") or ()) or frozenset(Tie)
        return Wish(
            level=given.get("level", ""),
            status=given.get("status", ""),
            place=given.get("place", ""),
            ties=ties,
            words=given.get("q", ""),
        )


@dataclass(frozen=True, slots=True)
class Link:
    """One choice of several."""

    title: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The network as one visitor looks at it."""

    request: HttpRequest
    address: str
    year: int
    years: tuple[int, ...]
    view: str
    form: WishForm
    wish: Wish
    whole: Graph
    graph: Graph
    before: int

    @property
    def day(self) -> date:
        """Return the day that is shown."""
        return self.whole.day

    @property
    def growth(self) -> str:
        """Say how the network has grown over the year."""
        return growth(self.before, self.whole.sites, self.year)

    @property
    def place(self) -> Any:
        """Return the municipality that is shown by name, if one was chosen."""
        return self.graph.by_code.get(self.wish.place)

    def asking(self, **changes: object) -> str:
        """Return the question of this page with other answers."""
        given = {key: values for key, values in self.request.GET.lists() if any(values)}
        given |= {key: [str(value)] if value not in ("", None) else [] for key, value in changes.items()}
        asked = urlencode({key: values for key, values in given.items() if values}, doseq=True)
        return f"?{asked}" if asked else "?"

    @property
    def whole_url(self) -> str:
        """Return the question without the municipality."""
        return self.asking(place="")

    @property
    def year_links(self) -> list[Link]:
        """Return the years to look at."""
        return [Link(str(one), self.asking(year=one), one == self.year) for one in self.years]

    @property
    def tabs(self) -> list[Link]:
        """Return the ways to look."""
        return [
            Link(title, self.asking(view=code if code != VIEWS[0][0] else ""), code == self.view)
            for code, title in VIEWS
        ]

    @property
    def picture(self) -> Picture:
        """Draw what is shown: the whole network, or one municipality by name."""
        if self.wish.place:
            return place_picture(self.graph, self.wish.place, card=card)
        return wheel_picture(
            self.graph, card=card, zoom=lambda code: f"{self.address}{self.asking(place=code)}"
        )

    @property
    def drawing(self) -> tuple[str, SafeString]:
        """Return what the drawing shows and the drawing; its words are escaped where it is written."""
        picture = self.picture
        return picture.title, SafeString(picture.on_page())

    @property
    def signs(self) -> list[tuple[SafeString, str, int]]:
        """Return what the marks and lines mean."""
        return [(SafeString(one.body), one.words, one.count) for one in signs_of(self.graph)]

    @property
    def branches(self) -> list[tables.Branch]:
        """Return the tree."""
        return tables.tree(self.graph)

    @property
    def is_spelled(self) -> bool:
        """Tell whether the list names all neighbours."""
        return bool(self.wish.place) or len(self.graph.edges) <= SPELLED

    @property
    def places(self) -> list[tuple[tables.PlaceRow, str]]:
        """Return the table by municipality, each with the address of its picture."""
        return [(row, self.asking(place=row.place.code)) for row in tables.by_place(self.graph)]

    @property
    def matrix(self) -> tables.Matrix:
        """Return who is tied to whom."""
        return tables.matrix(self.graph, self.wish.place)

    @property
    def counts(self) -> list[tuple[Tie, str, int]]:
        """Return how many ties of each kind are shown."""
        return tie_counts(self.graph)

    @property
    def downloads(self) -> Iterator[tuple[str, str]]:
        """Yield what can be taken away."""
        for kind, title in (*PICTURES, ("xlsx", "Связи, XLSX"), ("csv", "Связи, CSV")):
            yield title, f"{self.address}take/{kind}/{self.asking(view='')}"


def card(node: Node) -> str:
    """Return the address of an organisation's card, which everybody may open."""
    return reverse("public:organisation", args=[node.number])


def look_of(request: HttpRequest, address: str, *, is_open: bool) -> Look:
    """Return the network as it was asked for: the year, the filter, the view."""
    today = arrived_at(request).astimezone(MOSCOW).date()
    book = queries.ledger()
    years = queries.years_of_network(today, book)
    year = year_of(request, years)
    whole = queries.graph_on(queries.last_day_of(year, today), is_open=is_open, known=book)
    form = WishForm(request.GET, graph=whole)
    wish = form.wish()
    view = request.GET.get("view", "")
    return Look(
        request=request,
        address=address,
        year=year,
        years=tuple(years),
        view=view if view in dict(VIEWS) else VIEWS[0][0],
        form=form,
        wish=wish,
        whole=whole,
        graph=narrowed(whole, wish),
        before=book.sites(date(year - 1, 12, 31)),
    )


def year_of(request: HttpRequest, years: list[int]) -> int:
    """Return the year that was asked for, or the last one."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in years else years[-1]


def handed_out(picture: Picture, kind: str, *, name: str, site: str) -> HttpResponse:
    """Answer with a drawing as a file; another kind is no page."""
    drawn = picture.as_file(site)
    if kind == "svg":
        return bytes_as_file(drawn.encode(), name=f"{name}.svg", media_type=SVG)
    if kind == "png":
        data = picture_png(drawn, title=picture.title, width=picture.width)
        return bytes_as_file(data, name=f"{name}.png", media_type=PNG)
    raise Http404


def site_of(request: HttpRequest) -> str:
    """Return the address of the site, for links in a file."""
    return request.build_absolute_uri("/").rstrip("/")


def taken(look: Look, kind: str, *, name: str) -> HttpResponse:
    """Answer with what is shown as a file: the drawing, or every tie as a line of a sheet."""
    if kind in {"svg", "png"}:
        return handed_out(look.picture, kind, name=name, site=site_of(look.request))
    return hand_out(kind, name=name, head=tables.HEAD, lines=tables.lines(look.graph), sheet="Связи")
