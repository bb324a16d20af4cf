"""Detached signatures by ГОСТ: what fits its document is taken, every altered byte is refused."""

import hashlib
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from innoset.contests.actions import confirmations, sendings
from innoset.contests.models import Application
from innoset.contests.pure.checklist import proposed
from innoset.contests.queries import checks
from innoset.contests.queries import confirmations as queries
from innoset.foundation.errors import Refusal
from innoset.foundation.files.storage import read
from innoset.foundation.signatures import cms, gost
from innoset.foundation.signatures.der import BadDer
from innoset.foundation.signatures.gost import Trust, examine
from tests import world
from tests.contests.confirming_scene import HEAD, INN, Keys, application, ask, signed

needs_engine = pytest.mark.skipif(
    not gost.is_ready(), reason="OpenSSL has no ГОСТ engine here: install libengine-gost-openssl"
)
pytestmark = [needs_engine, pytest.mark.one_engine]
DOCUMENT = b"%PDF-1.7 the frozen application\n" * 20
STEP = 4


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("head"))


@pytest.fixture(scope="module")
def signature(keys: Keys) -> bytes:
    return keys.sign(DOCUMENT)


@pytest.fixture
def now(signature: bytes) -> datetime:
    """The moment of the signature: OpenSSL reads the clock of the machine."""
    said = cms.read(signature).signed_at
    assert said is not None
    return said + timedelta(minutes=1)


def altered(data: bytes) -> Iterator[bytes]:
    """Yield the bytes with one of them changed, at several hundred places and in several ways."""
    for place in range(0, len(data), STEP):
        damaged = bytearray(data)
        damaged[place] ^= 1 << (place // STEP % 8)
        yield bytes(damaged)


# ── Fits and does not ───────────────────────────────────────────────────────


def test_a_signature_that_fits_is_taken_and_says_who(signature: bytes, now: datetime) -> None:
    verdict = examine(DOCUMENT, signature, frozen_at=now, at=now)
    assert (verdict.trust, verdict.notes) == (Trust.SIGNATURE, ("Цепочка сертификатов не проверялась.",))
    said = verdict.signer
    assert (said.name, said.organisation, said.inn) == (HEAD, "МБОУ СОШ № 5", INN)
    assert said.valid_from <= now <= said.valid_to


@pytest.mark.parametrize("form", ["PEM", "base64", "DER"])
def test_every_usual_wrapping_is_read(keys: Keys, now: datetime, form: str) -> None:
    data = keys.sign(DOCUMENT, form="DER" if form == "DER" else "PEM")
    if form == "base64":
        data = b"".join(line for line in data.splitlines(keepends=True) if b"---" not in line)
    assert examine(DOCUMENT, data, frozen_at=now, at=now).trust == Trust.SIGNATURE


def test_every_altered_byte_of_a_signature_is_refused(signature: bytes, now: datetime) -> None:
    """With the verification replaced by «the file reads as a signature» many would pass."""
    verdicts: Counter[str] = Counter()
    for data in altered(signature):
        try:
            examine(DOCUMENT, data, frozen_at=now, at=now)
            verdicts["taken"] += 1
        except Refusal:
            verdicts["refused"] += 1
    assert (verdicts["taken"], verdicts["refused"]) == (0, len(range(0, len(signature), STEP)))
    assert verdicts["refused"] > 300
    assert sum(_reads(data) for data in altered(signature)) > 100


def _reads(data: bytes) -> bool:
    try:
        cms.read(data)
    except BadDer:
        return False
    return True


def test_every_altered_byte_of_the_document_is_refused(signature: bytes, now: datetime) -> None:
    for document in [*[*altered(DOCUMENT)][:60], DOCUMENT[:-1], DOCUMENT + b"\n", b""]:
        with pytest.raises(Refusal, match="Подпись не подходит к этому файлу PDF"):
            examine(document, signature, frozen_at=now, at=now)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "Файл подписи пустой"),
        (b"%PDF-1.7", "Это не отсоединённая подпись"),
        ("подпись".encode(), "Это не отсоединённая подпись"),
        (b"\x30\x80" * 200, "Это не отсоединённая подпись"),
        (b"0" * (gost.LARGEST + 1), "больше 1 МБ"),
    ],
)
def test_what_is_no_signature_is_refused_in_words(data: bytes, text: str, at: datetime) -> None:
    with pytest.raises(Refusal, match=text) as caught:
        examine(DOCUMENT, data, frozen_at=at, at=at)
    assert caught.value.field == "file"


