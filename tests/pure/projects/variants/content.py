"""Invented passports: what an author could have written, chosen by a seed."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from innoset.projects.pure.forms import fields_of
from innoset.projects.pure.passport_form import PASSPORT

_WHOM = ("молодых учителей", "воспитателей", "тьюторов", "классных руководителей", "педагогов-психологов")
_WHERE = (
    "сельских школ",
    "малокомплектных школ",
    "детских садов посёлка",
    "районных лицеев",
    "кадетских классов",
)
_WHAT = (
    "наставничество",
    "проектная мастерская",
    "читательский клуб",
    "инженерная лаборатория",
    "школа диалога",
)
_DOES = ("разработать", "провести", "обучить", "описать", "апробировать", "организовать")
_THING = (
    "программу стажировки",
    "цикл вебинаров",
    "методические рекомендации",
    "диагностику затруднений",
    "сборник сценариев",
)
_NAMES = (
    "Берёзкина Ольга Викторовна",
    "Лазарев Игорь Петрович",
    "Снегирёва Анна Юрьевна",
    "Тополев Максим Ильич",
)
_POSTS = ("заместитель директора", "методист", "учитель химии", "старший воспитатель", "педагог-организатор")
_HEADS = ("О.В. Берёзкина", "Лазарев И.П.", "А. Ю. Снегирёва", "Тополев М. И.")
_PLACES = ("МБОУ СОШ № 31", "МБДОУ «Родничок»", "МАОУ лицей № 8", "МКУ «Центр развития образования»")
_MONTHS = ("сентября", "октября", "ноября", "января", "марта")

PERIODS: tuple[tuple[str, str | None, str | None], ...] = (
    ("Сентябрь-декабрь 2021г.", "2021-09", "2021-12"),
    ("Январь-март 2022г.", "2022-01", "2022-03"),
    ("Сентябрь 2021 г. – декабрь 2021 г.", "2021-09", "2021-12"),
    ("Май 2024 г. –декабрь 2024 г.", "2024-05", "2024-12"),
    ("2021-22 уч.г.", "2021-09", "2022-08"),
    ("2022 — 2023 учебный год", "2022-09", "2023-08"),
    ("2019 – 2021 гг.", "2019-01", "2021-12"),
    ("до декабря 2024 г.", None, "2024-12"),
    ("к концу 2024г.", None, "2024-12"),
    ("август 2010июнь 2015 года", "2010-08", "2015-06"),
    ("I квартал 2024 г.", "2024-01", "2024-03"),
    ("1 полугодие 2022-2023 учебного года", "2022-09", "2022-12"),
    ("01.09.2021-31.12.2021", "2021-09", "2021-12"),
    ("09.2021 – 12.2021", "2021-09", "2021-12"),
    ("с сентября по декабрь 2021 года", "2021-09", "2021-12"),
    ("сентябрь 2021 – май 2022", "2021-09", "2022-05"),
    ("Май 2023 г.", "2023-05", "2023-05"),
    ("(2023-24уч.г.)", "2023-09", "2024-08"),
    ("Январь 2022 г. – апрель 2024 г.", "2022-01", "2024-04"),
    ("по мере готовности", None, None),
)
STAGE_NAMES = ("Вводный", "Подготовительный", "Основной (внедренческий)", "Итоговый.", "«Первые шаги»", "Этап распространения опыта",
               "Диагностика и отбор наставников (2021-22 уч.г.)", "")  # fmt: skip


@dataclass(frozen=True)
class StageTold:
    """A stage as the author wrote it, and the months meant."""

    name: str
    period: str
    start: str | None
    end: str | None
    tasks: str
    result: str


@dataclass(frozen=True)
class Content:
    """A filled passport: fields outside the stages, stages, and how it was signed."""

    values: dict[str, str]
    stages: tuple[StageTold, ...]
    signature: tuple[str, ...]
    signed_on: str | None

    def fields(self) -> dict[str, str]:
        """Return what a reading must give."""
        found = dict(self.values)
        for number, stage in enumerate(self.stages, 1):
            head = f"11.{number}"
            found |= {
                head: stage.name,
                f"{head}.1": stage.period,
                f"{head}.2": stage.tasks,
                f"{head}.3": stage.result,
            }
        keys = [one.key for one in fields_of(PASSPORT, stages=max(3, len(self.stages)))]
        return {key: found.get(key, "") for key in keys}


def _one(chance: Random, *texts: str) -> str:
    return chance.choice(texts)


def _tasks(chance: Random, count: int) -> list[str]:
    return [
        f"{chance.choice(_DOES)} {chance.choice(_THING)} для {chance.choice(_WHOM)}" for _ in range(count)
    ]


def _listed(chance: Random, count: int) -> str:
    """Return a list as typists set it: bullets, dashes, numbers, or nothing but semicolons."""
    marks: tuple[Callable[[int], str], ...] = (
        lambda _: "· ", lambda _: "- ", lambda place: f"{place}. ", lambda place: f"{place}) ", lambda _: "", lambda _: "– ",
    )  # fmt: skip
    mark = chance.choice(marks)
    return ";\n".join(f"{mark(place)}{task}" for place, task in enumerate(_tasks(chance, count), 1)) + "."


def _person(chance: Random) -> str:
    return f"{chance.choice(_NAMES)}, {chance.choice(_POSTS)} {chance.choice(_PLACES)}"


def _idea(chance: Random) -> str:
    what, whom = chance.choice(_WHAT), chance.choice(_WHOM)
    return _one(
        chance,
        f"В основе проекта — {what}. Задачи {whom} решаются вместе, результат обсуждают сразу.",
        f"Идея проекта: {what} объединяет {whom}.\nЦель у всех одна, сроки каждый выбирает сам.",
        f"{what.capitalize()} для {whom}\n\nОпыт 2021-2022 учебного года показал: перспективы есть.",
        f"Новизна и практическая значимость проекта вытекают из его идеи: {what} {chance.choice(_WHERE)}.",
    )


def _acts(chance: Random) -> str:
    first = "Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»"
    second = f"Приказ управления образования от {chance.randint(10, 28)}.03.2021 № {chance.randint(100, 900)} «О сетевом проекте»"
    third = f"Постановление администрации от  {chance.choice(_MONTHS)} 2019г. № 21н"
    return _one(chance, f"{first};\n{second}", f"1. {first}\n2. {second}\n3. {third}", f"{second}; {third}")


def _resource(chance: Random) -> str:
    return _one(chance, "нет", "-", f"Два кабинета, {chance.randint(3, 30)} ноутбуков", "https://example.ru/wiki?title=%D0%9A%D0%98%D0%9F",
                f"{chance.randint(4, 20)} педагогов высшей категории", "Один методический день в неделю", "Не требуется")  # fmt: skip


def content(seed: int) -> Content:
    """Return the passport of a seed."""
    chance = Random(seed)  # noqa: S311  # reason: a seeded variety, no secret
    what, whom, where = chance.choice(_WHAT), chance.choice(_WHOM), chance.choice(_WHERE)
    values = {
        "1": _one(chance, f"«{what.capitalize()}: сопровождение {whom} {where}»", f"{what.capitalize()} как условие роста {whom}.",
                  f"Модель «{what}» для {where}"),
        "2": "\n".join(_person(chance) for _ in range(chance.randint(1, 3))),
        "3": _one(chance, "нет", "-", "", "Дубравин Пётр Семёнович, доктор педагогических наук, профессор"),
        "4": _one(chance, f"Создание условий для закрепления {whom}.", f"К маю 2024 г. у {whom} {where} есть поддержка.",
                  f"Цель: повысить готовность {whom} к работе.\nПодцель: {what}."),
        "5": _listed(chance, chance.randint(2, 6)),
        "6": _idea(chance),
        "7": _acts(chance),
        "8": f"В районе {chance.randint(20, 60)} % {whom} уходят в первые три года. {_one(chance, 'К концу 2024г. должно быть не больше 10 %.', 'Краю нужны кадры.')}",
        "9": _one(chance, f"Новизна заключается в том, что {what} идёт целую четверть.", f"Впервые {what} открыта для {where}.", "Аналогов нет."),
        "10": _one(chance, f"Сценарии подойдут любой из {where}.", "Практическая значимость: готовые материалы.\nИх может взять каждый.", f"Опыт пригодится для {where}."),
        "11": _one(chance, "", "", "", "Проект идёт последовательно, по годам."),
        "12": _one(chance, f"Ежегодный набор {whom}.", "Школа для соседних районов; вебинары раз в месяц.", f"Развитие: {what} в каждой станице."),
        "13": _listed(chance, chance.randint(1, 3)),
        "14": _one(chance, "-", "нет", "", "1. Пособие «Первый год в школе», 2021.\n2. Статья «Вместе», журнал № 4, 2022.", "Пособие «Вместе», Краснодар, 2020"),
        "15": _one(chance, "нет", "да", "да, «Школа диалога», приказ № 318 от 20.12.2019", "Да, муниципальная площадка по теме «Чтение»"),
        "16": _one(chance, "", "", "Специалисты района, педагоги школ"),
        "16.1": _resource(chance), "16.2": _resource(chance), "16.3": _resource(chance),
    }  # fmt: skip
    stages = tuple(_stage(chance) for _ in range(chance.choice((3, 3, 3, 3, 2, 4, 1, 5))))
    signature, signed_on = _signature(chance)
    return Content(values, stages, signature, signed_on)


def _stage(chance: Random) -> StageTold:
    period, start, end = chance.choice(PERIODS)
    result = _one(
        chance,
        f"Готовы {chance.randint(2, 30)} сценариев",
        "Результат: программа принята",
        f"Обучены {chance.randint(5, 40)} педагогов;\nвыпущен сборник",
        "Отчёт",
    )
    return StageTold(
        chance.choice(STAGE_NAMES),
        period,
        start,
        end,
        "\n".join(_tasks(chance, chance.randint(1, 3))),
        result,
    )


def _signature(chance: Random) -> tuple[tuple[str, ...], str | None]:
    post, head, place = (
        chance.choice(("Директор", "Заведующий", "Руководитель", "Начальник")),
        chance.choice(_HEADS),
        chance.choice(_PLACES),
    )
    day, month, year = chance.randint(1, 28), chance.randrange(len(_MONTHS)), chance.randint(2021, 2025)
    number = (9, 10, 11, 1, 3)[month]
    signed = f"{year}-{number:02d}-{day:02d}"
    line = f"{post} {place}          ________________          {head}"
    forms: tuple[tuple[tuple[str, ...], str | None], ...] = (
        ((line, f"М.П.\t\t\t«{day:02d}» {_MONTHS[month]} {year}   г."), signed),
        ((line, "М.П.", f"{day:02d}.{number:02d}.{year}"), signed),
        ((f"{post}", f"{place}   ____________ {head}", f'"{day}" {_MONTHS[month]} {year}'), signed),
        ((line, f"Дата: {day:02d}.{number:02d}.{year} г."), signed),
        ((f"{line}   {day:02d}.{number:02d}.{year}", "М.П."), signed),
        ((line, f"М.П.  «___»____________{year} г."), None),
        ((line, "М. П.\t\t\t«____» ______________ 20___ г."), None),
        ((line, "М.П."), None),
    )
    return chance.choice(forms)
