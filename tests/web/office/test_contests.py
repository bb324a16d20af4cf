"""The builder, the table of applications and the cockpit, as an organiser uses them in a browser."""

import io
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.accounts.models import User
from innoset.contests.actions import contests as actions
from innoset.contests.models import Contest
from innoset.contests.pure.calendar import StagePlan
from innoset.contests.pure.rubrics import most_of
from innoset.contests.pure.template import TEMPLATES
from innoset.contests.queries import contests as queries
from innoset.contests.states import ApplicationState, ContestState, StageKind
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.foundation.files.storage import read
from innoset.foundation.notify.models import Letter
from innoset.network.models import Organisation
from innoset.network.states import OrganisationKind, Role
from innoset.review.models import Assignment, Round, ScoreSheet
from innoset.review.states import AssignmentState, RoundState, SheetState
from innoset.web.office.spreadsheets import harmless
from innoset.web.second_factor import KEY
from tests import world

pytestmark = pytest.mark.django_db

# The pages read the clock, so whatever is open here stays open for as long as anybody runs the tests.
LONG_AGO = datetime(2020, 9, 1, 6, tzinfo=UTC)
FAR_AHEAD = datetime(2099, 9, 1, 14, tzinfo=UTC)


def far_calendar() -> list[StagePlan]:
    """Return a calendar whose reception goes on now and whose expertise never begins."""
    edges = [FAR_AHEAD + timedelta(days=10 * number) for number in range(6)]
    kinds = ("check", "remote", "defence", "council", "results")
    later = [StagePlan(kind, *pair) for kind, pair in zip(kinds, pairwise(edges), strict=True)]
    return [StagePlan("submission", LONG_AGO, FAR_AHEAD), *later]


@pytest.fixture
def centre() -> Organisation:
    """The organisation that runs contests."""
    return world.organisation("МБУ ЦРО", kind=OrganisationKind.METHOD_CENTRE)


@pytest.fixture
def organiser(centre: Organisation) -> User:
    """An organiser of it."""
    return world.member(centre, Role.ORGANISER, "Левина Ольга Павловна")


@pytest.fixture
def office(organiser: User) -> Client:
    """The organiser's browser, past the second factor."""
    return past_second_factor(organiser)


@pytest.fixture
def draft(centre: Organisation, organiser: User, at: datetime) -> Contest:
    """A complete draft."""
    contest = Contest(organiser=centre, school_year=2027)
    actions.make_contest(contest, by=organiser, at=at)
    actions.set_calendar(contest, stages=far_calendar(), by=organiser, at=at)
    return contest


@pytest.fixture
def published(draft: Contest, organiser: User, at: datetime) -> Contest:
    """A contest that takes applications."""
    actions.publish(draft, by=organiser, at=at)
    return draft


def past_second_factor(user: User) -> Client:
    """Return a browser in which the person has proved the second factor."""
    client = world.signed_in(user)
    session = client.session
    session[KEY] = True
    session.save()
    return client


def page(client: Client, url: str) -> BeautifulSoup:
    """Return a page that opens."""
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def main_text(soup: BeautifulSoup) -> str:
    """Return the words of the page without its frame."""
    assert soup.main is not None
    return " ".join(soup.main.get_text(" ").split())


def form_data(soup: BeautifulSoup) -> dict[str, Any]:
    """Return what the browser would send if nothing was changed in the page's main form."""
    form = soup.select_one("main form.form")
    assert form is not None
    data: dict[str, Any] = {}
    for field in form.select("input, textarea, select"):
        name, kind = str(field.get("name") or ""), field.get("type")
        if not name or (kind in {"checkbox", "radio"} and not field.has_attr("checked")) or kind == "file":
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            value = str(chosen.get("value") or "") if chosen else ""
        else:
            value = (
                field.get_text().lstrip("\n") if field.name == "textarea" else str(field.get("value") or "")
            )
        data.setdefault(name, []).append(value)
    return data


# ── From a template to the site ─────────────────────────────────────────────


