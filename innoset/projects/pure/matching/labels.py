"""The labels of a form while one document is read: guesses within a budget."""

from typing import Final

from innoset.projects.pure.forms import Form
from innoset.projects.pure.matching.similarity import same_word, words_of
from innoset.projects.pure.matching.spellings import (
    CLEAR_LEAD,
    LIKELY,
    POSSIBLE,
    Claim,
    Variant,
    spellings_of,
)
from innoset.projects.pure.matching.stage_heads import StageHead, stage_head

SURE: Final = 0.86
_MOST_COMPARISONS: Final = 5_000  # a form takes a thousand; beyond, somebody wants to keep us busy

__all__ = ["LIKELY", "POSSIBLE", "SURE", "Claim", "Labels", "StageHead", "labels_of", "stage_head"]


class Labels:
    """The labels of one form; what one document asks is counted while it is read."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.spellings = spellings_of(form)
        self.order, self.numbers = self.spellings.order, self.spellings.numbers
        self.variants = self.spellings.variants
        self.asked: set[str] = set()
        self.spent = 0

    def claims(self, text: str) -> tuple[Claim, ...]:
        """Return the guesses for a label text, the best first, one a key; none when the budget is spent."""
        if self.spent > _MOST_COMPARISONS and text not in self.asked:
            return ()
        found, cost = self.spellings.guesses(text)
        if text not in self.asked:
            self.asked.add(text)
            self.spent += cost
        return found

    def score(self, words: tuple[str, ...], letters: str, variant: Variant) -> float:
        """Return how well words fit a spelling of a label: letters and the telling words."""
        if len(letters) > 3 * len(variant.letters) or self.spent > _MOST_COMPARISONS:
            return variant.factor if letters == variant.letters else 0.0
        score, cost = self.spellings.score(words, letters, variant)
        self.spent += cost
        return score

    def may_begin(self, text: str) -> bool:
        """Tell cheaply whether a text begins with the first word of some label."""
        words = words_of(text[:60])
        return bool(words) and any(same_word(words[0], head) for head in self.spellings.heads)

    def best(self, text: str) -> Claim | None:
        """Return the one clear guess, None when there is none or two are close."""
        claims = self.claims(text)
        if not claims or claims[0].score < LIKELY:
            return None
        if len(claims) > 1 and claims[0].score - claims[1].score < CLEAR_LEAD and claims[0].score < SURE:
            return None
        return claims[0]


def labels_of(form: Form) -> Labels:
    """Return the labels of a form for the reading of one document."""
    return Labels(form)
