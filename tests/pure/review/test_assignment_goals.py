"""The goals of the plan one after the other: exact against all plans, with the proof and the reasons."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from innoset.review.pure.assignment import (
    Alternate,
    Clash,
    Conflict,
    Expert,
    Goal,
    Island,
    Load,
    Pair,
    Problem,
    Work,
    lots,
    plan,
    programme,
)
from innoset.review.pure.assignment.grid import grid_of
from innoset.review.pure.assignment.programme import Aim, Programme, best
from tools.bench.assignment import against_oracle, greedy, kept_after_refusals
from tools.bench.assignment_instances import contest
from tools.bench.assignment_oracle import verdict


def _problem(affinity: list[list[float]], wanted: int = 1, **fields: object) -> Problem:
    """Make a problem from a table: a row a work, a column an expert."""
    experts = range(1, len(affinity[0]) + 1)
    return Problem(
        experts=fields.pop("experts", None) or tuple(Expert(key, most=1) for key in experts),  # type: ignore[arg-type]  # examples name the rest
        works=tuple(Work(101 + at, f"А-{at + 1}", wanted) for at in range(len(affinity))),
        affinity={(key, 101 + at): row[key - 1] for at, row in enumerate(affinity) for key in experts},
        **fields,  # type: ignore[arg-type]  # examples name the rest
    )


def _cells(problem: Problem) -> set[tuple[int, int]]:
    return {(pair.expert, pair.work) for pair in plan(problem).pairs}


def test_no_plan_of_small_problems_is_better_and_the_judge_is_not_blind() -> None:
    tally = against_oracle(40)
    assert (tally["нарушений"], tally["хуже возможного"], tally["всего"]) == (0, 0, 40)
    control = against_oracle(40, planner=greedy)
    assert control["хуже возможного"] > 5
    assert control["нарушений"] > 5


def test_the_worst_served_work_goes_before_the_total() -> None:
    made = plan(_problem([[1.0, 0.4], [0.9, 0.0]]))
    assert {(pair.expert, pair.work) for pair in made.pairs} == {(2, 101), (1, 102)}
    assert made.certificate.goals == (
        Goal("worst", 0.4, 0.4),
        Goal("total", 1.3, 1.3),
        Goal("even", 2.0, 2.0),
    )
    assert made.certificate.is_proven
    assert made.certificate.goal("kept") is None
    assert made.certificate.as_json()["goals"][0] == {
        "key": "worst",
        "reached": 0.4,
        "bound": 0.4,
        "words": "Соответствие у работы, которой подобрано хуже всего: 0,4000. Доказано: лучше нельзя.",
    }


def test_a_gap_is_told() -> None:
    goal = Goal("total", 9.5, 10)
    assert (goal.is_proven, goal.words) == (
        False,
        "Общее соответствие: 9,5000. Доказано, что лучше 10,0000 нельзя; разрыв 0,5000.",
    )


def test_further_levels_raise_the_next_worst_before_the_total() -> None:
    table = [[0.1, 0.1, 0.1, 0.1], [0.0, 1.0, 0.4, 0.0], [0.0, 0.9, 0.3, 0.5], [0.0, 0.2, 0.9, 0.45]]
    one, many = (plan(_problem(table, levels=levels)) for levels in (1, 5))
    assert [goal.reached for goal in one.certificate.goals] == [0.1, 2.5, 4]
    assert [goal.key for goal in many.certificate.goals] == ["worst", "next", "total", "even"]
    scores = sorted(table[pair.work - 101][pair.expert - 1] for pair in many.pairs)
    assert scores == [0.1, 0.5, 0.9, 1.0]


@pytest.mark.parametrize("seed", range(3))
def test_levels_are_found_where_floors_cannot_be_split(seed: int) -> None:
    lots_ = np.random.default_rng(seed)
    table = lots_.integers(0, 100, (5, 6)) / 100
    made = plan(
        _problem(table.tolist(), 2, levels=4, experts=tuple(Expert(key, most=2) for key in range(1, 7)))
    )
    scores = [0.0] * 5
    for pair in made.pairs:
        scores[pair.work - 101] += table[pair.work - 101][pair.expert - 1]
    worst = made.certificate.goal("worst")
    assert worst is not None
    assert min(scores) == pytest.approx(worst.reached)
    assert made.is_whole


def test_minutes_bind_where_works_are_of_different_length() -> None:
    works = (
        Work(101, "А-1", 1, minutes=60),
        Work(102, "А-2", 1, minutes=30),
        Work(103, "А-3", 1, minutes=30),
    )
    experts = (Expert(1, most_minutes=60), Expert(2, most_minutes=60, least_minutes=60))
    affinity = {(1, 101): 1.0, (1, 102): 1.0, (1, 103): 1.0}
    made = plan(Problem(experts, works, affinity=affinity))
    assert made.loads == (Load(1, 2, None, 60, 60), Load(2, 1, None, 60, 60))
    # Any one work could go without; affinity says which.
    briefer = (Expert(1, most_minutes=60), Expert(2, most_minutes=30))
    short = plan(Problem(briefer, works, affinity={(1, 102): 1.0, (2, 103): 1.0}))
    assert short.lacking == 1
    assert short.clashes == (
        Clash(
            (101,),
            (),
            "На чтение всех дел нужно 120 минут; у экспертов по их пределам есть 90 минут, и разложить "
            "дела по экспертам без остатка не удаётся. Не хватает экспертов: А-1.",
            "Поднимите предел минут у части экспертов, уменьшите наименьшие минуты или пригласите ещё экспертов.",
        ),
    )


def test_minutes_of_equal_works_are_works() -> None:
    works = tuple(Work(key, f"А-{key}", 1, minutes=40) for key in (101, 102, 103))
    made = plan(
        Problem((Expert(1, most_minutes=90), Expert(2, least_minutes=10)), works, affinity={(1, 101): 1})
    )
    assert {load.count for load in made.loads} == {1, 2}
    over = plan(Problem((Expert(1, least_minutes=200),), works))
    assert (over.loads[0].lacks_minutes, over.is_whole) == (80, False)


def test_an_endless_limit_of_minutes_is_told_otherwise() -> None:
    works = (Work(101, "А-1", 1, minutes=30), Work(102, "А-2", 1, minutes=50))
    made = plan(Problem((Expert(1, least_minutes=90),), works))
    assert [clash.words for clash in made.clashes] == [
        "На чтение всех дел нужно 80 минут; но разложить дела по экспертам без остатка не удаётся."
    ]


def test_groups_are_kept_apart_and_reasons_say_from_where() -> None:
    experts = tuple(Expert(key, group=town) for key, town in enumerate(("Север", "Север", "Юг", ""), 1))
    works = (Work(101, "А-1", 2, group="Север"),)
    best = {(1, 101): 0.9, (2, 101): 0.8, (3, 101): 0.7, (4, 101): 0.1}
    words = {(1, 101): "направление совпадает"}
    free = Problem(experts, works, affinity=best, affinity_words=words)
    assert _cells(free) == {(1, 101), (2, 101)}
    assert _cells(replace(free, group_most=1)) == {(1, 101), (3, 101)}
    assert _cells(replace(free, own_most=1)) == {(1, 101), (3, 101)}
    assert _cells(replace(free, least_elsewhere=1)) == {(1, 101), (3, 101)}
    assert _cells(replace(free, own_most=0)) == {(3, 101), (4, 101)}
    assert plan(replace(free, own_most=1)).pairs == (
        Pair(
            1,
            101,
            "Конфликта нет. Соответствие 0,90: направление совпадает. Из того же муниципалитета."
            " У эксперта 1 дело, в среднем по комиссии 0,5",
        ),
        Pair(
            3,
            101,
            "Конфликта нет. Соответствие 0,70. Из другого муниципалитета."
            " У эксперта 1 дело, в среднем по комиссии 0,5",
        ),
    )


def test_among_equal_plans_the_earlier_one_is_kept_and_at_a_repair_before_all() -> None:
    table = [[0.5, 0.5], [0.5, 0.5]]
    before = frozenset({(1, 101), (2, 102)})
    for seed in range(4):
        assert _cells(_problem(table, preferred=before, seed=seed)) == before
    better = [[0.1, 0.9], [0.9, 0.1]]
    assert _cells(_problem(better, preferred=before)) == {(2, 101), (1, 102)}
    made = plan(_problem(better, preferred=before, is_repair=True))
    assert {(pair.expert, pair.work) for pair in made.pairs} == before
    assert made.certificate.goals[0] == Goal("kept", 2, 2)
    assert "Был назначен и прежде" in made.pairs[0].reason
    torn = _problem(better, preferred=frozenset({(1, 101), (1, 102)}), is_repair=True)
    assert plan(torn).certificate.goals[0] == Goal("kept", 1, 1)


def test_after_refusals_nearly_all_pairs_stay_and_without_the_repair_they_do_not() -> None:
    problem = contest(24, 12).problem
    made = plan(problem)
    share, mended = kept_after_refusals(problem, made, is_whole=False)
    assert (share >= 0.95, mended.shortages) == (True, ())
    cells = {(pair.expert, pair.work) for pair in made.pairs}
    lost = sorted(cells)[:5]
    again = replace(problem, conflicts=(*problem.conflicts, *(Conflict(*cell, "Отведён") for cell in lost)))
    fresh = {(pair.expert, pair.work) for pair in plan(replace(again, seed=7)).pairs}
    assert len(fresh & cells) < len(mended.pairs) * share


def test_parts_that_never_meet_are_joined_or_named() -> None:
    table = [[1.0, 1.0, 0.2, 0.2], [1.0, 1.0, 0.2, 0.2], [0.2, 0.2, 1.0, 1.0], [0.2, 0.2, 1.0, 1.0]]
    experts = tuple(Expert(key, most=2) for key in range(1, 5))
    apart = _problem(table, 2, experts=experts)
    assert plan(apart).islands == (Island((101, 102), (1, 2)), Island((103, 104), (3, 4)))
    fair = replace(apart, affinity={**apart.affinity, (1, 103): 1.0, (3, 101): 1.0})
    joined = plan(replace(fair, wants_connection=True))
    assert joined.islands == ()
    assert joined.certificate.goal("total") == Goal("total", 8.0, 8.0)
    # A fifth work is served worst anyway, so the others may pay for the connection.
    fifth = Problem(
        tuple(Expert(key, most=3) for key in range(1, 5)),
        (*apart.works, Work(105, "А-5", 2)),
        (Conflict(3, 105, "Своя работа"), Conflict(4, 105, "Своя работа")),
        affinity=apart.affinity,
    )
    assert len(plan(fifth).islands) == 2
    linked = plan(replace(fifth, wants_connection=True))
    assert (linked.islands, linked.certificate.goal("total")) == ((), Goal("total", 7.2, 7.2))
    # The worst-served work may not pay for the connection.
    assert len(plan(replace(apart, wants_connection=True)).islands) == 2
    walls = tuple(
        Conflict(key, work, "Своя работа") for key, work in apart.affinity if apart.affinity[key, work] < 1
    )
    assert len(plan(replace(apart, conflicts=walls, wants_connection=True)).islands) == 2


def test_alternates_are_free_suitable_and_evenly_spread() -> None:
    table = [[1.0, 0.9, 0.8, 0.1], [1.0, 0.9, 0.8, 0.1]]
    experts = tuple(Expert(key, most=2) for key in range(1, 5))
    made = plan(_problem(table, alternates=2, experts=experts))
    assert [(one.work, one.position) for one in made.alternates] == [(101, 1), (101, 2), (102, 1), (102, 2)]
    given = {(pair.expert, pair.work) for pair in made.pairs}
    assert not given & {(one.expert, one.work) for one in made.alternates}
    assert max(Counter(one.expert for one in made.alternates).values()) <= 2
    full = _problem([[1.0]], alternates=2)
    assert plan(full).alternates == ()
    bound = Problem(
        (Expert(1, group="Юг"), Expert(2, group="Юг"), Expert(3)),
        (Work(101, "А-1", 1), Work(102, "А-2", 0)),
        affinity={(1, 101): 1.0},
        group_most=1,
        alternates=1,
    )
    assert plan(bound).alternates == (Alternate(3, 101, 1, "Конфликта нет. Соответствие 0,00"),)


def test_lots_keep_every_sum_and_no_pair_is_more_probable_than_allowed() -> None:
    problem = replace(contest(12, 9, wanted=2).problem, greatest_probability=0.5, own_most=1)
    problem = replace(
        problem,
        experts=tuple(
            replace(one, most_minutes=None, least=0, group=f"{one.key % 4}") for one in problem.experts
        ),
    )
    grid = grid_of(problem)
    found = lots.odds_of(grid, 0.5)
    assert found is not None
    odds, goal = found
    assert odds.max() <= 0.5
    assert goal.reached == pytest.approx(float(odds @ grid.worth) / 1e6)
    drawn = np.array([lots.rounded(grid, odds, f"{turn}") for turn in range(300)])
    assert set(drawn.sum(1)) == {24}
    assert np.abs(drawn.mean(0) - odds).max() < 0.12
    for row in drawn[:20]:
        loads = np.bincount(grid.expert, odds, 9)
        assert (np.abs(grid.loads(row) - loads) < 1).all()
    made = plan(problem)
    assert verdict(problem, made).violations == ()
    assert "Жребий с вероятностью" in made.pairs[0].reason
    assert plan(problem) == made
    assert len({plan(replace(problem, seed=seed)).pairs for seed in range(3)}) == 3


def test_lots_that_cannot_be_drawn_give_the_plain_plan_with_a_word() -> None:
    made = plan(_problem([[1.0, 0.5]], greatest_probability=0.4))
    assert (len(made.pairs), len(made.clashes), made.is_whole) == (1, 1, True)
    assert made.clashes[0].words.startswith("Провести жеребьёвку с таким пределом вероятности нельзя")
    works = (Work(101, "А-1", 1, minutes=60), Work(102, "А-2", 1, minutes=30))
    tight = Problem(
        (Expert(1, most_minutes=60), Expert(2, most_minutes=60)), works, greatest_probability=0.75
    )
    assert {pair.work for pair in plan(tight).pairs} == {101, 102}


def test_the_smallest_clash_is_named_with_its_cure() -> None:
    works = tuple(Work(101 + at, f"МИП-{at + 1:02}", 3, group="Юг") for at in range(3))
    experts = tuple(Expert(key, most=2 if key < 3 else 9) for key in range(1, 9))
    barred = [(key, work) for key in range(3, 9) for work in (101, 102)]
    conflicts = tuple(Conflict(*cell, "Свой муниципалитет") for cell in barred)
    made = plan(Problem(experts, works, conflicts))
    assert made.clashes[0] == Clash(
        (101,),
        (1, 2),
        "Делу МИП-01 нужно 3 назначения, а возможно только 2: без конфликта в комиссии 2 эксперта, вместе они "
        "берут 4 дела. Конфликты: свой муниципалитет (6).",
        "Пригласите ещё 1 эксперта без конфликта с этими делами, не из муниципалитетов: Юг, либо уменьшите "
        "число экспертов на дело.",
    )
    assert (made.lacking, made.clashes[1].works) == (2, (102,))


def test_limits_and_rules_of_groups_clash_in_their_own_words() -> None:
    works = tuple(Work(101 + at, f"А-{at}", 1) for at in range(20))
    full = plan(Problem((Expert(1, most=9), Expert(2, most=8)), works, locked=frozenset({(1, 101)})))
    assert "поднимите предел дел у экспертов" in full.clashes[0].cure
    assert len(full.clashes[0].works) == 17
    town = (Expert(1, group="Юг"), Expert(2, group="Юг"))
    bound = plan(Problem(town, (Work(101, "А-1", 2),), group_most=1))
    assert "ослабьте правило муниципалитетов" in bound.clashes[0].cure
    assert bound.shortages[0].why == (
        "Не хватает 1 эксперта: в комиссии 2 эксперта, 1 эксперт уже назначен и 1 эксперт из муниципалитета, "
        "от которого больше брать нельзя."
    )
    crowd = plan(Problem((Expert(1),), tuple(Work(key, f"Б-{key}", 2) for key in range(101, 103))))
    assert [clash.works for clash in crowd.clashes] == [(101,), (102,)]
    many = plan(Problem((Expert(1, most=0),), tuple(Work(key, f"В-{key}", 1) for key in range(101, 108))))
    assert len(many.clashes) == 5


def test_least_loads_that_cannot_be_met_are_named() -> None:
    made = plan(
        Problem(
            (Expert(1, least=2), Expert(2, least=2), Expert(3)), (Work(101, "А-1", 2), Work(102, "А-2", 1))
        )
    )
    assert made.clashes == (
        Clash(
            (),
            (1, 2),
            "2 экспертам по наименьшей нагрузке нужно дать не меньше 4 дел, а без конфликта для них есть только 3.",
            "Уменьшите наименьшую нагрузку этих экспертов, всего на 1 дело.",
        ),
    )
    assert (made.shortages, made.is_whole) == ((), False)


def test_without_patience_a_plan_is_still_made_and_says_what_is_not_proven() -> None:
    problem = replace(contest(14, 7, seed=1).problem, patience=0)
    made = plan(problem)
    assert verdict(problem, made).violations == ()
    total, long = (
        made.certificate.goal("total"),
        plan(replace(problem, patience=10**6)).certificate.goal("total"),
    )
    assert total is not None
    assert long is not None
    assert (total.is_proven, long.is_proven) == (False, True)
    assert total.reached <= long.reached <= total.bound
    assert not made.certificate.is_proven


def test_a_repair_that_cannot_be_full_keeps_what_it_can() -> None:
    short = _problem([[0.5], [0.5]], preferred=frozenset({(1, 102)}), is_repair=True)
    made = plan(short)
    assert [(pair.expert, pair.work) for pair in made.pairs] == [(1, 102)]
    assert [goal.key for goal in made.certificate.goals][:2] == ["served", "kept"]
    assert made.certificate.goals[0] == Goal("served", 1, 1)
    assert plan(_problem([[0.5]], experts=(Expert(1, most=0),))).pairs == ()


@pytest.mark.parametrize("affinity", [{}, {(1, 101): 0.7, (2, 102): 0.3}])
def test_minutes_that_only_split_works_could_fill_leave_a_shortage(
    affinity: dict[tuple[int, int], float],
) -> None:
    works = tuple(Work(key, f"А-{key}", 1, minutes=30 + key % 2) for key in (102, 104, 106))
    experts = (Expert(1, most_minutes=45), Expert(2, most_minutes=45))
    problem = Problem(experts, (*works, Work(101, "А-101", 0, minutes=31)), affinity=affinity)
    assert plan(problem).lacking == 1


def test_a_search_gives_up_what_is_optional_and_sees_what_is_settled() -> None:
    from scipy import sparse

    row = np.zeros((2, 60))
    # Twos make no odd number, but halves do: every branch has to be seen.
    row[0], row[1, 0] = 2.0, 1.0
    start = Programme(
        sparse.csr_matrix(row), np.array([31.0, 0.0]), np.array([31.0, 1.0]), np.zeros(60), np.ones(60)
    )
    gain = np.arange(1, 61) * 1000
    assert best(start, Aim(gain, 10)).x is None
    assert best(start, Aim(gain, 10, is_optional=True)).is_done is False


def test_settled_columns_leave_nothing_to_search_or_break_a_row_at_once() -> None:
    from scipy import sparse

    # The first row asks for the second column, the price keeps the first one alone.
    rows = sparse.csr_matrix(np.array([[0.0, 1.0], [1.0, 1.0]]))
    start = Programme(rows, np.array([1.0, 0.0]), np.array([1.0, 2.0]), np.zeros(2), np.ones(2))
    aim = Aim(np.array([1, 1]), 10)
    for loose in ([False, False], [True, False]):
        assert programme._within(start, aim, np.zeros(2), np.array(loose)) == programme.NOTHING
