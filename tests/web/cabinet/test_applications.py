"""The applicant's pages through a browser without scripts."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.contests.models import Application, Contest
from innoset.contests.states import ApplicationState, ContestState
from innoset.projects.queries import values_of
from innoset.review.models import Assignment, Round, Score, ScoreSheet
from innoset.review.states import SheetState
from tests import world
from tests.web.cabinet.pages import (
    FAR_OFF,
    address,
    browser,
    close,
    form_of,
    open_contest,
    section,
    soup,
    words,
)

pytestmark = pytest.mark.django_db
S = ApplicationState
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def contest() -> Contest:
    """A contest that takes applications today, by the clock of the pages."""
    return open_contest()


@pytest.fixture
def draft(contest: Contest) -> Application:
    """A filled draft."""
    return world.application(contest, number="2026-0147")


# ── The list and the beginning ──────────────────────────────────────────────


def test_list_shows_open_contests_and_my_applications(draft: Application) -> None:
    editor = browser(draft)
    text = words(editor.get(reverse("cabinet:applications")))
    assert "Сейчас принимают заявки Инновационный поиск МБУ ЦРО" in text
    assert "Новую заявку подать нельзя. У вашей организации уже есть заявка на этот конкурс." in text
    assert "ИП-2026-0147 Школа наставников сельского района" in text
    assert "Черновик Заполните и отправьте до" in text


def test_list_of_a_newcomer_invites_to_apply(contest: Contest) -> None:
    editor = world.signed_in(world.member(world.organisation()))
    page = soup(editor.get(reverse("cabinet:applications")))
    link = page.find("a", class_="button")
    assert link is not None
    assert link["href"] == reverse("cabinet:application_new", args=[contest.code])


def queries_of(client: Client, url: str) -> int:
    """Count the queries of a page."""
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return len(caught)


def test_list_takes_the_same_queries_for_one_row_and_for_three(contest: Contest) -> None:
    school = world.organisation()
    editor = world.member(school)
    world.application(contest, school, S.SUBMITTED, created_by=editor)
    client = world.signed_in(editor)
    one = queries_of(client, reverse("cabinet:applications"))
    for state in (S.DRAFT, S.SUBMITTED, S.IN_REVIEW):
        world.application(world.contest(), school, state, created_by=editor)
    assert queries_of(client, reverse("cabinet:applications")) == one <= 13


def test_application_begins_from_the_list(contest: Contest) -> None:
    school = world.organisation()
    client = world.signed_in(world.member(school))
    url = reverse("cabinet:application_new", args=[contest.code])
    response = client.post(url, form_of(client.get(url), "organisation"))
    made = Application.objects.get()
    assert (response.status_code, response["Location"]) == (302, address("application", made))
    assert (made.contest, made.organisation, made.state) == (contest, school, S.DRAFT)


def test_refused_beginning_says_why(contest: Contest) -> None:
    contest.organisation_kinds = ["kindergarten"]
    contest.save()
    client = world.signed_in(world.member(world.organisation()))
    url = reverse("cabinet:application_new", args=[contest.code])
    text = words(client.post(url, form_of(client.get(url), "organisation")))
    assert "участвуют только организации вида «Дошкольная образовательная организация»" in text
    assert Application.objects.count() == 0


def test_nobody_applies_without_an_organisation_or_to_a_draft(contest: Contest) -> None:
    url = reverse("cabinet:application_new", args=[contest.code])
    assert world.signed_in(world.person()).get(url).status_code == 404
    hidden = reverse("cabinet:application_new", args=[world.contest(ContestState.DRAFT).code])
    assert world.signed_in(world.member(world.organisation())).get(hidden).status_code == 404


# ── Whose it is ─────────────────────────────────────────────────────────────

PAGES = (
    ("application",), ("section", "who"), ("attachments",), ("attachment", 1), ("word",), ("word_import", 1),
    ("word_original", 1), ("check",), ("receipt", 1), ("receipt_pdf", 1), ("sent_pdf", 1), ("sent_docx", 1),
    ("draft_pdf",), ("draft_docx",), ("withdraw",), ("paper", "ИП-2026-0147"),
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=[page[0] for page in PAGES])
def test_pages_of_others_are_not_there(draft: Application, page: tuple[Any, ...]) -> None:
    stranger = world.signed_in(world.member(world.organisation()))
    assert stranger.get(address(*page[:1], draft, *page[1:])).status_code == 404


POSTS = (
    ("answer",),
    ("stages",),
    ("nomination",),
    ("discard",),
    ("withdraw",),
    ("check",),
    ("section", "who"),
)


@pytest.mark.parametrize("page", POSTS, ids=[page[0] for page in POSTS])
def test_deeds_on_others_applications_are_not_there(draft: Application, page: tuple[Any, ...]) -> None:
    stranger = world.signed_in(world.member(world.organisation()))
    assert stranger.post(address(*page[:1], draft, *page[1:])).status_code == 404


def test_guest_is_asked_to_sign_in(draft: Application) -> None:
    response = Client().get(address("application", draft))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


# ── Its own page ────────────────────────────────────────────────────────────


def test_draft_shows_sections_with_their_progress(contest: Contest) -> None:
    answers = {key: text for key, text in world.values().items() if key in ("1", "2", "4")}
    draft = world.application(contest, answers=answers)
    page = soup(browser(draft).get(address("application", draft)))
    tasks = page.find("ul", class_="tasklist")
    assert tasks is not None
    found = {
        row.find_all("a")[0].get_text(): row.find_all(class_="state")[0].get_text()
        for row in tasks.find_all("li")
    }
    assert found == {
        "Проект и авторы": "Готово",
        "Замысел": "Заполняется",
        "Обоснование": "Не начато",
        "Этапы": "Не начато",
        "Развитие и распространение": "Не начато",
        "Ресурсы": "Не начато",
        "Файлы": "Нет файлов",
    }


@pytest.mark.parametrize("state", sorted(S))
def test_page_of_every_state_opens(contest: Contest, state: ApplicationState) -> None:
    application = world.application(contest, state=state)
    response = browser(application).get(address("application", application))
    assert (response.status_code, application.get_state_display() in words(response)) == (200, True)


def test_nomination_is_chosen_on_the_page(draft: Application) -> None:
    other = draft.contest.nominations.create(title="Отчёт")
    browser(draft).post(address("nomination", draft), {"nomination": other.pk})
    draft.refresh_from_db()
    assert draft.nomination == other


def test_application_is_withdrawn_after_one_question(draft: Application) -> None:
    client = browser(draft)
    assert "Отозвать заявку ИП-2026-0147?" in words(client.get(address("withdraw", draft)))
    client.post(address("withdraw", draft))
    draft.refresh_from_db()
    assert draft.state == S.WITHDRAWN


# ── Sections ────────────────────────────────────────────────────────────────


def test_section_without_scripts_is_saved_by_its_button(draft: Application) -> None:
    client = browser(draft)
    data = section(draft, "idea") | {"6": "Новая идея\r\nв две строки"}
    response = client.post(address("section", draft, "idea"), data)
    assert (response.status_code, response["Location"]) == (302, address("section", draft, "grounds"))
    assert values_of(draft.project.passport) == world.values(**{"6": "Новая идея\nв две строки"})


def test_button_may_leave_the_person_where_they_are(draft: Application) -> None:
    data = section(draft, "idea") | {"stay": "1"}
    response = browser(draft).post(address("section", draft, "idea"), data)
    assert response["Location"] == address("section", draft, "idea")


def test_last_section_leads_back_to_the_list(draft: Application) -> None:
    response = browser(draft).post(address("section", draft, "resources"), section(draft, "resources"))
    assert response["Location"] == address("application", draft)


def test_what_nobody_touched_makes_no_new_version(draft: Application) -> None:
    browser(draft).post(address("section", draft, "idea"), section(draft, "idea"))
    assert set(draft.project.passport.answers.values_list("version", flat=True)) == {1}


def test_untouched_field_never_clashes_with_a_colleague(draft: Application) -> None:
    data = section(draft, "idea") | {"4": "Моя цель"}
    colleague = world.signed_in(world.member(draft.organisation))
    colleague.post(address("section", draft, "idea"), section(draft, "idea", colleague) | {"6": "Её идея"})
    assert browser(draft).post(address("section", draft, "idea"), data).status_code == 302
    assert values_of(draft.project.passport) == world.values(**{"4": "Моя цель", "6": "Её идея"})


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("mine", "Моя идея"), ("theirs", "Её идея"), ("both", "Её идея\n\nМоя идея")],
)
def test_clash_shows_both_texts_and_lets_choose(draft: Application, keep: str, kept: str) -> None:
    client = browser(draft)
    data = section(draft, "idea") | {"6": "Моя идея", "4": "Моя цель"}
    colleague = world.signed_in(world.member(draft.organisation, name="Орлова Анна Ильинична"))
    colleague.post(address("section", draft, "idea"), section(draft, "idea", colleague) | {"6": "Её идея"})
    response = client.post(address("section", draft, "idea"), data)
    text = words(response)
    assert response.status_code == 409
    assert re.search(r"Поле 6 изменила Орлова А\. И\. в \d\d:\d\d\. Сравните тексты", text)
    assert "Текст коллеги Её идея" in text
    assert soup(response).find("autosave-form") is None
    again = form_of(response, "6")
    assert again["6"] == "Моя идея"
    assert values_of(draft.project.passport)["4"] == "Моя цель"
    client.post(address("section", draft, "idea"), again | {"keep-6": keep})
    assert values_of(draft.project.passport)["6"] == kept


def test_closed_contest_loses_nothing_typed(draft: Application) -> None:
    data = section(draft, "idea") | {"6": "Опоздавшая идея"}
    close(draft.contest)
    response = browser(draft).post(address("section", draft, "idea"), data)
    assert response.status_code == 422
    assert "Приём заявок закончился" in words(response)
    assert form_of(response, "6")["6"] == "Опоздавшая идея"
    assert browser(draft).get(address("section", draft, "idea")).status_code == 302


def test_section_shows_hints_limits_and_criteria(draft: Application) -> None:
    text = words(browser(draft).get(address("section", draft, "idea")))
    assert "6. Основная идея (идеи) предлагаемого инновационного проекта (программы)" in text
    assert "Один абзац — одна мысль." in text
    assert "До 3 000 знаков" in text
    assert "Эксперты смотрят: К1" in text


def test_unknown_section_is_not_there(draft: Application) -> None:
    assert browser(draft).get(address("section", draft, "nonsense")).status_code == 404


def test_section_keeps_within_its_budget(draft: Application) -> None:
    client, url = browser(draft), address("section", draft, "stages")
    assert queries_of(client, url) <= 14
    assert len(client.get(url, headers={"accept-encoding": "gzip"}).content) < 20_000


# ── Autosave ────────────────────────────────────────────────────────────────


def test_autosave_answers_with_the_time_and_what_to_show_next(draft: Application) -> None:
    client = browser(draft)
    hidden = {key: text for key, text in section(draft, "idea").items() if key.startswith("seen-")}
    first = client.post(address("answer", draft), hidden | {"field": "6", "6": "Идея"})
    body = first.json()
    assert (first.status_code, body["versioned"], sorted(body)) == (
        200, "seen-6", ["at", "version", "versioned"],
    )  # fmt: skip
    assert re.fullmatch(r"\d\d:\d\d:\d\d", body["at"])
    hidden["seen-6"] = body["version"]
    second = client.post(address("answer", draft), hidden | {"field": "6", "6": "Идея и план"})
    assert second.status_code == 200
    assert values_of(draft.project.passport)["6"] == "Идея и план"


def test_autosave_tells_of_a_clash_and_overwrites_nothing(draft: Application) -> None:
    hidden = {key: text for key, text in section(draft, "idea").items() if key.startswith("seen-")}
    colleague = world.signed_in(world.member(draft.organisation, name="Орлова Анна Ильинична"))
    for client, text, status in ((colleague, "Её идея", 200), (browser(draft), "Моя идея", 409)):
        answer = client.post(address("answer", draft), hidden | {"field": "6", "6": text})
        assert answer.status_code == status
    assert re.fullmatch(r"Поле 6 изменила Орлова А\. И\. в \d\d:\d\d\.", answer.json()["error"])
    assert values_of(draft.project.passport)["6"] == "Её идея"


def test_autosave_after_the_end_says_so(draft: Application) -> None:
    close(draft.contest)
    answer = browser(draft).post(address("answer", draft), {"field": "6", "6": "Поздно"})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Приём заявок закончился")


# ── Stages ──────────────────────────────────────────────────────────────────


def test_stage_is_added_and_taken_away(draft: Application) -> None:
    client = browser(draft)
    client.post(address("stages", draft), {"more": "1"})
    draft.project.passport.refresh_from_db()
    assert draft.project.passport.stages == 4
    client.post(address("stages", draft), {"less": "1"})
    draft.project.passport.refresh_from_db()
    assert draft.project.passport.stages == 3


# ── Files ───────────────────────────────────────────────────────────────────


def test_file_is_attached_downloaded_removed_and_restored(draft: Application) -> None:
    client = browser(draft)
    page = client.get(address("attachments", draft))
    assert "Один файл — не больше 20 МБ, всего не больше 10. Подойдут PDF, DOCX" in words(page)
    upload = {"file": SimpleUploadedFile("Письмо.pdf", PDF), "title": "Письмо учредителя"}
    response = client.post(address("attachments", draft), upload)
    assert response["Location"] == address("attachments", draft)
    given = client.get(address("attachment", draft, 1))
    assert (given.content, given["Content-Type"]) == (PDF, "application/pdf")
    client.post(address("attachment_remove", draft, 1))
    assert "Убранные файлы" in words(client.get(address("attachments", draft)))
    client.post(address("attachment_restore", draft, 1))
    assert "Убранные файлы" not in words(client.get(address("attachments", draft)))


@pytest.mark.parametrize("data", [b"", b"MZ\x90\x00 program"])
def test_bad_file_is_refused_on_the_page(draft: Application, data: bytes) -> None:
    upload = {"file": SimpleUploadedFile("вирус.pdf", data), "title": "Название не потеряется"}
    response = browser(draft).post(address("attachments", draft), upload)
    assert response.status_code == 200
    assert form_of(response, "title")["title"] == "Название не потеряется"
    assert draft.attachments.count() == 0


def test_too_large_file_is_refused_by_its_size(draft: Application) -> None:
    upload = {"file": SimpleUploadedFile("большой.pdf", PDF + b"0" * (20 * 2**20))}
    text = words(browser(draft).post(address("attachments", draft), upload))
    assert "Файл «большой.pdf» больше 20 МБ. Уменьшите его и выберите снова." in text
    assert draft.attachments.count() == 0


def test_unknown_file_is_not_there(draft: Application) -> None:
    for place in (0, 1, 99):
        assert browser(draft).get(address("attachment", draft, place)).status_code == 404


# ── What the experts said ───────────────────────────────────────────────────


def scored(application: Application, comment: str) -> None:
    """Let an expert finish a sheet on the application."""
    assert application.dossier is not None
    rubric = application.contest.remote_rubric
    criterion = rubric.criteria.get(number=1)
    review_round = Round.objects.create(
        organiser=application.contest.organiser,
        title="Заочная экспертиза",
        rubric=rubric,
        opens_at=world.AT,
        closes_at=world.DEADLINE,
    )
    assignment = Assignment.objects.create(
        round=review_round, dossier=application.dossier, expert=world.person(), assigned_at=world.AT
    )
    sheet = ScoreSheet.objects.create(
        assignment=assignment,
        state=SheetState.FINISHED,
        total=4,
        comment="Проект готов к внедрению.",
        opened_at=world.AT,
        finished_at=world.AT,
    )
    Score.objects.create(sheet=sheet, criterion=criterion, value=4, comment=comment, saved_at=world.AT)


@pytest.mark.parametrize(
    ("state", "is_shown"), [(ContestState.FINISHED, True), (ContestState.COUNCIL, False)]
)
def test_remarks_of_experts_are_shown_only_when_published(state: ContestState, is_shown: bool) -> None:
    application = world.application(world.contest(state), state=S.REJECTED)
    scored(application, "Назовите показатели.")
    text = words(browser(application).get(address("application", application)))
    said = "Критерий 1 Средний балл: 4,0 из 5 Назовите показатели. Общие выводы Проект готов к внедрению."
    assert (said in text, "Назовите показатели." in text) == (is_shown, is_shown)


# ── Corners ─────────────────────────────────────────────────────────────────


def test_list_tells_a_person_without_an_organisation_who_applies(contest: Contest) -> None:
    text = words(world.signed_in(world.person()).get(reverse("cabinet:applications")))
    assert "Заявку подаёт руководитель или сотрудник организации." in text
    assert "Заявок пока нет" in text


def test_contest_without_nominations_asks_for_none(contest: Contest) -> None:
    contest.nominations.all().delete()
    client = world.signed_in(world.member(world.organisation()))
    url = reverse("cabinet:application_new", args=[contest.code])
    client.post(url, form_of(client.get(url), "organisation"))
    assert Application.objects.get().nomination is None


def test_closed_application_is_not_offered_for_sending(draft: Application) -> None:
    close(draft.contest)
    response = browser(draft).get(address("attachments", draft))
    assert (response.status_code, response["Location"]) == (302, address("application", draft))
    page = words(browser(draft).get(address("application", draft)))
    assert "Приём заявок закончился" in page
    assert "Проверить и отправить" not in page
    assert "Приём заявок закончился" in words(browser(draft).get(reverse("cabinet:applications")))


def test_returned_application_says_until_when_it_is_mended(contest: Contest) -> None:
    application = world.application(contest, state=S.RETURNED, mend_by=FAR_OFF)
    text = words(browser(application).get(address("application", application)))
    assert "Исправьте и отправьте снова до 1 января 2101, 03:00 МСК" in text
    assert "Исправьте и отправьте до 1 января 2101 г., 03:00 МСК" in words(
        browser(application).get(reverse("cabinet:applications"))
    )
