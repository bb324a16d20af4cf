"""The booklet of a site: one sheet A4 folded in three, two pages of three columns each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from innoset.documents.pure import typesetting
from innoset.foundation.russian import quoted

_MOST: Final = 1_400
_CUT: Final = 700


@dataclass(frozen=True)
class StageLine:
    """A stage of the project: when and what."""

    term: str
    text: str


@dataclass(frozen=True)
class Booklet:
    """Everything that the booklet says. An empty part is left out with its heading."""

    status: str
    theme: str
    organisation: str
    municipality: str = ""
    address: str = ""
    head: str = ""
    head_post: str = ""
    phone: str = ""
    email: str = ""
    site: str = ""
    aim: str = ""
    tasks: str = ""
    stages: tuple[StageLine, ...] = ()
    results: tuple[str, ...] = ()
    novelty: str = ""
    value: str = ""
    year: int = 0
    link: str = ""


def pdf(booklet: Booklet, *, at: datetime) -> bytes:
    """Print the booklet: two landscape pages, however long the texts are."""
    return typesetting.pdf(sheet(booklet), at=at)


def sheet(booklet: Booklet) -> typesetting.Sheet:
    """Lay the booklet out for the press.

    Folded, the first page shows the inner flap, the back with the contacts and the cover.
    """
    data = {
        "status": _one_line(booklet.status),
        "theme": quoted(_one_line(booklet.theme)),
        "organisation": _one_line(booklet.organisation),
        "municipality": booklet.municipality,
        "year": f"{booklet.year} г." if booklet.year else "",
        "contacts": [
            {"label": label, "text": text}
            for label, text in (
                ("Адрес", booklet.address),
                (booklet.head_post or "Руководитель", booklet.head),
                ("Телефон", booklet.phone),
                ("Электронная почта", booklet.email),
                ("Сайт", booklet.site),
            )
            if text
        ],
        "flap": _sections(("Новизна", booklet.novelty), ("Практическая значимость", booklet.value)),
        "aims": _sections(("Цель", booklet.aim), ("Задачи", booklet.tasks)),
        "stages": [{"term": one.term, "text": _cut(one.text, _CUT)} for one in booklet.stages],
        "results": [_cut(one, _CUT) for one in booklet.results],
        "has_link": bool(booklet.link),
    }
    return typesetting.Sheet("booklet", f"Буклет: {_one_line(booklet.theme)}", data, booklet.link)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sections(*parts: tuple[str, str]) -> list[dict[str, str]]:
    return [{"title": title, "text": _cut(text, _MOST)} for title, text in parts if text.strip()]


def _cut(text: str, most: int) -> str:
    """Shorten at the end of a sentence, or of a word; the booklet is a glance, the passport has it all."""
    plain = text.strip()
    if len(plain) <= most:
        return plain
    head = plain[:most]
    stop = max(head.rfind(". "), head.rfind(".\n"), head.rfind("; "))
    return head[: stop + 1] if stop > most // 2 else f"{head[: head.rfind(' ')].rstrip(',;:')}…"
