"""What is understood of the values of a form, and what the applicant is told of contacts."""

from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Finding, Level, blank
from innoset.projects.pure.understanding import acts_of, contact_hints, open_values, understood

PASSPORT = form_by_code("passport")
LAW = "Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»"
PEOPLE = "Соколова Вера Петровна, методист, доцент, 8-900-000-00-01 vera@\nОрлов Пётр Ильич"
VALUES = blank(PASSPORT) | {
    "2": PEOPLE,
    "3": "нет",
    "4": "Цели словами",
    "5": "- первая\n- вторая",
    "7": f"{LAW}; приказ от  марта 2019 г. № 21н «Об утверждении Порядка»",
    "11.1.1": "Сентябрь-декабрь 2021г.",
    "11.2.1": "скоро",
    "14": "-",
    "13": "одна строка",
    "16.2": "https://example.ru/%D0%BF%D0%BB%D0%B0%D0%BD и https://example.ru/plan",
}


def test_what_is_understood() -> None:
    assert understood(PASSPORT, VALUES) == {
        "2": (
            "Соколова Вера Петровна — методист, доцент",
            "Контакты видят только организаторы: +7 900 000-00-01, vera@.",
            "Адрес электронной почты «vera@» записан с ошибкой.",
            "Орлов Пётр Ильич",
        ),
        "3": ("Ответ: нет.",),
        "5": ("Распознано: 2 пункта.",),
        "7": (
            "Федеральный закон от 29 декабря 2012 г. № 273-ФЗ «Об образовании в Российской Федерации»",
            "приказ № 21н «Об утверждении Порядка» (дата неполная: марта 2019 г)",
        ),
        "11.1.1": ("Срок: сентябрь–декабрь 2021 г.",),
        "14": ("Прочерк: ответа нет.",),
        "16.2": ("Ссылка: https://example.ru/план",),
    }


def test_acts_are_looked_for_where_the_form_asks_for_them() -> None:
    assert [(key, len(acts)) for key, acts in acts_of(PASSPORT, VALUES | {"6": LAW})] == [("7", 2)]
    programme = form_by_code("krc_programme")
    assert [key for key, _ in acts_of(programme, blank(programme) | {"1.2": LAW, "4.5": LAW})] == [
        "1.2",
        "4.5",
    ]
    report = form_by_code("kip_report")
    assert acts_of(report, blank(report)) == ()


def test_the_applicant_is_told_who_sees_contacts() -> None:
    assert contact_hints(PASSPORT, VALUES) == (
        Finding(
            "2",
            Level.HINT,
            "contacts_closed",
            "Контакты видят только организаторы: +7 900 000-00-01 и vera@. Эксперты и посетители их не увидят.",
        ),
        Finding(
            "2",
            Level.HINT,
            "contact_damaged",
            "Адрес электронной почты «vera@» записан с ошибкой. Проверьте его в поле «Авторы».",
        ),
    )
    [damaged] = [
        one for one in contact_hints(PASSPORT, {"2": "Орлов П. И., тел. 12-3"}) if "ошибкой" in one.message
    ]
    assert damaged.message == "Телефон «12-3» записан с ошибкой. Проверьте его в поле «Авторы»."
    assert contact_hints(PASSPORT, {"2": "Орлов П. И."}) == ()


def test_open_values_have_no_contacts_of_people_and_keep_all_else() -> None:
    changed = {key: text for key, text in open_values(PASSPORT, VALUES).items() if text != VALUES[key]}
    assert changed == {"2": "Соколова Вера Петровна, методист, доцент\nОрлов Пётр Ильич"}


def test_nothing_is_said_of_an_unnamed_crowd() -> None:
    assert understood(PASSPORT, {"2": "коллектив школы"})["2"] == ("коллектив школы", "Имя не распознано.")