def test_a_contest_is_made_and_published_without_typing(office: Client, centre: Organisation) -> None:
    url = reverse("office:contest_new")
    soup = page(office, url)
    assert len(soup.select("input[name=template]")) == len(TEMPLATES)
    response = office.post(url, form_data(soup))
    contest = Contest.objects.get()
    assert response["Location"] == reverse("office:contest", args=[contest.code])
    assert (contest.organiser, contest.state) == (centre, ContestState.DRAFT)
    overview = main_text(page(office, response["Location"]))
    assert "Общие сведения" in overview
    assert "Заочно до 95, всего до 100 баллов" in overview


def test_a_draft_with_gaps_names_them_with_links(office: Client, draft: Contest) -> None:
    draft.nominations.all().delete()
    url = reverse("office:contest_publish", args=[draft.code])
    soup = page(office, url)
    mending = soup.select_one(f'a[href="{reverse("office:contest_nominations", args=[draft.code])}"]')
    assert mending is not None
    assert mending.get_text() == "Добавьте хотя бы одну номинацию."
    response = office.post(url)
    assert response.status_code == 200
    assert "Конкурс пока нельзя опубликовать. Добавьте хотя бы одну номинацию." in response.content.decode()


def test_publishing_opens_the_page_and_taking_back_closes_it(office: Client, draft: Contest) -> None:
    public = reverse("public:contest", args=[draft.code])
    assert Client().get(public).status_code == 404
    office.post(reverse("office:contest_publish", args=[draft.code]))
    assert Client().get(public).status_code == 200
    assert "Конкурс уже опубликован" in main_text(
        page(office, reverse("office:contest_publish", args=[draft.code]))
    )
    office.post(reverse("office:contest_unpublish", args=[draft.code]))
    assert Client().get(public).status_code == 404


def test_cancelling_asks_for_a_reason(office: Client, published: Contest) -> None:
    url = reverse("office:contest_cancel", args=[published.code])
    assert "Заполните поле «Почему конкурс отменён»." in office.post(url, {"reason": ""}).content.decode()
    office.post(url, {"reason": "Нет средств."})
    published.refresh_from_db()
    assert (published.state, published.cancel_reason) == (ContestState.CANCELLED, "Нет средств.")
    assert "Нет средств." in main_text(page(office, reverse("office:contest", args=[published.code])))
    assert office.post(url, {"reason": "Ещё раз."}).status_code == 200


def test_a_contest_is_repeated_by_one_button(office: Client, published: Contest) -> None:
    response = office.post(reverse("office:contest_copy", args=[published.code]))
    fresh = Contest.objects.exclude(pk=published.pk).get()
    assert response["Location"] == reverse("office:contest", args=[fresh.code])
    assert (fresh.school_year, fresh.copied_from) == (2028, published)


def test_the_list_is_split_by_what_contests_are_in(
    office: Client, published: Contest, centre: Organisation
) -> None:
    finished = world.contest(ContestState.FINISHED, organiser=centre, title="Прошлый поиск")
    running = main_text(page(office, reverse("office:contests")))
    over = main_text(page(office, reverse("office:contests") + "?tab=over"))
    assert (published.title in running, finished.title in running) == (True, False)
    assert (published.title in over, finished.title in over) == (False, True)
    assert "Здесь пока нет конкурсов" in main_text(page(office, reverse("office:contests") + "?tab=draft"))


# ── The parts ───────────────────────────────────────────────────────────────


def test_general_facts_are_saved_as_shown_and_as_changed(office: Client, draft: Contest) -> None:
    url = reverse("office:contest_general", args=[draft.code])
    data = form_data(page(office, url))
    office.post(url, {**data, "edition": "xxii", "title": "Поиск", "organisation_kinds": ["school"]})
    draft.refresh_from_db()
    assert (draft.edition, draft.title, draft.organisation_kinds) == (22, "Поиск", ["school"])
    office.post(url, {**form_data(page(office, url)), "edition": ""})
    draft.refresh_from_db()
    assert draft.edition is None


