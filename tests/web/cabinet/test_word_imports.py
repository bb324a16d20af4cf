"""Passport from Word on the page: recognised, doubtful, left over; nothing replaced without a tick."""

import io
from typing import Any

import docx  # noqa: TID253  # reason: the test writes Word files
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from innoset.contests.models import Application
from innoset.projects.models import WordImport
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.word_out import write_form
from innoset.projects.queries import values_of
from tests import world
from tests.web.cabinet.pages import FAR_OFF, LONG_AGO, address, browser, form_of, soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Application:
    """A draft in which two fields are written."""
    contest = world.contest()
    contest.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=FAR_OFF)
    return world.application(contest, answers={"4": "Наша цель", "5": world.values()["5"]})


def word_file(*extra: tuple[str, str], **texts: str) -> bytes:
    """Write the official form, with rows that it does not have at its end."""
    document = docx.Document(io.BytesIO(write_form(PASSPORT, world.values(**texts))))
    for label, text in extra:
        row = document.tables[0].add_row()
        row.cells[1].text, row.cells[2].text = label, text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def upload(client: Client, application: Application, data: bytes, name: str = "Паспорт.docx") -> Any:
    """Give the file to the page."""
    return client.post(address("word", application), {"file": SimpleUploadedFile(name, data)})


def test_reading_changes_nothing_and_keeps_the_file(draft: Application) -> None:
    client, data = browser(draft), word_file()
    response = upload(client, draft, data)
    assert (response.status_code, response["Location"]) == (302, address("word_import", draft, 1))
    assert values_of(draft.project.passport) == {"4": "Наша цель", "5": world.values()["5"]}
    given = client.get(address("word_original", draft, 1))
    assert (given.content, given["Content-Disposition"].startswith("attachment;")) == (data, True)


def test_result_shows_what_was_found_beside_the_document(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file(("Партнёры проекта", "Приречный колледж")))
    response = client.get(address("word_import", draft, 1))
    text = words(response)
    assert "Распознано полей: 31 из 31" in text
    assert "Паспорт инновационного проекта (программы)" in text
    assert "Сейчас в заявке. Отметка заменит этот текст Наша цель Чем отличаются" in text
    assert "Заменённый текст останется в истории." in text
    assert "Уже в заявке, совпадает с файлом: 1 5. Задачи" in text
    assert "Не распознано кусков: 1" in text
    assert "Не распознано Эти куски ни к одному полю не подошли." in text
    assert "Приречный колледж" in text


def test_only_empty_fields_are_ticked_at_first(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file())
    page = soup(client.get(address("word_import", draft, 1)))
    ticks = {tick["value"]: tick.has_attr("checked") for tick in page.find_all("input", type="checkbox")}
    expected = {key: key != "4" for key in world.values() if key != "5"}
    assert ticks == expected


def test_ticked_fields_are_carried_over_and_others_stay(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file())
    data = form_of(client.get(address("word_import", draft, 1)), "take")
    response = client.post(address("word_import", draft, 1), data)
    assert response["Location"] == address("check", draft)
    assert values_of(draft.project.passport) == world.values(**{"4": "Наша цель"})
    assert "Перенесено: 29 полей. Проверьте их." in words(client.get(response["Location"]))


def test_way_leads_to_the_sections_while_something_is_missing(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file())
    response = client.post(address("word_import", draft, 1), {"take": ["6", "7"]})
    assert response["Location"] == address("application", draft)


