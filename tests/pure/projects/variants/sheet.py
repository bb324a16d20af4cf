"""One filled and worn form, row by row, for the layouts to set as they like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from innoset.projects.pure.forms import fields_of
from innoset.projects.pure.passport_form import GUARANTEES, PASSPORT
from tests.pure.projects.variants.content import Content, StageTold
from tests.pure.projects.variants.damage import Wear
from tests.pure.projects.variants.paper import Box, Grid, Node, Para, paras
from tests.pure.projects.variants.word_hand import Hand

ROMAN = ("", "I", "II", "III", "IV", "V")
PARTS = (("Сроки", "period"), ("Задачи", "tasks"), ("Полученный результат", "result"))
_MARK = re.compile(r"(?m)^(?:[·–-]|\d+[.)])\s+")
_HEADS = ("№ п/п", "Наименование поля", "Содержание")


@dataclass(frozen=True)
class Asked:
    """A row of the form: its official key, what is printed, what was answered."""

    key: str
    number: str
    label: str
    text: str

    @property
    def root(self) -> str:
        return self.key.partition(".")[0]


@dataclass
class Sheet:
    """What a layout needs: rows, answers as paragraphs, the frame around."""

    content: Content
    wear: Wear
    hand: Hand
    chance: Random
    leftovers: list[str] = field(default_factory=list)

    def rows(self) -> list[Asked]:
        """Return every row with its worn label and number."""
        found, values = [], self.content.fields()
        for place, one in enumerate(fields_of(PASSPORT, stages=len(self.content.stages)), 1):
            number = self.wear.number(self.chance, one.key, place)
            found.append(Asked(one.key, number, self.wear.label(self.chance, one.label), values[one.key]))
        return found

    def without_stages(self) -> list[Asked]:
        """Return the rows outside the stages."""
        return [one for one in self.rows() if not one.key.startswith("11.")]

    def answer(self, text: str) -> tuple[Para, ...]:
        """Return an answer as the typist sets it: paragraphs, or one with line breaks, or a list."""
        if self.hand.lists and text.count("\n") and _is_list(text):
            return tuple(replace(one, numbered=True) for one in paras(text, "value"))
        if self.chance.random() < self.hand.breaks:
            return (Para(text, "value"),)
        return paras(text, "value")

    def asked(self, label: str, *, bold: bool = False) -> tuple[Para, ...]:
        """Return a label as paragraphs, a broken one perhaps by a mark inside one paragraph."""
        if "\n" in label and self.chance.random() < 0.5:
            return (Para(label, "label", bold),)
        return paras(label, "label", bold=bold)

    def cells(self, *contents: "str | tuple[Node, ...]") -> tuple[Box, ...]:
        """Return a row of cells."""
        return tuple(Box(paras(one) if isinstance(one, str) else one) for one in contents)

    def head(self, columns: int = 3) -> tuple[Box, ...]:
        return self.cells(*_HEADS[-columns:])

    def row(self, one: Asked, *, columns: int = 3) -> tuple[Box, ...]:
        """Return the usual row; with two columns the number is lost or stands in the label."""
        label, answer = self.asked(one.label), self.answer(one.text)
        return self.cells(one.number, label, answer) if columns == 3 else self.cells(label, answer)

    def title(self) -> tuple[Node, ...]:
        return self.chance.choice((
            (Para("Паспорт инновационного проекта (программы)*", bold=True),),
            (Para("ПАСПОРТ", bold=True), Para("инновационного проекта (программы)", bold=True)),
            (Para("Приложение 1"), Para("к приказу от 02.08.2021 № 415"), Para("Паспорт инновационного проекта (программы)*")),
            (Para("УТВЕРЖДАЮ"), Para("Начальник управления ________ 01.09.2020"), Para("Паспорт инновационного проекта")),
        ))  # fmt: skip

    def ending(self) -> tuple[Node, ...]:
        """Return the statements, the signature and, in some files, a stamp or an incoming number."""
        block = PASSPORT.signature
        lines = [block.footnote, block.lead_in] if block else []
        statements = [*lines, *(f"· {one.text}" for one in GUARANTEES)]
        signature = list(self.content.signature)
        written: list[Node] = [Para(line) for line in statements] if self.chance.random() < 0.8 else []
        return (*written, *self.signed(signature), *self.stamped())

    def signed(self, lines: list[str]) -> Iterator[Node]:
        if self.chance.random() < 0.3:
            yield Grid(tuple(self.cells(*re.split(r"\s{3,}|\t+", line)) for line in lines))
        else:
            yield from (Para(line) for line in lines)

    def stamped(self) -> tuple[Node, ...]:
        stamp = (
            "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ",
            "Сертификат: 00C1D2",
            "Владелец: Берёзкина О. В.",
            "Действителен с 12.01.2020 по 12.04.2021",
        )
        return self.chance.choice((
            (), (), (),
            tuple(Para(line) for line in stamp),
            (Grid(((Box(tuple(Para(line) for line in stamp)),),)),),
            (Para("Подписано цифровой подписью: Берёзкина О. В."), Para("Дата: 2020.12.24 10:57:34 +03'00'")),
            (Para("Вх. № 77 от 16.10.2020"),),
        ))  # fmt: skip


def _is_list(text: str) -> bool:
    return all(";" in line or line.endswith(".") for line in text.split("\n"))


def unmarked(content: Content) -> Content:
    """Return the content whose lists are Word's own: bullets and numbers are no text there."""
    values = {key: _MARK.sub("", text) for key, text in content.values.items()}
    return replace(content, values=values)


def stage_label(number: int, stage: StageTold, chance: Random) -> str:
    """Return a stage head with its name inside."""
    name = stage.name
    if not name:
        return chance.choice((f"{ROMAN[number]} этап:", f"{ROMAN[number]} этап", f"Этап {number}"))
    return chance.choice((
        f"{ROMAN[number]} этап: {name}", f"{ROMAN[number]} этап. {name}", f"{number} этап – {name}",
        f"Этап {number}. {name}", f"Этап {ROMAN[number]}: {name}", f"{number}-й этап: {name}",
    ))  # fmt: skip
