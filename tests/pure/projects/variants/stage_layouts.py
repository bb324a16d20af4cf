"""Layouts that differ in how the stages stand."""

from collections.abc import Iterator

from tests.pure.projects.variants.families import family, framed, grid
from tests.pure.projects.variants.paper import Box, Grid, Merge, Node, Para, paras
from tests.pure.projects.variants.sheet import PARTS, Sheet, stage_label


@family
def stages_merged_down(sheet: Sheet) -> Iterator[Node]:
    """The head of a stage is merged down beside its parts."""
    rows: list[tuple[Box, ...]] = []
    for one in sheet.without_stages():
        rows.append(
            (*sheet.cells(one.number), Box(sheet.asked(one.label), span=2), Box(sheet.answer(one.text)))
        )
        if one.key == "11":
            for number, stage in enumerate(sheet.content.stages, 1):
                for place, (label, part) in enumerate(PARTS):
                    merge: Merge = "continue" if place else "restart"
                    head = "" if place else stage_label(number, stage, sheet.chance)
                    rows.append((
                        Box(paras("" if place else f"11.{number}"), merge=merge), Box(paras(head, "label"), merge=merge),
                        Box(paras(label, "label")), Box(sheet.answer(getattr(stage, part))),
                    ))  # fmt: skip
    yield from framed(sheet, grid(rows))


def _stages_as_rows(sheet: Sheet) -> list[tuple[Box, ...]]:
    return [sheet.row(one) for one in sheet.rows() if one.key.startswith("11.")]


@family
def nested_stage_rows(sheet: Sheet) -> Iterator[Node]:
    rows = []
    inner = grid(_stages_as_rows(sheet))
    for one in sheet.without_stages():
        answer: tuple[Node, ...] = (
            (*sheet.answer(one.text), inner) if one.key == "11" else sheet.answer(one.text)
        )
        rows.append(sheet.cells(one.number, sheet.asked(one.label), answer))
    yield from framed(sheet, grid(rows))


def by_columns(sheet: Sheet) -> Grid:
    """Return the stages as a table with a row a stage."""
    chance = sheet.chance
    first = chance.choice(("Этап", "Название этапа", "Наименование этапа", "Этапы", "Этап реализации"))
    heads = [
        first,
        chance.choice(("Сроки", "Срок", "Сроки реализации")),
        chance.choice(("Задачи", "Задачи этапа")),
        chance.choice(("Результат", "Полученный результат", "Результаты")),
    ]
    numbered = chance.random() < 0.3
    rows = [sheet.cells(*(["№"] if numbered else []), *heads)]
    for number, stage in enumerate(sheet.content.stages, 1):
        name = stage.name if numbered else stage_label(number, stage, chance)
        texts = (name, stage.period, stage.tasks, stage.result)
        rows.append(
            sheet.cells(*([str(number)] if numbered else []), *(sheet.answer(text) for text in texts))
        )
    return grid(rows, 1)


@family
def nested_stage_columns(sheet: Sheet) -> Iterator[Node]:
    rows = []
    inner = by_columns(sheet)
    for one in sheet.without_stages():
        answer: tuple[Node, ...] = (
            (*sheet.answer(one.text), inner) if one.key == "11" else sheet.answer(one.text)
        )
        rows.append(sheet.cells(one.number, sheet.asked(one.label), answer))
    yield from framed(sheet, grid(rows))


@family
def stage_table_between(sheet: Sheet) -> Iterator[Node]:
    """The stages are a table of their own between two halves of the form."""
    rows = sheet.without_stages()
    cut = next(place for place, one in enumerate(rows) if one.key == "11") + 1
    halves = [grid([sheet.row(one) for one in half]) for half in (rows[:cut], rows[cut:])]
    yield from framed(sheet, halves[0], Para(""), by_columns(sheet), Para(""), halves[1])


@family
def stage_table_at_the_end(sheet: Sheet) -> Iterator[Node]:
    """The stages follow the form as a table of their own."""
    rows = [sheet.row(one) for one in sheet.without_stages()]
    yield from framed(sheet, grid(rows), Para("Этапы реализации проекта"), by_columns(sheet), Para(""))


@family
def stages_side_by_side(sheet: Sheet) -> Iterator[Node]:
    """A column a stage: the parts go down the first column."""
    stages = sheet.content.stages
    heads = [stage_label(number, stage, sheet.chance) for number, stage in enumerate(stages, 1)]
    inner = [sheet.cells("", *heads)]
    inner += [
        sheet.cells(label, *(sheet.answer(getattr(stage, part)) for stage in stages)) for label, part in PARTS
    ]
    rows = []
    for one in sheet.without_stages():
        answer: tuple[Node, ...] = (
            (*sheet.answer(one.text), grid(inner)) if one.key == "11" else sheet.answer(one.text)
        )
        rows.append(sheet.cells(one.number, sheet.asked(one.label), answer))
    yield from framed(sheet, grid(rows))


@family
def stages_as_text(sheet: Sheet) -> Iterator[Node]:
    """The stages are lines in the answer of field 11."""
    rows = []
    for one in sheet.without_stages():
        answer = sheet.answer(one.text)
        if one.key == "11":
            answer = tuple(line for line in answer if line.text) + tuple(_stage_lines(sheet))
        rows.append(sheet.cells(one.number, sheet.asked(one.label), answer))
    yield from framed(sheet, grid(rows))


def _stage_lines(sheet: Sheet) -> Iterator[Para]:
    below = sheet.chance.random() < 0.5
    for number, stage in enumerate(sheet.content.stages, 1):
        yield Para(stage_label(number, stage, sheet.chance), "label")
        for label, part in PARTS:
            lines = getattr(stage, part).split("\n")
            if below:
                yield from (Para(f"{label}:", "label"), *(Para(line, "value") for line in lines))
            else:
                yield Para(f"{label}: {lines[0]}", "value")
                yield from (Para(line, "value") for line in lines[1:])