@pytest.mark.parametrize("edition", ["IIX", "0", "пять", "4000"])
def test_a_senseless_edition_is_refused_and_nothing_is_lost(
    office: Client, draft: Contest, edition: str
) -> None:
    url = reverse("office:contest_general", args=[draft.code])
    data = form_data(page(office, url)) | {"edition": edition, "title": "Новое имя"}
    soup = BeautifulSoup(office.post(url, data).content, "html.parser")
    assert "Введите в поле «Выпуск» число, например XXI или 21." in main_text(soup)
    assert form_data(soup)["title"] == ["Новое имя"]
    draft.refresh_from_db()
    assert draft.title != "Новое имя"


def test_the_regulation_is_attached_and_handed_out(office: Client, draft: Contest) -> None:
    url = reverse("office:contest_regulation", args=[draft.code])
    assert office.get(url).status_code == 404
    wrong = SimpleUploadedFile("положение.pdf", b"MZ\x90\x00")
    assert "Файл «положение.pdf» не подходит." in office.post(url, {"file": wrong}).content.decode()
    assert "Выберите файл в поле «Положение о конкурсе»." in office.post(url).content.decode()
    office.post(url, {"file": SimpleUploadedFile("положение.pdf", b"%PDF-1.7\n")})
    draft.refresh_from_db()
    assert draft.regulation is not None
    assert (draft.regulation.name, read(draft.regulation)) == ("положение.pdf", b"%PDF-1.7\n")
    assert office.get(url).content == b"%PDF-1.7\n"


def test_nominations_are_renamed_added_and_moved(office: Client, draft: Contest) -> None:
    url = reverse("office:contest_nominations", args=[draft.code])
    data = form_data(page(office, url)) | {"form-0-quota": "4", "form-3-title": "Отчёт"}
    office.post(url, data)
    wanted = [("Инновационный проект", 4), ("Инновационный продукт", None), ("Инновационная программа", None)]
    assert list(draft.nominations.values_list("title", "quota")) == [*wanted, ("Отчёт", None)]
    response = office.post(url, form_data(page(office, url)) | {"up": "3"})
    assert response["Location"] == url
    assert [one.title for one in draft.nominations.all()][2:] == ["Отчёт", "Инновационная программа"]
    refused = office.post(url, form_data(page(office, url)) | {"form-1-title": "ОТЧЁТ"})
    assert "Две номинации названы одинаково." in refused.content.decode()


def test_every_fault_of_the_calendar_stands_at_its_field(office: Client, draft: Contest) -> None:
    url = reverse("office:contest_calendar", args=[draft.code])
    data = form_data(page(office, url))
    wrong = data | {"remote_starts_at_0": "2099-08-01", "council_ends_at_0": "2099-01-01"}
    soup = BeautifulSoup(office.post(url, wrong).content, "html.parser")
    links = {link["href"]: link.get_text() for link in soup.select(".errors a")}
    assert set(links) == {"#id_remote_starts_at", "#id_council_ends_at"}
    assert links["#id_remote_starts_at"].startswith("Этап «Заочная экспертиза» начинается, когда этап")
    assert soup.title is not None
    assert soup.title.get_text().startswith("Ошибка: ")
    office.post(url, data | {"results_ends_at_0": "2100-02-02", "results_ends_at_1": "12:30"})
    results = draft.stages.get(kind=StageKind.RESULTS)
    assert results.ends_at == datetime(2100, 2, 2, 9, 30, tzinfo=UTC)


def test_a_contest_without_defence_has_no_such_stage_to_fill(office: Client, draft: Contest) -> None:
    rules = reverse("office:contest_rules", args=[draft.code])
    data = form_data(page(office, rules))
    data.pop("has_defence")
    office.post(rules, data)
    draft.refresh_from_db()
    assert draft.has_defence is False
    soup = page(office, reverse("office:contest_calendar", args=[draft.code]))
    assert soup.select('[name="defence_starts_at_0"]') == []


