"""Ties between sites: mentorships and agglomerations."""

from datetime import date, datetime

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.network.actions.facts import day_of
from innoset.network.models import Agglomeration, AgglomerationMember, Mentorship, Organisation, Status
from innoset.network.pure.statuses import Phase
from innoset.network.queries.statuses import standing_of

MENTOR, LED = "msip", "mip"


@action("network.start_mentorship")
def start_mentorship(tie: Mentorship, *, by: User, at: datetime) -> Mentorship:
    """Let a network site lead a site from a day on which both are in force."""
    del by
    _refuse_wrong_pair(tie)
    _require_past(tie.since, at=at, field="since")
    for status in (tie.mentor, tie.site):
        _require_force(status, tie.since)
    led = Mentorship.objects.filter(site=tie.site, until=None).select_related("mentor__organisation").first()
    if led is not None:
        raise Refusal(
            f"Эту площадку уже ведёт «{led.mentor.organisation}». Сначала завершите прежнее наставничество.",
            field="site",
        )
    tie.save()
    ledger.note(mentor=tie.mentor.number, site=tie.site.number, since=tie.since.isoformat())
    return tie


@action("network.end_mentorship")
def end_mentorship(tie: Mentorship, *, on: date, note: str = "", by: User, at: datetime) -> None:
    """End a mentorship on a day; who led whom stays in the history."""
    del by
    if tie.until is not None:
        raise Refusal(f"Наставничество уже завершено {tie.until:%d.%m.%Y}.")
    _require_past(on, at=at, field="on")
    if on < tie.since:
        raise Refusal(f"Введите день не раньше {tie.since:%d.%m.%Y}.", field="on")
    tie.until, tie.note = on, note or tie.note
    tie.save(update_fields=["until", "note"])
    ledger.note(until=on.isoformat(), note=note)


@action("network.make_agglomeration")
def make_agglomeration(agglomeration: Agglomeration, *, by: User, at: datetime) -> Agglomeration:
    """Begin a group of sites with one theme."""
    del by
    agglomeration.title = agglomeration.title.strip()
    if not agglomeration.title:
        raise Refusal("Введите название агломерации.", field="title")
    if Agglomeration.objects.filter(title__iexact=agglomeration.title, until=None).exists():
        raise Refusal("Агломерация с таким названием уже есть. Откройте её.", field="title")
    agglomeration.code, agglomeration.created_at = _free_code(), at
    agglomeration.save()
    ledger.note(title=agglomeration.title)
    return agglomeration


@action("network.edit_agglomeration")
def edit_agglomeration(
    agglomeration: Agglomeration,
    *,
    title: str,
    theme: str,
    lead: Organisation | None,
    until: date | None = None,
    by: User,
    at: datetime,
) -> None:
    """Change what an agglomeration is called and about, who leads it, and till when it lasts."""
    del by, at
    if not title.strip():
        raise Refusal("Введите название агломерации.", field="title")
    if until is not None and until < agglomeration.since:
        raise Refusal(f"Введите день не раньше {agglomeration.since:%d.%m.%Y}.", field="until")
    ledger.note(before=[agglomeration.title, agglomeration.theme], after=[title, theme])
    agglomeration.title, agglomeration.theme, agglomeration.lead = title.strip(), theme.strip(), lead
    agglomeration.until = until
    agglomeration.save(update_fields=["title", "theme", "lead", "until"])


@action("network.add_member")
def add_member(
    agglomeration: Agglomeration, *, organisation: Organisation, since: date, by: User, at: datetime
) -> AgglomerationMember:
    """Take an organisation into an agglomeration, once at a time."""
    del by
    _require_past(since, at=at, field="since")
    if agglomeration.until is not None:
        raise Refusal(f"Агломерация завершена {agglomeration.until:%d.%m.%Y}.")
    if not organisation.is_active:
        raise Refusal(
            f"Организация «{organisation}» исключена из реестра. Выберите другую.", field="organisation"
        )
    if since < agglomeration.since:
        raise Refusal(
            f"Агломерация работает с {agglomeration.since:%d.%m.%Y}. Введите этот день или позже.",
            field="since",
        )
    if agglomeration.members.filter(organisation=organisation, until=None).exists():
        raise Refusal(f"Организация «{organisation}» уже в этой агломерации.", field="organisation")
    ledger.note(organisation=organisation.number, since=since.isoformat())
    return AgglomerationMember.objects.create(
        agglomeration=agglomeration, organisation=organisation, since=since
    )


@action("network.end_member")
def end_member(member: AgglomerationMember, *, on: date, by: User, at: datetime) -> None:
    """Let an organisation leave an agglomeration on a day."""
    del by
    _require_past(on, at=at, field="on")
    if member.until is not None or on < member.since:
        raise Refusal(
            f"Организация в агломерации с {member.since:%d.%m.%Y}. Введите день не раньше этого.", field="on"
        )
    member.until = on
    member.save(update_fields=["until"])
    ledger.note(organisation=member.organisation_id, until=on.isoformat())


def _refuse_wrong_pair(tie: Mentorship) -> None:
    if tie.mentor.kind.code != MENTOR:
        raise Refusal("Вести других может только МСИП. Выберите другую площадку.", field="mentor")
    if tie.site.kind.code != LED:
        raise Refusal("МСИП ведёт только МИП. Выберите другую площадку.", field="site")
    if tie.mentor.organisation_id == tie.site.organisation_id:
        raise Refusal("Организация не может вести сама себя. Выберите другую площадку.", field="site")


def _require_force(status: Status, day: date) -> None:
    standing = standing_of(status, day)
    if standing is None or standing.phase != Phase.IN_FORCE:
        raise Refusal(
            f"Статус {status.said_number} не действует на {day:%d.%m.%Y}. Выберите день, когда действуют оба статуса.",
            field="since",
        )


def _require_past(day: date, *, at: datetime, field: str) -> None:
    if day > day_of(at):
        raise Refusal("Этот день ещё не наступил. Введите сегодняшний день или раньше.", field=field)


def _free_code() -> str:
    taken = Agglomeration.objects.count()
    while Agglomeration.objects.filter(code=f"a{taken + 1}").exists():
        taken += 1
    return f"a{taken + 1}"
