"""The words of an attached file, for those who may read what is said but not whose it is.

Pictures, metadata, running heads and the file itself stay behind: only words go on, and they are
covered like those of the passport.
"""

from typing import Final

LONGEST: Final = 60_000
PAGES: Final = 200
NO_WORDS: Final = "В файле нет текста: это снимки или скан."
NO_KIND: Final = "Из файлов этого вида текст не берётся."
BROKEN: Final = "Файл не читается."
WORD: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
)
PDF: Final = "application/pdf"
APART: Final = "innoset.contests.pure.annexes_apart:words_of"