def test_a_threshold_that_nobody_reaches_is_refused(office: Client, draft: Contest) -> None:
    url = reverse("office:contest_rules", args=[draft.code])
    refused = office.post(url, form_data(page(office, url)) | {"remote_threshold": "96"})
    assert "Больше 95 баллов набрать нельзя. Уменьшите порог." in refused.content.decode()
    office.post(url, form_data(page(office, url)) | {"quota": "3", "remote_threshold": ""})
    draft.refresh_from_db()
    assert (draft.quota, draft.remote_threshold) == (3, None)


def test_rules_of_a_contest_with_applications_are_refused_in_words(
    office: Client, published: Contest
) -> None:
    world.application(published)
    url = reverse("office:contest_rules", args=[published.code])
    refused = office.post(url, form_data(page(office, url)) | {"quota": "3"})
    assert "Правила, по которым их готовили, менять нельзя." in refused.content.decode()


def test_consents_are_chosen(office: Client, draft: Contest) -> None:
    url = reverse("office:contest_consents", args=[draft.code])
    first = draft.consents.order_by("code").first()
    assert first is not None
    office.post(url, {"consents": [first.pk]})
    assert list(draft.consents.all()) == [first]
    # A browser always sends its token, so a form with nothing ticked is never an empty request.
    assert "Выберите ответ в поле «Согласия»." in office.post(url, {"token": "1"}).content.decode()


# ── Criteria ────────────────────────────────────────────────────────────────


def test_a_criterion_is_changed_and_keeps_its_place(office: Client, draft: Contest) -> None:
    url = reverse("office:criterion", args=[draft.code, "remote", 5])
    office.post(url, form_data(page(office, url)) | {"title": "Польза", "weight": "2.5"})
    fifth = queries.criteria_of(draft.remote_rubric)[4]
    assert (fifth.title, str(fifth.weight), fifth.fields) == ("Польза", "2.50", ("10", "11.3.3"))
    assert len(fifth.levels) == 6


def test_levels_end_where_the_words_end_but_have_no_gap(office: Client, draft: Contest) -> None:
    url = reverse("office:criterion", args=[draft.code, "remote", 1])
    data = form_data(page(office, url))
    refused = office.post(url, data | {"level_2": ""})
    assert "Опишите словами уровень 2." in refused.content.decode()
    office.post(url, data | {"level_4": "", "level_5": ""})
    assert len(queries.criteria_of(draft.remote_rubric)[0].levels) == 4


def test_a_criterion_is_added_moved_removed_and_brought_back(office: Client, draft: Contest) -> None:
    new = reverse("office:criterion_new", args=[draft.code, "defence"])
    levels = {f"level_{value}": f"Слова {value}" for value in range(3)}
    office.post(new, form_data(page(office, new)) | levels | {"title": "Ответы", "comment_at_most": "1"})
    assert [one.title for one in queries.criteria_of(draft.defence_rubric)] == [
        "Качество оформления и защиты",
        "Ответы",
    ]
    office.post(reverse("office:criterion_up", args=[draft.code, "defence", 2]))
    before = queries.criteria_of(draft.defence_rubric)
    assert [one.title for one in before] == ["Ответы", "Качество оформления и защиты"]
    gone = office.post(reverse("office:criterion_remove", args=[draft.code, "defence", 1]))
    assert [one.title for one in queries.criteria_of(draft.defence_rubric)] == [
        "Качество оформления и защиты"
    ]
    assert "Критерий «Ответы» убран." in main_text(page(office, gone["Location"]))
    office.post(reverse("office:criterion_restore", args=[draft.code]))
    assert queries.criteria_of(draft.defence_rubric) == before


def test_there_is_nothing_beyond_the_last_criterion(office: Client, draft: Contest) -> None:
    for name, args in (
        ("criterion", ("remote", 8)),
        ("criterion", ("third", 1)),
        ("criterion_new", ("third",)),
    ):
        assert office.get(reverse(f"office:{name}", args=[draft.code, *args])).status_code == 404
    for name, number in (("criterion_up", 1), ("criterion_remove", 8)):
        url = reverse(f"office:{name}", args=[draft.code, "remote", number])
        assert office.post(url).status_code == 404
    assert office.post(reverse("office:criterion_restore", args=[draft.code])).status_code == 404