def test_document_tells_where_each_piece_went(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file(("Партнёры проекта", "Приречный колледж")))
    page = soup(client.get(address("word_import", draft, 1)))
    [value] = [one for one in page.select(".piece.value") if one.get_text().endswith(world.values()["6"])]
    assert value.select_one("a.to")["href"] == "#slot-6"
    assert page.select_one("#slot-6 a")["href"] == "#piece-6"
    [leftover] = page.select(".piece.leftover")
    assert (leftover["id"], leftover.select_one("a")["href"]) == ("piece-of-0", "#leftover-0")
    ids = [one["id"] for one in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    targets = {one["href"][1:] for one in page.select("main a[href^='#']")}
    assert targets <= set(ids)


def test_acts_are_shown_as_they_were_understood(draft: Application) -> None:
    client = browser(draft)
    acts = "Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»."
    upload(client, draft, word_file(**{"7": acts}))
    slot = soup(client.get(address("word_import", draft, 1))).find(id="slot-7")
    assert "Как мы это поняли" in slot.get_text()
    assert "273-ФЗ" in slot.select_one("li").get_text()


def test_file_read_before_pieces_were_kept_is_still_shown(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file())
    kept = WordImport.objects.get()
    kept.reading = {k: v for k, v in kept.reading.items() if k not in ("pieces", "likely")}
    kept.reading |= {"document": ["Строка из файла"], "leftovers": ["Прежний кусок"]}
    kept.save()
    page = soup(client.get(address("word_import", draft, 1)))
    assert [one.get_text() for one in page.select(".piece")] == ["Строка из файла"]
    assert [one["value"] for one in page.select("button[name=move]")] == ["0"]


def test_contacts_are_said_to_stay_closed_or_to_be_seen(draft: Application) -> None:
    client = browser(draft)
    texts = {"2": "Берестова А. И., учитель, 8 918 000-00-11", "8": "Пишите: bereza@example.org. " * 9}
    upload(client, draft, word_file(**texts))
    page = soup(client.get(address("word_import", draft, 1)))
    closed, opened = (" ".join(page.select_one(f"#slot-{key}").get_text(" ").split()) for key in ("2", "8"))
    assert "Как мы это поняли Берестова А. И. — учитель" in closed
    assert "Контакты видят только организаторы" in closed
    assert "Закрытое поле: его не видят эксперты и посетители сайта." in closed
    assert "Контакты в открытом поле bereza@example.org" in opened


def test_tick_replaces_a_text_and_the_replaced_one_is_kept(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file())
    client.post(address("word_import", draft, 1), {"take": ["4"]})
    assert values_of(draft.project.passport)["4"] == world.values()["4"]
    assert WordImport.objects.get().applied == {
        "keys": ["4"],
        "leftovers_to": {},
        "was": {"4": "Наша цель"},
    }


def test_without_ticks_nothing_is_carried_over(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file())
    client.post(address("word_import", draft, 1), {})
    assert values_of(draft.project.passport) == {"4": "Наша цель", "5": world.values()["5"]}


def test_leftover_is_put_at_the_end_of_a_chosen_field(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file(("Партнёры проекта", "Приречный колледж")))
    leftovers = WordImport.objects.get().reading["leftovers"]
    place = next(number for number, text in enumerate(leftovers) if "колледж" in text)
    client.post(address("word_import", draft, 1), {f"leftover-{place}": "4"})
    assert values_of(draft.project.passport)["4"] == f"Наша цель\n{leftovers[place]}"
    client.post(address("word_import", draft, 1), {f"leftover-{place}": "4"})
    assert values_of(draft.project.passport)["4"].count("колледж") == 1


def two_leftovers(client: Client, draft: Application) -> str:
    """Give a file with two rows that the form does not have; return the address of its page."""
    upload(client, draft, word_file(("Партнёры проекта", "Приречный колледж"), ("Девиз", "Вместе")))
    return address("word_import", draft, 1)


def test_one_click_puts_a_leftover_into_the_likely_field(draft: Application) -> None:
    client = browser(draft)
    url = two_leftovers(client, draft)
    quick = soup(client.get(url)).select_one("#leftover-0 button[name=move]")
    number, key = quick["value"].split(":")
    data = form_of(client.get(url), "take")
    data["take"] = ["7"]
    response = client.post(url, data | {"move": quick["value"]})
    assert (response.status_code, response["Location"]) == (302, f"{url}#leftover-0")
    page = soup(client.get(url))
    assert f"Стоит в поле {key}" in page.select_one("#leftover-0").get_text()
    assert "Добавится в конец:" in page.find(id=f"slot-{key}").get_text()
    assert [tick["value"] for tick in page.select("input[name=take][checked]")] == ["7"]
    assert values_of(draft.project.passport) == {"4": "Наша цель", "5": world.values()["5"]}
    client.post(url, form_of(client.get(url), "take"))
    leftover = WordImport.objects.get().reading["leftovers"][int(number)]
    expected = {"4": "Наша цель", "5": world.values()["5"], "7": world.values()["7"], key: leftover}
    assert values_of(draft.project.passport) == expected
    assert "Уже в поле" in soup(client.get(url)).select_one("#leftover-0").get_text()


def test_leftover_is_put_into_any_field_and_taken_back(draft: Application) -> None:
    client = browser(draft)
    url = two_leftovers(client, draft)
    client.post(url, {"move": "1", "leftover-1": "12"})
    assert WordImport.objects.get().applied == {"placed": {"1": "12"}, "ticks": []}
    client.post(url, {"back": "1", "take": ["6"]})
    assert WordImport.objects.get().applied == {"placed": {}, "ticks": ["6"]}
    client.post(url, {"take": []})
    assert values_of(draft.project.passport) == {"4": "Наша цель", "5": world.values()["5"]}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"move": "0"}, "Выберите в списке поле, в которое перенести кусок."),
        ({"move": "0:99"}, "Такого поля в форме нет. Выберите поле из списка."),
        ({"move": "7:6"}, "Такого куска в файле нет. Обновите страницу."),
        ({"move": "x:6"}, "Такого куска в файле нет. Обновите страницу."),
    ],
)
def test_leftover_that_cannot_be_put_stays_with_the_ticks(
    draft: Application, data: dict[str, str], said: str
) -> None:
    client = browser(draft)
    url = two_leftovers(client, draft)
    response = client.post(url, data | {"take": ["6"], "leftover-1": "12"})
    page = soup(response)
    assert said in page.get_text()
    assert [tick["value"] for tick in page.select("input[name=take][checked]")] == ["6"]
    assert page.select_one("#leftover-1 option[selected]")["value"] == "12"
    assert WordImport.objects.get().applied == {}


