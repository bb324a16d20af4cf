"""The layouts of municipalities: each sets one worn sheet its own way."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from tests.pure.projects.variants.paper import Box, Grid, Merge, Node, Para, paras
from tests.pure.projects.variants.sheet import Asked, Sheet

Layout: TypeAlias = Callable[[Sheet], Iterator[Node]]
FAMILIES: dict[str, Layout] = {}


def family(make: Layout) -> Layout:
    """Register a layout under its name."""
    FAMILIES[make.__name__] = make
    return make


def framed(sheet: Sheet, *inner: Node) -> Iterator[Node]:
    """Yield a body between the title and the signature."""
    yield from sheet.title()
    yield from inner
    yield from sheet.ending()


def grid(rows: Sequence[tuple[Box, ...]], heads: int = 0) -> Grid:
    return Grid(tuple(rows), heads)


@family
def three_columns(sheet: Sheet) -> Iterator[Node]:
    rows = [sheet.row(one) for one in sheet.rows()]
    head = [sheet.head()] if sheet.chance.random() < 0.5 else []
    yield from framed(sheet, grid([*head, *rows], len(head)))


@family
def two_columns(sheet: Sheet) -> Iterator[Node]:
    yield from framed(sheet, grid([sheet.row(one, columns=2) for one in sheet.rows()]))


@family
def number_inside_label(sheet: Sheet) -> Iterator[Node]:
    glue = sheet.chance.choice((". ", ".", " ", ") ", "\n", "\t"))
    rows = []
    for one in sheet.rows():
        label = f"{one.number.rstrip('.')}{glue}{one.label}" if one.number else one.label
        rows.append(sheet.cells(sheet.asked(label), sheet.answer(one.text)))
    yield from framed(sheet, grid(rows))


@family
def automatic_numbers(sheet: Sheet) -> Iterator[Node]:
    """Word counts the rows: no digit stands in the text, in a cell of its own or before the label."""
    own_cell = sheet.chance.random() < 0.5
    rows = []
    for one in sheet.rows():
        mark = (Para("", "label", numbered=True),)
        label = tuple(
            Para(line, "label", numbered=not own_cell and not place)
            for place, line in enumerate(one.label.split("\n"))
        )
        rows.append(
            sheet.cells(mark, label, sheet.answer(one.text))
            if own_cell
            else sheet.cells(label, sheet.answer(one.text))
        )
    yield from framed(sheet, grid(rows))


@family
def merged_group_rows(sheet: Sheet) -> Iterator[Node]:
    rows = []
    for one in sheet.rows():
        if one.key in {"11", "16"} and not one.text:
            wide = sheet.chance.random() < 0.5
            label = f"{one.number} {one.label}" if wide else one.label
            cell = Box(sheet.asked(label), span=3 if wide else 2)
            rows.append((cell,) if wide else (*sheet.cells(one.number), cell))
        else:
            rows.append(sheet.row(one))
    yield from framed(sheet, grid(rows))


@family
def answer_under_label(sheet: Sheet) -> Iterator[Node]:
    """One column: a row asks, the row below answers."""
    rows = []
    for one in sheet.rows():
        label = f"{one.number} {one.label}".strip()
        rows.append((Box(sheet.asked(label), span=2),))
        if one.text:
            rows.append((Box(sheet.answer(one.text), span=2),))
    yield from framed(sheet, grid(rows))


@family
def answer_in_label_cell(sheet: Sheet) -> Iterator[Node]:
    """One cell asks and answers."""
    rows = [
        (Box((*sheet.asked(f"{one.number} {one.label}".strip(), bold=True), *sheet.answer(one.text))),)
        for one in sheet.rows()
    ]
    yield from framed(sheet, grid(rows))


@family
def with_hint_column(sheet: Sheet) -> Iterator[Node]:
    rows = [sheet.cells("№", "Наименование поля", "Пояснение", "Содержание")]
    rows += [
        sheet.cells(one.number, sheet.asked(one.label), f"как писать {one.key}", sheet.answer(one.text))
        for one in sheet.rows()
    ]
    yield from framed(sheet, grid(rows, 1))


@family
def split_over_tables(sheet: Sheet) -> Iterator[Node]:
    """The form is cut into tables, the head row repeated."""
    rows = sheet.rows()
    cuts = sorted(sheet.chance.sample(range(3, len(rows) - 2), sheet.chance.randint(1, 3)))
    tables: list[Node] = []
    for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True):
        tables += [grid([sheet.head(), *(sheet.row(one) for one in rows[start:end])], 1), Para("")]
    yield from framed(sheet, *tables)


@family
def table_for_each_field(sheet: Sheet) -> Iterator[Node]:
    tables: list[Node] = []
    for one in sheet.rows():
        tables += [grid([sheet.row(one)]), Para("")]
    yield from framed(sheet, *tables)


@family
def answer_over_rows(sheet: Sheet) -> Iterator[Node]:
    """Each line of a long answer has a row; number and label are merged down."""
    rows: list[tuple[Box, ...]] = []
    for one in sheet.rows():
        lines = one.text.split("\n")
        if len(lines) == 1 or "" in lines:
            rows.append(sheet.row(one))
            continue
        for place, line in enumerate(lines):
            merge: Merge = "continue" if place else "restart"
            number, label = ((), ()) if place else (paras(one.number), sheet.asked(one.label))
            rows.append((Box(number, merge=merge), Box(label, merge=merge), Box((Para(line, "value"),))))
    yield from framed(sheet, grid(rows))


@family
def inside_outer_table(sheet: Sheet) -> Iterator[Node]:
    inner = tuple(framed(sheet, grid([sheet.row(one) for one in sheet.rows()])))
    yield grid([(Box(inner),)])


@family
def changed_order(sheet: Sheet) -> Iterator[Node]:
    """Fields stand in another order; the stages stay together under their head."""
    groups = groups_of(sheet.rows())
    sheet.chance.shuffle(groups)
    yield from framed(sheet, grid([sheet.row(one) for group in groups for one in group]))


def groups_of(rows: list[Asked]) -> list[list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for one in rows:
        found.setdefault(one.root, []).append(one)
    return list(found.values())


@family
def extra_rows(sheet: Sheet) -> Iterator[Node]:
    """The municipality asks more than the official form."""
    more = [
        ("Полное наименование организации", "МБОУ СОШ № 31 посёлка Ясного"), ("Контактный телефон, e-mail", "доб. 12, post@example.ru"),
        ("Ответственный исполнитель", "Снегирёва А. Ю."), ("Объём финансирования", "120 тысяч рублей"), ("Номинация конкурса", "«Управление»"),
        ("Сведения о социальных партнёрах", "Дом культуры, библиотека"), ("Количество участников проекта", "43"),
    ]  # fmt: skip
    rows = sheet.rows()
    found: list[tuple[Box, ...]] = []
    places = set(sheet.chance.sample(range(len(rows)), 4))
    for place, one in enumerate(rows):
        found.append(sheet.row(one))
        if place in places:
            label, text = more.pop(sheet.chance.randrange(len(more)))
            sheet.leftovers.append(text)
            found.append(
                sheet.cells(
                    sheet.chance.choice(("", "17", f"{one.root}.9")), (Para(label, "label"),), paras(text)
                )
            )
    yield from framed(sheet, grid(found))


@family
def foreign_table_before(sheet: Sheet) -> Iterator[Node]:
    """A table about the organisation stands before the form."""
    about = [
        ("Муниципалитет", "Степной район"),
        ("Организация", "МБОУ СОШ № 31"),
        ("Адрес", "посёлок Ясный, улица Садовая, 3"),
        ("Электронная почта", "post@example.ru"),
    ]
    sheet.leftovers += [text for _, text in about]
    table = grid([sheet.cells(label, text) for label, text in about])
    yield from (Para("Сведения об организации"), table, Para(""))
    yield from framed(sheet, grid([sheet.row(one) for one in sheet.rows()]))


@family
def resources_as_text(sheet: Sheet) -> Iterator[Node]:
    """The three resources are lines of one answer."""
    rows = []
    found = sheet.content.fields()
    names = (("16.1", "Материальное"), ("16.2", "Интеллектуальное"), ("16.3", "Временное"))
    dash = sheet.chance.choice((": ", " – ", ":\n"))
    for one in sheet.rows():
        if one.key.startswith("16."):
            continue
        lines = "\n".join(f"{label}{dash}{found[key]}" for key, label in names)
        answer = sheet.answer(one.text)
        if one.key == "16":
            answer = (*(answer if one.text else ()), *paras(lines, "value"))
        rows.append(sheet.cells(one.number, sheet.asked(one.label), answer))
    yield from framed(sheet, grid(rows))
