"""The picture of the stages: where bars and years stand."""

from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import fields_of
from innoset.web.cabinet.stage_picture import Line, Picture, Tick, picture_of

FORM = form_by_code("passport")


def picture(**periods: str) -> Picture | None:
    """Draw a passport with these months; `s1` is the first stage."""
    texts = {f"11.{name[1:]}.1": period for name, period in periods.items()}
    return picture_of(FORM, texts, fields_of(FORM))


def test_bars_stand_where_their_months_are() -> None:
    made = picture(s1="июль–декабрь 2026 г.", s2="январь 2027 г. – февраль 2028 г.")
    assert made == Picture(
        height=92.0,
        floor=84.0,
        lines=(Line("Этап 1", 60.0, 30.0, 114.0, 43.0), Line("Этап 2", 174.0, 60.0, 266.0, 73.0)),
        ticks=(Tick(60.0, "2026"), Tick(174.0, "2027"), Tick(402.0, "2028")),
        sentences=(
            "Этап 1: июль 2026 г. — декабрь 2026 г., 6 месяцев.",
            "Этап 2: январь 2027 г. — февраль 2028 г., 14 месяцев.",
        ),
    )


def test_a_year_too_near_the_first_mark_is_left_out() -> None:
    made = picture(s1="декабрь 2026 г. – ноябрь 2029 г.")
    assert made is not None
    assert [tick.label for tick in made.ticks] == ["2026", "2028", "2029"]


def test_a_plan_from_january_marks_every_january() -> None:
    made = picture(s1="январь 2026 г. – декабрь 2027 г.")
    assert made is not None
    assert made.ticks == (Tick(60.0, "2026"), Tick(250.0, "2027"))


def test_nothing_is_drawn_without_months() -> None:
    assert picture() is None
