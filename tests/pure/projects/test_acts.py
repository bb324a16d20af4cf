"""Normative acts out of running text: what is found, what is not, and how often."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from docx import Document  # noqa: TID253  # reason: the test is about such a file
from hypothesis import given
from hypothesis import strategies as st

from innoset.documents.states import ActKind as K
from innoset.documents.states import ActLevel as L
from innoset.projects.pure.acts import NamedAct, acts_in
from tests.pure.projects.act_lines import LINES, Gold


def told(act: NamedAct, gold: Gold) -> Gold:
    """Say of a found act as much as the gold line does."""
    return Gold(act.kind, act.signed_on, act.number, act.title[: len(gold.title)])


def table() -> dict[str, Counter[str]]:
    """Count what was right, missed and invented, by the sort of line."""
    rows: dict[str, Counter[str]] = {}
    for sort, text, gold in LINES:
        row = rows.setdefault(sort, Counter())
        found = [Gold(one.kind, one.signed_on, one.number) for one in acts_in(text)]
        wanted = [one._replace(title="") for one in gold]
        right = sum((Counter(found) & Counter(wanted)).values())
        row.update(right=right, missed=len(wanted) - right, invented=len(found) - right, lines=1)
    return rows


@pytest.mark.parametrize(
    ("sort", "text", "gold"), LINES, ids=[f"{at}-{line[0]}" for at, line in enumerate(LINES, 1)]
)
def test_acts_of_a_line(sort: str, text: str, gold: tuple[Gold, ...]) -> None:
    found = acts_in(text)
    assert len(found) == len(gold), found
    assert tuple(told(act, one) for act, one in zip(found, gold, strict=True)) == gold


def test_the_table_of_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Every sort of line: what was right, missed and invented; the figures are shown with -s."""
    rows = table()
    total = sum(rows.values(), Counter())
    shown = [
        f"{sort}: {row['lines']} lines, {row['right']} right, {row['missed']} missed, {row['invented']} invented"
        for sort, row in rows.items()
    ]
    recall = total["right"] / (total["right"] + total["missed"])
    precision = total["right"] / (total["right"] + total["invented"])
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *shown, f"recall {recall:.3f}, precision {precision:.3f}", ""]))
    assert total["lines"] >= 60
    assert (recall, precision) == (1.0, 1.0)


def test_an_act_keeps_its_words_and_its_place() -> None:
    text = "База: приказ Минпросвещения России от 31.05.2021 № 287 «Об утверждении стандарта», прочее"
    [act] = acts_in(text)
    assert act == NamedAct(
        level=L.FEDERAL,
        kind=K.ORDER,
        issuer="Министерство просвещения Российской Федерации",
        signed_on=act.signed_on,
        date_text="31.05.2021",
        number="287",
        title="Об утверждении стандарта",
        start=6,
        end=81,
        text="приказ Минпросвещения России от 31.05.2021 № 287 «Об утверждении стандарта»",
    )
    assert text[act.start : act.end] == act.text


@pytest.mark.parametrize(
    ("text", "level", "issuer"),
    [
        (
            "Приказ Минобрнауки от 23.07.2013 № 611",
            L.FEDERAL,
            "Министерство образования и науки Российской Федерации",
        ),
        (
            "Приказ Минобрнауки от 22.03.2019 № 21н",
            L.FEDERAL,
            "Министерство науки и высшего образования Российской Федерации",
        ),
        ("Приказ ГБОУ ИРО КК от 11.06.2021 № 297", L.INSTITUTE, "ГБОУ ИРО Краснодарского края"),
        (
            "Приказ МОН КК от 13.12.2016 № 5686",
            L.REGIONAL,
            "Министерство образования и науки Краснодарского края",
        ),
        (
            "Приказ управления образования Лесного района от 1.02.2024 № 5",
            L.MUNICIPAL,
            "управления образования Лесного района",
        ),
        ("Приказ МБОУ СОШ № 5 от 01.02.2024 № 5", L.LOCAL, "МБОУ СОШ № 5"),
        ("Закон Краснодарского края от 16.07.2013 № 2770-КЗ", L.REGIONAL, "Краснодарский край"),
        ("Закон «Об образовании в Краснодарском крае»", L.REGIONAL, "Краснодарский край"),
        ("Региональный уровень: приказ от 01.02.2024 № 5 «О форуме»", L.REGIONAL, ""),
        ("Приказ от 01.02.2024 № 5", L.LOCAL, ""),
        ("Приказ от 01.02.2024 № 5н", L.FEDERAL, ""),
        ("Приказ от 01.02.2024 № 5 «О проекте муниципального района»", L.MUNICIPAL, ""),
        ("Концепция развития школьной информатики", L.LOCAL, ""),
    ],
)
def test_level_and_issuer(text: str, level: L, issuer: str) -> None:
    [act] = acts_in(text)
    assert (act.level, act.issuer) == (level, issuer)


