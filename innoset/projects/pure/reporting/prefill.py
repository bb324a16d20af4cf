"""What the site proposes for each field of a report. A field about which it knows nothing is left out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from innoset.foundation.russian import date_in_digits, quoted, thousands
from innoset.projects.pure.reporting.facts import Facts, HeldStatus, Shared, Task


@dataclass(frozen=True, slots=True)
class Proposal:
    """The text that the site would write; carried over from the report before, or else counted."""

    text: str
    is_carried: bool = False


def proposals(facts: Facts) -> dict[str, Proposal]:
    """Return what the site can write, by the key of the field."""
    made = {key: writer(facts) for key, writer in WRITERS[facts.form_code].items()}
    return {key: proposal for key, proposal in made.items() if proposal.text}


def _organisation(facts: Facts) -> Proposal:
    return Proposal(facts.requisites.name)


def _founder(facts: Facts) -> Proposal:
    return Proposal(facts.requisites.founder)


def _address(facts: Facts) -> Proposal:
    return Proposal(facts.requisites.address)


def _head(facts: Facts) -> Proposal:
    return Proposal(facts.requisites.head)


def _contacts(facts: Facts) -> Proposal:
    return Proposal(", ".join(filter(None, (facts.requisites.phone, facts.requisites.email))))


def _project(facts: Facts) -> Proposal:
    title = facts.title or facts.theme
    return Proposal(_lines([f"Проект {quoted(title)}" if title else "", _authors(facts).text]))


def _authors(facts: Facts) -> Proposal:
    return Proposal(f"Разработчики: {'; '.join(facts.authors)}" if facts.authors else "")


def _page(facts: Facts) -> Proposal:
    carried = next((facts.before[key] for key in ("I.7", "1.6") if facts.before.get(key)), "")
    if carried:
        return Proposal(carried, is_carried=True)
    return Proposal(facts.page or facts.requisites.site)


def _statuses(facts: Facts) -> Proposal:
    live = [_status(one) for one in facts.statuses if one.is_live]
    past = [_status(one) for one in facts.statuses if not one.is_live]
    return Proposal(_lines([*_under("Действуют:", live), *_under("Были ранее:", past)]))


def _own_status(facts: Facts) -> Proposal:
    return Proposal(_status(facts.status) if facts.status else facts.theme)


def _status(one: HeldStatus) -> str:
    order = f", {one.order}" if one.order else ""
    term = f"с {date_in_digits(one.starts_on)} по {date_in_digits(one.ends_on)}"
    return f"{one.kind}, тема {quoted(one.theme)}{order}, {term}"


def _supervisor(facts: Facts) -> Proposal:
    if facts.supervisor:
        return Proposal(facts.supervisor)
    carried = facts.before.get("I.9", "")
    return Proposal(carried, is_carried=True) if carried else Proposal("")


def _aim(facts: Facts) -> Proposal:
    """Theme, aim, tasks and novelty as the passport says them, and the tasks of the year."""
    parts = (
        ("Тема", facts.title or facts.theme),
        *((name, facts.passport.get(key, "")) for name, key in _AIM),
    )
    said = [f"{name}. {text.strip()}" for name, text in parts if text.strip()]
    return Proposal(_lines([*said, *_under("Задачи отчётного года:", _tasks(facts.tasks))]))


_AIM: Final = (("Цель", "4"), ("Задачи", "5"), ("Инновационность", "9"))


def _measured(facts: Facts) -> Proposal:
    carried = next((facts.before[key] for key in ("II.2",) if facts.before.get(key)), "")
    return Proposal(carried, is_carried=True)


def _results(facts: Facts) -> Proposal:
    """Count what was done; a figure that is nought is told too, for it was counted."""
    counted = [figure.line + _unknown(figure.unknown) for figure in facts.figures]
    return Proposal(_lines([*_under("Показатели года:", counted), *_progress(facts)]))


def _unknown(number: int) -> str:
    return f" (ещё у {thousands(number)} число участников не указано)" if number else ""


def _progress(facts: Facts) -> list[str]:
    done, planned = facts.figure("measures_done"), facts.figure("measures")
    if not done or not planned or not planned.value:
        return []
    share = round(100 * done.value / planned.value)
    return [f"Дорожная карта года выполнена на {share} %: {done.value} из {planned.value}."]


def _fulfilment(facts: Facts) -> Proposal:
    return Proposal(_lines([*_under("Задачи года:", _tasks(facts.tasks)), *_progress(facts)]))


def _spread(facts: Facts) -> Proposal:
    return Proposal(_lines([*_shared(facts), *_network(facts)]))


def _held(facts: Facts) -> Proposal:
    return Proposal(_lines(_shared(facts)))


def _shared(facts: Facts) -> list[str]:
    meetings = [_told(one) for one in facts.shared if one.is_meeting]
    published = [_told(one) for one in facts.shared if not one.is_meeting]
    return [*_under("Мероприятия:", meetings), *_under("Публикации и продукты:", published)]


def _told(one: Shared) -> str:
    people = f"участников: {thousands(one.people)}" if one.people is not None else ""
    told = (f"{one.kind} {quoted(one.title)}", _first_low(one.reach), one.place, people, one.url)
    return f"{date_in_digits(one.on)} – {', '.join(filter(None, told))}"


def _first_low(text: str) -> str:
    return f"уровень: {text[:1].lower()}{text[1:]}" if text else ""


def _together(facts: Facts) -> Proposal:
    return Proposal(_lines(_network(facts)))


def _network(facts: Facts) -> list[str]:
    return [
        *_under("Партнёры проекта:", facts.partners),
        *_under("Соглашения:", facts.agreements),
        *_under("Площадку сопровождают:", facts.companions),
    ]


def _planned(facts: Facts) -> Proposal:
    return Proposal(_lines(one.text for one in facts.next_tasks))


def _tasks(tasks: Iterable[Task]) -> list[str]:
    return [f"{one.text}{_came(one)}" for one in tasks]


def _came(task: Task) -> str:
    state = f" – {task.state.lower()}" if task.state else ""
    return f"{state}{': ' if state and task.note else ''}{task.note}"


def _under(heading: str, lines: Iterable[str]) -> list[str]:
    listed = [line for line in lines if line]
    return [heading, *listed] if listed else []


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


Writer = Callable[[Facts], Proposal]

WRITERS: Final[Mapping[str, Mapping[str, Writer]]] = {
    "kip_report": {
        "I.1": _organisation,
        "I.2": _founder,
        "I.3": _address,
        "I.4": _head,
        "I.5": _contacts,
        "I.6": _project,
        "I.7": _page,
        "I.8": _statuses,
        "I.9": _supervisor,
        "II.1": _aim,
        "II.2": _measured,
        "II.3": _results,
        "II.4": _spread,
    },
    "site_report": {
        "1.1": _organisation,
        "1.2": _head,
        "1.3": _contacts,
        "1.4": _own_status,
        "1.5": _authors,
        "1.6": _page,
        "2.1": _aim,
        "2.2": _fulfilment,
        "2.3": _results,
        "2.4": _held,
        "2.5": _together,
        "2.6": _planned,
    },
}
FIGURED: Final[Mapping[str, str]] = {"kip_report": "II.3", "site_report": "2.3"}
"""The field of each form in which the figures are told."""
