"""The decision room in doubt: other rules tried by the address, votes from the members' places, the wall."""

from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from innoset.contests.actions import ballots, council
from innoset.contests.models import Ballot, Contest, RankingSnapshot, Resolution, Seat, Sitting, Vote
from innoset.contests.papers.rankings import own_keys
from innoset.contests.pure.chain import canonical
from innoset.contests.queries.standing import final_standing
from innoset.documents.pure import envelope
from innoset.network.models import Organisation
from innoset.review.models import Calibration, Discussion, ScoreSheet
from innoset.review.queries.calibrations import footprint_of
from tests import world
from tests.contests import councils
from tests.contests.councils import AT
from tests.web.office.test_council import at_council, opened, text_of

pytestmark = pytest.mark.django_db


def room(contest: Contest, **asked: Any) -> str:
    """Return the words of the room as the organiser sees it."""
    response = world.signed_in(contest.created_by).get(
        reverse("office:council_room", args=[contest.code]), asked
    )
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.main is not None
    return " ".join(soup.main.get_text(" ").split())


def calibrated(contest: Contest, *points: tuple[float, float]) -> None:
    """Keep a calibration: the fair points of each work and half its interval."""
    assert contest.remote_round is not None
    codes = [row.application.dossier.code for row in final_standing(contest) if row.application.dossier]
    rows = [
        {"work": code, "fair": fair, "low": fair - half, "high": fair + half}
        for code, (fair, half) in zip(codes, points, strict=True)
    ]
    Calibration.objects.create(
        round=contest.remote_round,
        method="additive",
        parameters={"footprint": footprint_of(contest.remote_round)},
        data_sha256="a" * 64,
        result={"rows": rows},
        result_sha256="b" * 64,
        made_at=AT,
    )


def test_raw_and_calibrated_places_stand_side_by_side_with_the_doubtful_zone() -> None:
    contest = at_council()
    opened(contest)
    assert "Поправка на строгость экспертов не рассчитана." in room(contest)
    calibrated(contest, (64, 2), (66, 8), (58, 6))
    page = room(contest)
    assert "место 1 → 2 ↓1" in page
    assert "место 2 → 1 ↑1" in page
    # The line lies at 61 points: the second work (58…74) and the third (52…64) might be on its other side.
    assert "В спорной зоне: 2 заявки." in page
    assert page.count("спорная зона") == 2
    assert "выше черты: 89 %" in page
    assert "не рассчитана" not in page


def test_whose_fate_hangs_on_the_way_of_counting_is_listed() -> None:
    contest = at_council()
    opened(contest)
    calibrated(contest, (80, 3), (55, 3), (61, 3))
    assert (
        "Чья судьба зависит от способа подсчёта С поправкой на строгость экспертов эти заявки оказались бы "
        "по другую сторону черты. ИП-2026-0102, Школа 2: сырое место 2 (присвоить), с поправкой 3 (не присваивать) "
        "ИП-2026-0103, Школа 3: сырое место 3 (не присваивать), с поправкой 2 (присвоить)"
    ) in room(contest)


def test_other_rules_are_tried_by_the_address_and_write_nothing() -> None:
    contest = at_council()
    opened(contest)
    before = Sitting.objects.values().get(), Contest.objects.values().get()
    page = room(contest, threshold="75", quota="1")
    assert "Это проба" in page
    assert "судьба меняется у 1, место — у 0." in page
    assert "ИП-2026-0102: статус не присвоили бы: ниже проходного балла; место 2" in page
    assert (Sitting.objects.values().get(), Contest.objects.values().get()) == before
    assert "Это проба" not in room(contest)
    assert "Это проба" not in room(contest, threshold="60.00")


def test_a_wrong_trial_is_told_and_the_rules_in_force_stay() -> None:
    contest = at_council()
    opened(contest)
    page = room(contest, line="много", basis="guess")
    assert "Это проба" not in page
    assert "Черта после места" in page


def test_the_line_is_one_row_even_where_a_quota_passes_over() -> None:
    contest = at_council(("80", "75", "70", "40"))
    one = contest.applications.earliest("pk").organisation.municipality
    Organisation.objects.filter(short_name="Школа 2").update(municipality=one)
    Contest.objects.update(municipality_quota=1)
    opened(contest)
    page = room(contest)
    assert page.count("Черта: ниже статус") == 1
    assert page.index("ИП-2026-0103") < page.index("Черта: ниже статус") < page.index("ИП-2026-0104")


def test_the_wall_shows_the_same_table_and_moves_the_line() -> None:
    contest = at_council()
    browser = opened(contest)
    url = reverse("office:council_room", args=[contest.code])
    wall = BeautifulSoup(browser.get(url, {"projector": "1"}).content, "html.parser")
    assert wall.select_one(".projector") is not None
    assert wall.find("script") is None
    answer = browser.post(
        reverse("office:council_line", args=[contest.code]), {"line": "1", "projector": "1"}
    )
    assert (answer["Location"], Sitting.objects.get().cut_line) == (f"{url}?projector=1", 1)
    browser.post(reverse("office:council_line", args=[contest.code]), {"line": "x"})
    assert Sitting.objects.get().cut_line == 1


# ── Votes ───────────────────────────────────────────────────────────────────


def place_of(contest: Contest, seat: Seat) -> tuple[Client, str]:
    """Return the browser of a member and what the page of votes says there."""
    browser = world.signed_in(seat.person)
    return browser, text_of(browser.get(reverse("office:council_vote", args=[contest.code])))


