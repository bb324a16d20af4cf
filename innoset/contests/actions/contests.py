"""Making a contest, changing it, publishing it, taking it back, repeating it a year later."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from innoset.accounts.models import ConsentText
from innoset.contests.actions.criteria import TOUR_TITLES, copied_rubric, copy_own_criteria, make_rubric
from innoset.contests.models import Contest, ContestStage, Nomination
from innoset.contests.notices import contests as notices
from innoset.contests.pure import calendar
from innoset.contests.pure.addresses import address_of
from innoset.contests.pure.calendar import StagePlan
from innoset.contests.pure.template import Template, template_by_code
from innoset.contests.queries import contests as queries
from innoset.contests.queries.applications import team_of
from innoset.contests.states import CONTEST, STAGE_LABELS, ConfirmationWay, ContestState, StageKind
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import moment_in_words
from innoset.network.models import StatusKind
from innoset.projects.pure.catalogue import FORMS
from innoset.review import actions as review
from innoset.review.states import RoundState

# What may be said anew while the contest runs; the rest is the rules that people applied under.
ALWAYS = frozenset({"title", "summary", "regulation"})
RULES = frozenset(
    {
        "code",
        "prefix",
        "edition",
        "school_year",
        "form_code",
        "status_kind",
        "municipality",
        "organisation_kinds",
        "sheets_per_application",
        "remote_threshold",
        "final_threshold",
        "quota",
        "municipality_quota",
        "applications_per_organisation",
        "has_defence",
        "is_blind",
        "defence_is_blind",
        "experts_are_named",
        "shares_comments",
        "shares_profile",
        "appeal_days",
        "ranking_basis",
        "grace_minutes",
        "confirmation_ways",
        "confirmation_hours",
    }
)
# Minutes; a longer grace would be another deadline.
LONGEST_GRACE = 60
OVER = frozenset({ContestState.FINISHED, ContestState.CANCELLED})


# ── Making ──────────────────────────────────────────────────────────────────


@action("contests.make_contest")
def make_contest(contest: Contest, *, template: str = "mip", by: Any, at: datetime) -> Contest:
    """Make a complete draft of a new contest (organiser and school year given) from a template.

    A title, an edition, a status or a municipality that is given already stays as it is.
    """
    plan = _template(template)
    _fill_from(contest, plan)
    contest.code = contest.code or free_address(contest.title, contest.school_year)
    contest.state, contest.created_at, contest.created_by = ContestState.DRAFT, at, by
    contest.remote_rubric = make_rubric(_rubric_title("remote", contest), plan.remote)
    if plan.has_defence:
        contest.defence_rubric = make_rubric(_rubric_title("defence", contest), plan.defence)
    contest.save()
    _write_nominations(contest, [(title, None) for title in plan.nominations])
    _write_stages(contest, plan.stages_in(contest.school_year))
    contest.consents.set(ConsentText.objects.filter(code__in=plan.consents, is_current=True))
    ledger.note(template=plan.code, title=contest.title)
    return contest


def _template(code: str) -> Template:
    try:
        return template_by_code(code)
    except KeyError as error:
        raise Refusal("Такого шаблона нет. Выберите шаблон из списка.", field="template") from error


def _fill_from(contest: Contest, plan: Template) -> None:
    contest.title = contest.title or plan.title
    contest.summary = contest.summary or plan.summary
    if contest.status_kind_id is None:
        contest.status_kind = _status_kind(plan.status_kind)
    if contest.municipality_id is None and contest.status_kind.level == StatusKind.Level.MUNICIPAL:
        contest.municipality = contest.organiser.municipality
    contest.organisation_kinds = [str(kind) for kind in plan.organisation_kinds]
    for name in (
        "prefix",
        "form_code",
        "remote_threshold",
        "final_threshold",
        "quota",
        "municipality_quota",
        "sheets_per_application",
        "applications_per_organisation",
        "has_defence",
        "is_blind",
    ):
        setattr(contest, name, getattr(plan, name))


def _status_kind(code: str) -> StatusKind:
    kind = StatusKind.objects.filter(code=code, is_active=True).first()
    if kind is None:
        raise Refusal(
            "В словаре статусов нет статуса, который присваивает этот конкурс. Добавьте его в словарь.",
            field="template",
        )
    return kind


def free_address(title: str, school_year: int) -> str:
    """Return an address that no contest has yet."""
    taken = set(Contest.objects.order_by("id").values_list("code", flat=True))
    return address_of(title, school_year, taken)


def _rubric_title(tour: str, contest: Contest) -> str:
    return f"{TOUR_TITLES[tour]}: {contest.title}, {contest.school_year}"[:200]


# ── Changing ────────────────────────────────────────────────────────────────


@action("contests.edit_contest")
def edit_contest(contest: Contest, *, changes: Mapping[str, Any], by: Any, at: datetime) -> Contest:
    """Set these columns; what people applied under no longer changes once there is an application."""
    del by, at
    unknown = set(changes) - ALWAYS - RULES
    if unknown:
        raise ValueError(f"not a part of a contest: {sorted(unknown)}")
    changed = {name: value for name, value in changes.items() if getattr(contest, name) != value}
    _require_changeable(contest, changed)
    _require_sound(contest, changed)
    for name, value in changed.items():
        setattr(contest, name, value)
    contest.save(update_fields=sorted(changed))
    ledger.note(**{name: str(value) for name, value in changed.items()})
    return contest


def _require_changeable(contest: Contest, changed: Collection[str]) -> None:
    if contest.state in OVER:
        raise Refusal("Конкурс уже закрыт: его сведения больше не меняются.")
    rules = sorted(set(changed) & RULES)
    if rules and (contest.state not in {ContestState.DRAFT, ContestState.OPEN}):
        raise Refusal("Экспертиза уже началась: правила конкурса больше не меняются.", field=rules[0])
    if rules and queries.has_applications(contest):
        raise Refusal(
            "На конкурс уже есть заявки. Правила, по которым их готовили, менять нельзя.", field=rules[0]
        )


def _require_sound(contest: Contest, changed: Mapping[str, Any]) -> None:
    if not str(changed.get("title", contest.title)).strip():
        raise Refusal("Назовите конкурс.", field="title")
    if "form_code" in changed and changed["form_code"] not in {form.code for form in FORMS}:
        raise Refusal("Такой формы нет. Выберите форму из списка.", field="form_code")
    code = changed.get("code", contest.code)
    if not code or Contest.objects.filter(code=code).exclude(pk=contest.pk).exists():
        raise Refusal("Этот адрес уже занят другим конкурсом. Придумайте другой.", field="code")
    if set(changed.get("confirmation_ways", ())) - set(ConfirmationWay):
        raise Refusal("Выберите способы подтверждения из списка.", field="confirmation_ways")
    if changed.get("sheets_per_application", 1) < 1:
        raise Refusal(
            "Заявку читает хотя бы один эксперт. Поставьте число от 1.", field="sheets_per_application"
        )
    if not 0 <= changed.get("grace_minutes", 0) <= LONGEST_GRACE:
        raise Refusal(f"Допуск может быть от 0 до {LONGEST_GRACE} минут.", field="grace_minutes")
    if changed.get("applications_per_organisation", 1) < 1:
        text = "От организации принимают хотя бы одну заявку. Поставьте число от 1."
        raise Refusal(text, field="applications_per_organisation")


@action("contests.attach_regulation")
def attach_regulation(contest: Contest, *, data: bytes, name: str, by: Any, at: datetime) -> None:
    """Put a file with the regulation on the contest's page; the old file, if any, is replaced."""
    _require_changeable(contest, ())
    given = files.prepare(data, name=name, limit=settings.FILES_MAX_BYTES)
    contest.regulation = files.keep_given(given, at=at, by=by)
    contest.save(update_fields=["regulation"])
    ledger.note(file=name, sha256=contest.regulation.sha256)


