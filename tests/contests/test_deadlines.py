"""Deadlines as deeds: the grace, more time, late copies, warnings, sendings by themselves."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import Consent
from innoset.contests import jobs
from innoset.contests.actions import automatic, filling, late_copies, sendings
from innoset.contests.actions import deadlines as actions
from innoset.contests.actions.deadlines import Ground
from innoset.contests.actions.warnings import warn
from innoset.contests.models import Application, Contest, Extension, LateCopy, Submission
from innoset.contests.queries import applications as queries
from innoset.contests.queries import deadlines
from innoset.contests.states import ApplicationState, ContestState
from innoset.documents.models import Paper
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.jobs.models import Probe
from innoset.foundation.notify.models import Letter, Message
from innoset.network.states import Role
from innoset.projects.queries import values_of
from tests import world

pytestmark = pytest.mark.django_db

S = ApplicationState
END = world.DEADLINE
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
EVERY = ("terms", "publicity", "rights")
WHY = Ground("Не работала связь в районе.", "15-п", date(2026, 12, 5))


def contest(**fields: Any) -> Contest:
    """Make a contest with a grace of ten minutes."""
    return world.contest(**{"grace_minutes": 10, **fields})


def draft(to: Contest | None = None, **fields: Any) -> Application:
    """Make a complete draft."""
    return world.application(to or contest(), **fields)


def organiser_of(one: Contest) -> Any:
    """Return the person who made the contest."""
    return one.created_by


def send(one: Application, at: datetime, *, key: str = "k1", **more: Any) -> Submission:
    """Send as the person who began."""
    return sendings.submit(
        one, key=key, consents=EVERY, address=world.ADDRESS, by=one.created_by, at=at, **more
    )


def keep(one: Application, at: datetime, *, key: str = "k1") -> LateCopy:
    """Try to send after the deadline."""
    return late_copies.keep_late_copy(
        one, key=key, consents=EVERY, address=world.ADDRESS, by=one.created_by, at=at
    )


def refusal(deed: Any, *args: Any, **kwargs: Any) -> tuple[str, str | None]:
    """Return the words of a refusal and its field."""
    with pytest.raises(Refusal) as caught:
        deed(*args, **kwargs)
    return caught.value.text, caught.value.field


# ── The grace and the moment that counts ────────────────────────────────────


@pytest.mark.parametrize(
    ("at", "in_grace"), [(END - TICK, False), (END, True), (END + 10 * MINUTE - TICK, True)]
)
def test_what_comes_in_the_grace_counts_and_is_marked(at: datetime, in_grace: bool) -> None:
    sent = send(draft(), at)
    assert (sent.arrived_at, sent.deadline_at, sent.is_in_grace) == (at, END, in_grace)


def test_after_the_grace_neither_text_nor_sending_is_taken() -> None:
    one, closed = draft(), END + 10 * MINUTE
    said = (
        "Приём заявок закончился 5 декабря 2026 г., 17:00 МСК. Допуск на сбои связи, 10 минут, тоже прошёл."
    )
    filling.answer(one, key="6", text="В последнюю минуту", by=one.created_by, at=closed - TICK)
    assert refusal(filling.answer, one, key="6", text="Поздно", by=one.created_by, at=closed) == (said, None)
    assert refusal(send, one, closed) == (said, None)
    assert values_of(one.project.passport)["6"] == "В последнюю минуту"


def test_the_first_byte_counts_however_late_it_is_processed() -> None:
    sent = send(draft(), END - TICK, processed_at=END + 25 * MINUTE)
    assert (sent.arrived_at, sent.sent_at, sent.is_in_grace) == (END - TICK, END + 25 * MINUTE, False)
    assert sent.receipt.issued_at == END - TICK


def test_nothing_new_is_begun_in_the_grace() -> None:
    one, school = contest(), world.organisation()
    assert queries.objection_to_start(one, school, END - TICK) == ""
    assert queries.objection_to_start(one, school, END) == (
        "Приём заявок закончился 5 декабря 2026 г., 17:00 МСК."
    )


def test_the_term_of_mending_has_the_same_grace() -> None:
    term = END + 3 * DAY
    one = draft(state=S.RETURNED, mend_by=term)
    assert refusal(send, one, term + 10 * MINUTE)[0].startswith(
        "Срок исправления закончился 8 декабря 2026 г."
    )
    sent = send(one, term + 5 * MINUTE)
    assert (sent.deadline_at, sent.is_in_grace) == (term, True)


# ── More time ───────────────────────────────────────────────────────────────


def test_more_time_for_all_is_told_written_down_and_counts(at: datetime) -> None:
    here = contest()
    mine, other = draft(here), draft(here, state=S.SUBMITTED)
    made = actions.extend_for_all(here, until=END + DAY, ground=WHY, by=organiser_of(here), at=at)
    assert (made.was, made.until, made.application, made.reason, made.order_number, made.order_date) == (
        END, END + DAY, None, WHY.reason, "15-п", date(2026, 12, 5),
    )  # fmt: skip
    told = Letter.objects.filter(notice="contests.extended").order_by("address")
    assert told.count() == len(queries.team_of(mine)) + len(queries.team_of(other))
    entry = Entry.objects.get(deed="contests.extend_for_all")
    assert entry.changes == {
        "was": END.isoformat(),
        "until": (END + DAY).isoformat(),
        "reason": WHY.reason,
        "order_number": "15-п",
    }
    sent = send(Application.objects.get(pk=mine.pk), END + DAY - TICK)
    assert (sent.deadline_at, sent.is_in_grace) == (END + DAY, False)
    assert here in queries.contests_open_at(END + HOUR)
    assert here not in queries.contests_open_at(END + DAY)


def test_more_time_for_one_is_for_one(at: datetime) -> None:
    here = contest()
    mine, other = draft(here), draft(here)
    made = actions.extend_for_one(mine, until=END + DAY, ground=WHY, by=organiser_of(here), at=at)
    assert (made.contest, made.application) == (here, mine)
    assert Letter.objects.filter(notice="contests.extended_for_one").count() == len(queries.team_of(mine))
    assert send(Application.objects.get(pk=mine.pk), END + DAY).is_in_grace
    assert refusal(send, other, END + DAY)[0].startswith("Приём заявок закончился 5 декабря")


def test_a_mending_term_is_made_longer_for_one(at: datetime) -> None:
    here = contest()
    one = draft(here, state=S.RETURNED, mend_by=END + DAY)
    actions.extend_for_one(one, until=END + 2 * DAY, ground=WHY, by=organiser_of(here), at=at)
    assert queries.deadline_of(Application.objects.get(pk=one.pk)) == END + 2 * DAY


def test_a_reception_that_has_ended_is_opened_again() -> None:
    here = contest()
    one = draft(here)
    late = END + 2 * HOUR
    actions.extend_for_all(here, until=END + 3 * HOUR, ground=WHY, by=organiser_of(here), at=late)
    assert not send(Application.objects.get(pk=one.pk), late).is_in_grace


@pytest.mark.parametrize(
    ("until", "ground", "said", "field"),
    [
        (END, WHY, "Новый срок должен быть позже нынешнего, 5 декабря 2026 г., 17:00 МСК.", "until"),
        (END + DAY, Ground(" "), "Напишите причину продления: её прочтут участники, она войдёт в протокол.", "reason"),
        (
            END + 5 * DAY,
            WHY,
            (
                "Заочная экспертиза начинается 10 декабря 2026 г., 17:00 МСК. Укажите срок раньше "
                "или сначала измените сроки конкурса."
            ),
            "until",
        ),
    ],
)  # fmt: skip
def test_what_would_not_help_is_refused(
    at: datetime, until: datetime, ground: Ground, said: str, field: str
) -> None:
    here = contest()
    deed = actions.extend_for_all
    assert refusal(deed, here, until=until, ground=ground, by=organiser_of(here), at=at) == (said, field)
    assert Extension.objects.count() == 0


def test_a_moment_that_has_passed_is_refused() -> None:
    here = contest()
    given = {"until": END + HOUR, "ground": WHY, "by": organiser_of(here), "at": END + HOUR}
    assert refusal(actions.extend_for_all, here, **given) == (
        "Этот срок уже прошёл. Укажите время в будущем.",
        "until",
    )


def test_one_is_given_time_by_an_order_only(at: datetime) -> None:
    here = contest()
    given = {"until": END + DAY, "ground": Ground("Болезнь"), "by": organiser_of(here), "at": at}
    assert refusal(actions.extend_for_one, draft(here), **given) == (
        "Укажите номер приказа: одной заявке срок продлевают приказом.",
        "order_number",
    )
    admitted = draft(here, state=S.ADMITTED)
    assert refusal(actions.extend_for_one, admitted, **given | {"ground": WHY}) == (
        "Срок этой заявки продлить нельзя: её состояние — «Допущена».",
        "application",
    )


def test_time_is_given_while_applications_are_taken(at: datetime) -> None:
    here = contest(state=ContestState.EXPERTISE)
    given = {"until": END + DAY, "ground": WHY, "by": organiser_of(here), "at": at}
    assert refusal(actions.extend_for_all, here, **given) == (
        "Продлить можно, пока конкурс принимает заявки. Сейчас он их не принимает.",
        None,
    )


def test_only_the_organiser_gives_time_and_lets_in(at: datetime) -> None:
    one = draft()
    for by in (one.created_by, world.member(world.organisation(), Role.ORGANISER)):
        with pytest.raises(PermissionDenied):
            actions.extend_for_all(one.contest, until=END + DAY, ground=WHY, by=by, at=at)
        with pytest.raises(PermissionDenied):
            actions.extend_for_one(one, until=END + DAY, ground=WHY, by=by, at=at)
        with pytest.raises(PermissionDenied):
            late_copies.accept_late_copy(
                LateCopy(application=one), reason="Связь", order_number="1", by=by, at=at
            )


# ── Re-sending ──────────────────────────────────────────────────────────────


def test_any_number_of_sendings_until_the_end_and_the_last_counts(at: datetime) -> None:
    here = contest()
    one = draft(here)
    moments = [at, END - TICK, END + 9 * MINUTE]
    for number, moment in enumerate(moments, start=1):
        filling.answer(one, key="6", text=f"Идея {number}. " * 40, by=one.created_by, at=moment)
        send(one, moment, key=f"k{number}")
    actions.extend_for_all(here, until=END + DAY, ground=WHY, by=organiser_of(here), at=END + HOUR)
    one = Application.objects.get(pk=one.pk)
    filling.answer(one, key="6", text="Идея 4. " * 40, by=one.created_by, at=END + 2 * HOUR)
    last = send(one, END + 2 * HOUR, key="k4")
    one.refresh_from_db()
    sent = [(s.number, s.is_in_grace, s.deadline_at) for s in one.submissions.order_by("number")]
    assert sent == [(1, False, END), (2, False, END), (3, True, END), (4, False, END + DAY)]
    assert (one.version, one.state) == (last.version, S.SUBMITTED)
    reception = deadlines.reception_of(here)
    assert reception is not None
    assert (reception.sent, reception.in_grace) == (4, 1)


# ── Late copies ─────────────────────────────────────────────────────────────


def test_what_is_late_is_kept_whole_and_sends_nothing() -> None:
    one, at = draft(), END + 12 * MINUTE
    kept = keep(one, at)
    one.refresh_from_db()
    assert (kept.version.values, kept.sha256) == (world.values(), queries.seal_of(one))
    assert (kept.arrived_at, kept.deadline_at, kept.consents, kept.sent_by) == (
        at, END, sorted(EVERY), one.created_by,
    )  # fmt: skip
    assert (one.state, one.submissions.count(), Paper.objects.count()) == (S.DRAFT, 0, 0)
    letters = Letter.objects.filter(notice="contests.late_copy")
    assert letters.count() == len(queries.team_of(one))
    assert kept.sha256 in letters[0].body
    assert Message.objects.filter(notice="contests.late_copy_arrived").count() == 1


def test_the_same_late_sending_is_kept_once() -> None:
    one, at = draft(), END + 12 * MINUTE
    first = keep(one, at)
    assert keep(one, at + HOUR) == keep(one, at + HOUR, key="k2") == first
    assert (one.late_copies.count(), one.project.passport.versions.count()) == (1, 1)


def test_what_is_in_time_or_not_ready_is_no_late_copy() -> None:
    one = draft()
    assert refusal(keep, one, END + 9 * MINUTE) == (
        "Срок этой заявки изменился. Откройте страницу заново и отправьте её.",
        None,
    )
    bare = draft(answers={})
    assert refusal(keep, bare, END + DAY)[0].startswith("Заявка ещё не готова.")
    assert "заново" in refusal(keep, one, END + DAY, key="")[0]
    assert LateCopy.objects.count() == 0


def test_a_late_copy_let_in_is_a_sending_like_any_other() -> None:
    consent = world.consent_text()
    here = contest()
    here.consents.add(consent)
    one, at = draft(here), END + 12 * MINUTE
    kept = late_copies.keep_late_copy(
        one, key="k1", consents=(*EVERY, consent.code), address=world.ADDRESS, by=one.created_by, at=at
    )
    given = {"reason": "Авария у провайдера", "order_number": "16-п", "by": organiser_of(here)}
    sent = late_copies.accept_late_copy(kept, **given, at=at + DAY)
    one.refresh_from_db()
    kept.refresh_from_db()
    assert (one.state, one.version, one.submitted_at) == (S.SUBMITTED, kept.version, at + DAY)
    assert (sent.arrived_at, sent.sent_at, sent.sha256, sent.sent_by, sent.late_copy) == (
        at, at + DAY, kept.sha256, one.created_by, kept,
    )  # fmt: skip
    assert (kept.reason, kept.order_number, kept.accepted_by) == (
        "Авария у провайдера.", "16-п", organiser_of(here),
    )  # fmt: skip
    assert Consent.objects.get(text=consent).given_at == at
    assert Letter.objects.filter(notice="contests.late_copy_accepted").count() == len(queries.team_of(one))
    reception = deadlines.reception_of(here)
    assert reception is not None
    assert (reception.sent, reception.in_grace, reception.accepted) == (1, 0, [kept])
    assert refusal(late_copies.accept_late_copy, kept, **given, at=at + DAY) == (
        "Эта отправка уже принята.",
        None,
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": " ", "order_number": "1"}, "reason"),
        ({"reason": "Связь", "order_number": ""}, "order_number"),
    ],
)
def test_a_late_copy_is_let_in_with_a_reason_and_an_order(given: dict[str, str], field: str) -> None:
    kept = keep(draft(), END + DAY)
    by = organiser_of(kept.application.contest)
    assert refusal(late_copies.accept_late_copy, kept, **given, by=by, at=END + DAY)[1] == field
    assert Submission.objects.count() == 0


def test_a_late_copy_does_not_replace_what_came_later_nor_wake_the_dead() -> None:
    here = contest()
    one, gone, over = draft(here), draft(here), draft(contest())
    copies = [keep(each, END + HOUR) for each in (one, gone, over)]
    actions.extend_for_all(here, until=END + DAY, ground=WHY, by=organiser_of(here), at=END + 2 * HOUR)
    send(Application.objects.get(pk=one.pk), END + 3 * HOUR, key="k9")
    Application.objects.filter(pk=gone.pk).update(state=S.WITHDRAWN)
    Contest.objects.filter(pk=over.contest_id).update(state=ContestState.EXPERTISE)
    said = []
    for copy in LateCopy.objects.order_by("id"):
        given = {"reason": "Связь", "order_number": "1", "by": organiser_of(copy.contest), "at": END + DAY}
        said.append(refusal(late_copies.accept_late_copy, copy, **given)[0])
    assert len(copies) == 3
    assert said == [
        "После этой отправки организация прислала новую версию, и она уже принята.",
        "Принять отправку нельзя: состояние заявки — «Отозвана».",
        "Экспертиза уже началась: опоздавшие отправки больше не принимают.",
    ]


# ── Outages ─────────────────────────────────────────────────────────────────


def look(start: datetime, minutes: int, *, is_up: bool) -> None:
    """Take a look a minute."""
    Probe.objects.bulk_create(Probe(at=start + n * MINUTE, is_up=is_up) for n in range(minutes))


def test_an_outage_before_the_deadline_is_measured_until_it_is_made_up_for() -> None:
    here = contest()
    look(END - 4 * HOUR, 120, is_up=True)
    look(END - 2 * HOUR, 17, is_up=False)
    look(END - 2 * HOUR + 17 * MINUTE, 103, is_up=True)
    measured = deadlines.measured_before(here, END - MINUTE)
    assert (measured.minutes, measured.is_worth_extending, measured.to_add, measured.is_known) == (
        17, True, 20, True,
    )  # fmt: skip
    actions.extend_for_all(
        here, until=END + 20 * MINUTE, ground=WHY, outage_minutes=17, by=organiser_of(here), at=END - MINUTE
    )
    again = deadlines.measured_before(Contest.objects.get(pk=here.pk), END + MINUTE)
    assert (again.minutes, again.is_worth_extending) == (0, False)


def test_without_looks_nothing_is_known() -> None:
    measured = deadlines.measured_before(contest(), END)
    assert (measured.minutes, measured.is_known, measured.is_worth_extending) == (0, False, False)
    assert not deadlines.measured_before(contest(), END - 4 * HOUR).is_known


# ── Warnings ────────────────────────────────────────────────────────────────


def letters(one: Application) -> list[str]:
    """Return the warnings that one person of the team got, in their order."""
    mine = Letter.objects.filter(address=one.created_by.email, notice__contains="un").order_by("id")
    return [letter.subject for letter in mine]


def run_warnings(here: Contest, begins: datetime, ends: datetime) -> int:
    """Do the job of every quarter of an hour; return how many warnings there were."""
    warned, at = 0, begins
    while at <= ends:
        warned += warn(here, at=at)
        at += timedelta(minutes=15)
    return warned


def test_a_complete_draft_is_warned_of_three_times_and_never_twice() -> None:
    here = contest()
    one = draft(here, number="2026-0147")
    assert run_warnings(here, END - 80 * HOUR, END + HOUR) == 3
    assert letters(one) == [
        "Заявка ИП-2026-0147 не отправлена: осталось меньше трёх суток",
        "Заявка ИП-2026-0147 не отправлена: осталось меньше суток",
        "Заявка ИП-2026-0147 не отправлена: осталось меньше трёх часов",
    ]
    assert Message.objects.filter(notice="contests.unsent").count() == 3 * len(queries.team_of(one))


def test_an_unfinished_draft_and_unsent_edits_have_their_own_words(at: datetime) -> None:
    here = contest()
    bare = draft(here, number="2026-0001", answers={"1": "Школа"})
    edited = draft(here, number="2026-0002")
    send(edited, at)
    filling.answer(edited, key="6", text="Новая идея. " * 40, by=edited.created_by, at=at + HOUR)
    quiet = draft(here, number="2026-0003")
    send(quiet, at)
    assert run_warnings(here, END - 20 * HOUR, END - 19 * HOUR) == 2
    assert (letters(bare), letters(edited), letters(quiet)) == (
        ["Заявка ИП-2026-0001 не заполнена: осталось меньше суток"],
        ["В заявке ИП-2026-0002 есть неотправленные правки: осталось меньше суток"],
        [],
    )


def test_a_new_deadline_has_warnings_of_its_own() -> None:
    here = contest()
    one = draft(here)
    assert run_warnings(here, END - 2 * HOUR, END - HOUR) == 1
    actions.extend_for_one(one, until=END + 4 * DAY, ground=WHY, by=organiser_of(here), at=END - HOUR)
    here = Contest.objects.get(pk=here.pk)
    assert run_warnings(here, END, END + 4 * DAY) == 3


def test_without_the_claim_each_run_would_write_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: this is what the claim is for."""
    here = contest()
    draft(here)
    monkeypatch.setattr("innoset.contests.actions.warnings.claim", lambda *_, **__: True)
    assert run_warnings(here, END - 3 * HOUR, END - 2 * HOUR) == 5


