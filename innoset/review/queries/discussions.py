"""The talk about a dossier after its sheets are finished: who sees what, under which letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from innoset.accounts.models import User
from innoset.review.models import (
    Assignment,
    Criterion,
    Discussion,
    DiscussionPost,
    Dossier,
    Round,
    ScoreChange,
    ScoreSheet,
)
from innoset.review.pure.letters import ALPHABET
from innoset.review.pure.scoring import NOTHING, Mark
from innoset.review.queries.sheets import marks_of, rubric_of
from innoset.review.states import LIVE, AssignmentState, SheetState

FEWEST = 2
"""So many finished sheets make a discussion."""
ORGANISER = "Организатор"


@dataclass(frozen=True, slots=True)
class Voice:
    """An expert of the dossier as the others see them: a letter, a sheet, its marks."""

    letter: str
    sheet: ScoreSheet
    marks: dict[int, Mark]

    @property
    def person(self) -> User:
        """Return who it is; for organisers only."""
        return self.sheet.assignment.expert

    def cells(self, criteria: Iterable[Criterion]) -> list[Mark]:
        """Return the marks in the order of the criteria."""
        return [self.marks.get(one.pk, NOTHING) for one in criteria]


@dataclass(frozen=True, slots=True)
class Topic:
    """A dossier of a round: may it be discussed, is it, was it."""

    dossier: Dossier
    due: int
    done: int
    changes: int
    talk: Discussion | None

    @property
    def may_open(self) -> bool:
        """Tell whether all its sheets are in and nobody has opened the talk yet."""
        return self.talk is None and self.due == self.done and self.done >= FEWEST


def discussion_of(assignment: Assignment) -> Discussion | None:
    """Return the discussion of the dossier in its round, if one was ever opened."""
    return Discussion.objects.filter(round=assignment.round_id, dossier=assignment.dossier_id).first()


def discussions_of(person: Any) -> QuerySet[Discussion]:
    """Return the discussions of the dossiers whose sheet the person has finished."""
    own = Assignment.objects.filter(
        round=OuterRef("round"),
        dossier=OuterRef("dossier"),
        expert=person.pk,
        state=AssignmentState.CLEARED,
        sheet__state=SheetState.FINISHED,
    )
    return Discussion.objects.filter(Exists(own)).select_related("round", "dossier")


def finished_sheets(review_round: Round, dossier: Dossier) -> QuerySet[ScoreSheet]:
    """Return the finished sheets of the dossier, the first assigned first."""
    return (
        ScoreSheet.objects.filter(
            assignment__round=review_round,
            assignment__dossier=dossier,
            assignment__state=AssignmentState.CLEARED,
            state=SheetState.FINISHED,
        )
        .select_related("assignment__expert", "assignment__round", "assignment__dossier")
        .prefetch_related("scores")
        .order_by("assignment__pk")
    )


def voices_of(talk: Discussion) -> list[Voice]:
    """Return the experts of the talk, each under a letter that stays theirs as long as the talk goes on."""
    sheets = finished_sheets(talk.round, talk.dossier)
    return [Voice(_letter(place), sheet, marks_of(sheet)) for place, sheet in enumerate(sheets)]


def _letter(place: int) -> str:
    turn, letter = divmod(place, len(ALPHABET))
    return ALPHABET[letter] + (str(turn + 1) if turn else "")


def criteria_of(talk: Discussion) -> list[Criterion]:
    """Return the criteria that the dossier was judged by."""
    return list(rubric_of(talk.round, talk.dossier).criteria.all())


def posts_of(
    talk: Discussion, voices: Sequence[Voice], viewer: Any = None
) -> list[tuple[str, DiscussionPost]]:
    """Return the remarks under letters; one's own stand under «Вы», an organiser's under their part."""
    letters = {voice.person.pk: f"Эксперт {voice.letter}" for voice in voices}
    own = getattr(viewer, "pk", None)
    return [
        ("Вы" if post.author_id == own else letters.get(post.author_id, ORGANISER), post)
        for post in talk.posts.all()
    ]


def changes_of(review_round: Round, dossier: Dossier) -> QuerySet[ScoreChange]:
    """Return every change of a mark after its sheet was first finished, the oldest first."""
    return (
        ScoreChange.objects.filter(sheet__assignment__round=review_round, sheet__assignment__dossier=dossier)
        .select_related("criterion", "sheet__assignment__expert", "discussion")
        .order_by("changed_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What became of the marks of a dossier in a round after its sheets were finished."""

    round: Round
    talk: Discussion | None
    changes: list[tuple[str, ScoreChange]]


def afterwards_of(rounds: Iterable[Round], dossier: Dossier) -> list[Afterwards]:
    """Return the talks and changes of a dossier, each expert under their letter; rounds without any left out."""
    found = []
    for review_round in rounds:
        letters = {
            sheet.pk: f"Эксперт {_letter(place)}"
            for place, sheet in enumerate(finished_sheets(review_round, dossier))
        }
        talk = review_round.discussions.filter(dossier=dossier).first()
        changes = [(letters.get(one.sheet_id, "Эксперт"), one) for one in changes_of(review_round, dossier)]
        if talk or changes:
            found.append(Afterwards(review_round, talk, changes))
    return found


def topics_of(review_round: Round) -> list[Topic]:
    """Return the dossiers of the round with their talks, in a constant number of queries."""
    live = Q(assignments__round=review_round, assignments__state__in=LIVE)
    held = review_round.dossiers.annotate(
        due=Count("assignments", filter=live, distinct=True),
        done=Count(
            "assignments", filter=live & Q(assignments__sheet__state=SheetState.FINISHED), distinct=True
        ),
        changed=Count(
            "assignments__sheet__changes", filter=Q(assignments__round=review_round), distinct=True
        ),
    ).order_by("code")
    talks = {talk.dossier_id: talk for talk in review_round.discussions.all()}
    return [Topic(one, one.due, one.done, one.changed, talks.get(one.pk)) for one in held]
