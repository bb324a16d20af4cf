"""What is printed around a form by the form itself: title, heads of columns, statements."""

import re
from functools import lru_cache
from typing import Final

from innoset.projects.pure.forms import Form
from innoset.projects.pure.matching.similarity import grams_of, letters_ratio, words_of

_ALIKE: Final = 0.82
_SAME: Final = 0.95
_STATEMENT: Final = 24
_SHARED: Final = 0.4
_LONGEST_PRINT: Final = 400


class Frame:
    """The print of one form, ready to be compared with lines of a document."""

    def __init__(self, form: Form) -> None:
        block = form.signature
        texts = [form.title, *form.title_synonyms, *(one.text for one in form.guarantees), *form.boilerplate]
        texts += [block.lead_in, block.footnote] if block else []
        texts += ["Наименование поля Содержание", "№ п/п Наименование Содержание"]
        letters = ["".join(words_of(text)) for text in texts]
        self.printed = tuple((one, grams_of(one)) for one in letters if one)
        # No answer repeats the numbered title of a section on a line of its own.
        self.sections = frozenset(one.title for one in form.sections if re.match(r"[IVX]+\.\s", one.title))

    def prints(self, text: str, *, only_long: bool = False) -> bool:
        """Tell whether a text is the form's own print and nobody's answer.

        A short word may well be an answer, so among answers only whole statements count.
        """
        if len(text) > 2 * _LONGEST_PRINT or (only_long and len(text) < _STATEMENT):
            return False
        letters = "".join(words_of(text))
        if not letters or len(letters) > _LONGEST_PRINT or (only_long and len(letters) < _STATEMENT):
            return False
        least = _ALIKE if len(letters) >= _STATEMENT else _SAME
        near = [
            one
            for one in self.printed
            if 2 * min(len(one[0]), len(letters)) >= least * (len(one[0]) + len(letters))
        ]
        grams = grams_of(letters) if near else frozenset()
        return any(
            len(grams & own) >= _SHARED * max(len(grams), len(own)) and letters_ratio(letters, one) >= least
            for one, own in near
        )


@lru_cache(maxsize=8)
def frame_of(form: Form) -> Frame:
    """Return the print of a form, made once."""
    return Frame(form)
