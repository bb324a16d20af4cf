"""A receipt is checked with nothing but the file: no site, no database, no network."""

import json
from dataclasses import replace
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.management import call_command

from innoset.contests.actions import attachments, sendings
from innoset.contests.models import Submission
from innoset.contests.papers.receipts import title_of
from innoset.documents.pure import envelope as envelopes
from innoset.documents.pure import proof as proofs
from innoset.documents.pure import receipt as receipts
from innoset.foundation.files.storage import read
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.word_out import write_form
from tests import world

EVERY = ("terms", "publicity", "rights", "guarantees")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OTHER = "another-secret-" + "1" * 40


@pytest.fixture
def sent(db: Any, at: datetime) -> Submission:
    """Send an application with one file."""
    application = world.application()
    by = application.created_by
    attachments.attach_file(application, data=PDF, name="Программа.pdf", by=by, at=at)
    return sendings.submit(
        application, key=sendings.new_key(), consents=EVERY, address=world.ADDRESS, by=by, at=at
    )


@pytest.fixture
def folder(sent: Submission, tmp_path: Path) -> Path:
    """Lay out what an applicant keeps: the receipt, the application in Word, the files."""
    assert sent.receipt.pdf
    (tmp_path / "receipt.pdf").write_bytes(read(sent.receipt.pdf))
    (tmp_path / "application.docx").write_bytes(
        write_form(PASSPORT, sent.version.values, stages=sent.version.stages)
    )
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "Под другим именем.pdf").write_bytes(PDF)
    return tmp_path


def verify(*words: object) -> tuple[int, list[str]]:
    """Run the command; return its status and what it said."""
    out = StringIO()
    try:
        call_command("verify_receipt", *[str(word) for word in words], stdout=out)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def forged(folder: Path, **changes: Any) -> Path:
    """Print another receipt around the proof of the real one."""
    envelope = pypdf.PdfReader(folder / "receipt.pdf").attachments[proofs.NAME][0].decode()
    told = proofs.Proof.of(json.loads(json.loads(envelope)["content"]))
    document = receipts.Receipt(
        number=told.number,
        title=told.title,
        organisation=told.organisation,
        contest=told.contest,
        sent_at=told.moment,
        sent_by="Соколова Вера Петровна",
        version=told.version,
        digest=told.seal,
        check_url="https://innoset.example/p/1/2",
        proof=envelope,
    )
    path = folder / "forged.pdf"
    path.write_bytes(receipts.pdf(replace(document, **changes), at=told.moment))
    return path


def test_a_genuine_receipt_is_confirmed_with_its_files_and_text(sent: Submission, folder: Path) -> None:
    status, lines = verify(
        folder / "receipt.pdf", "--files", folder / "files", "--application", folder / "application.docx"
    )
    application = sent.application
    assert (status, lines) == (
        0,
        [
            f"Расписка № {application.shown_number} подлинная.",
            "Заявка принята 21 ноября 2026 г., 12:00:00 МСК, версия 1.",
            (
                f"Проект: {application.project.title}. Организация: {application.organisation.name}. "
                f"Конкурс: {title_of(application.contest)}."
            ),
            f"Контрольная сумма: {sent.sha256}",
            "Приложенные файлы совпадают: 1.",
            "Текст заявки совпадает с отправленным.",
        ],
    )


def test_the_receipt_is_an_archival_and_accessible_file_with_the_proof_inside(folder: Path) -> None:
    document = pypdf.PdfReader(folder / "receipt.pdf")
    told = document.trailer["/Root"]["/Metadata"].get_data().decode()
    marks = ["pdfaid:part>3<", "pdfaid:conformance>A<", "pdfuaid:part>1<"]
    assert ([mark for mark in marks if mark in told], list(document.attachments)) == (marks, [proofs.NAME])


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"number": "ИП-2026-9999"}, "номер"),
        ({"title": "Совсем другой проект"}, "проект"),
        ({"organisation": "Чужая школа"}, "организация"),
        ({"contest": "Чужой конкурс"}, "конкурс"),
        ({"digest": "0" * 64}, "контрольная сумма"),
        ({"sent_at": datetime.fromisoformat("2026-11-20T09:00:00+03:00")}, "время"),
    ],
)
def test_a_receipt_printed_anew_around_the_proof_is_found_out(
    folder: Path, changes: dict[str, Any], named: str
) -> None:
    assert verify(forged(folder))[0] == 0
    assert verify(forged(folder, **changes)) == (
        1,
        [f"Расписка не подтверждена. Напечатано не то, что подписано: {named}."],
    )


