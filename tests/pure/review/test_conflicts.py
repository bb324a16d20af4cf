"""Ties between experts and works, from plain facts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.review.pure.conflicts import Body, Expert, Facts, Finding, Kind, Rules, Stake, Stay, Work, find
from innoset.review.pure.names import Likeness, Name, likeness, name_of

DAY = date(2026, 11, 21)
RULES = Rules(day=DAY)
SINCE = date(2020, 9, 1)
SCHOOL = Body(1, "Школа № 1", 10, "Приречный район")
OTHER = Body(2, "Школа № 2", 20, "Заречный район")
HOME = Body(3, "Центр", 30, "Город")
ANNA = Expert(100, "Агеева Анна Олеговна", (Stay(HOME, SINCE),))


def work(*stakes: Stake, body: Body = SCHOOL, key: int = 7, opened_on: date = DAY) -> Work:
    return Work(key, f"Д-{key}", body, opened_on, stakes)


def ties(judged: Work, *experts: Expert, **more: object) -> dict[tuple[int, int], tuple[Finding, ...]]:
    return find(Facts(experts or (ANNA,), [judged], **more), RULES)  # type: ignore[arg-type]  # reason: short calls


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Ремель Ольга Львовна", "РЕМЕЛЬ  ольга львовна", Likeness.SAME),
        ("Берёзкина Алёна Петровна", "Березкина Алена Петровна", Likeness.SAME),
        ("Ремель Ольга Львовна", "Ремель О. Л.", Likeness.POSSIBLE),
        ("Ремель О.Л.", "Ремель Ольга Львовна", Likeness.POSSIBLE),
        ("Ремель Ольга Львовна", "Ремель Ольга", Likeness.POSSIBLE),
        ("Ремель Ольга", "Ремель Ольга", Likeness.POSSIBLE),
        ("Ремель Ольга Львовна", "Ремель Инна Львовна", Likeness.DIFFERENT),
        ("Ремель Ольга Львовна", "Ремель Ольга Петровна", Likeness.DIFFERENT),
        ("Ремель Ольга Львовна", "Ремель П. Л.", Likeness.DIFFERENT),
        ("Ремель", "Ремель Ольга Львовна", Likeness.DIFFERENT),
        ("Петров–Водкин Иван Ильич", "Петров-Водкин Иван Ильич", Likeness.SAME),
        ("", "", Likeness.DIFFERENT),
    ],
)
def test_names_are_compared_as_people_write_them(one: str, two: str, expected: Likeness) -> None:
    assert likeness(name_of(one), name_of(two)) is expected


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_does_not_depend_on_the_order(one: str, two: str) -> None:
    assert likeness(name_of(one), name_of(two)) is likeness(name_of(two), name_of(one))


def test_a_name_is_taken_apart() -> None:
    assert name_of("Оглы-заде А.Б.") == Name("оглы-заде", ("а", "б"))


def test_nothing_ties_strangers() -> None:
    assert ties(work(Stake("Белов Борис Ильич", "Автор"))) == {}


def test_the_own_organisation_and_its_municipality_both_show() -> None:
    judge = Expert(1, "Белов Борис Ильич", (Stay(SCHOOL, SINCE),))
    assert ties(work(), judge) == {
        (1, 7): (
            Finding(Kind.ORGANISATION, "Работает в этой организации"),
            Finding(Kind.MUNICIPALITY, "Свой муниципалитет: Приречный район"),
        )
    }


def test_a_barring_tie_stands_before_a_shown_one() -> None:
    past = Stay(SCHOOL, SINCE, date(2022, 1, 1))
    neighbour = Stay(Body(5, "Школа № 5", 10, "Приречный район"), SINCE)
    judge = Expert(1, "Белов Борис Ильич", (past, neighbour, neighbour))
    assert ties(work(), judge) == {
        (1, 7): (
            Finding(Kind.MUNICIPALITY, "Свой муниципалитет: Приречный район"),
            Finding(Kind.FORMER, "Работал в этой организации до 01.01.2022, давно", is_barring=False),
        )
    }


@pytest.mark.parametrize(
    ("until", "is_barring"), [(date(2023, 11, 21), True), (date(2023, 11, 20), False), (None, True)]
)
def test_a_tie_bars_to_the_day(until: date | None, is_barring: bool) -> None:
    assert RULES.is_late(until) is is_barring


def test_a_founder_ties_both_ways() -> None:
    ministry = Body(9, "Министерство", 90, "Город")
    school = Body(1, "Школа № 1", 10, "Приречный район", 9, "Министерство")
    official = Expert(1, "Белов Борис Ильич", (Stay(ministry, SINCE),))
    teacher = Expert(2, "Горин Глеб Львович", (Stay(school, SINCE),))
    assert ties(work(body=school), official) == {
        (1, 7): (Finding(Kind.FOUNDER, "Работает у учредителя этой организации: Министерство"),)
    }
    assert ties(work(body=ministry), teacher) == {
        (2, 7): (Finding(Kind.FOUNDER, "Эта организация учредила место работы эксперта: Школа № 1"),)
    }


def test_a_namesake_with_an_account_is_only_shown() -> None:
    assert ties(work(Stake("Агеева Анна Олеговна", "Автор", person=55))) == {
        (100, 7): (
            Finding(
                Kind.TEAM,
                "Возможно, имеет отношение к проекту: автор — Агеева Анна Олеговна",
                is_barring=False,
            ),
        )
    }


def test_the_account_counts_and_not_how_the_name_is_spelt() -> None:
    assert ties(work(Stake("Агеева А. О.", "Тьютор", person=100, guides=True))) == {
        (100, 7): (Finding(Kind.TUTOR, "Имеет отношение к проекту: тьютор — Агеева А. О."),)
    }


PARTNER = Stake("Белов Борис Ильич", "Автор", person=55)


def common(partner: Stake = PARTNER, *, opened_on: date = DAY) -> Work:
    own = Stake("Агеева Анна Олеговна", "Автор", person=100)
    return work(own, partner, body=OTHER, key=8, opened_on=opened_on)


@pytest.mark.parametrize(
    "partner", [PARTNER, Stake("Белов Б. И.", "Автор", person=55), Stake("БЕЛОВ Борис Ильич", "Автор")]
)
def test_another_work_with_somebody_of_the_team_bars(partner: Stake) -> None:
    reason = "Общая работа с участником проекта (Белов Борис Ильич): дело Д-8"
    assert ties(work(PARTNER), others=[common(partner)]) == {(100, 7): (Finding(Kind.JOINT, reason),)}


def test_an_old_common_work_is_only_shown() -> None:
    found = ties(work(PARTNER), others=[common(opened_on=date(2020, 1, 1))])
    assert [tie.is_barring for tie in found[100, 7]] == [False]


@pytest.mark.parametrize(
    "partner",
    [
        Stake("Белов Борис Ильич", "Автор", person=56),
        Stake("Белов Б. И.", "Автор"),
        Stake("Белов Борис Ильич", "Методист", person=55, is_team=False),
    ],
)
def test_a_namesake_and_a_common_methodist_join_nobody(partner: Stake) -> None:
    assert ties(work(PARTNER), others=[common(partner)]) == {}


def test_the_expert_in_the_team_is_not_a_partner_of_their_own() -> None:
    own = Stake("Агеева Анна Олеговна", "Автор", person=100)
    found = ties(work(own, PARTNER), others=[common()])
    assert [tie.kind for tie in found[100, 7]] == [Kind.TEAM, Kind.JOINT]
    alone = ties(work(own), others=[common()])
    assert [tie.kind for tie in alone[100, 7]] == [Kind.TEAM]


def test_a_possible_namesake_shares_no_work() -> None:
    doubtful = work(Stake("Агеева А. О.", "Автор"), PARTNER, body=OTHER, key=8)
    assert ties(work(PARTNER), others=[doubtful]) == {}


def test_colleagues_of_the_team_are_barred_for_three_years() -> None:
    shared = Body(4, "Лицей", 40, "Город")
    judge = Expert(1, "Горин Глеб Львович", (Stay(shared, SINCE, date(2025, 8, 31)),))
    author = {55: (Stay(shared, date(2024, 1, 1)), Stay(SCHOOL, SINCE), Stay(HOME, SINCE, is_work=False))}
    reason = "Коллега участника проекта (Белов Борис Ильич): Лицей, до 31.08.2025"
    assert ties(work(PARTNER), judge, stays=author) == {(1, 7): (Finding(Kind.COLLEAGUE, reason),)}


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (Stay(HOME, SINCE, date(2021, 1, 1)), Stay(HOME, date(2022, 1, 1))),
        (Stay(HOME, date(2022, 1, 1)), Stay(HOME, SINCE, date(2021, 1, 1))),
        (Stay(HOME, SINCE, is_work=False), Stay(HOME, SINCE)),
        (Stay(HOME, SINCE), Stay(HOME, SINCE, is_work=False)),
    ],
)
def test_who_did_not_work_side_by_side_is_no_colleague(own: Stay, theirs: Stay) -> None:
    judge = Expert(1, "Горин Глеб Львович", (own,))
    assert ties(work(PARTNER), judge, stays={55: (theirs,)}) == {}


def test_a_methodist_and_the_unknown_make_no_colleagues() -> None:
    methodist = Stake("Белов Борис Ильич", "Методист", person=55, is_team=False)
    unknown = Stake("Ветрова Вера Юрьевна", "Автор")
    judge = Expert(55, "Белов Борис Ильич", (Stay(HOME, SINCE),))
    assert ties(work(methodist, unknown), stays={55: (Stay(HOME, SINCE),)}) == {}
    itself = ties(work(PARTNER), judge, stays={55: judge.stays})
    assert [tie.kind for tie in itself[55, 7]] == [Kind.TEAM]


def test_what_was_declared_stands_first() -> None:
    judge = Expert(1, "Белов Борис Ильич", (Stay(SCHOOL, SINCE, guides="Тьютор"),))
    found = ties(work(), judge, declared={(1, 7): "Заявлено: иная причина"})
    assert found == {
        (1, 7): (
            Finding(Kind.DECLARED, "Заявлено: иная причина"),
            Finding(Kind.TUTOR, "Тьютор этой организации"),
            Finding(Kind.MUNICIPALITY, "Свой муниципалитет: Приречный район"),
        )
    }


def test_the_municipality_may_count_for_nothing() -> None:
    judge = Expert(1, "Белов Борис Ильич", (Stay(Body(5, "Школа № 5", 10, "Приречный район"), SINCE),))
    assert find(Facts((judge,), [work()]), Rules(day=DAY, shows_municipality=False)) == {}
