"""Two authors in one passport, 500 times over: nothing is overwritten in silence, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from threading import Barrier
from typing import Any

import pytest
from django.db import close_old_connections, connection

from innoset.projects import queries
from innoset.projects.actions import answers
from innoset.projects.models import Answer, AnswerRevision, Passport
from innoset.projects.pure.changes import both
from tests import world

SCRIPTS = 500
STEPS = 10
FIELDS = ("4", "6", "11.2.2")
DEEDS = ("load", "edit", "save", "settle", "restore", "repeat", *["edit and save"] * 6)


@dataclass
class Author:
    """One person with a page open: what it shows, what is typed in it, which clashes wait."""

    person: Any
    shown: dict[str, tuple[int, str]] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    clashes: dict[str, tuple[int, str]] = field(default_factory=dict)
    last: tuple[str, str, int | None, str] | None = None


@dataclass
class Play:
    """One interleaving. `present` and `sent` are the oracle's own books, kept beside the database."""

    passport: Passport
    authors: tuple[Author, Author]
    rnd: Random
    at: datetime
    guarded: bool = True
    present: dict[str, tuple[int, str]] = field(default_factory=dict)
    sent: dict[str, set[str]] = field(default_factory=dict)
    overwritten: int = 0
    clashed: int = 0
    number: int = 0

    def run(self) -> None:
        """Do so many random steps, each by a random author in a random field."""
        for _ in range(STEPS):
            self.at += timedelta(seconds=7)
            author, key = self.rnd.choice(self.authors), self.rnd.choice(FIELDS)
            for deed in self.rnd.choice(DEEDS).split(" and "):
                getattr(self, deed)(author, key)

    def load(self, author: Author, key: str) -> None:
        """Open the page anew: it shows what is there, and nothing is typed in it."""
        kept = queries.answers_of(self.passport)
        author.shown = {one: (kept[one].version, kept[one].text) for one in kept}
        author.typed, author.clashes = {}, {}

    def edit(self, author: Author, key: str) -> None:
        """Type something that nobody has typed before."""
        self.number += 1
        author.typed[key] = f"{author.person.pk}: мысль {self.number}"

    def save(self, author: Author, key: str) -> None:
        """Send what is typed with the version that the page shows."""
        if key in author.typed and key not in author.clashes:
            seen, _ = author.shown.get(key, (0, ""))
            self.send(author, key, author.typed[key], seen, f"{self.rnd.random()}")

    def settle(self, author: Author, key: str) -> None:
        """Choose: mine, theirs, both."""
        if key not in author.clashes:
            return
        version, theirs = author.shown[key] = author.clashes.pop(key)
        mine = author.typed.pop(key)
        choice = self.rnd.choice(("mine", "theirs", "both"))
        if choice != "theirs":
            author.typed[key] = mine if choice == "mine" else both(theirs, mine)
            self.send(author, key, author.typed[key], version, f"{self.rnd.random()}")

    def restore(self, author: Author, key: str) -> None:
        """Look at the history and bring some text back."""
        revisions = list(queries.history_of(self.passport, key, every=True))
        if not revisions:
            return
        chosen = self.rnd.choice(revisions)
        seen, _ = self.present.get(key, (0, ""))
        made = answers.restore_answer(self.passport, revision=chosen, seen=seen, by=author.person, at=self.at)
        self.present[key] = author.shown[key] = (made.version, chosen.text)
        author.clashes.pop(key, None)
        author.typed.pop(key, None)

    def repeat(self, author: Author, key: str) -> None:
        """Send the last parcel once more, as a page does that never heard the answer."""
        if author.last is not None and self.guarded:
            before = AnswerRevision.objects.filter(passport=self.passport).count()
            self.deliver(author, *author.last)
            after = AnswerRevision.objects.filter(passport=self.passport).count()
            assert after == before

    def send(self, author: Author, key: str, text: str, seen: int, replay: str) -> None:
        """Send a text, and keep the books: what was there, what the person had seen, what is there now."""
        self.sent.setdefault(key, set()).add(text)
        author.last = (key, text, seen if self.guarded else None, replay)
        made = self.deliver(author, *author.last)
        if made.clash is not None:
            self.clashed += 1
            author.clashes[key] = (made.clash.answer.version, made.clash.answer.text)
            return
        version, was = self.present.get(key, (0, ""))
        _, known = author.shown.get(key, (0, ""))
        if made.version < version:
            assert text == known, "only what has been saved before may be answered so"
            return
        self.overwritten += was not in (known, text)
        self.present[key] = author.shown[key] = (made.version, made.text)

    def deliver(self, author: Author, key: str, text: str, seen: int | None, replay: str) -> answers.Outcome:
        """Do the deed."""
        return answers.save_answer(
            self.passport, key=key, text=text, seen=seen, replay=replay, by=author.person, at=self.at
        )

    def lost(self, *, with_clashed: bool = True) -> int:
        """Count the texts that were sent and are neither the answer nor in the history."""
        kept = {(one.key, one.text) for one in Answer.objects.filter(passport=self.passport)}
        history = AnswerRevision.objects.filter(passport=self.passport)
        history = history if with_clashed else history.exclude(version=None)
        kept |= set(history.values_list("key", "text"))
        return len({(key, text) for key, texts in self.sent.items() for text in texts} - kept)