@action("contests.set_nominations")
def set_nominations(
    contest: Contest, *, nominations: Sequence[tuple[str, int | None]], by: Any, at: datetime
) -> None:
    """Set the nominations in this order, each with its quota; one that has applications stays."""
    del by, at
    _require_changeable(contest, ())
    titles = [title.strip() for title, _ in nominations]
    if not titles or not all(titles):
        raise Refusal("Назовите каждую номинацию; нужна хотя бы одна.", field="nominations")
    if len({title.casefold() for title in titles}) < len(titles):
        raise Refusal("Две номинации названы одинаково. Измените одно из названий.", field="nominations")
    kept = contest.nominations.filter(applications__isnull=False).exclude(title__in=titles).first()
    if kept:
        raise Refusal(f"В номинации «{kept.title}» есть заявки: убрать её нельзя.", field="nominations")
    _write_nominations(
        contest, [(title, quota) for title, (_, quota) in zip(titles, nominations, strict=True)]
    )
    ledger.note(nominations=titles)


def _write_nominations(contest: Contest, nominations: Sequence[tuple[str, int | None]]) -> None:
    contest.nominations.exclude(title__in=[title for title, _ in nominations]).delete()
    for position, (title, quota) in enumerate(nominations):
        Nomination.objects.update_or_create(
            contest=contest, title=title, defaults={"quota": quota, "position": position}
        )