# ── By itself ───────────────────────────────────────────────────────────────


def asked(to: Contest | None = None, **fields: Any) -> Application:
    """Make a complete draft that asks to be sent by itself."""
    one = draft(to, **fields)
    automatic.ask_automatic(one, consents=EVERY, by=one.created_by, at=world.AT)
    return one


def by_itself(one: Application, at: datetime) -> Submission | None:
    """Do what the worker does."""
    fresh = Application.objects.get(pk=one.pk)
    return automatic.send_automatically(fresh, by=one.created_by, at=at)


@pytest.mark.parametrize("late", [timedelta(), MINUTE, 9 * MINUTE, 3 * HOUR])
def test_a_complete_application_goes_by_itself_at_the_deadline(late: timedelta) -> None:
    one = asked()
    assert by_itself(one, END - TICK) is None
    sent = by_itself(one, END + late)
    assert sent is not None
    assert (sent.arrived_at, sent.sent_at, sent.sent_by) == (END, END + late, one.created_by)
    assert (sent.is_automatic, sent.is_in_grace, sent.confirmation) == (True, False, None)
    one.refresh_from_db()
    assert (one.state, one.auto_send, one.auto_note) == (S.SUBMITTED, False, "")
    assert by_itself(one, END + late + MINUTE) is None
    assert (one.submissions.count(), Letter.objects.filter(notice="contests.application_sent").count()) == (
        1, len(queries.team_of(one)),
    )  # fmt: skip
    assert "автоматически в срок" in Letter.objects.get(notice="contests.application_sent").body


