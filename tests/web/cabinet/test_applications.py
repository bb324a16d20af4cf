"""The applicant's pages through a browser without scripts."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.contests.models import Application, Contest
from innoset.contests.states import ApplicationState, ContestState
from innoset.network.models import Organisation
from innoset.projects.queries import values_of
from innoset.review.models import Assignment, Round, Score, ScoreSheet
from innoset.review.states import SheetState
from tests import world
from tests.web.cabinet.pages import FAR_OFF, LONG_AGO, address, browser, form_of, soup, words

pytestmark = pytest.mark.django_db
S = ApplicationState
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def contest() -> Contest:
    """A contest that takes applications today, by the clock of the pages."""
    made = world.contest()
    made.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=FAR_OFF)
    return made


def close(contest: Contest) -> None:
    """Let the deadline pass."""
    contest.stages.filter(kind="submission").update(ends_at=LONG_AGO + timedelta(days=1))


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
    assert queries_of(client, reverse("cabinet:applications")) == one <= 12


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


def section(application: Application, code: str, client: Client | None = None) -> dict[str, Any]:
    """Return the form of a section as it opens."""
    response = (client or browser(application)).get(address("section", application, code))
    area = soup(response).find("textarea")
    assert area is not None
    return form_of(response, str(area["name"]))


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
    assert "Поле 6 «Основная идея» изменил другой человек (Орлова А. И.). Сравните тексты" in text
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
    assert queries_of(client, url) <= 12
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
    assert "(Орлова А. И.)" in answer.json()["error"]
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


# ── Sending ─────────────────────────────────────────────────────────────────

TICKS = {"terms": "on", "publicity": "on", "rights": "on"}


def send(client: Client, application: Application, **given: str) -> Any:
    """Open the check page, tick everything and send."""
    data = form_of(client.get(address("check", application)), "key")
    return client.post(address("check", application), data | TICKS | given)


def test_check_page_shows_everything_and_ticks_nothing(contest: Contest) -> None:
    text = world.consent_text("personal", title="Согласие на обработку", body="Полный текст согласия.")
    contest.consents.add(text)
    draft = world.application(contest, answers=world.values(**{"6": "", "5": "Звоните: 8 (861) 222-33-44"}))
    response = browser(draft).get(address("check", draft))
    shown, page = words(response), soup(response)
    assert "Без этого заявку отправить нельзя Заполните поле 6 «Основная идея»." in shown
    assert "В поле 5 «Задачи» найден телефон." in shown
    assert "6. Основная идея Не заполнено Изменить : 6. Основная идея" in shown
    assert "Полный текст согласия." in shown
    ticks = page.find_all("input", type="checkbox")
    assert [(tick["name"], tick.has_attr("checked")) for tick in ticks] == [
        ("terms", False), ("publicity", False), ("rights", False), ("personal", False),
    ]  # fmt: skip
    link = page.find("a", string=re.compile("Заполните поле 6"))
    assert link is not None
    assert link["href"] == address("section", draft, "idea") + "#id_6"


def test_sending_leads_to_the_receipt_that_stays(draft: Application) -> None:
    client = browser(draft)
    response = send(client, draft)
    assert (response.status_code, response["Location"]) == (302, address("receipt", draft, 1))
    receipt = client.get(response["Location"])
    sent = draft.submissions.get()
    groups = [sent.sha256[i : i + 4] for i in range(0, 64, 4)]
    sum_of = soup(receipt).find(class_="hash")
    assert sum_of is not None
    assert sum_of.b is not None
    assert (sum_of.b.get_text(), sum_of.get_text().split()) == (" ".join(groups[:4]), groups)
    number = soup(receipt).find(class_="number")
    assert number is not None
    assert number.get_text() == "ИП-2026-0147"
    assert f"Письмо с распиской отправлено: {draft.created_by.email}." in words(receipt)
    assert re.search(r"Принято \d+ \w+ \d{4}, \d\d:\d\d:\d\d МСК", words(receipt))


@pytest.mark.parametrize(
    ("name", "kind", "head"),
    [
        ("receipt_pdf", "application/pdf", b"%PDF-"),
        ("sent_pdf", "application/pdf", b"%PDF-"),
        ("sent_docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    ],
)
def test_papers_of_the_sending_are_handed_out(draft: Application, name: str, kind: str, head: bytes) -> None:
    client = browser(draft)
    send(client, draft)
    response = client.get(address(name, draft, 1))
    assert (response["Content-Type"], response.content[: len(head)]) == (kind, head)
    assert client.get(address(name, draft, 2)).status_code == 404


def test_drafts_can_be_taken_away_before_sending(draft: Application) -> None:
    client = browser(draft)
    assert client.get(address("draft_pdf", draft)).content.startswith(b"%PDF-")
    assert client.get(address("draft_docx", draft)).content.startswith(b"PK")


def test_missing_ticks_are_named_and_the_others_stay(draft: Application) -> None:
    client = browser(draft)
    data = form_of(client.get(address("check", draft)), "key") | {"terms": "on", "rights": "on"}
    response = client.post(address("check", draft), data)
    page = soup(response)
    errors = page.find(class_="errors")
    assert errors is not None
    assert [a["href"] for a in errors.find_all("a")] == ["#id_publicity"]
    ticked = [tick["name"] for tick in page.find_all("input", type="checkbox") if tick.has_attr("checked")]
    assert ticked == ["terms", "rights"]
    assert form_of(response, "key")["key"] == data["key"]
    assert draft.submissions.count() == 0


def test_resending_the_page_and_going_back_give_the_same_receipt(draft: Application) -> None:
    client = browser(draft)
    data = form_of(client.get(address("check", draft)), "key") | TICKS
    places = [client.post(address("check", draft), data)["Location"] for _ in range(3)]
    places.append(client.post(address("check", draft), {"key": data["key"]})["Location"])
    assert places == [address("receipt", draft, 1)] * 4
    assert draft.submissions.count() == 1


def test_unchanged_application_is_refused_in_words(draft: Application) -> None:
    client = browser(draft)
    send(client, draft)
    assert "С прошлой отправки ничего не изменилось." in words(send(client, draft))
    assert draft.submissions.count() == 1


def test_unsent_edits_may_be_sent_or_discarded(draft: Application) -> None:
    client = browser(draft)
    send(client, draft)
    client.post(address("section", draft, "idea"), section(draft, "idea") | {"6": "Правка " * 50})
    text = words(client.get(address("application", draft)))
    assert "Отправлена версия 1. Есть неотправленные правки" in text
    assert "Есть неотправленные правки" in words(client.get(reverse("cabinet:applications")))
    assert "Отправить версию 2 Отбросить" in text
    client.post(address("discard", draft))
    assert "Есть неотправленные правки" not in words(client.get(address("application", draft)))
    assert values_of(draft.project.passport) == world.values()


def test_late_sending_is_refused_and_ticks_stay(draft: Application) -> None:
    client = browser(draft)
    data = form_of(client.get(address("check", draft)), "key") | TICKS
    close(draft.contest)
    assert "Приём заявок закончился" in words(client.post(address("check", draft), data))
    assert draft.submissions.count() == 0


def test_letter_with_the_receipt_and_its_check_page_agree(draft: Application) -> None:
    send(browser(draft), draft)
    paper = draft.submissions.get().receipt
    found = Client().get(reverse("public:check", args=[paper.number, paper.mark]))
    assert "Документ подлинный" in words(found)


def test_other_schools_see_nothing_after_sending(draft: Application) -> None:
    send(browser(draft), draft)
    stranger = world.signed_in(world.member(world.organisation()))
    for name in ("receipt", "receipt_pdf", "sent_pdf", "sent_docx"):
        assert stranger.get(address(name, draft, 1)).status_code == 404


def test_form_page_is_open_to_head_and_staff_of_the_school_only(draft: Application) -> None:
    owner: Organisation = draft.organisation
    assert world.signed_in(world.member(owner)).get(address("application", draft)).status_code == 200


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


def test_receipt_is_also_among_the_papers_and_unknown_papers_are_not(draft: Application) -> None:
    client = browser(draft)
    send(client, draft)
    number = draft.submissions.get().receipt.number
    assert client.get(address("paper", draft, number)).content.startswith(b"%PDF-")
    assert client.get(address("paper", draft, "ИП-2026-9999")).status_code == 404


def test_closed_application_is_not_offered_for_sending(draft: Application) -> None:
    close(draft.contest)
    for name in ("check", "attachments"):
        response = browser(draft).get(address(name, draft))
        assert (response.status_code, response["Location"]) == (302, address("application", draft))
    assert "Приём заявок закончился" in words(browser(draft).get(address("application", draft)))
    assert "Приём заявок закончился" in words(browser(draft).get(reverse("cabinet:applications")))


def test_returned_application_says_until_when_it_is_mended(contest: Contest) -> None:
    application = world.application(contest, state=S.RETURNED, mend_by=FAR_OFF)
    text = words(browser(application).get(address("application", application)))
    assert "Исправьте и отправьте снова до 1 января 2101, 03:00 МСК" in text
    assert "Исправьте и отправьте до 1 января 2101 г., 03:00 МСК" in words(
        browser(application).get(reverse("cabinet:applications"))
    )


def test_new_file_alone_is_a_new_version_of_the_application(draft: Application) -> None:
    client = browser(draft)
    send(client, draft)
    client.post(address("attachments", draft), {"file": SimpleUploadedFile("Письмо.pdf", PDF)})
    assert "Отправить версию 2 Отбросить" in words(client.get(address("application", draft)))
    assert send(client, draft)["Location"] == address("receipt", draft, 2)
    text = words(client.get(address("receipt", draft, 2)))
    assert "ИП-2026-0147-2" in text
    assert "Версия 2" in text
    assert words(client.get(address("receipt", draft, 1))).count("Версия 1") == 1
