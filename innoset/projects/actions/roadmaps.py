"""The life of a roadmap or of a centre's plan: begun, filled from what there is, sent, approved, sent back."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import MOSCOW, counted
from innoset.network.models import Organisation
from innoset.projects import notices
from innoset.projects.actions import measures
from innoset.projects.models import Project, Roadmap, RoadmapItem
from innoset.projects.queries import roadmaps as queries
from innoset.projects.states import ROADMAP, RoadmapKind

EARLIEST_YEAR, LATEST_YEAR = 2000, 2099


def start_roadmap(project: Project, *, by: Any, at: datetime) -> Roadmap:
    """Begin the roadmap of a project; the one that is there already is it."""
    made = Roadmap(
        kind=RoadmapKind.ROADMAP,
        project=project,
        organisation=project.organisation,
        title=f"Дорожная карта: {project}"[:300],
        created_at=at,
        created_by=by,
    )
    return _start(made, by=by, at=at)


def start_plan(organisation: Organisation, *, year: int, by: Any, at: datetime) -> Roadmap:
    """Begin the plan of a centre for a calendar year."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Refusal("Проверьте год: нужен год с 2000 по 2099.", field="year")
    made = Roadmap(
        kind=RoadmapKind.PLAN,
        organisation=organisation,
        year=year,
        title=f"План работы на {year} год",
        created_at=at,
        created_by=by,
    )
    return _start(made, by=by, at=at)


@action("projects.start_roadmap")
def _start(roadmap: Roadmap, *, by: Any, at: datetime) -> Roadmap:
    # The organisation's row is the lock: two who begin at once get one roadmap.
    Organisation.objects.select_for_update().get(pk=roadmap.organisation_id)
    if roadmap.kind == RoadmapKind.PLAN:
        same = {"kind": RoadmapKind.PLAN, "organisation": roadmap.organisation_id, "year": roadmap.year}
    else:
        same = {"project": roadmap.project_id}
    known = Roadmap.objects.filter(**same).first()
    if known is not None and known.kind == RoadmapKind.PLAN:
        raise Refusal(f"План на {known.year} год уже есть. Откройте его в списке.", field="year")
    if known is not None:
        return known
    roadmap.save()
    return roadmap


@action("projects.take_lines")
def take_lines(
    roadmap: Roadmap, *, origins: Collection[str], by: Any, at: datetime, reason: str = ""
) -> list[RoadmapItem]:
    """Make measures of lines of the passport; a line becomes a measure once."""
    today = at.astimezone(MOSCOW).date()
    chosen = [one for one in queries.candidates_of(roadmap, today) if one.origin in origins]
    if not chosen:
        raise Refusal("Отметьте хотя бы одну строку. Те, что уже стали мероприятиями, второй раз не берутся.")
    return [
        measures.add_measure(
            roadmap,
            values={
                "stage": one.stage,
                "title": one.title,
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
            },
            origin=one.origin,
            reason=reason,
            by=by,
            at=at,
        )
        for one in chosen
    ]


@action("projects.copy_plan")
def copy_plan(roadmap: Roadmap, *, by: Any, at: datetime) -> int:
    """Take the lines of last year's plan over, a year later and without the fact; return how many."""
    measures.require_open(roadmap, "")
    earlier = queries.plan_before(roadmap)
    if earlier is None:
        raise Refusal("Плана прошлого года на сайте нет. Внесите строки сами или загрузите таблицу.")
    known = {(one.stage, one.title) for one in roadmap.items.all()}
    lines = [one for one in queries.items_of(earlier) if one.dropped_at is None]
    fresh = [one for one in lines if (one.stage, one.title) not in known]
    for one in fresh:
        measures.add_measure(roadmap, values=_next_year(one), by=by, at=at)
    ledger.note(copied=len(fresh), year=earlier.year)
    return len(fresh)


def _next_year(one: RoadmapItem) -> dict[str, Any]:
    kept = ("stage", "title", "responsible", "responsible_person", "result", "unit", "planned")
    days = {"starts_on": _later(one.starts_on), "ends_on": _later(one.ends_on)}
    return {name: getattr(one, name) for name in kept} | days


def _later(day: date | None) -> date | None:
    """Return the same day of the next year; 29 February becomes the 28th."""
    if day is None:
        return None
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


@action("projects.send_roadmap")
def send_roadmap(roadmap: Roadmap, *, by: Any, at: datetime) -> None:
    """Send the roadmap to those who approve it."""
    move = ROADMAP.move("send", roadmap.state)
    _require_whole(roadmap)
    roadmap.state, roadmap.sent_at, roadmap.return_note = move.target, at, ""
    roadmap.save(update_fields=["state", "sent_at", "return_note"])
    _tell(notices.ROADMAP_SENT, roadmap, queries.approvers_of(roadmap), at=at, is_office=True)