def test_every_changed_sign_of_the_proof_breaks_the_signature(folder: Path) -> None:
    envelope = json.loads(pypdf.PdfReader(folder / "receipt.pdf").attachments[proofs.NAME][0])
    key, content = envelope["key"], envelope["content"]
    assert proofs.opened(json.dumps(envelope), [key]).number
    for place in range(len(content)):
        other = "1" if content[place] != "1" else "2"
        changed = envelope | {"content": content[:place] + other + content[place + 1 :]}
        with pytest.raises(proofs.BadProof) as refused:
            proofs.opened(json.dumps(changed), [key])
        assert str(refused.value) == "Подпись не сходится: расписку изменили или её выдал другой сайт."


def test_a_receipt_of_another_site_needs_the_key_of_that_site(folder: Path, settings: Any) -> None:
    ours = proofs.public_key(settings.SECRET_KEY)
    settings.SECRET_KEY = OTHER
    refusal = "Расписка не подтверждена. Подпись не сходится: расписку изменили или её выдал другой сайт."
    assert verify(folder / "receipt.pdf") == (1, [refusal])
    assert verify(folder / "receipt.pdf", "--key", "не ключ") == (1, [refusal])
    assert verify(folder / "receipt.pdf", "--key", ours)[0] == 0
    settings.SECRET_KEY_FALLBACKS = ["for-tests-only-" + "0" * 40]
    assert verify(folder / "receipt.pdf")[0] == 0


def test_another_text_and_another_file_are_told(sent: Submission, folder: Path) -> None:
    receipt = folder / "receipt.pdf"
    (folder / "files" / "Под другим именем.pdf").write_bytes(PDF + b"1")
    assert verify(receipt, "--files", folder / "files")[1][-1] == (
        "Расписка не подтверждена. Нет файла с такой же контрольной суммой: Программа.pdf."
    )
    values = sent.version.values | {"6": "Другая идея, которой в отправленной заявке не было."}
    (folder / "application.docx").write_bytes(write_form(PASSPORT, values, stages=sent.version.stages))
    assert verify(receipt, "--application", folder / "application.docx")[1][-1] == (
        "Расписка не подтверждена. Текст заявки отличается от отправленного."
    )


def test_what_is_no_receipt_is_refused_with_the_cure(folder: Path) -> None:
    again = "Это не PDF или он повреждён. Скачайте расписку с сайта ещё раз."
    bare = "В файле нет данных расписки. Скачайте расписку с сайта и не пересохраняйте её."
    blank = BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(blank)
    whole = (folder / "receipt.pdf").read_bytes()
    for data, said in [(b"", again), (b"hello", again), (whole[:400], again), (blank.getvalue(), bare)]:
        (folder / "x.pdf").write_bytes(data)
        assert verify(folder / "x.pdf") == (2, [said])
    assert verify(folder / "absent.pdf") == (2, ["Файл «absent.pdf» не открывается. Проверьте имя и папку."])
    assert verify() == (2, ["Укажите файл расписки: manage.py verify_receipt ФАЙЛ."])
    assert verify(folder / "receipt.pdf", "--files", folder / "no")[1][-1] == (
        "Папка «no» не открывается. Проверьте имя."
    )
    (folder / "note.docx").write_bytes(b"no")
    said = verify(folder / "receipt.pdf", "--application", folder / "note.docx")
    assert (said[0], said[1][-1].startswith("Заявка не читается. ")) == (2, True)


def test_the_key_is_shown_for_those_who_check_elsewhere(settings: Any) -> None:
    assert verify("--show-key") == (0, [proofs.public_key(settings.SECRET_KEY)])


@pytest.mark.parametrize(
    ("envelope", "said"),
    [
        ("not json", "Данные внутри расписки повреждены. Скачайте расписку с сайта заново."),
        ("[]", "Данные внутри расписки повреждены. Скачайте расписку с сайта заново."),
        (
            '{"content": "{}", "signature": "!"}',
            "Данные внутри расписки повреждены. Скачайте расписку с сайта заново.",
        ),
    ],
)
def test_a_damaged_envelope_is_refused(envelope: str, said: str) -> None:
    with pytest.raises(proofs.BadProof) as refused:
        proofs.opened(envelope, [])
    assert str(refused.value) == said


def test_a_signed_but_incomplete_proof_is_refused() -> None:
    content = b'{"number": "1"}'
    signature = envelopes.signature_of(content, OTHER, envelopes.RECEIPTS)
    envelope = json.dumps({"content": content.decode(), "signature": signature})
    with pytest.raises(proofs.BadProof) as refused:
        proofs.opened(envelope, [proofs.public_key(OTHER)])
    assert str(refused.value) == "Данные внутри расписки неполны. Скачайте расписку с сайта заново."
