"""Layouts without a table: labels and answers are paragraphs."""

from collections.abc import Iterator

from tests.pure.projects.variants.families import family, framed, groups_of
from tests.pure.projects.variants.paper import Node, Para, paras
from tests.pure.projects.variants.sheet import Sheet
from tests.pure.projects.variants.stage_layouts import by_columns


@family
def paragraphs_numbered(sheet: Sheet) -> Iterator[Node]:
    """«4. Цели …» on a line, the answer below."""
    lines: list[Node] = []
    for one in sheet.rows():
        lines.append(
            Para(
                f"{one.number.rstrip('.')}. {one.label}" if one.number else one.label,
                "label",
                bold=not one.number,
            )
        )
        lines += [line for line in sheet.answer(one.text) if one.text]
    yield from framed(sheet, *lines)


@family
def paragraphs_bold(sheet: Sheet) -> Iterator[Node]:
    lines: list[Node] = []
    for one in sheet.rows():
        lines.append(Para(one.label, "label", bold=True))
        lines += [line for line in sheet.answer(one.text) if one.text]
    yield from framed(sheet, *lines)


@family
def paragraphs_headings(sheet: Sheet) -> Iterator[Node]:
    """The labels have the style of a heading and the number of a list."""
    lines: list[Node] = []
    for one in sheet.rows():
        lines.append(Para(one.label, "label", bold=True, heading=True, numbered=True))
        lines += [line for line in sheet.answer(one.text) if one.text]
    yield from framed(sheet, *lines)


@family
def paragraphs_with_colon(sheet: Sheet) -> Iterator[Node]:
    """«4. Цели …: Создание условий» on one line."""
    lines: list[Node] = []
    for one in sheet.rows():
        first, _, rest = one.text.partition("\n")
        number = f"{one.number.rstrip('.')}. " if one.number else ""
        lines.append(Para(f"{number}{one.label.rstrip(':')}: {first}", "label"))
        lines += paras(rest, "value") if rest else ()
    yield from framed(sheet, *lines)


@family
def paragraphs_plain(sheet: Sheet) -> Iterator[Node]:
    """Labels without number and without bold, each with a colon, the answer below."""
    lines: list[Node] = []
    for one in sheet.rows():
        lines.append(Para(f"{one.label.rstrip(': ')}:", "label"))
        lines += [line for line in sheet.answer(one.text) if one.text]
    yield from framed(sheet, *lines)


@family
def paragraphs_changed_order(sheet: Sheet) -> Iterator[Node]:
    groups = groups_of(sheet.rows())
    sheet.chance.shuffle(groups)
    lines: list[Node] = []
    for one in (one for group in groups for one in group):
        lines.append(Para(f"{one.number} {one.label}".strip(), "label", bold=True))
        lines += [line for line in sheet.answer(one.text) if one.text]
    yield from framed(sheet, *lines)


@family
def paragraphs_then_stage_table(sheet: Sheet) -> Iterator[Node]:
    """Everything is paragraphs, only the stages are a table."""
    lines: list[Node] = []
    for one in sheet.without_stages():
        lines.append(Para(f"{one.number} {one.label}".strip(), "label", bold=True))
        lines += [line for line in sheet.answer(one.text) if one.text]
        if one.key == "11":
            lines += [by_columns(sheet), Para("")]
    yield from framed(sheet, *lines)
