"""The organiser's pages of the pool: the list, a passport, the dictionary, subjects of nominations."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from innoset.accounts.models import User
from innoset.contests.actions import expertise
from innoset.contests.actions.directions import set_directions
from innoset.contests.models import Contest
from innoset.contests.states import ContestState
from innoset.foundation.errors import Refusal
from innoset.network.models import Organisation
from innoset.network.states import OrganisationKind
from innoset.review.models import Direction, ExpertProfile
from tests import world
from tests.contests.expertise_scene import EARLY, contest_with
from tests.review.scene import at_office, expert, finished, given, scene
from tests.web.office.pages import queries, rows, soup, text

pytestmark = pytest.mark.django_db


def health() -> Direction:
    """Return a line of the dictionary."""
    return Direction.objects.get(code="health")


def profile(person: User, **fields: Any) -> ExpertProfile:
    """Give a person a passport."""
    made = ExpertProfile.objects.create(person=person, updated_at=world.AT, **fields)
    made.directions.add(health())
    return made


def test_the_pool_is_listed_and_filtered() -> None:
    here = scene(experts=2)
    given(here)
    profile(here.experts[1], trained_on=date(2025, 3, 1))
    browser = at_office(here.organiser)
    homes = [one.memberships.get().organisation for one in here.experts]
    first, second = [
        [one.full_name, f"{home.short_name} {home.municipality.name}"]
        for one, home in zip(here.experts, homes, strict=True)
    ]
    assert rows(browser.get("/office/experts/"), "Эксперты") == [
        [*first, "—", "—", "1", "1"],
        [*second, "Здоровье, спорт и психологическая помощь", "1 марта 2025", "0", "1"],
    ]
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"direction": health().pk}, second),
        ({"municipality": homes[0].municipality_id}, first),
        ({"free": "yes"}, second),
    ]
    for asked, found in cases:
        assert [row[0] for row in rows(browser.get("/office/experts/", asked), "Эксперты")] == [found[0]]
    assert "Никого не нашлось" in text(
        browser.get("/office/experts/", {"free": "yes", "municipality": str(homes[0].municipality_id)})
    )


@pytest.mark.parametrize("people", [1, 4])
def test_the_pages_ask_the_database_constantly(people: int) -> None:
    here = scene(experts=people, dossiers=2)
    for person in here.experts:
        profile(person)
    for number in range(people):
        finished(here, 4, 4, expert=number)
    browser = at_office(here.organiser)
    browser.get("/office/")
    assert queries(browser, "/office/experts/") <= 15
    assert queries(browser, f"/office/experts/{here.experts[0].pk}/") <= 20


def test_a_passport_tells_how_the_expert_has_worked() -> None:
    here = scene(experts=2)
    for number, marks in enumerate(((5, 5), (4, 4))):
        finished(here, *marks, expert=number)
    profile(here.experts[0], training="Курсы, 36 часов")
    browser = at_office(here.organiser)
    page = text(browser.get(f"/office/experts/{here.experts[0].pk}/"))
    for said in (
        "Обучен Курсы, 36 часов",
        "1 завершено листов",
        "отличаются от среднего балла других на 20,0 % шкалы. Сравнили дел: 1.",
        "В среднем ставит на 20,0 % шкалы больше других.",
    ):
        assert said in page
    strict = text(browser.get(f"/office/experts/{here.experts[1].pk}/"))
    assert "В среднем ставит на 20,0 % шкалы меньше других." in strict


def test_an_organiser_changes_a_passport() -> None:
    here = scene(experts=1)
    browser = at_office(here.organiser)
    address = f"/office/experts/{here.experts[0].pk}/"
    sent = {"directions": [health().pk], "training": "Курсы", "paused_until": "2099-01-01"}
    done = browser.post(f"{address}edit/", sent, follow=True)
    assert "Паспорт эксперта сохранён." in text(done)
    assert "Не берёт дела до 1 января 2099" in text(done)
    assert "не берёт дела до 1 января 2099" in text(browser.get("/office/experts/"))
    wrong = browser.post(f"{address}edit/", {**sent, "trained_on": "завтра"})
    assert "Введите в поле «Когда обучались экспертизе»" in text(wrong)
    assert browser.get("/office/experts/0/").status_code == 404


def test_an_expert_does_not_read_the_pool() -> None:
    person = expert()
    browser = world.signed_in(person)
    addresses = ("/office/experts/", f"/office/experts/{person.pk}/", f"/office/experts/{person.pk}/edit/")
    assert [browser.get(address).status_code for address in addresses] == [403, 403, 403]


def test_the_dictionary_of_subjects_is_kept(office: Client) -> None:
    assert "Инклюзивное образование" in text(office.get("/office/dictionaries/"))
    added = office.post(
        "/office/dictionaries/directions/new/", {"title": "Сельская школа", "is_active": "on"}, follow=True
    )
    assert "Сельская школа" in text(added)
    code = Direction.objects.get(title="Сельская школа").code
    address = f"/office/dictionaries/directions/{code}/"
    office.post(address, {"title": "Сельские школы"})
    kept = Direction.objects.get(code=code)
    assert (kept.title, kept.is_active) == ("Сельские школы", False)
    wrong = office.post(address, {"title": "Начальная школа"})
    assert "Такое направление в словаре уже есть." in text(wrong)


def test_subjects_of_nominations_go_to_the_works(office: Client, draft: Contest) -> None:
    nomination = draft.nominations.first()
    assert nomination is not None
    address = f"/office/contests/{draft.code}/nominations/directions/"
    done = office.post(address, {f"nomination_{nomination.pk}": [health().pk]}, follow=True)
    assert "Направления сохранены." in text(done)
    ticked = soup(office.get(address)).select("main input[checked]")
    assert [one["value"] for one in ticked] == [str(health().pk)]


def test_works_that_experts_have_already_follow() -> None:

    contest = contest_with(1)
    made = expertise.start_expertise(contest, reason=EARLY, by=contest.created_by, at=world.AT)
    nomination = contest.nominations.get()
    set_directions(contest, directions={nomination.pk: [health()]}, by=contest.created_by, at=world.AT)
    assert list(made.dossiers.get().directions.all()) == [health()]


def test_a_closed_contest_keeps_its_subjects() -> None:
    contest = world.contest(ContestState.CANCELLED)
    with pytest.raises(Refusal, match="Конкурс уже закрыт"):
        set_directions(contest, directions={}, by=contest.created_by, at=world.AT)


def test_the_founder_is_chosen_among_authorities(office: Client) -> None:
    founder = world.organisation("Управление образования", kind=OrganisationKind.AUTHORITY)
    school = world.organisation("МБОУ СОШ № 5")
    address = f"/office/organisations/{school.number}/edit/"
    options = [one.get_text() for one in soup(office.get(address)).select("select[name=founder] option")]
    assert options == ["Не выбрано", "Управление образования"]
    sent = {
        "name": school.name,
        "short_name": school.short_name,
        "kind": school.kind,
        "municipality": school.municipality_id,
        "founder": founder.pk,
    }
    office.post(address, sent)
    assert Organisation.objects.get(pk=school.pk).founder == founder
    own = f"/office/organisations/{founder.number}/edit/"
    facts = {"name": founder.name, "short_name": founder.short_name, "kind": founder.kind}
    wrong = office.post(own, {**facts, "municipality": founder.municipality_id, "founder": founder.pk})
    assert "не может быть своим учредителем" in text(wrong)
