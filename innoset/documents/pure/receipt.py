"""The receipt (расписка): proof that an application came in, when, and with what content."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from urllib.parse import unquote

from innoset.documents.pure import characters, typesetting
from innoset.foundation.russian import by_gender, capitalised, moment_in_words

BOLD_GROUPS: Final = 4
"""How many groups of the digest are shown in bold: the first 16 signs stand in the check address."""


@dataclass(frozen=True)
class Step:
    """What happens next: when, in words, and what."""

    when: str
    what: str
    is_done: bool = False


@dataclass(frozen=True)
class Receipt:
    """Everything that the receipt says; `digest` is the SHA-256 of the canonical content in hex."""

    number: str
    title: str
    organisation: str
    contest: str
    sent_at: datetime
    sent_by: str
    version: int
    digest: str
    check_url: str
    nomination: str = ""
    organiser: str = ""
    sent_by_post: str = ""
    confirmed: str = ""
    mailed_to: str = ""
    files: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    journal_head: str = ""
    # Signed JSON of `documents.pure.proof`; it travels inside the file.
    proof: str = ""


def pdf(receipt: Receipt, *, at: datetime) -> bytes:
    """Print the receipt; pass the moment of sending to get the same bytes for ever."""
    return typesetting.pdf(sheet(receipt), at=at)


def sheet(receipt: Receipt) -> typesetting.Sheet:
    """Lay the receipt out for the press."""
    moment = moment_in_words(receipt.sent_at, seconds=True)
    data = {
        **{name: value for name, value in asdict(receipt).items() if name != "proof"},
        "check_url": unquote(receipt.check_url),
        "journal_head": " ".join(characters.in_fours(receipt.journal_head)),
        "sent_at": moment,
        "sent_on": moment.rpartition(", ")[0],
        "sent_time": moment.rpartition(", ")[2],
        "groups": characters.in_fours(receipt.digest),
        "bold": BOLD_GROUPS,
        "facts": [{"label": label, "text": text} for label, text in _facts(receipt) if text],
    }
    return typesetting.Sheet(
        "receipt",
        f"Расписка о получении заявки № {receipt.number}",
        data,
        receipt.check_url,
        receipt.proof,
    )


def _facts(receipt: Receipt) -> list[tuple[str, str]]:
    sender = ", ".join(filter(None, (receipt.sent_by, receipt.sent_by_post)))
    return [
        ("Проект", receipt.title),
        ("Организация", receipt.organisation),
        ("Конкурс", receipt.contest),
        ("Номинация", receipt.nomination),
        ("Версия заявки", str(receipt.version)),
        (by_gender(receipt.sent_by, "Отправил", "Отправила", "Кто отправил"), sender),
        ("Подтверждение руководителя", capitalised(receipt.confirmed)),
        ("Приложены файлы", "\n".join(receipt.files)),
        ("Копия отправлена на", receipt.mailed_to),
    ]