def test_an_incomplete_date_is_told() -> None:
    acts = acts_in("Приказ от  марта 2019г. № 21н; приказ от 12.03.2024 № 5; приказ № 7 «О плане»")
    assert [(act.date_text, act.is_date_incomplete) for act in acts] == [
        ("марта 2019г.", True),
        ("12.03.2024", False),
        ("", False),
    ]


def test_one_act_named_twice_is_one_and_takes_what_the_second_adds() -> None:
    [act] = acts_in("Приказ № 215 «О наставничестве».\nприказ управления образования от 12.03.2024 № 215")
    assert act.requisites.short == "приказ от 12.03.2024 № 215"
    assert (act.title, act.issuer) == ("О наставничестве", "управления образования")


def test_two_dates_are_two_acts() -> None:
    acts = acts_in("Приказ от 16.09.2015 № 4719; приказ от 25.03.2016 № 4719")
    assert [act.requisites.short for act in acts] == [
        "приказ от 16.09.2015 № 4719",
        "приказ от 25.03.2016 № 4719",
    ]


def test_what_an_amending_act_names_is_nested() -> None:
    acts = acts_in(
        "Приказ от 25.03.2016 № 1616 «О внесении изменений в приказ от 13.02.2015 № 563 «О форуме»»"
    )
    assert [(act.number, act.is_nested) for act in acts] == [("1616", False), ("563", True)]


@given(
    st.lists(st.sampled_from([line[1] for line in LINES]), max_size=6),
    st.sampled_from(["; ", "\n", ", ", " "]),
)
def test_lines_in_any_company(lines: list[str], joint: str) -> None:
    text = joint.join(lines)
    acts = acts_in(text)
    assert all(text[act.start : act.end] == act.text != "" for act in acts)
    assert [act.start for act in acts] == sorted(act.start for act in acts)


@given(st.lists(st.sampled_from([line for line in LINES if line[2]]), min_size=1, max_size=5, unique=True))
def test_no_number_is_lost_in_a_list(lines: list[tuple[str, str, tuple[Gold, ...]]]) -> None:
    """A list with an act on each line names all their numbers, whatever stands beside."""
    found = {
        act.number for act in acts_in(";\n".join(f"{at}. {line[1]}" for at, line in enumerate(lines, 1)))
    }
    assert {one.number for line in lines for one in line[2]} - {""} <= found


@given(st.text(alphabet='приказ закон от №«»"()О12.-,;\n', max_size=300))
def test_any_text_may_be_asked(text: str) -> None:
    assert all(text[act.start : act.end] == act.text for act in acts_in(text))


def test_the_passport_beside_the_repository(samples: Path) -> None:
    """Nine acts in field 7, as counted by hand."""
    assert len(acts_in(_field_7(samples / "passport_vyselki.docx"))) == 9


def test_the_programme_beside_the_repository(samples: Path) -> None:
    """Fifteen acts in section 1.2 and three in 4.5, as counted by hand."""
    text = _prose(samples / "programme_krc.docx")
    grounds = text[text.index("Федеральный уровень") : text.index("1.3 Проблема")]
    network = text[text.index("4.5  Нормативные") : text.index("4.6 План")]
    assert (len(acts_in(grounds)), len(acts_in(network))) == (15, 3)


def _field_7(path: Path) -> str:
    rows = [row.cells for row in Document(os.fspath(path)).tables[0].rows]
    [text] = [cells[-1].text for cells in rows if cells[0].text.strip() == "7"]
    return text


def _prose(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(os.fspath(path)).paragraphs)
