"""The builder of contests, as an organiser uses it in a browser."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from innoset.contests.models import Contest
from innoset.contests.pure.rubrics import most_of
from innoset.contests.pure.template import TEMPLATES
from innoset.contests.queries import contests as queries
from innoset.contests.states import ContestState, StageKind
from innoset.foundation.files.storage import read
from innoset.network.models import Organisation
from innoset.network.states import Role
from tests import world
from tests.web.office.builder import form_data, main_text, page, past_second_factor

pytestmark = pytest.mark.django_db

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
    assert len(soup.select("input[name=statements]")) == 1 + draft.consents.count()


def test_the_sheet_is_shown_as_the_expert_will_see_it(office: Client, draft: Contest) -> None:
    soup = page(office, reverse("office:contest_preview_expert", args=[draft.code]))
    assert len(soup.select("main input[type=radio]")) == 8 * 6
    assert "Авторы представляемого опыта" not in main_text(soup)


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
