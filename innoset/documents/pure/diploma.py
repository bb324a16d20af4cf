"""The diploma: a status granted by an order, handed to an organisation and to the people of its project."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import unquote

from innoset.documents.pure import typesetting
from innoset.foundation.russian import date_in_words, in_dative, quoted, signature

_MOST_LINES: Final = 3


@dataclass(frozen=True)
class Recipient:
    """A person of the project: the full name in the nominative, the post in the dative («директору»)."""

    name: str
    post: str = ""
    name_dative: str = ""


@dataclass(frozen=True)
class Diploma:
    """Everything that the diploma says; `kind` and `people_are` are nouns in the dative."""

    number: str
    organisation: str
    status: str
    theme: str
    issuer: tuple[str, ...]
    order_number: str
    order_on: date
    post: str
    signatory: str
    check_url: str
    heading: str = "Диплом"
    kind: str = "организации"
    people: tuple[Recipient, ...] = ()
    people_are: str = "авторам проекта"
    contest: str = ""
    term: str = ""
    place: str = ""
    order_issuer: str = ""


def pdf(diploma: Diploma, *, at: datetime) -> bytes:
    """Print the diploma on one landscape page, however long the names are."""
    return typesetting.pdf(sheet(diploma), at=at)


def sheet(diploma: Diploma) -> typesetting.Sheet:
    """Lay the diploma out for the press."""
    data = {
        "issuer": [_in_one_line(line) for line in diploma.issuer],
        "heading": diploma.heading,
        "number": f"№ {diploma.number}",
        "kind": f"вручается {diploma.kind}",
        "organisation": _in_one_line(diploma.organisation),
        "people": _listed([_handed(person) for person in diploma.people]),
        "status": quoted(_in_one_line(diploma.status)),
        "theme": quoted(_in_one_line(diploma.theme)) if diploma.theme else "",
        "people_are": f"и {diploma.people_are}",
        "granted": f"По итогам конкурса {quoted(_in_one_line(diploma.contest))} присвоен статус"
        if diploma.contest
        else "Присвоен статус",
        "term": f"Статус действует {diploma.term}" if diploma.term else "",
        "order": _order(diploma),
        "post": diploma.post,
        "signatory": signature(diploma.signatory),
        "place": ", ".join(filter(None, (diploma.place, f"{diploma.order_on.year} г."))),
        "check_url": unquote(diploma.check_url),
    }
    return typesetting.Sheet("diploma", f"{diploma.heading} № {diploma.number}", data, diploma.check_url)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _listed(people: list[str]) -> list[str]:
    """Give each person a line; more than a few share one paragraph."""
    return people if len(people) <= _MOST_LINES else ["; ".join(people)]


def _handed(person: Recipient) -> str:
    return ", ".join(filter(None, (in_dative(person.name, override=person.name_dative), person.post)))


def _order(diploma: Diploma) -> str:
    issuer = f" {diploma.order_issuer}" if diploma.order_issuer else ""
    return f"Основание: приказ{issuer} от {date_in_words(diploma.order_on)} № {diploma.order_number}"
