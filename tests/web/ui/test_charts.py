"""Pictures of numbers: what is laid out, to the last coordinate."""

from innoset.web.ui.charts import Bar, Line, Plot, Spread, Tick, bars, spread_plot


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