@action("contests.set_calendar")
def set_calendar(contest: Contest, *, stages: Sequence[StagePlan], by: Any, at: datetime) -> None:
    """Set the times of all stages; when the contest is published, its applicants are told what moved."""
    del by
    _require_changeable(contest, ())
    found = calendar.faults(stages, has_defence=contest.has_defence)
    if found:
        raise Refusal(found[0].text, field=found[0].field)
    before = {plan.kind: plan for plan in queries.plan_of(contest)}
    moved = [plan for plan in calendar.in_order(stages) if _moved(before.get(plan.kind), plan)]
    _write_stages(contest, stages)
    ledger.note(moved={plan.kind: [plan.starts_at.isoformat(), plan.ends_at.isoformat()] for plan in moved})
    if moved and contest.state != ContestState.DRAFT:
        _tell_of_moved(contest, moved, at=at)


def _moved(before: StagePlan | None, plan: StagePlan) -> bool:
    return before is None or (before.starts_at, before.ends_at) != (plan.starts_at, plan.ends_at)


def _write_stages(contest: Contest, stages: Sequence[StagePlan]) -> None:
    contest.stages.exclude(kind__in=[plan.kind for plan in stages]).delete()
    for plan in stages:
        ContestStage.objects.update_or_create(
            contest=contest,
            kind=StageKind(plan.kind),
            defaults={"starts_at": plan.starts_at, "ends_at": plan.ends_at, "title": plan.title},
        )


def _tell_of_moved(contest: Contest, moved: Sequence[StagePlan], *, at: datetime) -> None:
    changes = "\n".join(
        f"{STAGE_LABELS[StageKind(plan.kind)]}: {moment_in_words(plan.starts_at)} — "
        f"{moment_in_words(plan.ends_at)}"
        for plan in moved
    )
    announce(
        notices.TERMS_MOVED,
        to=[person for one in queries.live_applications(contest) for person in team_of(one)],
        at=at,
        about=f"contest:{contest.pk}:terms:{at.isoformat()}",
        url=reverse("public:contest", args=[contest.code]),
        facts={"contest": contest.title, "changes": changes},
    )


@action("contests.set_consents")
def set_consents(contest: Contest, *, consents: Collection[ConsentText], by: Any, at: datetime) -> None:
    """Choose the texts that applicants agree to."""
    del by, at
    _require_changeable(contest, ())
    if queries.has_applications(contest):
        raise Refusal("На конкурс уже есть заявки. Согласия, которые дают участники, менять нельзя.")
    contest.consents.set(consents)
    ledger.note(consents=[str(text) for text in consents])


# ── Publishing ──────────────────────────────────────────────────────────────