def test_file_with_more_stages_brings_them(draft: Application) -> None:
    more = {"11.4": "Четвёртый", "11.4.1": "Январь–май 2028 г.", "11.4.2": "Задачи", "11.4.3": "Итог"}
    client = browser(draft)
    upload(client, draft, word_file(**more))
    client.post(address("word_import", draft, 1), {"take": sorted(more)})
    draft.project.passport.refresh_from_db()
    assert draft.project.passport.stages == 4
    kept = values_of(draft.project.passport)
    assert {key: kept[key] for key in more} == more


def test_file_may_be_given_again(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file())
    client.post(
        address("word_import", draft, 1), form_of(client.get(address("word_import", draft, 1)), "take")
    )
    second = upload(client, draft, word_file(**{"6": "Новая идея. " * 30}))
    assert second["Location"] == address("word_import", draft, 2)
    page = soup(client.get(second["Location"]))
    ticks = {tick["value"]: tick.has_attr("checked") for tick in page.find_all("input", type="checkbox")}
    assert ticks == {"4": False, "6": False}
    assert "Загруженные файлы" in words(client.get(address("word", draft)))


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "пустой.docx"), (b"MZ\x90\x00", "вирус.docx"), (b"PK\x03\x04broken", "битый.docx")],
)
def test_unreadable_file_is_refused_in_words(draft: Application, data: bytes, name: str) -> None:
    response = upload(browser(draft), draft, data, name)
    errors = soup(response).find(class_="errors")
    assert response.status_code == 200
    assert errors is not None
    assert len(errors.get_text().split()) > 5
    assert WordImport.objects.count() == 0


def test_file_without_the_form_is_refused_in_words(draft: Application) -> None:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("Здравствуйте! Это письмо.")
    document.save(out)
    text = words(upload(browser(draft), draft, out.getvalue()))
    assert "В файле не найдена форма «Паспорт инновационного проекта (программы)»." in text


def test_unknown_import_is_not_there(draft: Application) -> None:
    for place in (0, 1):
        assert browser(draft).get(address("word_import", draft, place)).status_code == 404


def test_closed_application_takes_no_word(draft: Application) -> None:
    client = browser(draft)
    upload(client, draft, word_file())
    data = form_of(client.get(address("word_import", draft, 1)), "take")
    draft.contest.stages.filter(kind="submission").update(ends_at=FAR_OFF.replace(year=2002))
    assert "Приём заявок закончился" in words(client.post(address("word_import", draft, 1), data))
    assert "Приём заявок закончился" in words(upload(client, draft, word_file()))
    assert values_of(draft.project.passport) == {"4": "Наша цель", "5": world.values()["5"]}
    assert client.get(address("word", draft)).status_code == 302
