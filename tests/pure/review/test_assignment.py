"""The plan of assignment: examples, and exactness against all possible plans of small cases."""

from collections import Counter
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from innoset.review.pure.assignment import Conflict, Expert, Load, Pair, Problem, Shortage, Work, plan


def _problem(experts: int, works: int, wanted: int, **fields: object) -> Problem:
    return Problem(
        experts=tuple(Expert(key) for key in range(1, experts + 1)),
        works=tuple(Work(100 + key, f"А-{key:03d}", wanted) for key in range(1, works + 1)),
        **fields,  # type: ignore[arg-type]  # examples name the rest
    )


def test_an_empty_contest_has_an_empty_plan() -> None:
    assert plan(Problem((), ())).pairs == ()


def test_loads_are_even_and_every_dossier_is_served() -> None:
    made = plan(_problem(4, 6, 2))
    assert Counter(pair.work for pair in made.pairs) == dict.fromkeys(range(101, 107), 2)
    assert [load.count for load in made.loads] == [3, 3, 3, 3]
    assert made.shortages == ()


def test_reasons_are_told() -> None:
    problem = Problem(
        experts=(Expert(1), Expert(2, most=2)),
        works=(Work(101, "А-001", 1), Work(102, "А-002", 1)),
        conflicts=(Conflict(1, 101, "Работает в этой организации"),),
        locked=frozenset({(1, 102)}),
    )
    made = plan(problem)
    assert made.pairs == (
        Pair(2, 101, "Конфликта нет. У эксперта 1 дело из 2 возможных, в среднем по комиссии 1,0"),
        Pair(1, 102, "Назначено раньше", is_locked=True),
    )
    assert made.fresh == made.pairs[:1]
    assert made.loads == (Load(1, 1, None), Load(2, 1, 2))


def test_a_dossier_is_freed_from_the_only_possible_expert_by_moving_another() -> None:
    problem = Problem(
        experts=(Expert(1, most=1), Expert(2, most=1)),
        works=(Work(101, "А-001", 1), Work(102, "А-002", 1)),
        conflicts=(Conflict(2, 102, "Свой муниципалитет"),),
    )
    for seed in range(20):
        made = plan(Problem(problem.experts, problem.works, problem.conflicts, seed=seed))
        assert [(pair.expert, pair.work) for pair in made.pairs] == [(2, 101), (1, 102)]


def test_pairs_of_experts_who_have_left_are_forgotten() -> None:
    made = plan(_problem(1, 1, 1, locked=frozenset({(9, 101), (1, 999)})))
    assert [(pair.expert, pair.work, pair.is_locked) for pair in made.pairs] == [(1, 101, False)]


def test_what_cannot_be_served_is_explained() -> None:
    problem = Problem(
        experts=(Expert(1), Expert(2, most=0), Expert(3)),
        works=(Work(101, "А-001", 3),),
        conflicts=(Conflict(3, 101, "Свой муниципалитет"),),
    )
    made = plan(problem)
    assert made.shortages == (
        Shortage(
            101,
            "А-001",
            2,
            "Не хватает 2 экспертов: в комиссии 3 эксперта, 1 эксперт уже назначен, "
            "у 1 эксперта конфликт интересов и у 1 эксперта исчерпан предел дел, "
            "и передать их дела некому.",
        ),
    )
    assert made.lacking == 2


def test_a_panel_of_nobody_is_explained() -> None:
    made = plan(_problem(0, 1, 2))
    assert [one.why for one in made.shortages] == ["В комиссии нет ни одного согласившегося эксперта."]


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    plans = [plan(_problem(5, 5, 2, seed=seed)).pairs for seed in range(6)]
    assert plan(_problem(5, 5, 2, seed=3)).pairs == plans[3]
    assert len(set(plans)) > 1


def test_three_hundred_dossiers_and_a_hundred_experts_are_planned_evenly() -> None:
    conflicts = tuple(
        Conflict(1 + (7 * work + step) % 100, 101 + work, "Свой муниципалитет")
        for work in range(300)
        for step in range(10)
    )
    made = plan(_problem(100, 300, 3, conflicts=conflicts))
    assert ({load.count for load in made.loads}, made.shortages) == ({9}, ())


@st.composite
def _small(draw: st.DrawFn) -> Problem:
    experts = tuple(
        Expert(key, draw(st.none() | st.integers(0, 3))) for key in range(1, draw(st.integers(1, 4)) + 1)
    )
    works = tuple(
        Work(100 + key, f"А-{key:03d}", draw(st.integers(0, 3)))
        for key in range(1, draw(st.integers(1, 4)) + 1)
    )
    cells = list(product([one.key for one in experts], [one.key for one in works]))
    barred = draw(st.sets(st.sampled_from(cells), max_size=8))
    open_cells = [cell for cell in cells if cell not in barred]
    locked = draw(st.sets(st.sampled_from(open_cells), max_size=2)) if open_cells else set()
    conflicts = tuple(Conflict(*cell, "Свой муниципалитет") for cell in sorted(barred))
    return Problem(experts, works, conflicts, frozenset(locked), draw(st.integers(0, 9)))


@given(_small())
def test_no_plan_is_better(problem: Problem) -> None:
    made = plan(problem)
    pairs = {(pair.expert, pair.work) for pair in made.pairs}
    assert len(pairs) == len(made.pairs)
    assert pairs >= problem.locked
    assert not any(expert in problem.barred[work] for expert, work in pairs)
    assert _fits(problem, pairs)
    assert _worth(problem, pairs) == min(_worth(problem, one) for one in _every_plan(problem))
    assert made.lacking == sum(
        max(0, work.wanted - sum(pair[1] == work.key for pair in pairs)) for work in problem.works
    )


def _fits(problem: Problem, pairs: set[tuple[int, int]]) -> bool:
    """Nobody gets more than they take, nothing more than it wants, save for what was locked before."""
    return all(
        one.most is None
        or sum(pair[0] == one.key for pair in pairs)
        <= max(one.most, sum(pair[0] == one.key for pair in problem.locked))
        for one in problem.experts
    ) and all(
        sum(pair[1] == work.key for pair in pairs)
        <= max(work.wanted, sum(pair[1] == work.key for pair in problem.locked))
        for work in problem.works
    )


def _worth(problem: Problem, pairs: set[tuple[int, int]]) -> tuple[tuple[int, ...], int]:
    """How many dossiers lack a first expert, a second, …; then how uneven the loads are."""
    counts = [(work.wanted, sum(pair[1] == work.key for pair in pairs)) for work in problem.works]
    levels = tuple(sum(count < level <= wanted for wanted, count in counts) for level in (1, 2, 3))
    loads = [sum(pair[0] == one.key for pair in pairs) for one in problem.experts]
    return levels, sum(load * load for load in loads)


def _every_plan(problem: Problem) -> list[set[tuple[int, int]]]:
    choices = []
    for work in problem.works:
        own = {pair for pair in problem.locked if pair[1] == work.key}
        able = [one.key for one in problem.experts if one.key not in problem.barred[work.key]]
        free = [(key, work.key) for key in able if (key, work.key) not in own]
        most = max(0, work.wanted - len(own))
        choices.append(
            [own | set(more) for size in range(min(most, len(free)) + 1) for more in combinations(free, size)]
        )
    plans = (set().union(*parts) for parts in product(*choices))
    return [one for one in plans if _fits(problem, one)]
