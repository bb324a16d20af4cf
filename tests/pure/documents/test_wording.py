"""The words that depend on the case: outcomes, agreement, what is left out when there is nothing to say."""

from dataclasses import replace

import pytest

from innoset.documents.pure import application_paper, letter, minutes, official, order, receipt
from innoset.documents.pure.blocks import (
    Edges,
    Fact,
    Facts,
    Heading,
    Line,
    PageBreak,
    Paper,
    Point,
    Prose,
    Signature,
)
from innoset.documents.pure.letter import Outcome
from tests.pure.documents import samples
from tests.pure.documents.samples import (
    BARE_LETTER,
    BARE_MINUTES,
    DRAFT_ORDER,
    GRANTED,
    MINUTES,
    ORDER,
    TO_MEND,
)

START = "Сообщаем, что заявка № 1 «Тема», поданная на конкурс «Инновационный поиск – 2026»,"


def prose_of(paper):
    return [block.text for block in paper.blocks if isinstance(block, Prose)]


def points_of(paper):
    return [block.text for block in paper.blocks if isinstance(block, Point)]


# ── Letters ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.CONFORMS, "соответствует требованиям положения о конкурсе. Заявка допущена к экспертизе."),
        (
            Outcome.MINOR,
            "проверена. Найдены недочёты, которые не препятствуют допуску. Заявка допущена к экспертизе.",
        ),
        (Outcome.MEND, "проверена и возвращена на доработку: найдены недочёты, которые нужно исправить."),
        (Outcome.REFUSED, "проверена и не допущена к участию в конкурсе."),
    ],
)
def test_each_outcome_has_its_sentence(outcome, said):
    assert prose_of(letter.paper(replace(BARE_LETTER, outcome=outcome))) == [f"{START} {said}"]


def test_the_term_for_mending_is_named_only_when_something_is_to_be_mended():
    terms = [
        [text for text in prose_of(letter.paper(replace(TO_MEND, outcome=outcome))) if "не позднее" in text]
        for outcome in Outcome
    ]
    assert terms == [
        [],
        [],
        [
            (
                "Исправьте недочёты и отправьте заявку снова не позднее 11 декабря 2026 г., 17:00 МСК. "
                "Если заявка не будет исправлена в срок, она не будет допущена к конкурсу."
            )
        ],
        [],
    ]


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Петрова Анна Николаевна", "Уважаемая Анна Николаевна!"),
        ("Черных Пётр Саввич", "Уважаемый Пётр Саввич!"),
        ("Петрова А. Н.", "Уважаемые коллеги!"),
        ("Петрова Анна", "Уважаемые коллеги!"),
        ("Ким Ян", "Уважаемые коллеги!"),
        ("", "Уважаемые коллеги!"),
    ],
)
def test_the_greeting_agrees_with_the_person(name, greeting):
    frame = replace(samples.FRAME, to=replace(samples.FRAME.to, name=name))
    lines = [
        block.text for block in letter.paper(replace(TO_MEND, frame=frame)).blocks if isinstance(block, Line)
    ]
    assert lines[-1] == greeting


def test_a_result_without_comments_has_no_heading_for_them():
    remarks = (letter.Remarks("Новизна", 15, 12),)
    headings = [
        [
            block.text
            for block in letter.paper(replace(GRANTED, **change)).blocks
            if isinstance(block, Heading)
        ]
        for change in (
            {},
            {"remarks": remarks, "general": ()},
            {"remarks": (), "general": ()},
            {"remarks": ()},
        )
    ]
    both = ["Оценки по критериям", "Комментарии экспертов"]
    assert headings == [both, both[:1], [], both[1:]]


def test_the_mean_may_stand_without_a_maximum_or_not_at_all():
    said = [
        [text for text in prose_of(letter.paper(replace(GRANTED, **change))) if text.startswith("Средний")]
        for change in ({}, {"maximum": None}, {"mean": None})
    ]
    assert said == [["Средний балл заявки: 92,33 из 100 возможных."], ["Средний балл заявки: 92,33."], []]


# ── Minutes ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("in_all", "there", "quorum", "said"),
    [
        (
            9,
            7,
            6,
            "Из 9 членов совета на заседании присутствуют 7. Кворум (не менее 6) имеется, заседание правомочно.",
        ),
        (
            21,
            1,
            1,
            "Из 21 члена совета на заседании присутствует 1. Кворум (не менее 1) имеется, заседание правомочно.",
        ),
        (
            9,
            5,
            6,
            "Из 9 членов совета на заседании присутствуют 5. Кворума (не менее 6) нет, заседание неправомочно.",
        ),
    ],
)
def test_the_quorum_is_stated(in_all, there, quorum, said):
    present = tuple(minutes.Member("Ли Ян") for _ in range(there))
    paper = minutes.paper(replace(BARE_MINUTES, members_in_all=in_all, present=present, quorum=quorum))
    assert prose_of(paper) == [said]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Шевченко Ольга Петровна"], "Шевченко О. П. (родство); в обсуждении и голосовании по этому вопросу не участвовала."),
        (["Черных Пётр Саввич"], "Черных П. С. (родство); в обсуждении и голосовании по этому вопросу не участвовал."),
        (["Ким Ян"], "Ким Я. (родство); в обсуждении и голосовании по этому вопросу участия не принимал(а)."),
        (
            ["Ким Ян", "Ли Ян"],
            "Ким Я. (родство); Ли Я. (родство); в обсуждении и голосовании по этому вопросу не участвовали.",
        ),
    ],
)  # fmt: skip
def test_recusals_agree_with_those_who_left(names, said):
    recusals = tuple(minutes.Recusal(name, "родство") for name in names)
    item = minutes.Item("Вопрос", heard=(), resolved=(), recusals=recusals)
    assert prose_of(minutes.paper(replace(BARE_MINUTES, items=(item,))))[1:] == [said]