def test_what_lacks_something_says_why_and_writes_once() -> None:
    one = asked(number="2026-0147")
    filling.answer(one, key="6", text="", by=one.created_by, at=END - HOUR)
    for minutes in (1, 2):
        assert by_itself(one, END + minutes * MINUTE) is None
    one.refresh_from_db()
    assert one.auto_note.startswith("Заявка ещё не готова.")
    letter = Letter.objects.get(notice="contests.automatic_failed")
    assert one.auto_note in letter.body
    assert "Исправьте и отправьте её сами: принимаем до 5 декабря 2026 г., 17:10 МСК." in letter.body
    assert (one.state, one.auto_send, one.submissions.count()) == (S.DRAFT, False, 0)


def test_whoever_left_sends_nothing() -> None:
    left, blocked = asked(), asked()
    left.created_by.memberships.update(until=END - DAY)
    assert by_itself(left, END) is None
    left.refresh_from_db()
    assert left.auto_note == "Сотрудник, который просил отправить заявку, больше не работает в организации."
    type(blocked.created_by).objects.filter(pk=blocked.created_by.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        automatic.send_automatically(
            blocked, by=type(blocked.created_by).objects.get(pk=blocked.created_by.pk), at=END
        )
    automatic.give_up(blocked, at=END + DAY)
    blocked.refresh_from_db()
    assert (blocked.auto_send, blocked.auto_note) == (False, automatic.GONE)


def test_every_statement_is_ticked_when_it_is_asked_and_the_wish_can_be_taken_back(at: datetime) -> None:
    one = draft()
    ask = automatic.ask_automatic
    assert refusal(ask, one, consents=EVERY[1:], by=one.created_by, at=at)[1] == "terms"
    ask(one, consents=EVERY, by=one.created_by, at=at)
    assert (one.auto_send, one.auto_consents, one.auto_asked_at, one.auto_asked_by) == (
        True, sorted(EVERY), at, one.created_by,
    )  # fmt: skip
    automatic.stop_automatic(one, by=one.created_by, at=at)
    one.refresh_from_db()
    assert (one.auto_send, one.auto_consents, one.auto_asked_at) == (False, [], None)
    assert deadlines.automatic_at(END + DAY) == []
    assert refusal(ask, one, consents=EVERY, by=one.created_by, at=END + DAY)[0].startswith(
        "Приём заявок закончился"
    )


def test_what_a_person_sent_before_is_not_sent_again(at: datetime) -> None:
    one = asked()
    send(one, at)
    assert by_itself(one, END) is None
    one.refresh_from_db()
    assert (one.submissions.count(), one.auto_send, one.auto_note) == (1, False, "")
    assert Letter.objects.filter(notice="contests.automatic_failed").count() == 0


def test_the_worker_queues_each_of_those_whose_time_has_come() -> None:
    mine, early = asked(), asked()
    long_ago = world.AT - timedelta(days=20000)
    mine.contest.stages.filter(kind="submission").update(starts_at=long_ago, ends_at=long_ago + DAY)
    assert jobs.send_unsent.call() == 1
    assert jobs.send_one.call(mine.pk) is True
    assert jobs.send_one.call(mine.pk) is False
    assert (mine.submissions.count(), early.submissions.count()) == (1, 0)
    assert jobs.send_unsent.call() == 0
    assert jobs.warn_unsent.call() == 0
