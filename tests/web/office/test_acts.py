"""The normative base in the office and on the street: lists, an act, what organisers do to it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.documents.models import ActRelation, NormativeAct
from innoset.network.states import Role
from innoset.web.second_factor import KEY
from tests import world

pytestmark = pytest.mark.django_db
GIVEN = {
    "kind": "order",
    "level": "municipal",
    "issuer": "Управление образования Лесного района",
    "signed_on": "2024-03-12",
    "number": "215",
    "title": "О наставничестве",
    "force": "yes",
    "ended_on": "",
    "note": "",
}


def come_in(role: Role) -> Client:
    """Sign in past the second factor, which has its own tests."""
    client: Client = world.signed_in(world.member(world.organisation(), role))
    session = client.session
    session[KEY] = True
    session.save()
    return client


@pytest.fixture
def office() -> Client:
    return come_in(Role.ORGANISER)


def known(number: str) -> NormativeAct:
    return NormativeAct.objects.get(number=number)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("?q=ПОРЯДКА+формирования+инфраструктуры", "№ 21н", "№ 273-ФЗ"),
        ("?q=%E2%84%96+21%D0%BD", "№ 21н", "№ 611 «"),
        ("?level=regional", "2770-КЗ", "№ 611 «"),
        ("?kind=decree", "№ 309", "273-ФЗ"),
        ("?force=no", "№ 1547", "№ 273-ФЗ"),
        ("?force=unknown", "№ 1616", "№ 273-ФЗ"),
        ("?q=детей+молодежи+санитарных", "СП 2.4.3648-20", "№ 273-ФЗ"),
    ],
)
def test_both_lists_are_searched_alike(office: Client, query: str, seen: str, unseen: str) -> None:
    for page in (text_of(office, f"/office/acts/{query}"), text_of(Client(), f"/acts/{query}")):
        assert (seen in page, unseen in page) == (True, False)


def test_the_street_reads_an_act_with_its_chain(client: Client) -> None:
    page = text_of(client, f"/acts/{known('442').pk}/")
    assert "Приказ Министерства просвещения Российской Федерации от 28 августа 2020 г. № 442" in page
    assert "Утратил силу" in page
    assert "с 1 сентября 2021" in page
    chain = page[page.index("Цепочка замен") :]
    assert chain.index("№ 1015") < chain.index("этот документ") < chain.index("№ 115")
    assert "Исправить" not in page
    assert client.get("/acts/999999/").status_code == 404


def test_a_list_without_finds_says_so(office: Client) -> None:
    assert "Ничего не нашлось" in text_of(Client(), "/acts/?q=жираф")
    assert "Ничего не нашлось" in text_of(office, "/office/acts/?q=жираф")
    NormativeAct.objects.all().delete()
    assert "Документов пока нет" in text_of(Client(), "/acts/")
    assert "Документов пока нет" in text_of(office, "/office/acts/")


def test_queries_do_not_grow_with_the_base(office: Client) -> None:
    counts = []
    for many in (0, 30):
        for number in range(many):
            NormativeAct.objects.create(
                level="local", kind="order", title=f"О деле {number}", number=str(number), created_at=world.AT
            )
        with CaptureQueriesContext(connection) as asked:
            Client().get("/acts/")
            office.get("/office/acts/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_an_act_is_added_mended_related_and_ended(office: Client) -> None:
    answer = office.post("/office/acts/new/", GIVEN)
    made = known("215")
    assert (answer.status_code, answer["Location"]) == (302, f"/office/acts/{made.pk}/")
    page = f"/office/acts/{made.pk}/"
    assert "Приказ Управления образования Лесного района от 12 марта 2024 г. № 215" in text_of(office, page)
    assert 'value="215"' in text_of(office, f"{page}edit/")
    office.post(f"{page}edit/", GIVEN | {"note": "Для всех школ", "force": "unknown"})
    assert "Для всех школ" in text_of(office, page)
    assert "Не проверено" in text_of(office, page)
    office.post(f"{page}relate/", {"kind": "amends", "target": known("21н").pk})
    relation = ActRelation.objects.get(act=made)
    assert "Что изменяет" in text_of(office, page)
    assert "Чем изменён" in text_of(office, f"/office/acts/{known('21н').pk}/")
    office.post(f"{page}relations/{relation.pk}/remove/")
    assert "Что изменяет" not in text_of(office, page)
    office.post(f"{page}end/", {"ended_on": "2025-03-01", "successor": known("1100").pk})
    made.refresh_from_db()
    assert (made.in_force, made.ended_on) == (False, date(2025, 3, 1))
    chain = text_of(office, page)
    chain = chain[chain.index("Цепочка замен") :]
    assert chain.index("этот документ") < chain.index("№ 1100")
    assert f"/office/acts/{made.pk}/end/" not in text_of(office, page)


def test_mistakes_are_named_and_nothing_typed_is_lost(office: Client) -> None:
    def refused(address: str, given: dict[str, Any]) -> str:
        answer = office.post(address, given)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    office.post("/office/acts/new/", GIVEN)
    twin = refused("/office/acts/new/", GIVEN)
    assert "Документ с такими реквизитами уже есть в базе" in twin
    assert "О наставничестве" in twin
    assert "Заполните поле «Название»" in refused("/office/acts/new/", GIVEN | {"title": ""})
    page = f"/office/acts/{known('215').pk}/"
    assert "ещё не наступила" in refused(f"{page}edit/", GIVEN | {"signed_on": "2124-01-01"})
    assert "раньше, чем принят" in refused(f"{page}end/", {"ended_on": "2020-01-01"})
    own = {"kind": "amends", "target": known("215").pk}
    assert "не может изменять или заменять сам себя" in refused(f"{page}relate/", own)


def test_two_numbers_of_one_act_are_shown_and_not_merged(office: Client) -> None:
    office.post("/office/acts/new/", GIVEN)
    office.post("/office/acts/new/", GIVEN | {"number": "251"})
    for page in ("/office/acts/", f"/office/acts/{known('215').pk}/"):
        text = text_of(office, page)
        assert "№ 251 от 12.03.2024" in text
        assert "разные номера" in text
    assert NormativeAct.objects.filter(title="О наставничестве").count() == 2


def test_whoever_does_not_keep_the_base_only_reads_it() -> None:
    methodist = come_in(Role.METHODIST)
    page = f"/office/acts/{known('21н').pk}/"
    assert "Внести документ" not in text_of(methodist, "/office/acts/")
    assert "Исправить" not in text_of(methodist, page)
    for address, given in (
        ("/office/acts/new/", GIVEN),
        (f"{page}edit/", GIVEN),
        (f"{page}end/", {"ended_on": ""}),
        (f"{page}relate/", {"kind": "amends", "target": known("1100").pk}),
    ):
        assert methodist.post(address, given).status_code == 403
    relation = ActRelation.objects.get(act=known("21н"))
    assert methodist.post(f"{page}relations/{relation.pk}/remove/").status_code == 403
    assert ActRelation.objects.filter(pk=relation.pk).exists()
    for step in ("", "edit/", "end/", "relate/"):
        assert methodist.get(f"/office/acts/999999/{step}").status_code == 404


def test_a_person_tells_look_alike_acts_apart(office: Client) -> None:
    office.post("/office/acts/new/", GIVEN)
    office.post("/office/acts/new/", GIVEN | {"number": "999"})
    one, other = known("215"), known("999")
    here = f"/office/acts/conflicts/{one.pk}/{other.pk}/"
    assert here in text_of(office, "/office/acts/")
    page = text_of(office, here)
    assert ("<mark>215</mark>" in page, "<mark>999</mark>" in page, "<mark>О наставничестве" in page) == (
        True, True, False,
    )  # fmt: skip
    assert "Сравнить" in text_of(office, f"/office/acts/{one.pk}/")
    assert "Заполните поле" in " ".join(office.post(here, {"note": ""}).content.decode().split())
    reader = come_in(Role.COORDINATOR)
    assert "Оставить оба" not in text_of(reader, here)
    assert reader.post(here, {"note": "Разные"}).status_code == 403
    office.post(here, {"note": "Второй о другом конкурсе"})
    assert here not in text_of(office, "/office/acts/")
    assert "Второй о другом конкурсе" in text_of(office, "/office/acts/conflicts/")
    assert "Второй о другом конкурсе" in text_of(office, f"/office/acts/{other.pk}/")
    # The decision holds for the requisites that were seen.
    office.post(f"/office/acts/{other.pk}/edit/", GIVEN | {"number": "998"})
    assert here in text_of(office, "/office/acts/")
    office.post(here, {"note": "Всё равно разные"})
    office.post(f"{here}reopen/")
    assert here in text_of(office, "/office/acts/")
    assert office.post(f"{here}reopen/").status_code == 404
    assert office.get(f"/office/acts/conflicts/{other.pk}/{one.pk}/").status_code == 404
