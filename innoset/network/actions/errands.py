"""Errands: giving one, doing it, taking it back, reminding of it."""

from datetime import date, datetime, timedelta

from django.db import transaction

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.models import Message
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import MOSCOW
from innoset.network import notices
from innoset.network.models import Errand
from innoset.network.queries import organisations_visible_to

AHEAD = timedelta(days=1)
PAGE = "/office/errands/"


@action("network.give_errand")
def give_errand(errand: Errand, *, by: User, at: datetime) -> Errand:
    """Ask somebody to do something by a day; they are told."""
    about = errand.status.organisation if errand.status else errand.organisation
    if about is not None and not organisations_visible_to(by).filter(pk=about.pk).exists():
        raise Refusal("Эта организация вам не видна. Выберите организацию из списка.", field="organisation")
    return put_errand(errand, at=at)


def put_errand(errand: Errand, *, at: datetime) -> Errand:
    """Write an errand down inside a deed of a higher floor, where it is known who may give it."""
    if not errand.title.strip():
        raise Refusal("Напишите, что нужно сделать.", field="title")
    if errand.due_on is not None and errand.due_on < _day(at):
        raise Refusal("Срок поручения уже прошёл. Введите сегодняшний день или позже.", field="due_on")
    if errand.status is not None:
        errand.organisation = errand.status.organisation
    errand.title, errand.made_at = errand.title.strip(), at
    errand.save()
    ledger.note(errand=errand.pk, assignee=errand.assignee_id)
    _tell(errand, notices.ERRAND_GIVEN, [errand.assignee], at=at)
    return errand


@action("network.do_errand")
def do_errand(errand: Errand, *, outcome: str, by: User, at: datetime) -> None:
    """Say that the errand is done and what came of it; whoever gave it is told."""
    _require_open(errand)
    if not outcome.strip():
        raise Refusal("Напишите одной фразой, что вышло: её прочтёт тот, кто дал поручение.", field="outcome")
    errand.done_at, errand.outcome = at, outcome.strip()
    errand.save(update_fields=["done_at", "outcome"])
    if errand.made_by_id != by.pk:
        _tell(errand, notices.ERRAND_DONE, [errand.made_by], at=at)


@action("network.drop_errand")
def drop_errand(errand: Errand, *, reason: str, by: User, at: datetime) -> None:
    """Take an errand back with a reason; whoever had it is told."""
    _require_open(errand)
    if not reason.strip():
        raise Refusal("Напишите, почему поручение снимают.", field="reason")
    errand.dropped_at, errand.outcome = at, reason.strip()
    errand.save(update_fields=["dropped_at", "outcome"])
    ledger.note(reason=reason.strip())
    if errand.assignee_id != by.pk:
        _tell(errand, notices.ERRAND_DROPPED, [errand.assignee], at=at)


def remind_of_errands(*, at: datetime) -> int:
    """Remind of what is due tomorrow and of what is overdue, once each; return how many were reminded."""
    today = _day(at)
    open_ones = Errand.objects.filter(done_at=None, dropped_at=None).select_related("assignee")
    due = [(one, notices.ERRAND_DUE) for one in open_ones.filter(due_on=today + AHEAD)]
    over = [(one, notices.ERRAND_OVERDUE) for one in open_ones.filter(due_on__lt=today)]
    return sum(_remind(errand, notice, at=at) for errand, notice in [*due, *over])


@transaction.atomic
def _remind(errand: Errand, notice: Notice, *, at: datetime) -> bool:
    """Tell once: a message about this errand with this notice means that it was told."""
    Errand.objects.select_for_update().get(pk=errand.pk)
    url = f"{PAGE}{errand.pk}/"
    if Message.objects.filter(recipient=errand.assignee, notice=notice.key, url=url).exists():
        return False
    _tell(errand, notice, [errand.assignee], at=at)
    return True


def _require_open(errand: Errand) -> None:
    if errand.done_at is not None:
        raise Refusal(f"Поручение уже выполнено {_day(errand.done_at):%d.%m.%Y}.")
    if errand.dropped_at is not None:
        raise Refusal(f"Поручение снято {_day(errand.dropped_at):%d.%m.%Y}. Выполнять его не нужно.")


def _tell(errand: Errand, notice: Notice, to: list[User], *, at: datetime) -> None:
    announce(
        notice,
        to=to,
        at=at,
        about=f"errand:{errand.pk}",
        url=f"{PAGE}{errand.pk}/",
        facts={
            "title": errand.title,
            "due": f"Срок: до {errand.due_on:%d.%m.%Y}." if errand.due_on else "Срока нет.",
            "source": f" {errand.source}." if errand.source else "",
            "maker": errand.made_by.full_name,
            "assignee": errand.assignee.full_name,
            "outcome": errand.outcome,
        },
    )


def _day(at: datetime) -> date:
    return at.astimezone(MOSCOW).date()
