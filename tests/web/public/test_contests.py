"""The contests as visitors see them."""

import gzip
from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.contests.actions import contests as actions
from innoset.contests.models import Application, Award, Contest, Council, Sitting
from innoset.contests.pure import calendar
from innoset.contests.queries import contests as queries
from innoset.contests.queries import results
from innoset.contests.states import ApplicationState, ContestState, SittingState, StageKind
from innoset.documents.models import Minutes
from innoset.foundation.files import actions as files
from innoset.network.models import Status
from innoset.network.states import OrganisationKind, Role
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import fields_of
from innoset.projects.pure.word_in import lines_of_blocks, read_document
from innoset.review.models import Assignment, Round, ScoreSheet
from innoset.review.states import AssignmentState, RoundState, SheetState
from tests import world
from tests.web.office.builder import FAR_AHEAD, LONG_AGO, far_calendar

pytestmark = pytest.mark.django_db

AT = world.AT


@pytest.fixture
def contest() -> Contest:
    """A published contest made from a template, open for as long as anybody runs the tests."""
    centre = world.organisation("МБУ ЦРО", kind=OrganisationKind.METHOD_CENTRE)
    organiser = world.member(centre, Role.ORGANISER)
    made = Contest(organiser=centre, school_year=2027, edition=21)
    actions.make_contest(made, by=organiser, at=AT)
    actions.set_calendar(made, stages=far_calendar(), by=organiser, at=AT)
    actions.publish(made, by=organiser, at=AT)
    return made


def page(name: str, *args: object) -> BeautifulSoup:
    """Return a page as a stranger sees it."""
    response = Client().get(reverse(f"public:{name}", args=args))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(soup: BeautifulSoup) -> str:
    """Return the words of the page without its frame."""
    assert soup.main is not None
    return " ".join(soup.main.get_text(" ").split())


def finished(contest: Contest, totals: tuple[str, ...] = ("91", "67.5", "12")) -> list[Application]:
    """Bring the contest to its end: an application a total, the best one wins."""
    contest.remote_round = Round.objects.create(
        title="Заочная экспертиза",
        organiser=contest.organiser,
        rubric=contest.remote_rubric,
        opens_at=LONG_AGO,
        closes_at=LONG_AGO + timedelta(days=9),
        state=RoundState.CLOSED,
    )
    order = world.order()
    order.pdf = files.keep(b"%PDF-order", name="Приказ.pdf", media_type="application/pdf", at=AT)
    order.save()
    contest.order, contest.results_at, contest.state = order, AT, ContestState.FINISHED
    contest.save()
    judged = [_judged(contest, place, total) for place, total in enumerate(totals)]
    status = Status.objects.create(
        organisation=judged[0].organisation,
        kind=contest.status_kind,
        theme=judged[0].project.title,
        order=order,
        starts_on=AT.date(),
        ends_on=AT.date() + timedelta(days=1094),
        created_at=AT,
    )
    Award.objects.create(application=judged[0], status=status, order=order, place=1, granted_at=AT)
    return judged


def _judged(contest: Contest, place: int, total: str) -> Application:
    state = ApplicationState.REJECTED if place else ApplicationState.AWARDED
    application = world.application(contest, state=state)
    assert contest.remote_round is not None
    assert application.dossier is not None
    for expert in range(2):
        given = Assignment.objects.create(
            round=contest.remote_round,
            dossier=application.dossier,
            expert=world.person(),
            state=AssignmentState.CLEARED,
            assigned_at=AT,
        )
        ScoreSheet.objects.create(
            assignment=given,
            state=SheetState.FINISHED,
            total=Decimal(total) + expert - Decimal("0.5"),
            opened_at=AT,
            finished_at=AT,
        )
    return application


def sat(contest: Contest) -> None:
    """Close a sitting of the council with its minutes."""
    pdf = files.keep(b"%PDF-minutes", name="Протокол.pdf", media_type="application/pdf", at=AT)
    minutes = Minutes.objects.create(
        number="4", held_on=AT.date(), title="Итоги", sha256="0" * 64, created_at=AT, pdf=pdf
    )
    council = Council.objects.create(title="Совет", organisation=contest.organiser)
    Sitting.objects.create(
        contest=contest,
        council=council,
        number="4",
        held_at=AT,
        state=SittingState.CLOSED,
        opened_at=AT,
        closed_at=AT,
        minutes=minutes,
    )


