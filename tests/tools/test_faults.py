"""What the bench of faults counts as lost, and what it lets a page say."""

import pytest

from tools.bench.faults.verdicts import (
    BACK,
    BUSY,
    LOST,
    OUT,
    Outcome,
    Typed,
    is_good,
    misspoken,
    percentile,
    summary,
    table,
)

TYPED = Typed("слово", (1.0, 1.5, 2.0, 2.5, 3.0))
FINE = Outcome("сети нет", 0, 0.0, 2, 0, 0, ())


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ("слово", (0, 0.0)),
        ("слов", (1, 1.0)),
        ("сл", (3, 2.0)),
        ("", (5, 3.0)),
        ("другое", (5, 3.0)),
        ("словом", (0, 0.0)),
    ],
)
def test_loss_is_counted_from_the_first_missing_sign(kept: str, found: tuple[int, float]) -> None:
    assert TYPED.lost(kept, until=4.0) == found


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ([BUSY, "Сохранено в 14:03:12"], ()),
        ([BUSY, LOST, BACK, BUSY, "Сохранено в 14:03:12"], ()),
        ([OUT, BACK], ()),
        ([BACK], ("радость без причины",)),
        ([LOST, "Сохранено в 14:03:12"], ("о связи не сказано",)),
        (["Нет связи. Не закрывайте страницу, отправим сами"], ("Нет связи. Не закрывайте страницу, отправим сами",)),
    ],
)  # fmt: skip
def test_words_have_their_places(said: list[str], wrong: tuple[str, ...]) -> None:
    assert misspoken(said) == wrong


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([], 0.99, 0.0), ([3.0], 0.99, 3.0), ([1.0, 2.0, 3.0, 4.0], 0.5, 2.0), (range(1, 101), 0.99, 99)],
)
def test_percentile_is_the_nearest_rank(values: list[float], share: float, found: float) -> None:
    assert percentile(values, share) == found


@pytest.mark.parametrize(
    ("outcome", "good"),
    [
        (FINE, True),
        (Outcome("браузер убит", 3, 0.2, 1, 0, 0, ()), True),
        (Outcome("браузер убит", 30, 1.2, 1, 0, 0, ()), False),
        (Outcome("браузер убит", 0, 0.0, 1, 1, 0, ()), False),
        (Outcome("ответ потерян", 0, 0.0, 1, 0, 1, ()), False),
        (Outcome("сети нет", 0, 0.0, 1, 0, 0, ("Ура",)), False),
    ],
)
def test_a_run_is_good_only_when_nothing_is_lost(outcome: Outcome, good: bool) -> None:
    assert is_good(summary([outcome])) is good


def test_the_table_tells_each_kind() -> None:
    found = [FINE, FINE, Outcome("браузер убит", 3, 0.25, 1, 0, 0, ())]
    assert table(found).splitlines() == [
        "сбой                          раз  полей  пропало  p99, с  худшее",
        "браузер убит                    1      1        0    0.25    0.25",
        "сети нет                        2      4        0    0.00    0.00",
    ]
    assert summary(found) == {
        "faults": 3, "fields": 5, "lost_fields": 0, "p50": 0.0, "p99": 0.25, "worst": 0.25,
        "doubled": 0, "wrong_words": {},
    }  # fmt: skip
