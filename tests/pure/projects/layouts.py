"""The layouts in which municipalities fill the passport, each as a Word file with known answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from innoset.projects.pure.forms import fields_of
from innoset.projects.pure.passport_form import PASSPORT
from tests.pure.projects.word_files import (
    cell,
    docx,
    para,
    row,
    table,
)

ANSWERS = {
    "1": "«Наставник рядом: сопровождение молодых учителей сельских школ»",
    "2": "Соколова Вера Петровна, методист МКУ «Центр развития образования»,\nОрлов Пётр Ильич, учитель МБОУ СОШ № 17",
    "3": "нет",
    "4": "Создание условий для закрепления молодых педагогов в сельских школах.",
    "5": "· разработать программу наставничества;\n· обучить двадцать наставников;\n- провести диагностику затруднений;\n1. обобщить опыт.",
    "6": "Опытный педагог и молодой учитель вместе ведут один класс.\n\nЗадачи урока они решают вдвоём, а результат обсуждают сразу.",
    "7": "Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»;\nПриказ управления образования от 12.03.2024 № 215 «О наставничестве»",
    "8": "В районе 38 % молодых учителей уходят в первые три года. К концу 2026 г. должно быть не больше 10 %.",
    "9": "Новизна заключается в том, что пара педагогов ведёт общий класс целую четверть.",
    "10": "Готовые сценарии совместных уроков подойдут любой сельской школе.",
    "11": "",
    "12": "Ежегодный набор наставников. Школа для соседних районов.",
    "13": "Стажировка для заместителей директоров;\nоткрытый вебинар «Первый год в школе».",
    "14": "-",
    "15": "да, «Развитие наставничества в сельской школе», приказ № 318 от 20.12.2023",
    "16": "",
    "16.1": "Два кабинета с проектором",
    "16.2": "https://example.ru/wiki?title=%D0%9D%D0%B0%D1%81%D1%82%D0%B0%D0%B2%D0%BD%D0%B8%D0%BA",
    "16.3": "нет",
}
STAGES = (
    ("Подготовительный", "Сентябрь-декабрь 2024г.", "Отобрать наставников;\nпровести анкету", "Двадцать наставников", "2024-09", "2024-12"),
    ("Основной", "Январь 2025 г. – май 2025 г.", "Вести совместные уроки", "Сто двадцать уроков", "2025-01", "2025-05"),
    ("Итоговый", "2025-26 уч.г.", "Обобщить опыт", "Методическое пособие", "2025-09", "2026-08"),
    ("Распространение", "до декабря 2026 г.", "Провести стажировки", "Пять районов", None, "2026-12"),
)  # fmt: skip
SIGNATURE = (
    "Директор МКУ «Центр развития образования»          ________________          Л.Н. Гаврилова",
    "М.П.\t\t\t«14» сентября 2024   г.",
)
STATEMENTS = (
    "* Заполняется и прикрепляется в формате Word",
    "Представляя материалы на конкурс, гарантируем, что авторы инновационного проекта/программы:",
    *(f"· {one.text}" for one in PASSPORT.guarantees),
)


def answers(stages: int = 3) -> dict[str, str]:
    """Return the answers with the given number of stages."""
    found = dict(ANSWERS)
    for number, (name, period, tasks, result, _, _) in enumerate(STAGES[:stages], 1):
        found |= {
            f"11.{number}": name,
            f"11.{number}.1": period,
            f"11.{number}.2": tasks,
            f"11.{number}.3": result,
        }
    return found


@dataclass(frozen=True)
class Sample:
    """A file and what must be read from it."""

    data: bytes
    stages: int = 3
    changed: dict[str, str] = field(default_factory=dict)
    leftovers: tuple[str, ...] = ()
    signed_on: str | None = "2024-09-14"

    def expected(self) -> dict[str, str]:
        """Return the fields a reading must give."""
        keys = [one.key for one in fields_of(PASSPORT, stages=max(3, self.stages))]
        found = answers(self.stages) | self.changed
        return {key: found.get(key, "") for key in keys}


Triple = tuple[str, str, str]
LAYOUTS: dict[str, Callable[[], Sample]] = {}


def layout(make: Callable[[], Sample]) -> Callable[[], Sample]:
    """Register a layout under its name."""
    LAYOUTS[make.__name__] = make
    return make


def triples(stages: int = 3, values: dict[str, str] | None = None) -> list[Triple]:
    """Return number, label, answer of every row of the form."""
    found = values or answers(stages)
    return [(one.key, one.label, found.get(one.key, "")) for one in fields_of(PASSPORT, stages=stages)]


def ending() -> str:
    """Return the statements and the signature."""
    return "".join(para(line) for line in (*STATEMENTS, *SIGNATURE))


def title() -> str:
    """Return the title line."""
    return para("Паспорт инновационного проекта (программы)*", bold=True)


def filled(rows: list[Triple] | list[str], parts: dict[str, str | bytes] | None = None) -> bytes:
    """Return a file with one table and the usual frame."""
    return docx(title(), table(rows), ending(), parts=parts)


def is_stage_row(one: Triple) -> bool:
    """Tell whether a row belongs to a stage."""
    return one[0].startswith("11.")


# --- tables --------------------------------------------------------------------------------------


@layout
def three_columns() -> Sample:
    return Sample(filled(triples()))


@layout
def two_columns() -> Sample:
    return Sample(docx(title(), table([(label, text) for _, label, text in triples()]), ending()))


@layout
def number_inside_label() -> Sample:
    rows = [(f"{number}. {label}", text) for number, label, text in triples()]
    return Sample(docx(title(), table(rows), ending()))


@layout
def number_glued_to_label() -> Sample:
    rows = [(f"{number}.{label}", text) for number, label, text in triples()]
    return Sample(docx(title(), table(rows), ending()))


@layout
def all_numbers_lost() -> Sample:
    return Sample(filled([("", label, text) for _, label, text in triples()]))


@layout
def some_numbers_lost() -> Sample:
    lost = {"1", "11", "14", "16"}
    values = answers() | {"3": ""}
    rows = [("" if number in lost else number, label, text) for number, label, text in triples(values=values)]
    return Sample(filled(rows), changed={"3": ""})


@layout
def wrong_numbers() -> Sample:
    rows = [(str(place), label, text) for place, (_, label, text) in enumerate(triples(), 2)]
    return Sample(filled(rows))


@layout
def header_row_and_hint_column() -> Sample:
    head = row("№ п/п", "Наименование поля", "Пояснение", "Содержание")
    rows = [row(number, label, f"подсказка {number}", text) for number, label, text in triples()]
    hints = tuple(f"подсказка {number}" for number, _, _ in triples())
    return Sample(docx(title(), table([head, *rows]), ending()), leftovers=hints)


@layout
def merged_group_rows() -> Sample:
    rows = [
        row(number, cell(label, span=2)) if number in {"11", "16"} else row(number, label, text)
        for number, label, text in triples()
    ]
    return Sample(filled(rows))


@layout
def group_rows_merged_across() -> Sample:
    rows = [
        row(cell(f"{number}. {label}", span=3)) if number in {"11", "16"} else row(number, label, text)
        for number, label, text in triples()
    ]
    return Sample(filled(rows))


@layout
def group_rows_with_text() -> Sample:
    values = answers() | {"11": "Проект идёт в три этапа.", "16": "Педагоги района"}
    return Sample(filled(triples(values=values)), changed={"11": values["11"], "16": values["16"]})


@layout
def stage_name_in_label() -> Sample:
    rows = [
        (number, f"{label} {text}", "")
        if number.count(".") == 1 and number.startswith("11")
        else (number, label, text)
        for number, label, text in triples()
    ]
    return Sample(filled(rows))


@layout
def stages_merged_down() -> Sample:
    rows = []
    for number, label, text in triples():
        if number.startswith("11."):
            continue
        rows.append(row(number, cell(label, span=2), text))
        if number == "11":
            rows += list(_stages_merged_down())
    return Sample(filled(rows))


def _stages_merged_down() -> Iterator[str]:
    for number, (name, period, tasks, result, _, _) in enumerate(STAGES[:3], 1):
        head = f"{'I' * number} этап: {name}"
        yield row(cell(f"11.{number}", merge="restart"), cell(head, merge="restart"), "Сроки", period)
        yield row(cell("", merge="continue"), cell("", merge="continue"), "Задачи", tasks)
        yield row(cell("", merge="continue"), cell("", merge="continue"), "Полученный результат", result)


@layout
def nested_stage_table() -> Sample:
    inner = table([one for one in triples() if is_stage_row(one)])
    rows = [
        row(number, label, cell(inner + para())) if number == "11" else row(number, label, text)
        for number, label, text in triples()
        if not number.startswith("11.")
    ]
    return Sample(filled(rows))


@layout
def nested_stage_table_by_rows() -> Sample:
    head = ("Этап", "Сроки", "Задачи", "Результат")
    body = [(f"{place} этап. {one[0]}", *one[1:4]) for place, one in enumerate(STAGES[:3], 1)]
    inner = table([head, *body])
    rows = [
        row(number, label, cell(inner + para())) if number == "11" else row(number, label, text)
        for number, label, text in triples()
        if not number.startswith("11.")
    ]
    return Sample(filled(rows))


@layout
def stage_table_by_rows_outside() -> Sample:
    head = ("№", "Название этапа", "Сроки реализации", "Задачи этапа", "Полученный результат")
    body = [(str(place), one[0], *one[1:4]) for place, one in enumerate(STAGES[:3], 1)]
    before = [one for one in triples() if one[0] in {str(n) for n in range(1, 12)}]
    after = [one for one in triples() if one[0].split(".")[0] in {"12", "13", "14", "15", "16"}]
    return Sample(docx(title(), table(before), table([head, *body]), table(after), ending()))


@layout
def stages_as_text_in_cell() -> Sample:
    lines = []
    for number, (name, period, tasks, result, _, _) in enumerate(STAGES[:3], 1):
        lines += [
            f"{'I' * number} этап: {name}",
            f"Сроки: {period}",
            f"Задачи: {tasks}",
            f"Полученный результат: {result}",
        ]
    rows = [
        (number, label, "\n".join(lines) if number == "11" else text)
        for number, label, text in triples()
        if not number.startswith("11.")
    ]
    return Sample(filled(rows))


@layout
def resources_as_text_in_cell() -> Sample:
    found = answers()
    text = "\n".join(
        f"{label}: {found[key]}"
        for key, label in (("16.1", "Материальное"), ("16.2", "Интеллектуальное"), ("16.3", "Временное"))
    )
    rows = [
        (number, label, text if number == "16" else value)
        for number, label, value in triples()
        if not number.startswith("16.")
    ]
    return Sample(filled(rows))


@layout
def answer_under_label() -> Sample:
    rows = []
    for number, label, text in triples():
        rows.append(row(cell(f"{number}. {label}", span=2)))
        if text:
            rows.append(row(cell(text, span=2)))
    return Sample(filled(rows))


@layout
def answer_in_label_cell() -> Sample:
    rows = [row(cell(f"{number}. {label}\n{text}")) for number, label, text in triples()]
    return Sample(filled(rows))


@layout
def upper_case() -> Sample:
    return Sample(filled([(number, label.upper(), text) for number, label, text in triples()]))


@layout
def letter_spaced() -> Sample:
    rows = [
        (
            number,
            "  ".join(" ".join(word) for word in label.split()) if number in {"9", "10", "12"} else label,
            text,
        )
        for number, label, text in triples()
    ]
    return Sample(filled(rows))


@layout
def damaged_labels() -> Sample:
    damage = {
        "1": "аименование инновацонного проекта (програмы) (тема)",
        "2": "Aвторы прeдставляемого oпыта",
        "4": "Цели внедре-\nния инновационного проекта",
        "5": "Задачи внедр. инновационного проекта (программы)",
        "7": "Нормативно - правовое обеспечение инновационого проекта",
        "8": "Обоснование его / ее значимости для развития системы образования края",
        "13": "Предложения по распространению и внедрению инновационного проекта/программы в практику",
        "14": "Перечень научных и учебно-методических разработок по теме иннов. деятельности",
        "15": "Cтатус инновационной площадки (при наличии)",
        "16.1": "Матералное",
    }
    return Sample(filled([(number, damage.get(number, label), text) for number, label, text in triples()]))


@layout
def short_labels() -> Sample:
    short = {
        "1": "Тема",
        "2": "Авторы проекта",
        "3": "Научный руководитель",
        "4": "Цели проекта",
        "5": "Задачи проекта",
        "6": "Основная идея",
        "7": "Нормативно-правовое обеспечение",
        "8": "Обоснование значимости",
        "9": "Новизна",
        "12": "Перспективы развития",
        "15": "Статус инновационной площадки",
        "16": "Ресурсное обеспечение",
        "16.1": "Материальные ресурсы",
    }
    return Sample(
        docx(
            title(), table([(short.get(number, label), text) for number, label, text in triples()]), ending()
        )
    )


@layout
def changed_order() -> Sample:
    rows = triples()
    order = ["16", "16.1", "16.2", "16.3", "4", "6", "5", "1", "3", "2"]
    moved = [next(one for one in rows if one[0] == key) for key in order]
    return Sample(filled([*moved, *(one for one in rows if one[0] not in order)]))


@layout
def two_stages() -> Sample:
    return Sample(filled(triples(2)), stages=2)


@layout
def four_stages() -> Sample:
    return Sample(filled(triples(4)), stages=4)


@layout
def stage_words() -> Sample:
    names = {"11.1": "Первый этап", "11.2": "Этап 2", "11.3": "Ш этап"}
    return Sample(filled([("", names.get(number, label), text) for number, label, text in triples()]))


@layout
def extra_rows() -> Sample:
    rows: list[Triple] = []
    for one in triples():
        rows.append(one)
        if one[0] == "3":
            rows.append(("3.1", "Полное наименование организации", "МКУ «Центр развития образования»"))
        if one[0] == "7":
            rows.append(("", "Финансовое обеспечение инновационного проекта (программы)", "120 тысяч рублей"))
        if one[0] == "11.2.3":
            rows.append(("11.2.4", "Ответственный", "Заместитель директора"))
    rows.append(("17", "Контактный телефон", "доб. 12"))
    leftovers = ("МКУ «Центр развития образования»", "120 тысяч рублей", "Заместитель директора", "доб. 12")
    return Sample(filled(rows), leftovers=leftovers)


@layout
def split_over_tables() -> Sample:
    head = ("№", "Наименование поля", "Содержание")
    rows = triples()
    parts = [rows[:7], rows[7:16], rows[16:]]
    tables = [table([head, *part]) + para() for part in parts]
    return Sample(docx(title(), *tables, ending()))


@layout
def answer_split_over_rows() -> Sample:
    rows = []
    for number, label, text in triples():
        lines = text.split("\n")
        if number == "5":
            rows.append(row(cell(number, merge="restart"), cell(label, merge="restart"), lines[0]))
            rows += [row(cell("", merge="continue"), cell("", merge="continue"), line) for line in lines[1:]]
        else:
            rows.append(row(number, label, text))
    return Sample(filled(rows))


@layout
def inside_outer_table() -> Sample:
    return Sample(docx(table([row(cell(title() + table(triples()) + ending()))])))


@layout
def labels_quoted_in_answers() -> Sample:
    quoted = "Новизна (инновационность)\nПрактическая значимость: высокая\nI этап: Вводный\nСроки\nЗадачи\n12. Перспективы развития инновации"
    values = answers() | {"6": quoted, "11.1.2": quoted}
    return Sample(filled(triples(values=values)), changed={"6": quoted, "11.1.2": quoted})