def test_a_signature_with_the_document_inside_is_refused(keys: Keys, now: datetime) -> None:
    with pytest.raises(Refusal, match="вид «отсоединённая»"):
        examine(DOCUMENT, keys.sign(DOCUMENT, "-cades", "-nodetach"), frozen_at=now, at=now)


def test_a_signature_not_by_gost_is_refused(tmp_path: Path, now: datetime) -> None:
    foreign = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=A", "-days", "30"]
    subprocess.run(
        ["openssl", *foreign, "-keyout", "k", "-out", "c"], cwd=tmp_path, check=True, capture_output=True
    )
    (tmp_path / "d").write_bytes(DOCUMENT)
    made = ["cms", "-sign", "-cades", "-binary", "-in", "d", "-signer", "c", "-inkey", "k"]
    subprocess.run(
        ["openssl", *made, "-outform", "DER", "-out", "s"], cwd=tmp_path, check=True, capture_output=True
    )
    with pytest.raises(Refusal, match=r"по ГОСТ Р 34\.10-2012"):
        examine(DOCUMENT, (tmp_path / "s").read_bytes(), frozen_at=now, at=now)


# ── The certificate ─────────────────────────────────────────────────────────


def test_a_certificate_out_of_term_when_signing_is_refused(signature: bytes, now: datetime) -> None:
    for when in (now - timedelta(days=30), now + timedelta(days=3700)):
        with pytest.raises(Refusal, match="В момент подписи он не действовал"):
            examine(DOCUMENT, signature, frozen_at=when, at=when)


def test_a_time_that_cannot_be_true_is_not_believed(signature: bytes, now: datetime) -> None:
    later = now + timedelta(days=40)
    verdict = examine(DOCUMENT, signature, frozen_at=later, at=later)
    assert verdict.notes[-1].endswith("не похоже на правду: проверьте часы.")


def test_a_signature_that_names_no_certificate_is_never_called_verified(keys: Keys, now: datetime) -> None:
    verdict = examine(DOCUMENT, keys.sign(DOCUMENT, "-md", "md_gost12_256"), frozen_at=now, at=now)
    assert verdict.trust == Trust.NONE
    assert verdict.notes[0].startswith("Подпись не проверена до конца")


def test_the_chain_is_verified_where_the_operator_names_centres(
    keys: Keys, signature: bytes, now: datetime, tmp_path: Path
) -> None:
    own = examine(DOCUMENT, signature, frozen_at=now, at=now, trust=keys.certificate)
    assert (own.trust, own.notes) == (Trust.CHAIN, ())
    other = Keys(tmp_path / "other", name="Орлов Пётр Ильич")
    with pytest.raises(Refusal, match="центр, которому этот сайт не доверяет"):
        examine(DOCUMENT, signature, frozen_at=now, at=now, trust=other.certificate)


