"""What applications have in common with other works: the list of a contest, the passages of one application."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import reuse as actions
from innoset.contests.models import Contest
from innoset.contests.queries import applications as applications_queries
from innoset.contests.queries import reuse as queries
from innoset.foundation.russian import counted
from innoset.review.models import ReuseReport, ReuseText
from innoset.review.pure.words import words_of
from innoset.review.queries import reuse as review
from innoset.web.office import spreadsheets
from innoset.web.office.contest_frame import crumbs_of
from innoset.web.office.round_frame import run_contest_or_404
from innoset.web.ui.attempt import attempt

HEAD = (
    "Номер",
    "Организация",
    "Проект",
    "В чужих работах, %",
    "Только в своих прежних, %",
    "Мест",
    "Слов с подменой букв",
    "Сравнено с работами",
)
TITLE = "Совпадения текста"


@dataclass(frozen=True, slots=True)
class Side:
    """A passage as it stands in one of the texts: pieces, each with whether its word is in the other too."""

    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage beside its source. `source` is missing when the text is kept no more or has changed."""

    number: int
    is_own: bool
    source: ReuseText | None
    url: str
    here: Side
    there: Side | None
    marks: list[str]
    words: int
    matched: int


@require_safe
def list_(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was found of each application, the greatest share first."""
    return _list(request, run_contest_or_404(request, code))


def _list(request: HttpRequest, contest: Contest) -> HttpResponse:
    lines = queries.lines_of(contest)
    context = {
        "contest": contest,
        "lines": lines,
        "waiting": sum(line.is_waiting for line in lines),
        "crumbs": crumbs_of(contest, (TITLE, "")),
    }
    return render(request, "office/reuse.html", context)


@require_safe
def table(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the list as a table."""
    contest = run_contest_or_404(request, code)
    lines = [
        (
            line.application.shown_number,
            line.application.organisation.short_name,
            line.application.project.title,
            *(_figures(line) if line.report else ("не сравнивалась", "", "", "", "")),
        )
        for line in queries.lines_of(contest)
    ]
    return spreadsheets.hand_out("csv", name=f"совпадения-{code}", head=HEAD, lines=lines)


def _figures(line: queries.Line) -> tuple[str, ...]:
    report = line.report
    assert report is not None  # noqa: S101  # reason: asked for just before
    shares = (f"{share:.1f}".replace(".", ",") for share in (line.others, line.own))
    return (*shares, str(len(report.passages)), str(line.letters), str(report.compared))


@require_POST
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Put the applications of the contest into the queue for comparison."""
    contest = run_contest_or_404(request, code)
    return attempt(
        request,
        actions.compare_texts,
        contest,
        said="Заявки поставлены в очередь. Сравнение займёт несколько минут.",
        then=reverse("office:reuse", args=[code]),
        on_refusal=partial(_list, request, contest),
    )


@require_safe
def one(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show the passages of one application beside their sources."""
    contest = run_contest_or_404(request, code)
    application = get_object_or_404(queries.compared_in(contest), number=number)
    key = queries.key_of(application)
    report = review.latest_reports([key]).get(key)
    if report is None:
        raise Http404
    line = queries.Line(application, report, is_waiting=False)
    is_stale = report.parameters["sha256"] != report.text.sha256
    context = {
        "contest": contest,
        "application": application,
        "report": report,
        "line": line,
        "is_stale": is_stale,
        "passages": [] if is_stale else list(_shown(request, report)),
        "crumbs": crumbs_of(contest, (TITLE, reverse("office:reuse", args=[code])), (f"Заявка {number}", "")),
    }
    return render(request, "office/reuse_one.html", context)


def _shown(request: HttpRequest, report: ReuseReport) -> Iterator[Shown]:
    """Yield the passages in the order of the text, those of others first where they begin together."""
    sources = review.sources_of(report)
    open_to_me = _visible(request, sources)
    rows = sorted(report.passages, key=lambda row: (row["start"], row["is_own"], row["source"]))
    for number, row in enumerate(rows, 1):
        source = sources.get(row["source"])
        if source is not None and source.sha256 != row["source_sha256"]:
            source = None
        here = report.text.text[row["start"] : row["end"]]
        there = source.text[row["source_start"] : row["source_end"]] if source else ""
        yield Shown(
            number=number,
            is_own=row["is_own"],
            source=source,
            url=source.url if source and source.key in open_to_me else "",
            here=_side(here, there),
            there=_side(there, here) if source else None,
            marks=_marks(row),
            words=row["words"],
            matched=row["matched"],
        )


def _visible(request: HttpRequest, sources: dict[str, ReuseText]) -> set[str]:
    """Return the keys of the sources whose page the person may open."""
    numbers = [key.partition(":")[2] for key in sources]
    found = applications_queries.applications_visible_to(request.user).filter(number__in=numbers)
    return {queries.key_of(application) for application in found}


def _side(text: str, other: str) -> Side:
    """Cut the text at its words; those that the other has too are told."""
    words, known = words_of(text), set(words_of(other).stems)
    bounds = [0]
    told: dict[int, bool] = {}
    for stem, start, end in zip(words.stems, words.starts, words.ends, strict=True):
        if stem in known:
            bounds += [start, end]
            told[start] = True
    pieces = [(text[start:end], told.get(start, False)) for start, end in pairwise([*bounds, len(text)])]
    return Side([piece for piece in pieces if piece[0]])


def _marks(row: dict[str, Any]) -> list[str]:
    """Say how the passage differs from its source."""
    kept = row["matched"] / row["words"]
    letters = counted(row["letters"], "слово", "слова", "слов")
    marks = [
        (row["letters"] > 0, f"подмена букв или невидимые знаки: {letters}"),
        (row["moved"] > row["matched"] // 10, "слова переставлены"),
        (kept < 0.9, "часть слов заменена или добавлена"),  # noqa: PLR2004  # reason: a tenth is no disguise
    ]
    return [mark for is_so, mark in marks if is_so] or ["слово в слово"]


_ROOT = "contests/<slug:code>/reuse/"
routes = [
    path(_ROOT, list_, name="reuse"),
    path(f"{_ROOT}csv/", table, name="reuse_csv"),
    path(f"{_ROOT}compare/", compare, name="reuse_compare"),
    path(f"{_ROOT}<str:number>/", one, name="reuse_one"),
]