def test_the_sum_of_points_is_shown(office: Client, draft: Contest) -> None:
    text = main_text(page(office, reverse("office:contest_criteria", args=[draft.code])))
    assert f"Всего до {most_of(TEMPLATES[0].remote) + most_of(TEMPLATES[0].defence):.0f} баллов" in text


# ── Previews ────────────────────────────────────────────────────────────────


def test_the_form_is_shown_as_the_applicant_will_see_it(office: Client, draft: Contest) -> None:
    soup = page(office, reverse("office:contest_preview_applicant", args=[draft.code]))
    names = {str(field["name"]) for field in soup.select("main input, main textarea")}
    assert {"p-1", "p-11.3.3", "p-16.3", "statements"} <= names
    assert len(soup.select("input[name=statements]")) == 3 + draft.consents.count()


def test_the_sheet_is_shown_as_the_expert_will_see_it(office: Client, draft: Contest) -> None:
    soup = page(office, reverse("office:contest_preview_expert", args=[draft.code]))
    assert len(soup.select("main input[type=radio]")) == 8 * 6
    assert "Авторы представляемого опыта" not in main_text(soup)


# ── Applications ────────────────────────────────────────────────────────────


def lines(soup: BeautifulSoup) -> list[str]:
    """Return the first cell of each line of the table."""
    return [cell.get_text(strip=True) for cell in soup.select("main tbody tr td:first-child")]


def test_the_table_is_filtered_by_what_an_organiser_knows(office: Client, published: Contest) -> None:
    school = world.organisation("Гимназия «Рассвет»")
    first = world.application(published, school, ApplicationState.SUBMITTED)
    second = world.application(published, state=ApplicationState.REFUSED)
    third = world.application(published)
    url = reverse("office:contest_applications", args=[published.code])
    numbers = {one: one.shown_number for one in (first, second, third)}
    asked = {
        "": [first, second, third],
        "?state=submitted": [first],
        "?state=out": [second],
        "?q=рассвет": [first],
        f"?q={second.shown_number}": [second],
        f"?municipality={school.municipality_id}": [first],
        f"?nomination={first.nomination_id}": [first, second, third],
        "?order=-sent": [second, first, third],
        "?q=нет такого": [],
    }
    shown = {query: lines(page(office, url + query)) for query in asked if query != "?order=-sent"}
    assert shown == {
        query: [numbers[one] for one in found] for query, found in asked.items() if query != "?order=-sent"
    }
    assert set(lines(page(office, url + "?order=-sent"))) == set(numbers.values())


def test_a_draft_is_counted_but_not_read(office: Client, published: Contest) -> None:
    draft = world.application(published)
    text = main_text(page(office, reverse("office:contest_applications", args=[published.code])))
    assert "Ещё не отправлена" in text
    assert draft.project.title not in text
    assert office.get(reverse("office:application", args=[published.code, draft.number])).status_code == 404


def test_a_sent_application_shows_content_files_checks_and_history(
    office: Client, published: Contest
) -> None:
    application = world.application(published, state=ApplicationState.SUBMITTED)
    url = reverse("office:application", args=[published.code, application.number])
    text = main_text(page(office, url))
    assert "Школа наставников сельского района" in text
    assert "16.3. Временное" in text
    assert "Ещё не проводилась." in text
    printed = office.get(reverse("office:application_printed", args=[published.code, application.number]))
    assert (printed["Content-Type"], printed.content[:4]) == ("application/pdf", b"%PDF")