@action("contests.publish_contest")
def publish(contest: Contest, *, by: Any, at: datetime) -> None:
    """Show the contest to everybody; refuse with the first thing that is missing."""
    del by
    target = CONTEST.move("publish", contest.state).target
    found = queries.gaps(contest)
    if found:
        rest = f" И ещё замечаний: {len(found) - 1}." if len(found) > 1 else ""
        raise Refusal(f"Конкурс пока нельзя опубликовать. {found[0].text}{rest}")
    submission = queries.stage_of(contest, StageKind.SUBMISSION)
    if submission is not None and submission.ends_at <= at:
        raise Refusal("Конкурс пока нельзя опубликовать. Срок приёма заявок уже прошёл: измените сроки.")
    contest.state, contest.published_at = ContestState(target), at
    contest.save(update_fields=["state", "published_at"])


@action("contests.unpublish_contest")
def unpublish(contest: Contest, *, by: Any, at: datetime) -> None:
    """Take the contest back to a draft while nobody has begun an application."""
    del by, at
    target = CONTEST.move("unpublish", contest.state).target
    if queries.has_applications(contest):
        raise Refusal(
            "На конкурс уже есть заявки: снять его с публикации нельзя. Можно отменить его, указав причину."
        )
    contest.state, contest.published_at = ContestState(target), None
    contest.save(update_fields=["state", "published_at"])


@action("contests.cancel_contest")
def cancel(contest: Contest, *, reason: str, by: Any, at: datetime) -> None:
    """Cancel the contest for a reason that its applicants and visitors read; experts are let go."""
    target = CONTEST.move("cancel", contest.state).target
    if not reason.strip():
        raise Refusal("Напишите, почему конкурс отменён: это прочтут участники.", field="reason")
    contest.state, contest.cancel_reason = ContestState(target), reason.strip()[:500]
    contest.save(update_fields=["state", "cancel_reason"])
    ledger.note(reason=contest.cancel_reason)
    for tour in (contest.remote_round, contest.defence_round):
        if tour is not None and tour.state == RoundState.OPEN:
            review.close_round(tour, reason=f"Конкурс отменён: {contest.cancel_reason}", by=by, at=at)
    for application in queries.live_applications(contest):
        announce(
            notices.CANCELLED,
            to=team_of(application),
            at=at,
            about=f"application:{application.pk}:contest-cancelled",
            url=reverse("public:contest", args=[contest.code]) if contest.published_at else "",
            facts={
                "contest": contest.title,
                "reason": contest.cancel_reason,
                "number": f"{contest.prefix}-{application.number}",
            },
        )


# ── Repeating ───────────────────────────────────────────────────────────────


@action("contests.copy_contest")
def copy_contest(contest: Contest, *, by: Any, at: datetime) -> Contest:
    """Make a draft of the same contest for the next school year; the old one keeps its own rubrics."""
    fresh = _copy_of(contest, by=by, at=at)
    fresh.save()
    _write_nominations(fresh, list(contest.nominations.values_list("title", "quota")))
    copy_own_criteria(contest, fresh)
    _write_stages(fresh, calendar.a_year_later(queries.plan_of(contest)))
    # A text that has a newer version since is taken in the newer one.
    codes = contest.consents.values_list("code", flat=True)
    fresh.consents.set(ConsentText.objects.filter(code__in=codes, is_current=True))
    ledger.note(copy=fresh.code)
    return fresh


COPIED = (
    "title",
    "summary",
    "organiser",
    "municipality",
    "regulation",
    "word_template",
    *sorted(RULES - {"code", "edition", "school_year", "municipality"}),
)


def _copy_of(contest: Contest, *, by: Any, at: datetime) -> Contest:
    given = {name: getattr(contest, name) for name in COPIED}
    fresh = Contest(**given, copied_from=contest, created_at=at, created_by=by)
    fresh.school_year = contest.school_year + 1
    fresh.edition = contest.edition + 1 if contest.edition is not None else None
    fresh.code = free_address(fresh.title, fresh.school_year)
    fresh.remote_rubric = make_rubric(
        _rubric_title("remote", fresh), queries.criteria_of(contest.remote_rubric)
    )
    fresh.defence_rubric = copied_rubric(contest.defence_rubric, _rubric_title("defence", fresh))
    return fresh