def _require_whole(roadmap: Roadmap) -> None:
    live = list(roadmap.items.filter(dropped_at=None))
    if not live:
        raise Refusal("В карте нет ни одного мероприятия. Добавьте их и отправьте.")
    nobody = [one for one in live if not one.responsible and one.responsible_person_id is None]
    if nobody and roadmap.kind == RoadmapKind.ROADMAP:
        named = ", ".join(f"«{one.title}»" for one in nobody[:3])
        rest = f" и ещё {len(nobody) - 3}" if len(nobody) > 3 else ""  # noqa: PLR2004  # reason: three are named
        raise Refusal(f"Укажите ответственного: {named}{rest}.")


@action("projects.recall_roadmap")
def recall_roadmap(roadmap: Roadmap, *, by: Any, at: datetime) -> None:
    """Take a sent roadmap back, to go on writing."""
    roadmap.state = ROADMAP.move("send_back", roadmap.state).target
    roadmap.save(update_fields=["state"])


@action("projects.return_roadmap")
def return_roadmap(roadmap: Roadmap, *, note: str, by: Any, at: datetime) -> None:
    """Send a roadmap back with a note of what to mend."""
    move = ROADMAP.move("send_back", roadmap.state)
    if not note.strip():
        raise Refusal("Напишите, что исправить: школа увидит ваши слова.", field="note")
    roadmap.state, roadmap.return_note = move.target, note.strip()
    roadmap.save(update_fields=["state", "return_note"])
    ledger.note(note=roadmap.return_note)
    _tell(notices.ROADMAP_RETURNED, roadmap, queries.writers_of(roadmap), at=at, note=roadmap.return_note)


@action("projects.approve_roadmap")
def approve_roadmap(roadmap: Roadmap, *, by: Any, at: datetime) -> None:
    """Approve the roadmap: from now on a correction needs a reason and is kept."""
    roadmap.state = ROADMAP.move("approve", roadmap.state).target
    roadmap.approved_at, roadmap.approved_by = at, by
    roadmap.save(update_fields=["state", "approved_at", "approved_by"])
    _tell(notices.ROADMAP_APPROVED, roadmap, queries.writers_of(roadmap), at=at, who=by.short_name)


def page_of(roadmap: Roadmap, *, is_office: bool = False) -> str:
    """Return the address of the roadmap's page for those who write it, or for those who approve it."""
    if roadmap.project is None:
        return f"/office/plans-of-centres/{queries.plan_number(roadmap)}/"
    door = "office" if is_office else "cabinet"
    return f"/{door}/projects/{roadmap.project.number}/roadmap/"


def _tell(
    notice: Notice,
    roadmap: Roadmap,
    to: Collection[Any],
    *,
    at: datetime,
    is_office: bool = False,
    **facts: str,
) -> None:
    live = roadmap.items.filter(dropped_at=None).count()
    announce(
        notice,
        to=to,
        at=at,
        about=f"roadmap:{roadmap.pk}:{at.timestamp():.0f}",
        url=page_of(roadmap, is_office=is_office),
        facts={
            "roadmap": roadmap.title,
            "organisation": roadmap.organisation.short_name,
            "measures": counted(live, "мероприятие", "мероприятия", "мероприятий"),
            **facts,
        },
    )


@transaction.atomic
def warn_of(roadmap: Roadmap, *, at: datetime) -> int:
    """Tell the writers of near and missed deadlines, each deadline once; return how many measures."""
    day, count = at.astimezone(MOSCOW).date(), 0
    items = list(getattr(roadmap, "untold", ()))
    near = [one for one in items if one.ends_on >= day]
    late = [one for one in items if one.ends_on < day]
    for notice, told, column in (
        (notices.MEASURES_NEAR, near, "warned_of"),
        (notices.MEASURES_OVERDUE, late, "overdue_told_of"),
    ):
        fresh = [one for one in told if _claim(one, column)]
        if fresh:
            _tell_of(notice, roadmap, fresh, at=at)
            count += len(fresh)
    return count


def _claim(one: RoadmapItem, column: str) -> bool:
    """Take the telling of a deadline: of two workers one gets it."""
    untold = RoadmapItem.objects.filter(pk=one.pk, ends_on=one.ends_on).exclude(**{column: one.ends_on})
    return bool(untold.update(**{column: one.ends_on}))


def _tell_of(notice: Notice, roadmap: Roadmap, told: list[RoadmapItem], *, at: datetime) -> None:
    people = [*queries.writers_of(roadmap), *(p for one in told if (p := one.responsible_person) is not None)]
    lines = "\n".join(f"— {one.title}: срок {one.ends_on:%d.%m.%Y}" for one in told)
    announce(
        notice,
        to=people,
        at=at,
        about=f"roadmap:{roadmap.pk}:{told[0].pk}:{told[0].ends_on:%Y%m%d}",
        url=page_of(roadmap),
        facts={"roadmap": roadmap.title, "count": len(told), "measures": lines},
    )
