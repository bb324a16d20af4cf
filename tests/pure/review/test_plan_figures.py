"""A set of pairs in a few numbers."""

from innoset.review.pure.assignment import Expert, Problem, Work
from innoset.review.pure.plan_figures import Figures, changes, figures_of

PROBLEM = Problem(
    experts=(Expert(1, group="Сочи"), Expert(2, group="Анапа"), Expert(3)),
    works=(
        Work(7, "Д-7", 2, minutes=40, group="Сочи"),
        Work(8, "Д-8", 2, minutes=20, group="Анапа"),
        Work(9, "Д-9", 0, minutes=5),
    ),
    affinity={(1, 7): 0.5, (2, 7): 1.0, (1, 8): 0.25, (3, 8): 0.25},
)


def test_pairs_are_counted() -> None:
    found = figures_of(PROBLEM, [(1, 7), (2, 7), (1, 8)], {(1, 7): "Свой муниципалитет"})
    assert found == Figures(
        pairs=3,
        worst=0.125,
        worst_code="Д-8",
        mean=0.4375,
        least_minutes=0,
        most_minutes=60,
        conflicts=1,
        elsewhere=0.6667,
    )
    assert found.as_json() == {
        "pairs": 3,
        "worst": 0.125,
        "worst_code": "Д-8",
        "mean": 0.4375,
        "least_minutes": 0,
        "most_minutes": 60,
        "conflicts": 1,
        "elsewhere": 0.6667,
    }


def test_of_nothing_nothing_is_said() -> None:
    assert figures_of(Problem((), ()), [], {}) == Figures(0, None, "", None, 0, 0, 0, None)
    assert figures_of(PROBLEM, [(3, 8)], {}).elsewhere is None


def test_one_more_expert_than_wanted_does_not_raise_the_mean() -> None:
    pairs = [(1, 7), (2, 7), (3, 7), (1, 8), (3, 8)]
    assert figures_of(PROBLEM, pairs, {}).mean == 0.375


def test_changes_are_what_comes_and_what_goes() -> None:
    assert changes([(1, 7), (2, 8)], [(2, 8), (3, 7)]) == ([(3, 7)], [(1, 7)])
