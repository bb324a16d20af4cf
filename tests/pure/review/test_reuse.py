"""Text reuse: what is found, what is not, and that each guard is needed."""

from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest

from innoset.review.pure.reuse import Label, Passage, ReuseIndex, Text, put, shelve, taken, threshold
from innoset.review.pure.reuse import common as common_module
from innoset.review.pure.reuse.alignment import worth_of
from innoset.review.pure.reuse.candidates import EVERYWHERE
from innoset.review.pure.reuse.grams import grams_of, ids_of, pairs_of, winnowed
from innoset.review.pure.reuse.own import own_words
from innoset.review.pure.reuse.quotations import quoted
from innoset.review.pure.words import words_of
from tests.pure.review.essay import BEES, ESSAY, MUSEUM, SOURCES

FORM = (
    "Основная идея проекта: опишите замысел, новизну подхода и ожидаемые изменения для участников образования"
)


def index(*, template: str = "", quotes: bool = True, **texts: str) -> ReuseIndex:
    made = ReuseIndex({"form": template}, quotes=quotes)
    for key, text in texts.items():
        made.add(key, text, "form")
    return made


def cut(text: str, one: Passage) -> str:
    return text[one.start : one.end]


# ── Passages ────────────────────────────────────────────────────────────────


def test_a_copy_is_found_with_the_exact_places_of_both() -> None:
    copied = BEES.strip().split("\n\n")[1]
    text = f"Своё вступление о школьном дворе и его обитателях.\n{copied}\nСвоё заключение о пользе труда."
    [found] = index(bees=BEES, museum=MUSEUM).find(text).passages
    assert found.source == "bees"
    assert cut(text, found) == copied.rstrip(".")
    assert BEES[found.source_start : found.source_end] == copied.rstrip(".")
    assert (found.matched, found.words, found.letters, found.moved) == (found.words, found.words, 0, 0)


def test_every_sentence_of_a_real_essay_leads_to_its_source() -> None:
    order = list(ESSAY)
    Random(1).shuffle(order)  # noqa: S311  # reason: the same order every time
    text = " ".join(sentence for sentence, _, _ in order)
    found = index(**SOURCES).find(text).passages
    lost = [
        sentence
        for sentence, _, source in order
        if source and _covered(text, sentence, [one for one in found if one.source == source]) < 0.3
    ]
    assert lost == []


def _covered(text: str, sentence: str, found: list[Passage]) -> float:
    start, words = text.index(sentence), words_of(sentence)
    spots = [start + place for place in words.starts]
    return sum(any(one.start <= spot < one.end for one in found) for spot in spots) / len(spots)


def test_unrelated_articles_have_nothing_in_common() -> None:
    assert index(bees=BEES).find(MUSEUM).passages == ()
    assert index(museum=MUSEUM).find(BEES).passages == ()


def test_disguised_letters_and_moved_words_are_told() -> None:
    copied = BEES.strip().split("\n\n")[2]
    plain = index(bees=BEES)
    hidden = copied.replace("зап", "зa\u200bп").replace("собираются", "coбирaются")
    [found] = plain.find(hidden).passages
    assert found.letters == 3
    sentences = copied.replace("\n", " ").split(". ")
    [moved] = plain.find(". ".join(reversed(sentences))).passages
    assert (moved.letters, moved.moved > 0) == (0, True)


def test_pieces_of_one_passage_are_one() -> None:
    sentences = BEES.strip().split("\n\n")[2].replace("\n", " ").split(". ")
    kept = [". ".join(sentences[:2]), ". ".join(sentences[3:])]
    found = index(bees=BEES).find(" Между тем. ".join(kept)).passages
    assert len(found) == 1
    far = "\n".join([kept[0], MUSEUM, kept[1]])
    apart = index(bees=BEES).find(far).passages
    assert len(apart) == 2
    assert all(one.end <= other.start for one, other in pairwise(apart))


def test_each_word_counts_once_in_the_share() -> None:
    copied = BEES.strip().split("\n\n")[1]
    found = index(bees=BEES, again=BEES).find(copied)
    assert [one.source for one in found.passages] == ["again", "bees"]
    assert found.share() == 1.0
    assert found.share(lambda one: one.source == "bees") == 1.0
    assert (found.compared, found.share(lambda _: False)) == (2, 0.0)


