"""The deed of bringing a filled table back, and reading it before the deed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from innoset.foundation import sandbox
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.review.actions.sheets import save_marks
from innoset.review.models import Round, ScoreSheet
from innoset.review.pure.packs import CONCLUSION, PackLine, Verdict, Weighed, weigh
from innoset.review.pure.scoring import Mark
from innoset.review.queries.packs import known_to, packed_sheets
from innoset.review.queries.sheets import rubric_of

MOST_BYTES = 5 * 2**20
BROKEN = (
    "Таблица не читается: файл повреждён или слишком сложен. Сохраните её заново как XLSX и загрузите снова."
)
_ZIP = b"PK\x03\x04"
_READER = "innoset.review.pure.packs.reading:read"


def read_pack(data: bytes) -> list[PackLine]:
    """Read the table in a process apart; refuse in words what is no such table."""
    if len(data) > MOST_BYTES:
        raise Refusal(
            f"Файл больше {MOST_BYTES // 2**20} МБ. Загрузите таблицу, скачанную на этой странице.",
            field="file",
        )
    if not data.startswith(_ZIP):
        raise Refusal("Это не таблица XLSX. Сохраните файл в виде XLSX и загрузите снова.", field="file")
    try:
        said = sandbox.run(_READER, data)
    except sandbox.NoAnswer as no:
        raise Refusal(BROKEN, field="file") from no
    if "fault" in said:
        raise Refusal(str(said["fault"]), field="file")
    return [PackLine(*line) for line in said["lines"]]


@action("review.import_marks")
def import_marks(
    review_round: Round, *, lines: Collection[PackLine], replace: Collection[str] = (), by: Any, at: datetime
) -> int:
    """Write what the table says; of what is newer in the system only the lines named in `replace`."""
    weighed = weigh(list(lines), known_to(by, review_round))
    taken = [one for one in weighed if _is_taken(one, replace)]
    if not taken:
        raise Refusal("Переносить нечего: в таблице нет новых баллов и пояснений.")
    sheets = {one.assignment.dossier.code: one for one in packed_sheets(by, review_round)}
    for code in sorted({one.line.code for one in taken}):
        _write(sheets[code], [one for one in taken if one.line.code == code], at=at)
    ledger.note(lines=len(taken), replaced=sum(one.verdict == Verdict.NEWER for one in taken))
    return len(taken)


def _is_taken(one: Weighed, replace: Collection[str]) -> bool:
    return one.verdict == Verdict.NEW or (one.verdict == Verdict.NEWER and one.key in replace)


def _write(sheet: ScoreSheet, taken: list[Weighed], *, at: datetime) -> None:
    rubric = rubric_of(sheet.assignment.round, sheet.assignment.dossier)
    keys = {one.number: one.pk for one in rubric.criteria.all()}
    marks: dict[int, Mark] = {keys[one.line.number]: one.after for one in taken if one.line.number}
    conclusion = next((one.after.comment for one in taken if one.line.number == CONCLUSION), None)
    save_marks(sheet, marks, conclusion, at=at)
