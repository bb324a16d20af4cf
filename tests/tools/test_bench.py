"""The bench: what it takes for a broken budget, what it counts as fetched, whether its pages still answer."""

from datetime import UTC, datetime

import pytest

from tools.bench.verdicts import Measured, Weight, faults, resources_of, table

KB = 1024


def page(*weights: tuple[int, Weight], title: str = "главная", trouble: str = "") -> Measured:
    return Measured(title, 60, dict(weights), trouble)


def weight(kilobytes: float = 10, queries: int = 5) -> Weight:
    return Weight(int(kilobytes * KB), 4, queries, 12.34)


@pytest.mark.parametrize(
    ("measured", "found"),
    [
        (page((1, weight()), (100, weight()), (1000, weight())), []),
        (page((1, weight(60)), (100, weight(60))), []),
        (page((1, weight()), (100, weight(60.1))), ["тяжелее 60 КБ"]),
        (page((100, weight()), (1000, weight(61))), []),
        (page((1, weight(queries=15)), (100, weight(queries=15))), []),
        (page((1, weight(queries=16)), (100, weight(queries=15))), ["запросов больше 15"]),
        (page((1, weight(queries=4)), (100, weight(queries=6)), (1000, weight(queries=6))), []),
        (
            page((1, weight()), (100, weight(queries=6)), (1000, weight(queries=7))),
            ["запросы растут с числом строк: 6 → 7"],
        ),
        (page((1, weight()), (100, weight(queries=7)), (1000, weight(queries=6))), []),
        (page(trouble="такой страницы нет"), ["такой страницы нет"]),
        (
            page((100, weight(queries=10)), (1000, weight(70, queries=1010)), title="таблица"),
            ["запросов больше 15", "запросы растут с числом строк: 10 → 1010"],
        ),
    ],
)
def test_only_size_and_queries_break_a_budget(measured: Measured, found: list[str]) -> None:
    assert faults(measured, weigh_at=300) == found


def test_the_table_tells_it_all() -> None:
    pages = [page((1, weight()), (100, weight(61.25))), page(title="нет её", trouble="такой страницы нет")]
    assert table(pages, weigh_at=300).splitlines() == [
        "страница  КБ 1  КБ 100  SQL 1  SQL 100  время 1  время 100  обращений  предел, КБ  вывод",
        "главная   10,0    61,2      5        5    ×12,3      ×12,3          4          60  тяжелее 60 КБ",
        "нет её       —       —      —        —        —          —          —          60  такой страницы нет",
    ]


def test_what_a_browser_fetches_with_a_page() -> None:
    html = """
    <link rel="stylesheet" href="/static/a.css"><link rel="canonical" href="/here/">
    <link rel="icon" type="image/svg+xml" href="/static/mark.svg"><a href="/there/">x</a>
    <script src="/static/a.js" defer></script><script>inline</script><script src="/static/a.js"></script>
    <svg><use href="/static/icons.svg#file"></use></svg><svg><use href="#local"></use></svg>
    <img src="data:image/png;base64,AA"><img src="/static/b.png" alt="">
    """
    assert resources_of(html) == [
        "/static/a.css",
        "/static/mark.svg",
        "/static/a.js",
        "/static/icons.svg",
        "/static/b.png",
    ]


@pytest.mark.django_db
def test_every_measured_page_is_there() -> None:
    from tools.bench.measure import browser_of  # noqa: PLC0415  # reason: the other tests need no tables
    from tools.bench.pages import MAIN  # noqa: PLC0415  # reason: likewise
    from tools.bench.rows import Rows  # noqa: PLC0415  # reason: likewise

    rows = Rows(datetime.now(UTC))  # noqa: TID251  # reason: pages read the clock, so the rows lie around now
    rows.grow(2)
    found = {}
    for one in MAIN:
        rows.turn(one.state)
        found[one.title] = browser_of(one.visitor(rows)).get(one.address(rows)).status_code
    assert found == {one.title: 200 for one in MAIN}
