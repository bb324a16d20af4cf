"""Words of a Russian text without their endings, and where each one stands; disguised letters are seen through."""

import re
import threading
import unicodedata
from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import Stemmer

# What no reader sees: soft hyphens, joiners, marks of direction. And marks over a letter.
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
_MARKS: Final = "\u0300-\u034e\u0350-\u036f"
_LETTERS: Final = r"[^\W_]+"
# A word goes on over what is unseen in it, and over a hyphen at the end of a line.
_WORD: Final = re.compile(
    rf"{_LETTERS}(?:[{_UNSEEN}{_MARKS}]+{_LETTERS}"
    rf"|[{_UNSEEN}{_MARKS}]*[-\u2010][ \t]*\r?\n[ \t]*(?=[а-яё]){_LETTERS})*[{_MARKS}]*"
)
_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_HIDDEN: Final = re.compile(f"[{_UNSEEN}]")
_RUSSIAN: Final = re.compile(r"[а-я]")
_FOREIGN: Final = re.compile(r"[^\W\d_а-я]")
_DIGIT_INSIDE: Final = re.compile(r"(?<=[а-я])[036](?=[а-я])")
_DIGITS: Final = {"0": "о", "3": "з", "6": "б"}
_LIKE: Final = str.maketrans(
    dict(zip("abcehkmnoprtuxy", "авсенкмпоргтиху", strict=True))
    | dict(zip("αβεηκμορτυχγ", "авенкмортуху", strict=True))
    | dict(zip("ѕјԁԛԝһӏѐўӑӓ", "sjdqwhlеуаа", strict=True))
)
_STRICTLY_LIKE: Final = frozenset("abcehkmoptxy")
_SHORTEST: Final = 2

STOP_WORDS: Final = frozenset(
    """
    а без бы в вам вами вас ваш ваша ваше ваши вашего вашей вашему вашим вашими ваших во вот все всё всего всей
    всем всеми всему всех вся для до его ее ей ему если есть же за и из изо или им ими их к как ко кто ли либо
    между меня мне мной мною мы на над надо нам нами нас наш наша наше нашего нашей нашему наши нашим нашими
    наших не него нее ней нем нему нет ни нибудь ним ними них но ну о об обо однако он она они оно от ото по под
    подо пока при про ради с сам сама сами само со так также такая такие такими таких таким такого такое такой
    такому там то тоже только тогда того той том тому тот та те тем теми тех ты у уж уже чего чей чем чему что
    чтобы эта эти этим этими этих это этого этой этом этому этот эту я кого кому ком кем себя себе собой собою
    свой своя свое свои своего своей своем своему своим своими своих свою мой моя мое мои моего моей моем моему
    моим моими моих твой которая которого которое которой котором которому которую которые который которым
    которыми которых быть был была были было будет будут будучи бывает является являются являлся являлась тут
    здесь где когда куда потому поэтому раз ведь весь даже зато затем лишь хотя чтоб через перед после более
    менее очень можно нужно может могут т д п г др е
    """.replace("ё", "е").split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """The telling words of a text: the stem of each, its place in the text, whether it was disguised."""

    stems: list[str] = field(default_factory=list)
    starts: "array[int]" = field(default_factory=lambda: array("I"))
    ends: "array[int]" = field(default_factory=lambda: array("I"))
    disguised: list[int] = field(default_factory=list)


def stems(text: str) -> list[str]:
    """Return the words of the text in order, without endings and stop words; ё is е."""
    known = (_known(match.group()).stem for match in _WORD.finditer(text))
    return [stem for stem in known if stem]


def words_of(text: str) -> Words:
    """Return the telling words with their places; `disguised` lists the numbers of those written to deceive."""
    found = Words()
    for match in _WORD.finditer(text):
        word = _known(match.group())
        if word.stem:
            if word.is_disguised:
                found.disguised.append(len(found.stems))
            found.stems.append(word.stem)
            found.starts.append(match.start())
            found.ends.append(match.end())
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """A written word: its stem (empty when it tells nothing), and whether its letters deceive."""

    stem: str
    is_disguised: bool


@lru_cache(maxsize=400_000)
def _known(written: str) -> _Known:
    plain = _plain(written)
    seen_through = _seen_through(plain)
    if len(seen_through) < _SHORTEST or seen_through in STOP_WORDS:
        return _Known("", is_disguised=False)
    is_disguised = bool(_HIDDEN.search(written.replace("\u00ad", ""))) or _is_swapped(plain, seen_through)
    return _Known(_stemmer().stemWord(seen_through), is_disguised=is_disguised)


def _plain(written: str) -> str:
    composed = unicodedata.normalize("NFKC", written).lower()
    return _NOT_LETTERS.sub("", composed.replace("\u0451", "\u0435"))


def _seen_through(word: str) -> str:
    """Return the word in Russian letters if those of another alphabet, or digits, play their part."""
    if word.isascii():
        return word.translate(_LIKE) if _STRICTLY_LIKE.issuperset(word) else word
    if not _RUSSIAN.search(word):
        return word
    if _FOREIGN.search(word):
        word = word.translate(_LIKE)
    return _DIGIT_INSIDE.sub(lambda match: _DIGITS[match.group()], word)


def _is_swapped(plain: str, seen_through: str) -> bool:
    return plain != seen_through and not plain.isascii()


_own = threading.local()


def _stemmer() -> Stemmer.Stemmer:
    """Return the stemmer of this thread: one cannot serve two at once."""
    if not hasattr(_own, "stemmer"):
        _own.stemmer = Stemmer.Stemmer("russian", 0)
    stemmer: Stemmer.Stemmer = _own.stemmer
    return stemmer