def cells_of(book: bytes) -> list[list[Any]]:
    """Read an XLSX file back."""
    from python_calamine import CalamineWorkbook  # reason: reads a large library

    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def test_the_table_goes_out_with_formulas_made_harmless(office: Client, published: Contest) -> None:
    school = world.organisation("=1+1")
    application = world.application(published, school, ApplicationState.SUBMITTED)
    args = [published.code]
    text = office.get(reverse("office:contest_export", args=[*args, "csv"])).content.decode("utf-8-sig")
    head, line = text.strip().split("\r\n")
    assert head == "Номер;Организация;Муниципалитет;Проект;Номинация;Состояние;Отправлена"
    assert line == (
        f"{application.shown_number};'=1+1;{school.municipality};Школа наставников сельского района;"
        "Инновационный проект;Отправлена;21.11.2026 12:00"
    )
    book = office.get(reverse("office:contest_export", args=[*args, "xlsx"])).content
    assert [row[1] for row in cells_of(book)] == ["Организация", "'=1+1"]
    assert office.get(reverse("office:contest_export", args=[*args, "exe"])).status_code == 404


@pytest.mark.parametrize(
    ("cell", "out"), [("=A1", "'=A1"), ("@x", "'@x"), ("-1", "'-1"), ("Школа", "Школа"), ("", "")]
)
def test_only_dangerous_cells_get_an_apostrophe(cell: str, out: str) -> None:
    assert harmless(cell) == out


def test_the_table_costs_the_same_for_one_line_and_for_many(office: Client, published: Contest) -> None:
    url = reverse("office:contest_applications", args=[published.code])
    counts = []
    for wanted in (1, 3):
        while published.applications.count() < wanted:
            world.application(published, state=ApplicationState.SUBMITTED)
        with CaptureQueriesContext(connection) as caught:
            page(office, url)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 15


# ── The cockpit ─────────────────────────────────────────────────────────────


def needs(client: Client) -> list[str]:
    """Return what needs the person today."""
    return [
        " ".join(one.get_text(" ").split())
        for one in page(client, reverse("office:home")).select("main .tasklist a")
    ]


def test_a_quiet_day(office: Client) -> None:
    assert "Срочных дел нет" in main_text(page(office, reverse("office:home")))


def test_the_funnel_counts_and_links(office: Client, published: Contest) -> None:
    for state in (ApplicationState.SUBMITTED, ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN):
        world.application(published, state=state)
    steps = page(office, reverse("office:home")).select(".funnel a")
    shown = {step.select("span")[0].get_text(): step.select("b")[0].get_text() for step in steps}
    assert {title: count for title, count in shown.items() if count != "0"} == {
        "На проверке": "2",
        "Выбыли": "1",
    }
    first = next(step for step in steps if "На проверке" in step.get_text())
    assert len(lines(page(office, str(first["href"])))) == 2


def test_late_things_stand_first(office: Client, published: Contest, centre: Organisation) -> None:
    world.application(published, state=ApplicationState.SUBMITTED)
    late = world.contest(organiser=centre, title="Прошлый поиск")
    late.stages.all().update(starts_at=LONG_AGO, ends_at=LONG_AGO + timedelta(days=1))
    world.application(late, state=ApplicationState.SUBMITTED)
    world.application(late, state=ApplicationState.RETURNED, mend_by=LONG_AGO)
    assert needs(office) == [
        "Техническая экспертиза просрочена: 1 заявка",
        "Не исправлены в срок: 1 заявка",
        "Пора начать заочную экспертизу",
        "Ждут технической экспертизы: 1 заявка",
    ]


