"""Pages of figures: the year, one figure over time, its rows, values entered and loaded, the index, the analyses."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.analytics.models import Analysis, AnalysisQuestion, IndexFormula, Indicator, Measurement
from innoset.analytics.states import Scope
from innoset.exchange.papers import book
from innoset.web.second_factor import KEY
from tests import world
from tests.analytics import scene as scenes
from tests.analytics.scene import entered, shared, site

pytestmark = pytest.mark.django_db


def come_in(person: Any) -> Client:
    """Sign in past the second factor, which has its own tests."""
    client: Client = world.signed_in(person)
    session = client.session
    session[KEY] = True
    session.save()
    return client


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").replace("\xa0", " ").split())


@pytest.fixture
def scene():
    return scenes.made()


@pytest.fixture
def office(scene) -> Client:
    return come_in(scene.keeper)


VALUE = {"starts_on": "2025-01-01", "ends_on": "2025-12-31", "value": "17000", "source_note": "Счётчик"}


def test_a_value_from_the_form_to_the_open_page(office, scene):
    page = "/office/indicators/site-visits/"
    bad = text_of(office.post(f"{page}enter/", VALUE | {"source_note": "", "value": "много"}))
    assert "Ошибка: Внести значение" in bad
    assert "Заполните поле «Откуда значение»." in bad
    assert "Введите в поле «Значение» число цифрами, например 12,5." in bad
    assert Measurement.objects.count() == 0
    assert office.post(f"{page}enter/", VALUE).headers["Location"] == page
    assert office.post(f"{page}enter/", VALUE | {"value": "18000"}).status_code == 302
    kept = text_of(office.get(page))
    assert "2025 год — 18 000 визитов, сравнивать пока не с чем." in kept
    assert "17 000 визитов" in kept
    part = VALUE | {"starts_on": "2026-01-01", "ends_on": "2026-08-20", "is_partial": "on"}
    office.post(f"{page}enter/", part)
    answer = Client().get("/figures/")
    said = text_of(answer)
    assert "2026 год, по 20 августа — 17 000 визитов, это часть периода: с целыми его не сравнивают." in said
    assert "url(#part-site-visits)" in answer.content.decode()
    assert len(answer.content) < 40_000


def test_refused_pages(office, scene):
    school, coordinator = come_in(scene.head), come_in(scene.coordinator)
    hidden = entered()
    answers = {
        "counted is not entered": office.get("/office/indicators/sites/enter/").status_code,
        "entered has no rows": office.get("/office/indicators/site-visits/facts/").status_code,
        "a school sees no inner figure": school.get(f"/office/indicators/{hidden.code}/").status_code,
        "the public neither": Client().get(f"/figures/{hidden.code}/").status_code,
        "a coordinator keeps no dictionary": coordinator.get("/office/indicators/new/").status_code,
        "nor edits it": coordinator.get("/office/indicators/site-visits/edit/").status_code,
        "nor the formula": coordinator.get("/office/index/formula/").status_code,
        "a school loads nothing": school.get("/office/indicators/imports/").status_code,
        "nor reads a neighbour": school.get(f"/office/index/{scene.neighbour.number}/").status_code,
        "nor its rows": school.get(
            f"/office/indicators/events/facts/?organisation={scene.neighbour.number}"
        ).status_code,
        "network values are not a coordinator's": coordinator.post(
            "/office/indicators/site-visits/enter/", VALUE
        ).status_code,
    }
    assert answers == {
        **dict.fromkeys(answers, 403),
        **dict.fromkeys(
            (
                "counted is not entered",
                "entered has no rows",
                "a school sees no inner figure",
                "the public neither",
                "nor reads a neighbour",
                "nor its rows",
            ),
            404,
        ),
    }


def test_rows_of_a_figure_and_its_sum(office, scene):
    for on in (date(2026, 1, 5), date(2026, 1, 6)):
        shared(scene.school, on)
    shared(scene.neighbour, date(2026, 1, 7))
    whole = text_of(office.get("/office/indicators/events/facts/"))
    assert ("3 мероприятия" in whole, "3 записи" in whole, "СОШ № 2" in whole) == (True, True, True)
    mine = text_of(come_in(scene.coordinator).get("/office/indicators/events/facts/"))
    assert ("2 мероприятия" in mine, "Ещё 1 запись других организаций" in mine, "СОШ № 2" in mine) == (
        True,
        True,
        False,
    )
    by = text_of(office.get("/office/indicators/events/?by=organisation"))
    assert ("СОШ № 1 2 мероприятия" in by, "СОШ № 2 1 мероприятие" in by) == (True, True)
    held = text_of(office.get(f"/office/indicators/events/facts/?municipality={scene.here.oktmo}"))
    assert "Здешний район, 2026 год" in held


def test_the_year_asks_the_same_however_much_there_is(office, scene):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text_of(office.get("/office/indicators/"))
            text_of(office.get("/office/index/"))
        return len(queries)

    site(scene.school)
    asked()
    once = asked()
    for number in range(4):
        site(world.organisation(f"СОШ № 1{number}"))
        shared(scene.school, date(2026, 2, 1 + number))
    assert asked() == once
    assert office.get("/office/indicators/table.xlsx").content[:2] == b"PK"


def test_a_list_is_read_apart_previewed_and_written(office, scene):
    visits = entered("own-visits", scope=Scope.MUNICIPALITY, title="Визиты в кабинет")
    head = ["Показатель", "Период с", "Период по", "Муниципалитет", "Значение", "Источник"]
    lines = [
        ["Визиты в кабинет", "01.01.2025", "31.12.2025", "Здешний район", 7, "Счётчик"],
        ["Визиты в кабинет", "01.01.2025", "31.12.2025", "Тьмутаракань", 7, "Счётчик"],
    ]
    torn = office.post("/office/indicators/imports/", {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04zz")})
    assert "таблица в нём не открывается" in text_of(torn)
    sent = office.post(
        "/office/indicators/imports/", {"file": SimpleUploadedFile("Значения.xlsx", book(("А", head, lines)))}
    )
    preview = text_of(office.get(sent.headers["Location"]))
    assert "Внести 1 значение?" in preview
    assert (
        "Столбец «Муниципалитет»: «Тьмутаракань» не найден. Впишите название или номер, как на сайте."
        in preview
    )
    assert Measurement.objects.count() == 0
    assert come_in(scene.stranger).get(sent.headers["Location"]).status_code == 404
    office.post(sent.headers["Location"])
    assert [
        (str(one.municipality), int(one.value)) for one in Measurement.objects.filter(indicator=visits)
    ] == [("Здешний район", 7)]
    assert "Список внесён" in text_of(office.get(sent.headers["Location"]))
    assert office.get("/office/indicators/imports/template.xlsx").content[:2] == b"PK"


def test_the_dictionary_and_the_formula(office):
    given = {
        "title": "Отзывы",
        "definition": "Сколько отзывов",
        "unit": "отзыв,отзыва,отзывов",
        "scope": "network",
        "source": "entered",
        "is_active": "on",
    }
    made = office.post("/office/indicators/new/", given)
    code = Indicator.objects.get(title="Отзывы").code
    assert made.headers["Location"] == f"/office/indicators/{code}/"
    again = text_of(office.post("/office/indicators/new/", given))
    assert "Показатель «Отзывы» уже есть." in again
    office.post(f"/office/indicators/{code}/edit/", given | {"target": "5", "is_public": "on"})
    assert "Цель — 5 отзывов. Значение не указано." in text_of(Client().get(f"/figures/{code}/"))
    office.post(f"/office/indicators/{code}/edit/", given | {"is_active": ""})
    assert Client().get(f"/figures/{code}/").status_code == 404
    weights = {"reports": "30", "events": "25", "people": "15", "publications": "30", "products": "0"}
    form = {f"weight_{part}": weight for part, weight in weights.items()} | {
        f"full_{part}": "2" for part in weights
    }
    wrong = text_of(office.post("/office/index/formula/", form | {"note": "x", "weight_people": "10"}))
    assert "Веса частей вместе дают 95 %, а должны дать 100 %." in wrong
    assert (
        office.post("/office/index/formula/", form | {"note": "Продукты считаем отдельно"}).status_code == 302
    )
    assert [part["code"] for part in IndexFormula.objects.get(version=2).parts] == [
        "reports",
        "events",
        "people",
        "publications",
    ]
    assert "редакция 2" in text_of(Client().get("/figures/index/"))


def test_a_site_and_an_expert_analyse_it(office, scene):
    status = site(scene.school)
    codes = list(AnalysisQuestion.objects.values_list("code", flat=True))
    school, stranger = come_in(scene.head), come_in(scene.stranger)
    mine = f"/cabinet/analyses/{status.number}/2026/"
    assert status.theme in text_of(school.get("/cabinet/analyses/"))
    half = {codes[0]: "4", f"{codes[0]}_note": "Отчёт", "summary": "Пока так"}
    assert school.post(mine, half | {"send": "1"}).headers["Location"] == f"{mine}send/"
    school.post(f"{mine}send/")
    assert "Первое без оценки: «Новизна проекта" in text_of(school.get(mine))
    assert "Выберите оценку от 0 до 4 в утверждении 2." in text_of(school.post(mine, half | {codes[1]: "9"}))
    school.post(mine, dict.fromkeys(codes, "4"))
    school.post(f"{mine}send/")
    theirs = f"/office/analyses/{status.number}/2026/"
    assert stranger.get(theirs).status_code == 404
    assert "Оценки покажем рядом, когда отправят оба." in text_of(office.get(theirs))
    office.post(f"{theirs}mark/", dict.fromkeys(codes, "2") | {"summary": "Надо доказать"})
    assert office.get(f"{theirs}send/").status_code == 200
    office.post(f"{theirs}send/")
    both = [text_of(client.get(address)) for client, address in ((office, theirs), (school, mine))]
    said = "Оценки разошлись на 2 балла и больше в 10 из 10 утверждений: везде площадка ставит себе выше, чем эксперт."
    assert [(said in one, "Надо доказать" in one) for one in both] == [(True, True), (True, True)]
    assert office.get(f"{theirs}mark/").status_code == 302
    assert "Отправлен Отправлен" in text_of(office.get("/office/analyses/"))
    assert school.post(f"{theirs}own/return/", {"reason": "хочу"}).status_code in {403, 404}
    office.post(f"{theirs}own/return/", {"reason": "Ошиблись"})
    assert Analysis.objects.get(view="own").sent_at is None
    assert come_in(scene.head).get("/cabinet/analyses/x/2026/").status_code == 404
    assert school.get(f"/cabinet/analyses/{status.number}/2099/").status_code == 404
    assert "нельзя посчитать" in text_of(office.get(f"/office/index/{scene.school.number}/"))
