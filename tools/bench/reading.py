"""How well the Word reader reads invented passports: a table by layout, beside matching by number alone."""

import time
from typing import Final

from innoset.projects.pure.reading import read
from tests.pure.projects.variants.cases import variants
from tests.pure.projects.variants.score import Score, by_number_alone, scored

BAR: Final = 0.98
_WIDTH: Final = 30
_HEAD: Final = ("файлов", "полей", "найдено", "этапов", "верно", "дат", "верно", "чужих слов")


def main() -> int:
    """Read every variant and print the table; the status is 1 below the bar or with words in a wrong slot."""
    files = list(variants())
    began = time.process_time()
    scores = scored((one, read(one.data, one.name)) for one in files)
    spent = time.process_time() - began
    print(_row("раскладка", *_HEAD))
    for family, score in scores.items():
        print(_row(family, *_cells(score)))
    whole = _sum(list(scores.values()))
    print(_row("всего", *_cells(whole)))
    print(_row("только по номеру", *_cells(by_number_alone(files))))
    print(
        f"\nДоля найденных полей: {whole.recall:.4f}. На файл: {1000 * spent / len(files):.0f} мс процессора."
    )
    for fault in (*whole.faults, *whole.strays)[:20]:
        print(fault)
    return 0 if whole.recall >= BAR and not whole.strays else 1


def _cells(score: Score) -> tuple[str, ...]:
    counts = (
        score.files,
        score.fields,
        f"{100 * score.recall:.1f} %",
        score.stages,
        max(0, score.stages_right),
        score.files,
        score.dates_right,
        len(score.strays),
    )
    return tuple(str(one) for one in counts)


def _row(name: str, *cells: str) -> str:
    return name.ljust(_WIDTH) + "".join(one.rjust(12) for one in cells)


def _sum(scores: list[Score]) -> Score:
    found = Score()
    for one in scores:
        found.files += one.files
        found.fields += one.fields
        found.right += one.right
        found.stages += one.stages
        found.stages_right += one.stages_right
        found.dates_right += one.dates_right
        found.strays += one.strays
        found.faults += one.faults
    return found