def test_without_the_engine_a_file_is_kept_but_never_verified(
    signature: bytes, now: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    gost.is_ready.cache_clear()
    try:
        verdict = examine(b"another document", signature, frozen_at=now, at=now)
    finally:
        gost.is_ready.cache_clear()
    assert (verdict.trust, verdict.notes) == (
        Trust.NONE, ("Не проверена: на сервере нет модуля ГОСТ.",),
    )  # fmt: skip


def test_a_program_that_does_not_start_is_as_none(
    signature: bytes, now: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "openssl").write_bytes(b"\0 no program")
    (tmp_path / "openssl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    gost.is_ready.cache_clear()
    try:
        assert examine(DOCUMENT, signature, frozen_at=now, at=now).trust == Trust.NONE
    finally:
        gost.is_ready.cache_clear()


def test_a_certificate_is_bound_by_any_usual_checksum() -> None:
    bound = cms.Binding(cms.SHA256, hashlib.sha256(b"certificate").digest())
    assert (gost._binds(bound, b"certificate"), gost._binds(bound, b"another")) == (True, False)
    assert not gost._binds(cms.Binding("1.2.3", b""), b"certificate")


# ── As a confirmation ───────────────────────────────────────────────────────


@pytest.fixture
def draft(db: None) -> Application:
    return application("signature")


def give(made: Application, data: bytes, now: datetime) -> None:
    confirmations.give_by_signature(
        made, data=data, name="заявка.pdf.sig", address=world.ADDRESS, by=made.created_by, at=now
    )


def moment(keys: Keys) -> datetime:
    said = cms.read(keys.sign(b"-")).signed_at
    assert said is not None
    return said


def opened(made: Application, now: datetime) -> None:
    """Let the contest take applications at the moment of the machine's clock."""
    made.contest.stages.filter(kind="submission").update(
        starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=9)
    )


def test_a_head_confirms_by_a_signature(draft: Application, keys: Keys) -> None:
    now = moment(keys)
    opened(draft, now)
    ask(draft, "signature", now)
    data = signed(draft, keys)
    give(draft, data, now)
    made = draft.confirmations.get()
    assert made.signature is not None
    assert (made.state, made.confirmed_by, read(made.signature)) == ("given", draft.created_by, data)
    kept = queries.signed_in(made)
    assert kept is not None
    assert (kept.name, kept.organisation, kept.inn, kept.trust, kept.is_verified) == (
        HEAD, "МБОУ СОШ № 5", INN, "signature", True,
    )  # fmt: skip
    assert kept.notes == ("Цепочка сертификатов не проверялась.",)
    assert (
        f"Сертификат № {kept.serial_in_fours}, {HEAD}. Цепочка сертификатов не проверялась."
        in queries.in_words(made)
    )


def test_a_signature_over_what_was_before_does_not_fit(draft: Application, keys: Keys) -> None:
    now = moment(keys)
    opened(draft, now)
    ask(draft, "signature", now)
    old = signed(draft, keys)
    confirmations.annul_confirmation(draft, by=draft.created_by, at=now)
    draft.project.passport.answers.filter(key="6").update(text="Другая идея")
    ask(draft, "signature", now)
    with pytest.raises(Refusal, match="Подпись не подходит"):
        give(draft, old, now)
    assert draft.confirmations.filter(state="given").count() == 0


def test_another_signer_is_taken_with_a_warning_for_the_check(draft: Application, tmp_path: Path) -> None:
    keys = Keys(tmp_path / "other", name="Орлов Пётр Ильич", organisation="МБОУ СОШ № 9", inn="2399999999")
    now = moment(keys)
    opened(draft, now)
    ask(draft, "signature", now)
    give(draft, signed(draft, keys), now)
    kept = queries.signed_in(draft.confirmations.get())
    assert kept is not None
    warnings = (
        "Подписал не руководитель из карточки организации: в сертификате Орлов Пётр Ильич.",
        "ИНН в сертификате 2399999999, у организации 2312345678.",
    )
    assert kept.notes == ("Цепочка сертификатов не проверялась.", *warnings)
    sendings.submit(
        draft, key="k", consents=("terms", "publicity", "rights"), address=None, by=draft.created_by, at=now
    )
    marks = {mark.code: (mark.is_met, mark.note) for mark in proposed(checks.facts_of(draft))}
    assert marks["signature"] == (False, " ".join(warnings))