# ── A contest that is open ──────────────────────────────────────────────────


def test_an_open_contest_says_all_that_an_applicant_needs(contest: Contest) -> None:
    soup = page("contest", contest.code)
    text = text_of(soup)
    apply = soup.select_one(f'a[href="{reverse("cabinet:application_new", args=[contest.code])}"]')
    assert apply is not None
    assert apply.get_text(strip=True) == "Подать заявку"
    assert soup.select_one(f'count-down[until="{FAR_AHEAD.isoformat()}"]') is not None
    assert [step.get_text(" ", strip=True).split("  ")[0] for step in soup.select(".steps li.now")] != []
    for words in (
        "XXI выпуск, 2027–2028 учебный год",
        "Критерии: до 100 баллов",
        "Проходной балл: 50.",
        "Общеобразовательная организация",
        "Инновационный продукт",
        "Нужно набрать не меньше 60 баллов.",
        "Всего статусов не больше 15.",
    ):
        assert words in text
    assert len(soup.select("details.more ol")) == 8
    assert [item.get_text() for item in soup.select("details.more ol")[1].select("li")] == list(
        queries.criteria_of(contest.remote_rubric)[1].levels
    )


def test_the_blank_form_is_the_official_one(contest: Contest) -> None:
    response = Client().get(reverse("public:contest_paper", args=[contest.code, "form"]))
    lines = "\t".join(lines_of_blocks(read_document(response.content).blocks)).split("\t")
    labels = {field.label for field in fields_of(form_by_code("passport"))}
    assert response["Content-Disposition"].startswith("attachment")
    assert labels - set(lines) == set()


def test_the_regulation_is_there_once_it_is_attached(contest: Contest) -> None:
    url = reverse("public:contest_paper", args=[contest.code, "regulation"])
    assert Client().get(url).status_code == 404
    contest.regulation = files.keep(b"%PDF-1.7\n", name="Положение.pdf", media_type="application/pdf", at=AT)
    contest.save()
    assert Client().get(url).content == b"%PDF-1.7\n"
    assert page("contest", contest.code).select_one(f'a[href="{url}"]') is not None


def test_a_contest_that_begins_later_says_when(contest: Contest) -> None:
    stage = contest.stages.get(kind=StageKind.SUBMISSION)
    stage.starts_at = FAR_AHEAD - timedelta(days=1)
    stage.save()
    soup = page("contest", contest.code)
    assert "Приём заявок ещё не начался" in text_of(soup)
    assert "Подать заявку" not in text_of(soup)
    assert "Скоро начнётся" in text_of(page("contests"))


def test_a_contest_whose_reception_is_over_takes_nothing(contest: Contest) -> None:
    contest.stages.filter(kind=StageKind.SUBMISSION).update(ends_at=LONG_AGO + timedelta(days=1))
    text = text_of(page("contest", contest.code))
    assert ("Приём завершён" in text, "Подать заявку" in text) == (True, False)


def test_last_years_winners_are_an_example(contest: Contest) -> None:
    winner, *_ = finished(contest)
    fresh = actions.copy_contest(contest, by=contest.created_by, at=AT)
    actions.publish(fresh, by=contest.created_by, at=AT)
    text = text_of(page("contest", fresh.code))
    assert f"{winner.organisation.short_name}: «{winner.project.title}»" in text


def test_a_public_page_is_light(contest: Contest) -> None:
    with CaptureQueriesContext(connection) as caught:
        response = Client().get(reverse("public:contest", args=[contest.code]))
    assert len(caught) <= 8
    assert len(gzip.compress(response.content)) <= 60 * 1024


# ── What strangers do not see ───────────────────────────────────────────────


@pytest.mark.parametrize("state", [ContestState.DRAFT, ContestState.CANCELLED])
def test_what_was_never_published_is_no_page(state: ContestState) -> None:
    hidden = world.contest(state)
    for url in (
        reverse("public:contest", args=[hidden.code]),
        reverse("public:contest_paper", args=[hidden.code, "form"]),
    ):
        assert Client().get(url).status_code == 404
    assert hidden.title not in text_of(page("contests"))


def test_a_cancelled_contest_says_why(contest: Contest) -> None:
    actions.cancel(contest, reason="Нет средств.", by=contest.created_by, at=AT)
    text = text_of(page("contest", contest.code))
    assert "Конкурс отменён Нет средств." in text
    assert "Подать заявку" not in text