def test_an_item_may_end_without_a_resolution_and_a_vote():
    item = minutes.Item("О разном", heard=(minutes.Speech("Ли Ян", "сообщил новости."),), resolved=())
    blocks = minutes.paper(replace(BARE_MINUTES, items=(item,))).blocks
    place = blocks.index(Line("1. О разном", is_bold=True))
    assert blocks[place : place + 3] == (
        Line("1. О разном", is_bold=True),
        Prose("Ли Я. – сообщил новости.", lead="СЛУШАЛИ:"),
        Signature("Председатель", "Я. Ли"),
    )


def cut_rows(means, cut):
    rows = tuple(minutes.Ranked(1, f"{mean}", "О", "Т", 3, mean, 0, "Р") for mean in means)
    return [
        row[1] if len(row) > 1 else row[0]
        for row in minutes._ranked(minutes.Ranking("", rows, cut), is_fair=False)
    ]


@pytest.mark.parametrize(
    ("means", "cut", "order_of_rows"),
    [
        ([90, 70, 69.99], 70, ["90", "70", "Проходной балл: 70,00", "69.99"]),
        ([90], 70, ["90", "Проходной балл: 70,00"]),
        ([60], 70, ["Проходной балл: 70,00", "60"]),
        ([60], None, ["60"]),
        ([], None, []),
    ],
)
def test_the_cut_line_stands_between_those_above_and_below(means, cut, order_of_rows):
    assert cut_rows(means, cut) == order_of_rows


def test_a_ranking_without_departures_and_quarrels_has_no_notes_of_them():
    first = replace(MINUTES.rankings[0].rows[0], fair="")
    calm = replace(MINUTES.rankings[0], rows=(first,))
    notes = [block.text for block in minutes._notes(replace(MINUTES, rankings=(calm,)))]
    assert notes == ["Всего в рейтинге 1 заявка."]


def test_the_ranking_may_have_no_contest():
    headings = [
        block.text
        for block in minutes.paper(replace(MINUTES, contest="")).blocks
        if isinstance(block, Heading)
    ]
    assert headings == [
        "ПРОТОКОЛ",
        "ПОВЕСТКА ДНЯ",
        "СРОКИ ПРИЁМА ЗАЯВОК",
        "ПОРЯДОК ПОДСЧЁТА МЕСТ",
        "Рейтинг заявок",
    ]


# ── Orders ──────────────────────────────────────────────────────────────────

FIRST = "Утвердить итоги конкурса «Инновационный поиск – 2026» (далее – конкурс)."
LAST = [
    "Контроль за исполнением настоящего приказа оставляю за собой.",
    "Приказ вступает в силу со дня его подписания.",
]


def test_an_order_speaks_only_of_the_appendices_that_it_has():
    only_awarded = replace(DRAFT_ORDER, awarded=ORDER.awarded, declined=())
    nobody = replace(DRAFT_ORDER, declined=())
    assert [points_of(order.paper(one)) for one in (only_awarded, DRAFT_ORDER, nobody)] == [
        [
            FIRST,
            "Признать победителями конкурса и присвоить статус организациям согласно приложению к настоящему приказу.",
            *LAST,
        ],
        [
            FIRST,
            "Не присваивать статус организациям, перечисленным в приложении к настоящему приказу.",
            *LAST,
        ],
        [FIRST, *LAST],
    ]


@pytest.mark.parametrize(
    ("change", "title", "mark"),
    [
        ({}, "Приказ «Об итогах конкурса „Инновационный поиск – 2026“»", ""),
        ({"number": ""}, "Проект приказа «Об итогах конкурса „Инновационный поиск – 2026“»", "ПРОЕКТ"),
        ({"signed_on": None}, "Проект приказа «Об итогах конкурса „Инновационный поиск – 2026“»", "ПРОЕКТ"),
    ],
)
def test_an_order_without_a_number_or_a_date_is_a_draft(change, title, mark):
    paper = order.paper(replace(ORDER, **change))
    assert (paper.title, paper.mark) == (title, mark)


# ── The rest ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sender", "label"),
    [
        ("Петрова Анна Николаевна", "Отправила"),
        ("Черных Пётр Саввич", "Отправил"),
        ("Ким Ян", "Кто отправил"),
    ],
)
def test_the_receipt_agrees_with_the_sender(sender, label):
    facts = receipt.sheet(replace(samples.BARE_RECEIPT, sent_by=sender)).data["facts"]
    assert [fact for fact in facts if fact["text"] == sender] == [{"label": label, "text": sender}]


def test_an_application_that_was_not_sent_and_not_dated():
    paper = application_paper.paper(
        replace(samples.BLIND_COPY, post="Директор", number="7", sent_at=samples.AT, version=0)
    )
    assert paper.blocks[1:2] + paper.blocks[3:] == (
        Facts((Fact("Номер заявки", "7"), Fact("Отправлена", "5 декабря 2026 г., 14:03:12 МСК"))),
        Edges("«____» ______________ 20___ г.", ""),
        Signature("Директор", "", seal=True),
    )


def test_plain_text_of_every_block():
    paper = Paper("Т", (Facts((Fact("Кто", "я"), Fact("Где", "тут"))), PageBreak(), Edges("слева", "справа")))
    assert official.text(paper) == "Кто: я\nГде: тут\n\nслева справа\n"
