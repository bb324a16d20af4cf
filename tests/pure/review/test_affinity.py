"""Affinity: each part told, unknown ones left out, a generous list of wishes gains nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.review.pure.affinity import Affinity, Judge, Topic, Wish, affinities

W, P, U = Wish(2, "Хочу"), Wish(1, "Могу"), Wish(0, "Не хочу")


def values(judge: Judge, topics: list[Topic]) -> list[float]:
    found = affinities([judge], topics)
    return [found[judge.key, topic.key].value for topic in topics]


def test_nothing_known_is_the_middle_and_says_so() -> None:
    assert affinities([Judge(1)], [Topic(7)]) == {(1, 7): Affinity(0.5, "О соответствии ничего не известно")}


def test_there_may_be_nobody_or_nothing() -> None:
    assert (affinities([], [Topic(7)]), affinities([Judge(1, words=("школ",))], [])) == ({}, {})


def test_directions_are_the_share_of_the_dossier_s_own() -> None:
    judge = Judge(1, directions=frozenset({"Наставничество", "Химия"}))
    topics = [
        Topic(1, directions=frozenset({"Наставничество"})),
        Topic(2, directions=frozenset({"Наставничество", "Финансы"})),
        Topic(3, directions=frozenset({"Финансы"})),
        Topic(4),
    ]
    assert affinities([judge], topics) == {
        (1, 1): Affinity(1.0, "Общие направления: «Наставничество»"),
        (1, 2): Affinity(0.5, "Общие направления: «Наставничество»"),
        (1, 3): Affinity(0.0, "Направления работы эксперт не указал своими"),
        (1, 4): Affinity(0.5, "О соответствии ничего не известно"),
    }


def test_texts_count_as_a_place_in_the_expert_s_list() -> None:
    judge = Judge(1, words=("наставник", "молод", "учител"))
    topics = [
        Topic(1, words=("наставник", "молод", "учител", "школ")),
        Topic(2, words=("наставник", "финанс", "грамотн", "урок")),
        Topic(3, words=("робот", "кружок")),
        Topic(4, words=("хор", "музык")),
    ]
    assert affinities([judge], topics) == {
        (1, 1): Affinity(0.875, "По тексту ближе к опыту эксперта, чем 88 % дел тура"),
        (1, 2): Affinity(0.625, "По тексту ближе к опыту эксперта, чем 62 % дел тура"),
        (1, 3): Affinity(0.25, "По тексту ближе к опыту эксперта, чем 25 % дел тура"),
        (1, 4): Affinity(0.25, "По тексту ближе к опыту эксперта, чем 25 % дел тура"),
    }


def test_repeating_a_word_does_not_make_an_expert_suit_more() -> None:
    topics = [Topic(1, words=("хор", "музык")), Topic(2, words=("робот",)), Topic(3, words=("школ",))]
    honest, noisy = Judge(1, words=("робот", "школ")), Judge(2, words=("робот", "школ") * 50)
    assert values(honest, topics) == values(noisy, topics)


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({1: W, 2: W, 3: W, 4: W}, [0.5, 0.5, 0.5, 0.5]),
        ({1: U, 2: U, 3: U, 4: U}, [0.5, 0.5, 0.5, 0.5]),
        ({1: W}, [0.875, 0.5, 0.5, 0.5]),
        ({1: W, 2: U}, [0.875, 0.125, 0.5, 0.5]),
        ({1: W, 2: P, 3: P, 4: P}, [0.875, 0.375, 0.375, 0.375]),
        ({1: W, 2: W, 3: P, 4: U}, [0.75, 0.75, 0.375, 0.125]),
    ],
)
def test_wishes_count_as_a_place_in_the_expert_s_list(wishes: dict[int, Wish], expected: list[float]) -> None:
    assert values(Judge(1, wishes=wishes), [Topic(key) for key in (1, 2, 3, 4)]) == expected


def test_an_unanswered_dossier_is_unknown_but_holds_its_place() -> None:
    found = affinities([Judge(1, wishes={1: W})], [Topic(1), Topic(2)])
    assert found == {
        (1, 1): Affinity(0.75, "Ответ эксперта: «Хочу»"),
        (1, 2): Affinity(0.5, "О соответствии ничего не известно"),
    }


def test_known_parts_are_weighed_and_all_are_told() -> None:
    judge = Judge(1, directions=frozenset({"Химия"}), words=("опыт",), wishes={1: W})
    topics = [Topic(1, frozenset({"Химия"}), ("опыт",)), Topic(2, frozenset({"Физика"}), ("задач",))]
    assert affinities([judge], topics) == {
        (1, 1): Affinity(
            0.85,
            "Общие направления: «Химия». По тексту ближе к опыту эксперта, чем 75 % дел тура. Ответ эксперта: «Хочу»",
        ),
        (1, 2): Affinity(
            0.1071,
            "Направления работы эксперт не указал своими. По тексту ближе к опыту эксперта, чем 25 % дел тура",
        ),
    }


WISHES = st.dictionaries(st.integers(1, 6), st.sampled_from([W, P, U]))
WORDS = st.lists(st.sampled_from(["школ", "хор", "робот", "опыт", "урок"]), max_size=6).map(tuple)
SUBJECTS = st.frozensets(st.sampled_from(["Химия", "Физика", "Музыка"]))


@given(st.tuples(SUBJECTS, WORDS, WISHES), st.lists(st.tuples(SUBJECTS, WORDS), min_size=1, max_size=6))
def test_affinity_stays_between_nought_and_one_whatever_is_known(
    judge: tuple[frozenset[str], tuple[str, ...], dict[int, Wish]],
    topics: list[tuple[frozenset[str], tuple[str, ...]]],
) -> None:
    works = [Topic(key, *one) for key, one in enumerate(topics, 1)]
    assert all(0 <= one <= 1 for one in values(Judge(1, *judge), works))


@given(st.dictionaries(st.integers(1, 6), st.sampled_from([W, P, U]), min_size=6, max_size=6))
def test_no_list_of_wishes_is_better_on_the_whole_than_another(wishes: dict[int, Wish]) -> None:
    topics = [Topic(key) for key in range(1, 7)]
    assert sum(values(Judge(1, wishes=wishes), topics)) == pytest.approx(3.0, abs=1e-3)