def test_a_family_and_keys_are_left_out() -> None:
    made = ReuseIndex()
    made.add("first", BEES, family="project")
    made.add("second", BEES)
    assert [one.source for one in made.find(BEES, exclude="project").passages] == ["second"]
    assert [one.source for one in made.find(BEES, without={"second"}).passages] == ["first"]
    assert made.find(BEES, exclude="project", without={"second"}).compared == 0


@pytest.mark.parametrize("text", ["", "Да.", "Два слова.", "и на по с"])
def test_a_text_without_words_is_found_nowhere(text: str) -> None:
    found = index(bees=BEES, empty=text).find(text)
    assert (found.passages, found.share()) == ((), 0.0)


def test_nothing_is_found_in_an_empty_index() -> None:
    assert ReuseIndex().find(BEES).passages == ()


# ── Guards, each with the loss when it is off ───────────────────────────────


def test_the_words_of_the_form_are_nobodys() -> None:
    mine, other = f"{FORM}\n{BEES}", f"{FORM}\n{MUSEUM}"
    assert index(template=FORM, other=other).find(mine, "form").passages == ()
    [false] = index(other=other).find(mine, "form").passages
    assert cut(mine, false) == FORM


def test_quotations_from_acts_are_nobodys() -> None:
    act = (
        "В статье 20 Федерального закона от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации» сказано: "
        "«Экспериментальная и инновационная деятельность в сфере образования осуществляется в целях обеспечения "
        "модернизации и развития системы образования с учётом основных направлений развития страны»."
    )
    mine, other = f"{BEES}\n{act}", f"{act}\n{MUSEUM}"
    assert index(other=other).find(mine).passages == ()
    [false] = index(quotes=False, other=other).find(mine).passages
    assert cut(mine, false) in act


def test_what_very_many_works_say_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = MUSEUM.strip().split("\n\n")[0]
    bank = {f"text{number}": f"{shared} {_filler(number)}" for number in range(9)}
    copied = BEES.strip().split("\n\n")[1]
    text = f"{shared} {copied}"
    assert [one.source for one in index(bees=BEES, **bank).find(text).passages] == ["bees"]
    # A passage keeps what is not common in it.
    mixed = index(both=f"{shared} {copied}", **bank).find(text).passages
    assert [(one.source, cut(text, one)[:12]) for one in mixed] == [("both", copied[:12])]
    monkeypatch.setattr(common_module, "_FEW", 100)
    assert len(index(bees=BEES, **bank).find(text).passages) == 10


def _filler(number: int) -> str:
    words = BEES.split()
    Random(number).shuffle(words)  # noqa: S311  # reason: the same words every time
    return " ".join(words[:40])


def test_common_words_of_the_source_prove_nothing() -> None:
    talk = "музей школы работа дети проект урок город книга друг класс"
    words = talk.split()
    random = Random(3)  # noqa: S311  # reason: the same words every time
    one, other = (" ".join(random.choices(words, k=400)) for _ in range(2))
    assert index(one=one).find(other).passages == ()


def test_a_turn_of_speech_in_too_many_places_is_no_trace() -> None:
    turn = "кипятят душистый чай"
    made = ReuseIndex()
    made.add("turns", " ".join(f"{turn} {number}" for number in range(1000, 1001 + EVERYWHERE)))
    assert made.find(f"{turn} {MUSEUM}").passages == ()


def test_a_few_words_are_too_few() -> None:
    made = ReuseIndex(base=20)
    made.add("bees", BEES)
    assert made.find(f"{MUSEUM} качество мёда зависит от зрелости, откачать").passages == ()
    [found] = made.find(f"{MUSEUM} качество мёда зависит от зрелости, если откачать раньше").passages
    assert found.matched == 6


def test_the_threshold_grows_with_the_number_of_texts() -> None:
    assert threshold(250) == 36.0
    assert threshold(0) == threshold(1) < threshold(20_000)
    assert threshold(250, 50.0) == 50.0


# ── Parts ───────────────────────────────────────────────────────────────────