def test_thin_and_late_expertise(office: Client, centre: Organisation) -> None:
    contest = world.contest(ContestState.EXPERTISE, organiser=centre)
    contest.remote_round = Round.objects.create(
        title="Заочная экспертиза",
        organiser=centre,
        rubric=contest.remote_rubric,
        opens_at=LONG_AGO,
        closes_at=LONG_AGO + timedelta(days=1),
        sheets_per_dossier=1,
        state=RoundState.OPEN,
    )
    contest.save()
    for state in (AssignmentState.CLEARED, AssignmentState.REMOVED):
        application = world.application(contest, state=ApplicationState.IN_REVIEW)
        assert application.dossier is not None
        contest.remote_round.dossiers.add(application.dossier)
        Assignment.objects.create(
            round=contest.remote_round,
            dossier=application.dossier,
            expert=world.person(),
            state=state,
            assigned_at=LONG_AGO,
        )
    assert needs(office) == ["Просрочили оценки: 1 эксперт", "Назначено мало экспертов: 1 заявка"]
    live = Assignment.objects.get(state=AssignmentState.CLEARED)
    ScoreSheet.objects.create(
        assignment=live, state=SheetState.FINISHED, total=50, opened_at=LONG_AGO, finished_at=LONG_AGO
    )
    assert needs(office) == ["Назначено мало экспертов: 1 заявка"]
    assert "1 из 2" in main_text(page(office, reverse("office:contest", args=[contest.code])))


def test_letters_that_did_not_arrive_are_shown_to_those_whose_contest_they_are_about(
    office: Client, published: Contest
) -> None:
    applicant = world.member(school := world.organisation())
    world.application(published, school, created_by=applicant)
    for address in (applicant.email, "stranger@example.test"):
        Letter.objects.create(
            key=address,
            notice="contests.application_sent",
            address=address,
            subject="Заявка отправлена",
            body="Текст",
            state=Letter.State.FAILED,
            created_at=LONG_AGO,
            due_at=LONG_AGO,
            attempts=8,
        )
    assert "Не дошли до адресата: 1 письмо" in needs(office)
    text = main_text(page(office, reverse("office:letters")))
    assert (applicant.email in text, "stranger@example.test" in text) == (True, False)


def test_an_approver_is_asked_to_confirm(published: Contest, centre: Organisation, organiser: User) -> None:
    Contest.objects.filter(pk=published.pk).update(
        order=Order.objects.create(
            issuer="Управление",
            title="Об итогах",
            created_at=LONG_AGO,
            number="321",
            signed_on=LONG_AGO.date(),
            state=OrderState.ENTERED,
            entered_by=organiser,
            entered_at=LONG_AGO,
        )
    )
    authority = world.organisation(kind=OrganisationKind.AUTHORITY, municipality=centre.municipality)
    approver = past_second_factor(world.member(authority, Role.APPROVER))
    assert needs(approver) == ["Приказ ждёт вашего подтверждения: от 01.09.2020 № 321"]


def test_the_cockpit_costs_the_same_for_one_contest_and_for_many(
    office: Client, published: Contest, centre: Organisation
) -> None:
    counts = []
    for wanted in (1, 3):
        while Contest.objects.count() < wanted:
            world.application(world.contest(organiser=centre), state=ApplicationState.SUBMITTED)
        with CaptureQueriesContext(connection) as caught:
            page(office, reverse("office:home"))
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 15


# ── Others ──────────────────────────────────────────────────────────────────


def test_another_organisers_contest_is_no_page(draft: Contest) -> None:
    stranger = past_second_factor(world.member(world.organisation(), Role.ORGANISER))
    for name in ("contest", "contest_general", "contest_criteria", "contest_applications", "checks"):
        assert stranger.get(reverse(f"office:{name}", args=[draft.code])).status_code == 404


def test_an_approver_reads_but_does_not_change(draft: Contest, centre: Organisation) -> None:
    near = world.organisation(municipality=centre.municipality)
    approver = past_second_factor(world.member(near, Role.APPROVER))
    soup = page(approver, reverse("office:contest", args=[draft.code]))
    assert "Повторить на следующий год" not in main_text(soup)
    assert approver.post(reverse("office:contest_publish", args=[draft.code])).status_code == 403


def test_an_organiser_of_nothing_cannot_make_a_contest() -> None:
    teacher = world.signed_in(world.member(world.organisation(), Role.EDITOR))
    text = main_text(page(teacher, reverse("office:contests")))
    assert "Новый конкурс" not in text
    url = reverse("office:contest_new")
    response = teacher.post(url, {"template": "mip", "school_year": "2026", "organiser": "1"})
    assert response.status_code == 200
    assert Contest.objects.count() == 0
