"""The stages on one line of time."""

import pytest

from innoset.foundation.calendar import Month
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import stages_of
from innoset.projects.pure.stage_plan import Bar, Plan, plan_of


def plan(*periods: str) -> Plan | None:
    """Lay out stages with these periods."""
    values = {f"11.{number}": f"Этап {number}" for number in range(1, len(periods) + 1)}
    values |= {f"11.{number}.1": period for number, period in enumerate(periods, start=1)}
    return plan_of(stages_of(form_by_code("passport"), values))


def test_stages_one_after_another() -> None:
    assert plan("Сентябрь–декабрь 2026 г.", "Январь–май 2027 г.") == Plan(
        Month(2026, 9),
        9,
        (
            Bar(1, "Этап 1", Month(2026, 9), Month(2026, 12), 0, 4),
            Bar(2, "Этап 2", Month(2027, 1), Month(2027, 5), 4, 5),
        ),
        (
            "Этап 1: сентябрь 2026 г. — декабрь 2026 г., 4 месяца.",
            "Этап 2: январь 2027 г. — май 2027 г., 5 месяцев.",
        ),
    )


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("март–май 2027 г.", "Между этапами 1 и 2 перерыв: 2 месяца."),
        ("декабрь 2026 г. – май 2027 г.", "Этапы 1 и 2 идут одновременно: 1 месяц."),
        ("октябрь 2026 г.", "Этапы 1 и 2 идут одновременно: 1 месяц."),
        ("май 2026 г.", "Этап 2 раньше этапа 1. Проверьте порядок."),
        ("когда-нибудь", "Срок этапа 2 не понятен, поэтому его нет на рисунке."),
    ],
)
def test_gaps_and_overlaps_are_told(second: str, told: str) -> None:
    made = plan("Сентябрь–декабрь 2026 г.", second)
    assert made is not None
    assert made.sentences[-1] == told


def test_one_end_is_enough() -> None:
    made = plan("до декабря 2024 г.")
    assert made is not None
    assert made.sentences == ("Этап 1: декабрь 2024 г., 1 месяц.",)


def test_months_that_run_backwards_are_turned() -> None:
    made = plan("05.2027 – 01.2027")
    assert made is not None
    assert (made.start, made.length) == (Month(2027, 1), 5)


@pytest.mark.parametrize("periods", [(), ("",), ("когда-нибудь", "")])
def test_without_months_there_is_nothing_to_draw(periods: tuple[str, ...]) -> None:
    assert plan(*periods) is None
