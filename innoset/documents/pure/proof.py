"""The proof inside a receipt: what was received and when, signed so that anybody can check it offline.

The signature is Ed25519 (RFC 8032) over the proof's own JSON. The seal is the SHA-256 of the canonical
content and of the files: whoever has both can count it again (`contests.pure.sealing`).
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Self

from innoset.documents.pure import envelope

NAME: Final = "proof.json"
"""How the proof is called among the files inside a receipt."""


class BadProof(ValueError):
    """The proof cannot be believed; the message is a Russian sentence with the cure."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What the site certifies. `files` are pairs of a name and a SHA-256 in hex; `sent_at` is ISO 8601."""

    number: str
    sent_at: str
    title: str
    organisation: str
    contest: str
    version: int
    form: str
    form_version: str
    seal: str
    files: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, content: dict[str, Any]) -> Self:
        """Read what was signed; raise BadProof when something is missing or of another kind."""
        try:
            files = tuple((str(name), str(checksum)) for name, checksum in content["files"])
            texts = {name: str(content[name]) for name in cls.__slots__ if name not in ("version", "files")}
            return cls(**texts, version=int(content["version"]), files=files)
        except (KeyError, TypeError, ValueError) as error:
            raise BadProof("Данные внутри расписки неполны. Скачайте расписку с сайта заново.") from error

    @property
    def moment(self) -> datetime:
        """Return when the application was received."""
        return datetime.fromisoformat(self.sent_at)


def public_key(secret: str) -> str:
    """Return the key for checking receipts, as text that may be published."""
    return envelope.public_key(secret, envelope.RECEIPTS)


def signed(proof: Proof, secret: str) -> str:
    """Return the proof with its signature and the public key, as JSON."""
    content = _canonical(asdict(proof))
    signature = envelope.signature_of(content, secret, envelope.RECEIPTS)
    return envelope.sealed(content, signature, public_key(secret))


def opened(text: str, keys: Iterable[str]) -> Proof:
    """Return the proof if one of the public keys has signed it; raise BadProof otherwise."""
    try:
        content = envelope.opened(text, keys)
    except envelope.Unreadable as error:
        raise BadProof("Данные внутри расписки повреждены. Скачайте расписку с сайта заново.") from error
    except envelope.Forged as error:
        raise BadProof("Подпись не сходится: расписку изменили или её выдал другой сайт.") from error
    return Proof.of(json.loads(content))


def printed_otherwise(proof: Proof, text: str, moment_in_words: str) -> tuple[str, ...]:
    """Return which facts the printed text does not say as they were signed."""
    found = _bare(text)
    facts = {
        "номер": proof.number,
        "время": moment_in_words,
        "проект": proof.title,
        "организация": proof.organisation,
        "конкурс": proof.contest,
        "контрольная сумма": proof.seal,
    }
    return tuple(name for name, fact in facts.items() if _bare(fact) not in found)


def _bare(text: str) -> str:
    """Return the text without what printing changes: spaces, breaks, soft signs, kinds of dashes."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
