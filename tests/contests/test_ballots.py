"""Votes from the members' own places: once each, by whoever may, in secret when it is secret."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from innoset.contests.actions import ballots, council
from innoset.contests.models import Application, Ballot, BallotMark, DecisionEvent, Resolution, Sitting, Vote
from innoset.contests.pure import replay
from innoset.contests.pure.voting import Votes
from innoset.contests.queries.standing import final_standing
from innoset.contests.states import Choice, Decision
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from tests import world
from tests.contests import councils
from tests.contests.councils import AT, Scene

pytestmark = pytest.mark.django_db

PLAIN: dict[str, Any] = {
    "has_defence": False,
    "ranking_basis": "raw",
    "final_threshold": None,
    "quota": None,
    "municipality_quota": None,
}


def room(*, is_secret: bool = False, line: int | None = 1) -> tuple[Scene, Sitting, Application]:
    """Open a sitting with five members; the work is the first above the line."""
    here = councils.scene(works=2, **PLAIN)
    here.contest.nominations.update(quota=None)
    sitting = councils.opened(here, is_secret=is_secret)
    council.set_line(sitting, line=line, by=here.secretary, at=AT)
    return here, sitting, final_standing(here.contest, sitting)[0].application


def begun(here: Scene, sitting: Sitting, work: Application) -> Ballot:
    [ballot] = ballots.open_ballots(sitting, applications=[work], by=here.secretary, at=AT)
    return ballot


def cast(here: Scene, ballot: Ballot, *choices: Choice) -> None:
    for seat, choice in zip(here.members, choices, strict=False):
        ballots.vote(ballot, choice=choice, by=seat.person, at=AT)


F, A, Z = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


def test_votes_that_follow_the_order_become_the_resolution() -> None:
    here, sitting, work = room()
    ballot = begun(here, sitting, work)
    cast(here, ballot, F, F, F, A, Z)
    found = ballots.close_ballots(sitting, ballots=[ballot], by=here.secretary, at=AT)
    assert found[work.number].words == "Принято: «за» 3, «против» 1. Статус присваивают."
    made = Resolution.objects.get()
    assert (made.decision, made.votes_for, made.votes_against, made.votes_abstained, made.is_departure) == (
        "grant",
        3,
        1,
        1,
        False,
    )
    told = DecisionEvent.objects.get(kind=replay.BALLOT).data
    seats = [seat.pk for seat in here.members]
    assert told == {
        "application": work.number,
        "is_secret": False,
        "is_valid": True,
        "votes": {"for": 3, "against": 1, "abstained": 1},
        "voted": seats,
        "choices": [[seat, choice] for seat, choice in zip(seats, (F, F, F, A, Z), strict=True)],
    }


def test_a_result_against_the_order_waits_for_its_reason() -> None:
    here, sitting, work = room()
    ballot = begun(here, sitting, work)
    cast(here, ballot, F, F, A, A, Z)
    found = ballots.close_ballots(sitting, ballots=[ballot], by=here.secretary, at=AT)
    assert found[work.number].words == (
        "Голоса разделились поровну, по 2 голоса. Статус не присваивают: «за» должно быть больше, чем «против»."
    )
    assert Resolution.objects.count() == 0
    with pytest.raises(Refusal, match="Напишите причину"):
        ballots.resolve_by_ballot(ballot, reason=" ", by=here.secretary, at=AT)
    made = ballots.resolve_by_ballot(ballot, reason="Так решил совет", by=here.secretary, at=AT)
    assert (made.decision, made.is_departure, made.reason) == (Decision.DECLINE, True, "Так решил совет")


def test_too_few_votes_are_no_result_and_the_ballot_is_held_again() -> None:
    here, sitting, work = room()
    ballot = begun(here, sitting, work)
    cast(here, ballot, F, F)
    found = ballots.close_ballots(sitting, ballots=[ballot], by=here.secretary, at=AT)
    assert found[work.number].words == (
        "Голосование не состоялось: проголосовали 2 из 5, нужно не менее 3. Проведите его ещё раз."
    )
    with pytest.raises(Refusal, match="Результата голосования ещё нет"):
        ballots.resolve_by_ballot(ballot, reason="Причина", by=here.secretary, at=AT)
    again = begun(here, sitting, work)
    cast(here, again, F, F, F)
    ballots.close_ballots(sitting, ballots=[again], by=here.secretary, at=AT)
    assert (Ballot.objects.count(), Vote.objects.count(), Resolution.objects.get().votes_for) == (1, 3, 3)


def test_a_member_votes_once_and_only_on_what_the_member_may() -> None:
    here, sitting, work = room()
    recused, absent = here.members[1], here.members[4]
    council.record_recusal(
        sitting, seat=recused, application=work, reason="Соавтор", by=here.secretary, at=AT
    )
    sitting.presences.filter(seat=absent).update(is_present=False)
    ballot = begun(here, sitting, work)
    ballots.vote(ballot, choice=F, by=here.secretary, at=AT)
    with pytest.raises(Refusal, match="Ваш голос уже учтён"):
        ballots.vote(ballot, choice=A, by=here.secretary, at=AT)
    for seat in (recused, absent):
        with pytest.raises(Refusal, match="По этой заявке вы не голосуете"):
            ballots.vote(ballot, choice=A, by=seat.person, at=AT)
    for stranger in (world.person(), here.organiser):
        with pytest.raises(PermissionDenied):
            ballots.vote(ballot, choice=A, by=stranger, at=AT)
    assert list(Vote.objects.values_list("seat", "choice")) == [(here.members[0].pk, "for")]


def test_a_closed_ballot_takes_no_votes_and_is_not_counted_twice() -> None:
    here, sitting, work = room()
    ballot = begun(here, sitting, work)
    cast(here, ballot, F, F, F)
    ballots.close_ballots(sitting, ballots=[ballot], by=here.secretary, at=AT)
    with pytest.raises(Refusal, match="Голосование уже закрыто: голос не принят"):
        ballots.vote(ballot, choice=A, by=here.members[4].person, at=AT)
    ballot.refresh_from_db()
    with pytest.raises(Refusal, match="Голосование уже закрыто"):
        ballots.close_ballots(sitting, ballots=[ballot], by=here.secretary, at=AT)
    with pytest.raises(Refusal, match="решение уже принято"):
        begun(here, sitting, work)
    with pytest.raises(Refusal, match="Открытых голосований нет"):
        ballots.close_ballots(sitting, ballots=[], by=here.secretary, at=AT)


def test_an_open_ballot_holds_up_the_sitting_the_hands_and_the_recusals() -> None:
    here, sitting, work = room()
    begun(here, sitting, work)
    with pytest.raises(Refusal, match="уже голосуют или проголосовали"):
        begun(here, sitting, work)
    for refused in (
        lambda: council.resolve_by_rules(sitting, by=here.secretary, at=AT),
        lambda: council.close_sitting(sitting, by=here.secretary, at=AT),
    ):
        with pytest.raises(Refusal, match="Одно голосование ещё идёт"):
            refused()
    with pytest.raises(Refusal, match="Сначала закройте голосование"):
        council.resolve(
            sitting, application=work, decision=Decision.GRANT, votes=Votes(5), by=here.secretary, at=AT
        )
    with pytest.raises(Refusal, match="Самоотвод записывают до голосования"):
        council.record_recusal(
            sitting, seat=here.members[1], application=work, reason="Соавтор", by=here.secretary, at=AT
        )
    with pytest.raises(Refusal, match="Состав присутствующих не меняют"):
        council.mark_presence(sitting, present=[], by=here.secretary, at=AT)


def test_without_anybody_to_vote_no_ballot_opens() -> None:
    here, sitting, work = room()
    for seat in here.members:
        council.record_recusal(sitting, seat=seat, application=work, reason="Связь", by=here.secretary, at=AT)
    with pytest.raises(Refusal, match=f"По заявке {work.number} голосовать некому"):
        begun(here, sitting, work)
    planned = councils.scene(5, works=1)
    with pytest.raises(Refusal, match="Голосуют на открытом заседании"):
        begun(planned, councils.planned(planned), work)


def test_counted_ballots_wait_and_are_not_decided_by_the_order() -> None:
    here, sitting, work = room()
    ballot = begun(here, sitting, work)
    cast(here, ballot, A, A, A)
    ballots.close_ballots(sitting, ballots=[ballot], by=here.secretary, at=AT)
    with pytest.raises(Refusal, match=f"По заявкам {work.number} члены совета уже голосовали"):
        council.resolve_by_rules(sitting, by=here.secretary, at=AT)


# ── In secret ───────────────────────────────────────────────────────────────


def as_stored(table: str) -> list[tuple[object, ...]]:
    """Return the rows as the database lays them out when nobody asks for an order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  # reason: the name is ours
        return list(cursor.fetchall())


