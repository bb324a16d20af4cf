"""Check a receipt without the site, its database or the network: by the signature inside the file."""

import io
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdf
from django.conf import settings
from django.core.management.base import BaseCommand
from pypdf.errors import PyPdfError

from innoset.contests.pure.sealing import seal
from innoset.documents.pure.proof import NAME, BadProof, Proof, opened, printed_otherwise, public_key
from innoset.foundation.russian import moment_in_words
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import canonical
from innoset.projects.pure.reading import read

FORGED, UNREADABLE = 1, 2
MOST_BYTES = 50 * 2**20


class Command(BaseCommand):
    help = "Проверяет расписку без связи с сайтом: подпись, напечатанный текст, файлы и саму заявку."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="расписка в PDF, скачанная с сайта")
        parser.add_argument("--application", type=Path, help="отправленная заявка в DOCX: сверить текст")
        parser.add_argument("--files", type=Path, help="папка с приложенными файлами: сверить каждый")
        parser.add_argument(
            "--key", action="append", default=[], help="открытый ключ сайта, выдавшего расписку"
        )
        parser.add_argument("--show-key", action="store_true", help="показать открытый ключ этого сайта")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["show_key"]:
            self.stdout.write(public_key(settings.SECRET_KEY))
            return
        try:
            for line in _checked(options):
                self.stdout.write(line)
        except BadProof as refusal:
            self.stdout.write(f"Расписка не подтверждена. {refusal}")
            sys.exit(FORGED)
        except _Unreadable as refusal:
            self.stdout.write(str(refusal))
            sys.exit(UNREADABLE)


class _Unreadable(Exception):
    """The file cannot be checked at all."""


def _checked(options: dict[str, Any]) -> Iterator[str]:
    text, envelope = _taken_apart(_bytes_of(options["file"]))
    proof = opened(envelope, options["key"] or _own_keys())
    moment = moment_in_words(proof.moment, seconds=True)
    if otherwise := printed_otherwise(proof, text, moment):
        raise BadProof(f"Напечатано не то, что подписано: {', '.join(otherwise)}.")
    yield f"Расписка № {proof.number} подлинная."
    yield f"Заявка принята {moment}, версия {proof.version}."
    yield f"Проект: {proof.title}. Организация: {proof.organisation}. Конкурс: {proof.contest}."
    yield f"Контрольная сумма: {proof.seal}"
    if options["files"]:
        yield _files_checked(proof, options["files"])
    if options["application"]:
        yield _application_checked(proof, options["application"])


def _own_keys() -> list[str]:
    return [public_key(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _bytes_of(path: Path | None) -> bytes:
    if path is None:
        raise _Unreadable("Укажите файл расписки: manage.py verify_receipt ФАЙЛ.")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _Unreadable(f"Файл «{path.name}» не открывается. Проверьте имя и папку.") from error
    if len(data) > MOST_BYTES:
        raise _Unreadable(f"Файл «{path.name}» больше 50 МБ: это не расписка.")
    return data


def _taken_apart(data: bytes) -> tuple[str, str]:
    """Return the printed text of a receipt and the proof inside it."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        text = "\n".join(page.extract_text() for page in reader.pages)
        [envelope] = reader.attachments.get(NAME, [])
        return text, envelope.decode()
    except ValueError as error:
        raise _Unreadable(
            "В файле нет данных расписки. Скачайте расписку с сайта и не пересохраняйте её."
        ) from error
    except (PyPdfError, OSError, RecursionError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _Unreadable("Это не PDF или он повреждён. Скачайте расписку с сайта ещё раз.") from error


def _files_checked(proof: Proof, folder: Path) -> str:
    """Compare every attached file with one in the folder, whatever it is called there."""
    try:
        present = {sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}
    except OSError as error:
        raise _Unreadable(f"Папка «{folder.name}» не открывается. Проверьте имя.") from error
    missing = [name for name, checksum in proof.files if checksum not in present]
    if missing:
        raise BadProof(f"Нет файла с такой же контрольной суммой: {', '.join(missing)}.")
    return f"Приложенные файлы совпадают: {len(proof.files)}."


def _application_checked(proof: Proof, path: Path) -> str:
    """Read the exported application and count the seal again."""
    reading = read(_bytes_of(path), path.name, form_by_code(proof.form))
    if not reading.is_ok:
        raise _Unreadable(f"Заявка не читается. {reading.reason}")
    values = {key: text for key, text in reading.fields.items() if text}
    content = canonical(proof.form, proof.form_version, values)
    if seal(content, (checksum for _, checksum in proof.files)) != proof.seal:
        raise BadProof("Текст заявки отличается от отправленного.")
    return "Текст заявки совпадает с отправленным."