def test_a_member_votes_by_one_tap_and_only_once() -> None:
    contest = at_council()
    secretary = opened(contest)
    number = "2026-0101"
    secretary.post(reverse("office:ballot_open", args=[contest.code, number]))
    seats = list(Seat.objects.order_by("pk"))
    for seat in seats:
        browser, page = place_of(contest, seat)
        assert page.count('name="choice"') == 3
        browser.post(reverse("office:ballot_vote", args=[contest.code, number]), {"choice": "for"})
    assert "Ваш голос учтён" in place_of(contest, seats[0])[1]
    again = place_of(contest, seats[0])[0].post(
        reverse("office:ballot_vote", args=[contest.code, number]), {"choice": "against"}, follow=True
    )
    assert "Ваш голос уже учтён. Второй раз проголосовать нельзя." in text_of(again)
    wrong = secretary.post(reverse("office:ballot_vote", args=[contest.code, number]), {"choice": "maybe"})
    assert wrong.status_code == 404
    stranger = secretary.post(reverse("office:ballot_vote", args=[contest.code, number]), {"choice": "for"})
    assert (stranger.status_code, Vote.objects.count()) == (403, 3)
    page = text_of(secretary.get(reverse("office:council_decision", args=[contest.code, number])))
    assert "Проголосовали 3 из 3. Как — станет известно после подсчёта." in page
    done = secretary.post(reverse("office:ballot_close", args=[contest.code, number]), follow=True)
    assert "Принято: «за» 3, «против» 0. Статус присваивают." in text_of(done)
    assert Resolution.objects.get().votes_for == 3


def test_a_result_against_the_order_asks_for_its_reason_on_the_page() -> None:
    contest = at_council()
    secretary = opened(contest)
    sitting, number = Sitting.objects.get(), "2026-0103"
    secretary.post(reverse("office:ballots_open", args=[contest.code]))
    assert Ballot.objects.count() == 3
    for seat in Seat.objects.all():
        for ballot in Ballot.objects.all():
            ballots.vote(ballot, choice="for", by=seat.person, at=AT)  # type: ignore[arg-type]  # as it comes
    secretary.post(reverse("office:ballots_close", args=[contest.code]))
    assert sitting.resolutions.count() == 2
    assert "подсчитано, ждёт записи" in room(contest)
    url = reverse("office:ballot_resolve", args=[contest.code, number])
    assert "Заполните поле «Почему решение отступает от рейтинга»." in text_of(
        secretary.post(url, {"reason": ""})
    )
    secretary.post(url, {"reason": "Единственный проект для малой школы"})
    made = sitting.resolutions.get(application__number=number)
    assert (made.decision, made.is_departure) == ("grant", True)


def test_a_secret_sitting_offers_no_form_for_hands() -> None:
    here = councils.scene(works=2, has_defence=False, municipality_quota=None, final_threshold=Decimal(0))
    councils.opened(here, is_secret=True)
    number = here.contest.applications.earliest("pk").number
    page = text_of(
        world.signed_in(here.secretary).get(
            reverse("office:council_decision", args=[here.contest.code, number])
        )
    )
    assert "Тайное: кто как проголосовал, не узнает никто." in page
    assert 'name="votes_for"' not in page
    assert "Решить остальные по рейтингу" not in room(here.contest)


def test_the_sealed_ranking_is_handed_out_with_its_log() -> None:
    here = councils.scene(works=2, has_defence=False)
    url = reverse("office:council_ranking", args=[here.contest.code])
    browser = world.signed_in(here.organiser)
    assert browser.get(url).status_code == 404
    sitting = councils.opened(here)
    council.resolve_by_rules(sitting, by=here.secretary, at=AT)
    council.close_sitting(sitting, by=here.secretary, at=AT)
    sealed = RankingSnapshot.objects.get()
    text = browser.get(url).content.decode()
    assert envelope.opened(text, own_keys()) == canonical(sealed.data)
    assert "Рейтинг закреплён" in room(here.contest)
    assert world.signed_in(world.person()).get(url).status_code == 404


def test_a_decision_shows_what_the_experts_changed_after_their_talk() -> None:
    contest = at_council()
    secretary, number = opened(contest), "2026-0101"
    url = reverse("office:council_decision", args=[contest.code, number])
    assert "После оценки" not in text_of(secretary.get(url))
    dossier = contest.applications.get(number=number).dossier
    sheet = ScoreSheet.objects.filter(assignment__dossier=dossier).order_by("assignment__pk")[0]
    talk = Discussion.objects.create(
        round=contest.remote_round,
        dossier=dossier,
        opened_at=AT,
        closed_at=AT,
        summary="Сошлись: новизна выше",
    )
    criterion = contest.remote_round.rubric.criteria.earliest("number")
    sheet.changes.create(
        criterion=criterion,
        before="2",
        after="4",
        reason="Увидел приложение",
        discussion=talk,
        changed_at=AT,
    )
    soup = BeautifulSoup(secretary.get(url).content, "html.parser")
    (section,) = [one for one in soup.select("main section") if "После оценки" in one.get_text()]
    assert section.p is not None
    assert section.p.get_text(strip=True) == "Итог обсуждения: Сошлись: новизна выше"
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in section.select("tr")]
    assert rows[1][1:] == ["Эксперт А", f"К1. {criterion.title}", "2", "4", "Увидел приложение"]
    assert sheet.assignment.expert.last_name not in section.get_text()
