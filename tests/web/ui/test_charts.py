"""Pictures of numbers: what is laid out, to the last coordinate."""

from innoset.web.ui.charts import (
    Bar,
    Cell,
    HeatRow,
    Line,
    Plot,
    Slope,
    Spread,
    Tick,
    bars,
    heat_strip,
    share_curve,
    slope_graph,
    spread_plot,
)


def test_bars_are_scaled_to_the_longest() -> None:
    assert bars([("Новизна", 20.0), ("Ресурсы", 7.5), ("Риски", 0.0)]) == [
        Bar("Новизна", "20", 100.0),
        Bar("Ресурсы", "7,5", 37.5),
        Bar("Риски", "0", 0.0),
    ]


def test_no_bars_and_bars_of_nothing() -> None:
    assert bars([]) == []
    assert bars([("Новизна", 0.0)]) == [Bar("Новизна", "0", 0.0)]


def test_spread_is_laid_out_row_by_row_under_the_line() -> None:
    rows = [Spread("А", (80.0, 90.0), 85.0, 75.0, 95.0), Spread("Б", (50.0,), 50.0, 50.0, 50.0)]
    assert spread_plot(rows, cut_after=1) == Plot(
        width=720,
        height=100,
        floor=72.0,
        caption=90.0,
        ticks=(
            Tick(190.0, "0"),
            Tick(307.5, "25"),
            Tick(425.0, "50"),
            Tick(542.5, "75"),
            Tick(660.0, "100"),
        ),
        rows=(
            Line("А", "85,0", 27.0, 31.5, 542.5, 636.5, 587.0, 20.0, (566.0, 613.0)),
            Line("Б", "50,0", 57.0, 61.5, 425.0, 425.0, 422.5, 50.0, (425.0,)),
        ),
        cut_y=42.0,
    )


def test_scale_may_be_another_and_the_line_may_be_missing() -> None:
    plot = spread_plot([Spread("А", (3.0,), 3.0, 2.0, 4.0)], low=0, high=5)
    assert [tick.label for tick in plot.ticks] == ["0", "1", "2", "3", "4", "5"]
    assert plot.cut_y is None


def test_slopes_join_the_places_of_two_columns() -> None:
    found = slope_graph([Slope("А", 1, 3, is_marked=True), Slope("Б", 2, 1), Slope("В", 2, 2)], cut_after=1)
    assert [(one.left, one.right, one.left_y, one.right_y, one.is_marked) for one in found.rows] == [
        ("А — 1", "3 — А ↓2", 45.0, 89.0, True),
        ("Б — 2", "1 — Б ↑1", 67.0, 45.0, False),
        ("В — 2", "2 — В", 89.0, 67.0, False),
    ]
    assert (found.height, found.cut_y) == (106, 56.0)
    assert slope_graph([]).cut_y is None


def test_a_curve_climbs_by_days_to_the_term() -> None:
    found = share_curve([0.0, 0.5, 1.0], ["1.11", "2.11", "3.11"], term=1)
    assert found.path == "M46.0 186.0V186.0H262.7V100.0H479.3V14.0H696.0"
    assert found.term_x == 479.3
    assert [tick.label for tick in found.ticks] == ["1.11", "2.11", "3.11"]
    assert [level.label for level in found.levels] == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    assert share_curve([], []).term_x is None


def test_a_heat_strip_writes_its_counts() -> None:
    found = heat_strip([("Агеева", (0, 2)), ("Белов", (1, 0))], ["1.11", "2.11"])
    assert found.rows == (
        HeatRow("Агеева", 2.0, 16.5, 2, (Cell(435.0, 557.5, 2, 0.6),)),
        HeatRow("Белов", 26.0, 40.5, 1, (Cell(190.0, 312.5, 1, 0.38),)),
    )
    assert (found.height, found.side) == (74, 245.0)
    assert heat_strip([], []).rows == ()
