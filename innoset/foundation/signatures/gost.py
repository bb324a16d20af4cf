"""Whether a detached ГОСТ signature fits a document: OpenSSL's word, the certificate's term, its chain."""

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from innoset.foundation.errors import Refusal
from innoset.foundation.russian import date_in_words
from innoset.foundation.signatures import cms
from innoset.foundation.signatures.cms import Binding, Signature, Signer
from innoset.foundation.signatures.der import BadDer

LARGEST: Final = 1024 * 1024
SECONDS: Final = 20
# A clock of an office computer may be wrong by so much.
SLACK: Final = timedelta(days=1)
_HASHES: Final = {
    cms.SHA1: "sha1",
    cms.SHA256: "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


class Trust(StrEnum):
    """How far a signature that fits its document has been verified."""

    # The chain ends at a centre that the operator trusts.
    CHAIN = "chain"
    # The signature fits; nobody has vouched for the certificate.
    SIGNATURE = "signature"
    # It could not be verified here: the file is only kept.
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a signature that was not refused."""

    trust: Trust
    signer: Signer
    signed_at: datetime | None
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def is_ready() -> bool:
    """Tell whether OpenSSL with its ГОСТ engine is installed; asked once a process."""
    return _run("engine", "gost", "-t") == 0


def examine(
    document: bytes, data: bytes, *, frozen_at: datetime, at: datetime, trust: Path | None = None
) -> Verdict:
    """Verify a detached signature over a document; refuse what does not fit it, in words with the cure."""
    signature = _read(data)
    moment, notes = _moment_of(signature, frozen_at, at)
    _require_term(signature.signer, moment)
    if not is_ready():
        why = "Не проверена: на сервере нет модуля ГОСТ."
        return Verdict(Trust.NONE, signature.signer, signature.signed_at, (why, *notes))
    _require_fit(document, signature)
    return _bound(document, signature, trust, moment, notes)


def _read(data: bytes) -> Signature:
    if not data:
        raise Refusal("Файл подписи пустой. Выберите другой файл.", field="file")
    if len(data) > LARGEST:
        raise Refusal(
            "Файл подписи больше 1 МБ. Нужна отсоединённая подпись: отдельный файл без самого документа.",
            field="file",
        )
    try:
        return cms.read(data)
    except BadDer as error:
        raise Refusal(
            "Это не отсоединённая подпись по ГОСТ Р 34.10-2012. Подпишите файл PDF с этой страницы "
            "в программе подписи, выберите вид «отсоединённая» и загрузите файл подписи.",
            field="file",
        ) from error


def _moment_of(signature: Signature, frozen_at: datetime, at: datetime) -> tuple[datetime, tuple[str, ...]]:
    """Return the moment to hold the certificate's term against: the signed one, when it may be true."""
    said = signature.signed_at
    if said is None:
        return at, ()
    if frozen_at - SLACK <= said <= at + SLACK:
        return said, ()
    return at, (f"Время в подписи ({date_in_words(said.date())}) не похоже на правду: проверьте часы.",)


def _require_term(signer: Signer, moment: datetime) -> None:
    if signer.valid_from <= moment <= signer.valid_to:
        return
    term = f"с {date_in_words(signer.valid_from.date())} по {date_in_words(signer.valid_to.date())}"
    raise Refusal(
        f"Срок сертификата: {term}. В момент подписи он не действовал. Подпишите файл действующим сертификатом.",
        field="file",
    )


def _require_fit(document: bytes, signature: Signature) -> None:
    if not _verifies(document, signature, "-noverify"):
        raise Refusal(
            "Подпись не подходит к этому файлу PDF: изменён файл или сама подпись. "
            "Скачайте PDF с этой страницы, подпишите его, не открывая и не пересохраняя, и загрузите подпись.",
            field="file",
        )


def _bound(
    document: bytes, signature: Signature, trust: Path | None, moment: datetime, notes: tuple[str, ...]
) -> Verdict:
    """Say how much the certificate is worth: its chain, or at least that it is the one that was signed."""
    signer, signed_at, binding = signature.signer, signature.signed_at, signature.binding
    if binding is not None and not _binds(binding, signature.certificate):
        raise Refusal(
            "В файле подписи изменён сертификат. Загрузите файл таким, каким его сделала программа подписи.",
            field="file",
        )
    if trust is not None:
        _require_chain(document, signature, trust, moment)
        return Verdict(Trust.CHAIN, signer, signed_at, notes)
    if binding is None:
        why = "Подпись не проверена до конца: она не связана с сертификатом. Выберите в программе усовершенствованную подпись."
        return Verdict(Trust.NONE, signer, signed_at, (why, *notes))
    return Verdict(Trust.SIGNATURE, signer, signed_at, ("Цепочка сертификатов не проверялась.", *notes))


def _require_chain(document: bytes, signature: Signature, trust: Path, moment: datetime) -> None:
    place = "-CApath" if trust.is_dir() else "-CAfile"
    when = str(int(moment.timestamp()))
    if not _verifies(document, signature, place, str(trust), "-purpose", "any", "-attime", when):
        raise Refusal(
            "Сертификат выдал центр, которому этот сайт не доверяет. "
            "Подпишите файл сертификатом аккредитованного удостоверяющего центра.",
            field="file",
        )


def _binds(binding: Binding, certificate: bytes) -> bool:
    if name := _HASHES.get(binding.algorithm):
        return hashlib.new(name, certificate, usedforsecurity=False).digest() == binding.digest
    name = cms.DIGESTS.get(binding.algorithm, "")
    return bool(name) and _streebog(name, certificate) == binding.digest


def _streebog(name: str, data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="sig-") as folder:
        Path(folder, "data").write_bytes(data)
        out = Path(folder, "digest")
        _run("dgst", "-engine", "gost", f"-{name}", "-binary", "-out", str(out), str(Path(folder, "data")))
        return out.read_bytes() if out.exists() else b""


def _verifies(document: bytes, signature: Signature, *how: str) -> bool:
    with tempfile.TemporaryDirectory(prefix="sig-") as folder:
        content, signed = Path(folder, "document"), Path(folder, "signature")
        content.write_bytes(document)
        signed.write_bytes(signature.whole)
        given = ["-inform", "DER", "-in", str(signed), "-binary", "-content", str(content)]
        return _run("cms", "-verify", "-engine", "gost", *given, *how, "-out", "/dev/null") == 0


def _run(*arguments: str) -> int:
    """Run OpenSSL and return its status; where it is not installed or does not end, a failure."""
    program = shutil.which("openssl")
    if program is None:
        return 127
    try:
        done = subprocess.run(  # noqa: S603  # reason: a fixed program and options, the files are ours
            [program, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return 126
    return done.returncode