def test_a_secret_vote_is_kept_without_the_member_and_the_log_does_not_tell() -> None:
    here, sitting, work = room(is_secret=True)
    ballot = begun(here, sitting, work)
    cast(here, ballot, F, F, F, A, Z)
    assert set(Vote.objects.values_list("seat", flat=True)) == {None}
    assert BallotMark.objects.count() == 5
    ballots.close_ballots(sitting, ballots=[ballot], by=here.secretary, at=AT)
    told = [entry.changes for entry in Entry.objects.filter(deed="contests.vote")]
    assert told == [{"application": work.number}] * 5
    kept = DecisionEvent.objects.get(kind=replay.BALLOT).data
    assert sorted(kept) == ["application", "is_secret", "is_valid", "voted", "votes"]
    assert kept["votes"] == {"for": 3, "against": 1, "abstained": 1}


def test_an_open_vote_is_told_by_name() -> None:
    here, sitting, work = room()
    cast(here, begun(here, sitting, work), A)
    assert Entry.objects.get(deed="contests.vote").changes == {
        "application": work.number,
        "choice": "against",
    }
    assert json.dumps(as_stored("contests_vote"), default=str).count(str(here.members[0].pk)) >= 1


def test_the_order_of_rows_does_not_follow_the_order_of_votes() -> None:
    """Four vote against one after another, one for: over many ballots the lone vote lies in every place."""
    here, sitting, work = room(is_secret=True)
    places = set()
    for _ in range(40):
        ballot = begun(here, sitting, work)
        cast(here, ballot, A, A, A, F)
        rows = as_stored("contests_vote")
        choices = list(Vote.objects.in_bulk().values())
        assert len(rows) == len(choices) == 4
        stored = ["for" if "for" in row else "against" for row in rows]
        places.add(stored.index("for"))
        ballot.delete()
    assert places == {0, 1, 2, 3}


def test_rows_written_as_they_come_would_tell_the_order() -> None:
    """The guard off: without the shuffle the last vote is the last row."""
    here, sitting, work = room(is_secret=True)
    ballot = begun(here, sitting, work)
    for choice in (A, A, A, F):
        Vote.objects.create(ballot=ballot, choice=choice)
    with connection.cursor() as cursor:
        order = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT choice FROM contests_vote ORDER BY {order}")  # noqa: S608  # reason: ours
        assert [row[0] for row in cursor.fetchall()] == ["against", "against", "against", "for"]


def test_nobody_writes_a_secret_vote_in_for_others() -> None:
    here, sitting, work = room(is_secret=True)
    with pytest.raises(Refusal, match="Вписать голоса нельзя"):
        council.resolve(
            sitting, application=work, decision=Decision.GRANT, votes=Votes(5), by=here.secretary, at=AT
        )
    with pytest.raises(Refusal, match="Вписать голоса нельзя"):
        council.resolve_by_rules(sitting, by=here.secretary, at=AT)
