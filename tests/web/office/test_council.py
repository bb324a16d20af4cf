"""The decision room and the order, as organisers, the council and the approver use them in a browser."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.accounts.models import User
from innoset.contests.models import Contest, Council, Resolution, Seat, Sitting
from innoset.contests.papers import orders
from innoset.contests.states import ApplicationState, ContestState
from innoset.documents.models import NormativeAct
from innoset.documents.pure import official
from innoset.documents.pure.order import paper as paper_of
from innoset.network.models import Status
from innoset.network.states import Role
from innoset.review.models import Assignment, Round, ScoreSheet
from innoset.review.states import RoundState, SheetState
from tests import world

pytestmark = pytest.mark.django_db
AT = world.AT


def at_council(totals: tuple[str, ...] = ("80", "70", "40")) -> Contest:
    """Make a contest before the council: an application a total, threshold 60."""
    contest = world.contest(ContestState.COUNCIL, final_threshold=Decimal(60), has_defence=False)
    contest.remote_round = Round.objects.create(
        title="Заочная экспертиза",
        organiser=contest.organiser,
        rubric=contest.remote_rubric,
        opens_at=AT - timedelta(days=9),
        closes_at=AT - timedelta(days=1),
        state=RoundState.CLOSED,
        sheets_per_dossier=1,
    )
    contest.save()
    for number, total in enumerate(totals, 1):
        judged(contest, number, total)
    return contest


def judged(contest: Contest, number: int, total: str) -> None:
    application = world.application(
        contest, world.organisation(f"Школа {number}"), ApplicationState.IN_REVIEW, number=f"2026-010{number}"
    )
    assert contest.remote_round is not None
    assert application.dossier is not None
    contest.remote_round.dossiers.add(application.dossier)
    given = Assignment.objects.create(
        round=contest.remote_round,
        dossier=application.dossier,
        expert=world.person(),
        assigned_at=AT,
        state="cleared",
    )
    ScoreSheet.objects.create(
        assignment=given, state=SheetState.FINISHED, total=Decimal(total), opened_at=AT, finished_at=AT
    )


def council_of(contest: Contest, size: int = 3) -> Council:
    """Seat a chair, a secretary and members."""
    council = Council.objects.create(title="Координационный совет", organisation=contest.organiser)
    parts = [Seat.Part.CHAIR, Seat.Part.SECRETARY, *[Seat.Part.MEMBER] * (size - 2)]
    for part in parts:
        Seat.objects.create(council=council, person=world.person(), part=part)
    return council


def organiser_of(contest: Contest) -> Client:
    return world.signed_in(contest.created_by)


def opened(contest: Contest) -> Client:
    """Plan and open a sitting with everybody present, through the pages."""
    council, browser = council_of(contest), organiser_of(contest)
    browser.post(
        reverse("office:council_plan", args=[contest.code]),
        {"council": council.pk, "number": "7", "held_at_0": "2026-11-21", "held_at_1": "14:00", "place": ""},
    )
    seats = [seat.pk for seat in council.seats.order_by("pk")]
    browser.post(reverse("office:council_presence", args=[contest.code]), {"present": seats})
    browser.post(reverse("office:council_open", args=[contest.code]))
    return browser


def text_of(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]  # a response has content


def test_a_sitting_without_quorum_does_not_open_and_says_why() -> None:
    contest = at_council()
    council, browser = council_of(contest, 5), organiser_of(contest)
    browser.post(
        reverse("office:council_plan", args=[contest.code]),
        {"council": council.pk, "number": "7", "held_at_0": "2026-11-21", "held_at_1": "14:00"},
    )
    one = council.seats.earliest("pk")
    browser.post(reverse("office:council_presence", args=[contest.code]), {"present": [one.pk]})
    answer = browser.post(reverse("office:council_open", args=[contest.code]), follow=True)
    assert "Кворума нет: присутствует 1, нужно не менее 3." in text_of(answer)
    assert Sitting.objects.get().state == "planned"


def test_the_table_shows_places_the_line_and_what_the_rules_give() -> None:
    contest = at_council()
    page = text_of(opened(contest).get(reverse("office:council_room", args=[contest.code])))
    first, cut, last = page.index("2026-0101"), page.index("Черта: ниже статус"), page.index("2026-0103")
    assert first < cut < last
    assert "ниже проходного балла" in page


def test_a_departure_without_a_reason_is_refused_and_the_votes_stay_typed() -> None:
    contest = at_council()
    browser = opened(contest)
    url = reverse("office:council_decision", args=[contest.code, "2026-0103"])
    votes = {
        "decision": "grant",
        "votes_for": "3",
        "votes_against": "0",
        "votes_abstained": "0",
        "reason": "",
    }
    answer = browser.post(url, votes)
    assert "Решение отступает от рейтинга. Напишите причину" in text_of(answer)
    assert 'name="votes_for" value="3"' in text_of(answer)
    assert Resolution.objects.count() == 0
    browser.post(url, {**votes, "reason": "Единственный проект для малой школы"})
    made = Resolution.objects.get()
    assert (made.decision, made.is_departure, made.votes_for) == ("grant", True, 3)


def test_votes_that_do_not_add_up_are_refused_on_their_field() -> None:
    contest = at_council()
    answer = opened(contest).post(
        reverse("office:council_decision", args=[contest.code, "2026-0101"]),
        {"decision": "grant", "votes_for": "2", "votes_against": "0", "votes_abstained": "0"},
    )
    assert "Голосов должно быть 3" in text_of(answer)


def test_a_recused_member_does_not_vote() -> None:
    contest = at_council()
    browser = opened(contest)
    seat = Seat.objects.latest("pk")
    browser.post(
        reverse("office:council_recuse", args=[contest.code, "2026-0101"]),
        {"recusal-seat": seat.pk, "recusal-reason": "Соавтор проекта"},
    )
    page = text_of(browser.get(reverse("office:council_decision", args=[contest.code, "2026-0101"])))
    assert "Голосует 2: присутствующие без самоотводов." in page
    assert "Соавтор проекта" in page


def test_from_the_room_to_the_status_two_persons_sign() -> None:
    contest = at_council()
    browser = opened(contest)
    browser.post(reverse("office:council_rest", args=[contest.code]))
    browser.post(reverse("office:council_close", args=[contest.code]))
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        paper = browser.get(reverse("office:council_minutes", args=[contest.code, kind]))
        assert paper.content.startswith(start)
    dead, live = (NormativeAct.objects.get(number=number) for number in ("611", "1100"))
    draft = reverse("office:order_draft", args=[contest.code])
    no = browser.post(draft, {"acts": [dead.pk]}, HTTP_REFERER="/office/", follow=True)
    assert "Документ утратил силу" in text_of(no)
    contest.refresh_from_db()
    assert contest.order is None
    browser.post(draft, {"acts": [live.pk]})
    page = text_of(browser.get(reverse("office:order", args=[contest.code])))
    assert "Основания: Приказ Министерства образования, науки и молодёжной политики" in page
    wrong = browser.post(
        reverse("office:order", args=[contest.code]), {"number": "", "signed_on": "2026-11-20"}
    )
    assert "Заполните поле «Номер приказа»." in text_of(wrong)
    browser.post(reverse("office:order", args=[contest.code]), {"number": "512", "signed_on": "2026-11-21"})
    assert browser.post(reverse("office:order_confirm", args=[contest.code])).status_code == 403
    approver = world.signed_in(world.member(contest.organiser, Role.APPROVER))
    page = text_of(approver.get(reverse("office:order", args=[contest.code])))
    assert "Будет присвоено статусов: 2." in page
    done = approver.post(reverse("office:order_confirm", args=[contest.code]), follow=True)
    assert "Приказ от 21.11.2026 № 512 подтверждён" in text_of(done)
    assert sorted(Status.objects.values_list("organisation__short_name", flat=True)) == ["Школа 1", "Школа 2"]
    contest.refresh_from_db()
    assert contest.state == ContestState.FINISHED
    printed = orders.order_of(contest, sitting=Sitting.objects.get(), order=contest.order)
    assert "на основании приказа Министерства образования, науки" in official.text(paper_of(printed))


def test_strangers_find_no_room_and_members_only_read() -> None:
    contest = at_council()
    opened(contest)
    room = reverse("office:council_room", args=[contest.code])
    assert world.signed_in(world.person()).get(room).status_code == 404
    member = world.signed_in(Seat.objects.get(part=Seat.Part.MEMBER).person)
    page = text_of(member.get(room))
    assert "Решить остальные по рейтингу" not in page
    assert member.post(reverse("office:council_rest", args=[contest.code])).status_code == 403


@pytest.mark.parametrize("totals", [("80",), ("80", "70", "40")])
def test_the_room_asks_the_database_the_same_number_of_times(totals: tuple[str, ...]) -> None:
    contest = at_council(totals)
    browser = opened(contest)
    with CaptureQueriesContext(connection) as asked:
        browser.get(reverse("office:council_room", args=[contest.code]))
    assert len(asked) == 15


def needs_of(person: User) -> list[tuple[str, str]]:
    """Return what the first page of the office calls a person to, and where it leads."""
    soup = BeautifulSoup(world.signed_in(person).get(reverse("office:home")).content, "html.parser")
    return [(one.get_text(), str(one["href"])) for one in soup.select("main .tasklist a")]


def test_whoever_sits_in_the_council_is_called_to_it_until_it_has_decided() -> None:
    contest = at_council()
    browser = opened(contest)
    member, stranger = Seat.objects.order_by("pk").last(), world.person()
    assert member is not None
    room = ("Ждёт решения совета", reverse("office:council_room", args=[contest.code]))
    called = [needs_of(person) for person in (member.person, contest.created_by, stranger)]
    assert called == [[room], [room], []]
    browser.post(reverse("office:council_rest", args=[contest.code]))
    browser.post(reverse("office:council_close", args=[contest.code]))
    order = ("Пора оформить приказ", reverse("office:order", args=[contest.code]))
    assert [needs_of(person) for person in (member.person, contest.created_by)] == [[], [order]]


def test_whoever_only_sits_in_the_council_meets_no_closed_door() -> None:
    contest = at_council()
    browser = opened(contest)
    browser.post(reverse("office:council_rest", args=[contest.code]))
    browser.post(reverse("office:council_close", args=[contest.code]))
    secretary = world.signed_in(Seat.objects.get(part=Seat.Part.SECRETARY).person)
    number = contest.applications.order_by("pk")[0].number
    pages = [
        secretary.get(reverse("office:council_room", args=[contest.code])),
        secretary.get(reverse("office:council_decision", args=[contest.code, number])),
    ]
    links = {
        str(link["href"])
        for page in pages
        for link in BeautifulSoup(page.content, "html.parser").select("main a[href^='/'], nav.crumbs a[href]")
    }
    assert {url: secretary.get(url).status_code for url in links} == dict.fromkeys(links, 200)
    assert "К приказу" not in text_of(pages[0])
    assert "<strong>Присвоить статус</strong>: за 3, против 0, воздержались 0" in text_of(pages[1])
    assert "Записать решение" not in text_of(pages[1])
    organiser = text_of(browser.get(reverse("office:council_room", args=[contest.code])))
    assert "К приказу" in organiser