def test_there_are_no_results_before_the_end(contest: Contest) -> None:
    sat(contest)
    for name in ("minutes", "order", "passport"):
        assert Client().get(reverse("public:contest_paper", args=[contest.code, name])).status_code == 404
    assert "Итоги" not in text_of(page("contest", contest.code)).replace("Приказ и итоги", "")


# ── A contest that is finished ──────────────────────────────────────────────


def test_a_finished_contest_shows_its_results_without_names(contest: Contest) -> None:
    winner, second, last = finished(contest)
    sat(contest)
    soup = page("contest", contest.code)
    text = text_of(soup)
    rows = [" ".join(row.get_text(" ").split()) for row in soup.select("#results tbody tr")]
    owner = winner.organisation
    told = f"{owner.short_name} {owner.municipality} {winner.project.title} Инновационный проект"
    assert rows == [f"{told} 19 ноября 2029"]
    assert second.organisation.short_name not in text
    assert last.organisation.short_name not in text
    assert "Приказ от 21.11.2026 № 321" in text
    url = reverse("public:contest_paper", args=[contest.code, "order"])
    assert soup.select_one(f'a[href="{url}"]') is not None
    assert Client().get(url).content == b"%PDF-order"


def test_the_minutes_are_named_but_not_shown_for_they_name_people(contest: Contest) -> None:
    finished(contest)
    sat(contest)
    assert "хранится у организатора" in text_of(page("contest", contest.code))
    url = reverse("public:contest_paper", args=[contest.code, "minutes"])
    assert Client().get(url).status_code == 404


def test_the_transparency_box_counts_stages_and_scores(contest: Contest) -> None:
    finished(contest)
    world.application(contest, state=ApplicationState.REFUSED)
    world.application(contest, state=ApplicationState.DECLINED)
    world.application(contest)
    outcome = results.outcome_of(contest, Decimal(100))
    assert outcome.stages == (
        ("Отправлено заявок", 5),
        ("Допущено к экспертизе", 4),
        ("Дошло до совета", 3),
        ("Присвоен статус", 1),
    )
    assert outcome.bands == (
        ("90–100", 1),
        ("80–89", 0),
        ("70–79", 0),
        ("60–69", 1),
        ("50–59", 0),
        ("40–49", 0),
        ("30–39", 0),
        ("20–29", 0),
        ("10–19", 1),
    )


def test_a_contest_without_a_winner_says_so(contest: Contest) -> None:
    finished(contest)
    Award.objects.all().delete()
    assert "Статус не присвоен ни одной заявке." in text_of(page("contest", contest.code))


def test_a_finished_page_is_light_whatever_the_number_of_winners(contest: Contest) -> None:
    finished(contest)
    sat(contest)
    with CaptureQueriesContext(connection) as caught:
        response = Client().get(reverse("public:contest", args=[contest.code]))
    # Three of them ask the clock of the database, the extensions of the deadline, the checksum of the ranking.
    assert len(caught) <= 11
    assert len(gzip.compress(response.content)) <= 60 * 1024


# ── The list ────────────────────────────────────────────────────────────────


def test_the_list_puts_contests_where_they_stand(contest: Contest) -> None:
    running = world.contest(ContestState.EXPERTISE, title="Лидеры сети")
    over = world.contest(ContestState.FINISHED, title="Прошлый поиск")
    soup = page("contests")
    shown = {
        part: [card.get_text() for card in soup.select(f"#{part} h3")] for part in ("open", "running", "over")
    }
    assert shown == {"open": [contest.title], "running": [running.title], "over": [over.title]}


def test_a_list_with_nothing_open_says_so() -> None:
    assert "Сейчас заявки не принимают" in text_of(page("contests"))


def test_the_list_costs_the_same_for_one_contest_and_for_many() -> None:
    counts = []
    for wanted in (1, 3):
        while Contest.objects.count() < wanted:
            world.contest()
        with CaptureQueriesContext(connection) as caught:
            page("contests")
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 8


def test_steps_know_past_now_and_next(contest: Contest) -> None:
    plan = queries.plan_of(contest)
    assert [step.when for step in calendar.steps(plan, FAR_AHEAD)] == ["past", "now", *["next"] * 4]
    assert calendar.steps(plan, FAR_AHEAD)[0].note == ("1 сентября 2020, 09:00 – 1 сентября 2099, 17:00 МСК")