def test_grams_do_not_mind_the_order() -> None:
    ids = ids_of(["школа", "музей", "улей"])
    assert grams_of(ids).tolist() == grams_of(ids[::-1]).tolist()
    assert len(grams_of(ids[:2])) == 0
    pairs, places = pairs_of(ids)
    assert places.tolist() == [0, 1, 0]
    assert sorted(pairs.tolist()) == sorted(pairs_of(ids[::-1])[0].tolist())
    assert len(pairs_of(ids[:1])[0]) == 0


def test_every_window_keeps_a_gram() -> None:
    grams = np.array([5, 3, 9, 8, 1, 7, 6, 2], np.uint32)
    assert winnowed(grams, 4).tolist() == [1, 4]
    assert winnowed(grams, 1).tolist() == list(range(8))
    assert winnowed(grams[:3], 4).tolist() == [0, 1, 2]


def test_rare_words_tell_more() -> None:
    worth = worth_of(np.array([1e-5, 1e-2, 0.9]))
    assert worth.found[0] > worth.found[1] > worth.found[2] == 0
    assert worth.missing[0] < worth.missing[1] < worth.missing[2] == 0


@pytest.mark.parametrize(
    "act",
    [
        "Федеральный закон от 29 декабря 2012 г. № 273-ФЗ «Об образовании в Российской Федерации»",
        "приказ Министерства просвещения Российской Федерации от 31.05.2021 № 287",
        "Указ Президента № 204",
        "«О внесении изменений в некоторые акты»",
        "национальный проект «Молодёжь и дети»",
        "федеральный государственный образовательный стандарт основного общего образования",
        "ФГОС дошкольного образования",
    ],
)
def test_acts_are_recognised(act: str) -> None:
    text = f"Наш подход опирается на {act}, и мы рады."
    assert any(text[start:end].startswith(act[:20]) for start, end in quoted(text))
    kept = own_words(text).words
    own = own_words(text).kept.tolist()
    inside = range(text.index(act), text.index(act) + len(act))
    assert [kept.stems[place] for place in own if kept.starts[place] in inside] == []


def test_own_quotation_marks_stay_own() -> None:
    assert (
        quoted("Мы назвали это «школой открытых дверей для всех детей и родителей посёлка» и начали.") == []
    )


def test_arrays_on_the_disk_are_the_same_shelf(tmp_path: Path) -> None:
    texts = {"bees": BEES, "museum": MUSEUM}
    shelf = shelve((Label(key, "family", "sum"), own_words(text).ids) for key, text in texts.items())
    put(shelf, tmp_path / "shelf")
    again = taken(tmp_path / "shelf")
    assert again is not None
    assert list(again.labels) == list(shelf.labels)
    assert again.text(1).tolist() == own_words(MUSEUM).ids.tolist()
    made = ReuseIndex(shelves=[again], text_of=lambda key: Text(texts[key]))
    assert [one.source for one in made.find(BEES).passages] == ["bees"]
    less = ReuseIndex(shelves=[again.without({"bees"})], text_of=lambda key: Text(texts[key]))
    assert less.find(BEES).passages == ()
    with pytest.raises(KeyError, match="bees"):
        ReuseIndex(shelves=[again]).find(BEES)


def test_a_broken_shelf_is_no_shelf(tmp_path: Path) -> None:
    assert taken(tmp_path) is None
    folder = tmp_path / "shelf"
    put(shelve([(Label("bees"), own_words(BEES).ids)]), folder)
    (folder / "labels.json").write_text('{"format": 0, "labels": []}')
    assert taken(folder) is None
    (folder / "labels.json").write_text("{")
    assert taken(folder) is None


def test_a_large_shelf_keeps_a_share_of_the_grams(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = shelve([(Label("bees"), own_words(BEES).ids)])
    monkeypatch.setattr("innoset.review.pure.reuse.shelf._DENSE_UP_TO", 1)
    monkeypatch.setattr("innoset.review.pure.reuse.shelf._PAIRS_UP_TO", 1)
    monkeypatch.setattr("innoset.review.pure.reuse.candidates._PLENTY", 1)
    part = shelve([(Label("bees"), own_words(BEES).ids)])
    assert len(part.grams) < len(whole.grams) / 4
    made = ReuseIndex(shelves=[part], text_of=lambda _: Text(BEES))
    assert [one.source for one in made.find(BEES.split("\n\n")[1]).passages] == ["bees"]