@pytest.fixture
def passport() -> Passport:
    """A passport in which nothing is written."""
    return world.project(world.organisation()).passport


def played(passport: Passport, at: datetime, *, scripts: int = SCRIPTS, guarded: bool = True) -> list[Play]:
    """Play so many interleavings one after the other in the same passport."""
    people = (passport.project.created_by, world.member(passport.project.organisation))
    plays = []
    for seed in range(scripts):
        Answer.objects.filter(passport=passport).delete()
        AnswerRevision.objects.filter(passport=passport).delete()
        play = Play(passport, (Author(people[0]), Author(people[1])), Random(seed), at, guarded)  # noqa: S311  # chance with a seed
        play.run()
        plays.append(play)
        assert {k: (a.version, a.text) for k, a in queries.answers_of(passport).items()} == play.present
        if guarded:
            assert play.lost() == 0, f"seed {seed}"
    return plays


@pytest.mark.django_db
def test_nothing_is_overwritten_in_silence_and_nothing_is_lost(passport: Passport, at: datetime) -> None:
    plays = played(passport, at)
    assert sum(play.overwritten for play in plays) == 0
    assert sum(play.clashed for play in plays) > SCRIPTS / 4, "the authors must have met"


@pytest.mark.django_db
def test_without_versions_texts_are_overwritten_in_silence(passport: Passport, at: datetime) -> None:
    """The negative control: this is what the versions are for, and the count above notices it."""
    plays = played(passport, at, scripts=50, guarded=False)
    assert sum(play.overwritten for play in plays) > 0
    assert sum(play.clashed for play in plays) == 0


@pytest.mark.django_db
def test_without_the_history_texts_of_clashes_are_lost(passport: Passport, at: datetime) -> None:
    """The negative control: were late texts not kept, the oracle would miss them."""
    missed = 0
    people = (passport.project.created_by, world.member(passport.project.organisation))
    for seed in range(20):
        play = Play(passport, (Author(people[0]), Author(people[1])), Random(seed), at)  # noqa: S311  # chance with a seed
        Answer.objects.filter(passport=passport).delete()
        AnswerRevision.objects.filter(passport=passport).delete()
        play.run()
        missed += play.lost(with_clashed=False)
    assert missed > 0


# ── At the same moment ──────────────────────────────────────────────────────

TIMES = 8


def race(deed: Callable[[int], object]) -> list[Any]:
    """Do the deed in so many threads at the same moment and return what each got."""
    gate = Barrier(TIMES)

    def one(number: int) -> object:
        close_old_connections()
        try:
            gate.wait()
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(one, range(TIMES)))


@pytest.mark.django_db(transaction=True)
def test_of_eight_savings_at_once_one_wins_and_all_texts_are_kept(passport: Passport, at: datetime) -> None:
    people = [world.member(passport.project.organisation) for _ in range(TIMES)]

    def save(number: int) -> bool:
        mine = Passport.objects.get(pk=passport.pk)
        made = answers.save_answer(
            mine, key="6", text=f"Мысль {number}", seen=0, by=people[number], at=at, replay=f"r{number}"
        )
        return made.clash is None

    texts = {f"Мысль {number}" for number in range(TIMES)}
    assert sorted(race(save)) == [False] * (TIMES - 1) + [True]
    assert Answer.objects.get(passport=passport, key="6").version == 1
    assert set(passport.revisions.values_list("text", flat=True)) == texts
    assert passport.revisions.filter(version=None).count() == TIMES - 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_equal_parcels_at_once_one_is_saved(passport: Passport, at: datetime) -> None:
    person = passport.project.created_by

    def save(number: int) -> tuple[int, str, bool]:
        mine = Passport.objects.get(pk=passport.pk)
        made = answers.save_answer(mine, key="6", text="Мысль", seen=0, by=person, at=at, replay="once")
        return made.version, made.text, made.clash is None

    assert race(save) == [(1, "Мысль", True)] * TIMES
    assert passport.revisions.count() == 1
