"""What every page about one contest shares: finding it, the way to it, the parts of the builder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from innoset.contests.models import Contest
from innoset.contests.queries import contests as queries
from innoset.contests.queries.contests import Gap
from innoset.contests.states import ContestState as S
from innoset.foundation.russian import MOSCOW, counted, date_in_digits, decimal, roman

PARTS = {
    "general": "Общие сведения",
    "nominations": "Номинации",
    "calendar": "Сроки",
    "criteria": "Критерии",
    "rules": "Правила решения",
    "consents": "Согласия участников",
    "word": "Форма DOCX",
}


# Pages of the work on a contest that stand beside the builder, from which state on each has a sense.
WORK = (
    (
        "Срок приёма",
        "office:contest_deadline",
        (S.DRAFT, S.OPEN, S.EXPERTISE, S.DEFENCE, S.COUNCIL, S.FINISHED),
    ),
    ("Экспертиза", "office:expertise", (S.OPEN, S.EXPERTISE, S.DEFENCE, S.COUNCIL, S.FINISHED)),
    ("Совпадения текста", "office:reuse", (S.OPEN, S.EXPERTISE, S.DEFENCE, S.COUNCIL, S.FINISHED)),
    ("Совет", "office:council_room", (S.COUNCIL, S.FINISHED)),
    ("Приказ", "office:order", (S.COUNCIL, S.FINISHED)),
    ("Апелляции", "office:appeals", (S.DEFENCE, S.COUNCIL, S.FINISHED)),
)


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the builder's task list."""

    title: str
    hint: str
    url: str
    state: str
    kind: str


def contest_or_404(request: HttpRequest, code: str) -> Contest:
    """Return a contest that the person may see, with its calendar."""
    return get_object_or_404(_visible(request), code=code)


def whole_contest_or_404(request: HttpRequest, code: str) -> Contest:
    """Return a contest with all its parts, each asked of the database once."""
    parts = ("nominations", "consents", "remote_rubric__criteria", "defence_rubric__criteria")
    return get_object_or_404(_visible(request).prefetch_related(*parts), code=code)


def _visible(request: HttpRequest) -> QuerySet[Contest]:
    return queries.with_stages(queries.contests_visible_to(request.user)).select_related(
        "remote_rubric", "defence_rubric", "municipality", "regulation", "word_template", "copied_from"
    )


def crumbs_of(contest: Contest, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page of the contest; the last step is the page itself."""
    mine = reverse("office:contest", args=[contest.code]) if steps else ""
    return [("Конкурсы", reverse("office:contests")), (contest.title, mine), *steps]


def name_of(contest: Contest) -> str:
    """Return the edition and the school year: «XXI выпуск, 2026–2027 учебный год»."""
    edition = f"{roman(contest.edition)} выпуск, " if contest.edition else ""
    return f"{edition}{contest.school_year}–{contest.school_year + 1} учебный год"


def tasks_of(contest: Contest, gaps: tuple[Gap, ...]) -> list[Task]:
    """Return the parts of the builder, each with what it holds or what it lacks."""
    first = {gap.part: gap.text for gap in reversed(gaps)}
    holds = dict(_contents(contest))
    return [
        Task(
            title=title,
            hint=first.get(part, holds[part]),
            url=reverse(f"office:contest_{part}", args=[contest.code]),
            state="Есть замечание" if part in first else "Готово",
            kind="warn" if part in first else "done",
        )
        for part, title in PARTS.items()
    ]


def _contents(contest: Contest) -> Iterator[tuple[str, str]]:
    remote, whole = queries.most_points_of(contest)
    plan = queries.plan_of(contest)
    yield "general", f"{name_of(contest)}, статус {contest.status_kind.abbreviation}"
    yield "nominations", ", ".join(one.title for one in contest.nominations.all())
    yield "calendar", f"{_day(plan[0].starts_at)} – {_day(plan[-1].ends_at)}" if plan else ""
    yield "criteria", f"Заочно до {decimal(float(remote), 0)}, всего до {decimal(float(whole), 0)} баллов"
    sheets = counted(contest.sheets_per_application, "эксперт", "эксперта", "экспертов")
    quota = f", статусов не больше {contest.quota}" if contest.quota else ""
    head = ", с подтверждением руководителя" if contest.confirmation_ways else ""
    yield "rules", f"{sheets} на заявку{quota}{head}"
    yield "consents", ", ".join(one.title for one in contest.consents.all())
    yield "word", contest.word_template.name if contest.word_template else "Официальная форма"


def _day(at: datetime) -> str:
    return date_in_digits(at.astimezone(MOSCOW).date())


def work_on(contest: Contest) -> list[tuple[str, str]]:
    """Return the pages of the work that the contest has come to: title and address."""
    return [
        (title, reverse(name, args=[contest.code])) for title, name, states in WORK if contest.state in states
    ]
