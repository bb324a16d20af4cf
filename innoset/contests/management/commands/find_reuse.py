"""Find the passages of one file in others: a trial of the search of reuse on files of one's own."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand

from innoset.contests.pure import plain
from innoset.contests.queries.reuse import templates
from innoset.foundation import sandbox
from innoset.foundation.russian import counted, decimal
from innoset.projects.pure.catalogue import FORMS
from innoset.review.pure.reuse import THRESHOLD, Findings, ReuseIndex

UNREADABLE: Final = 2
MOST_BYTES: Final = 30 * 2**20
_READING: Final = sandbox.Limits(memory=512 * sandbox.MIB, seconds=30)


class Command(BaseCommand):
    help = "Ищет места из одного файла в других файлах: текст, страница сайта, DOCX или ODT."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("suspicious", type=Path, help="файл, который проверяют")
        parser.add_argument("sources", type=Path, nargs="+", help="файлы или папки, с которыми сравнивают")
        parser.add_argument("--json", action="store_true", help="напечатать найденное в виде JSON")
        parser.add_argument(
            "--form",
            choices=[form.code for form in FORMS],
            default="",
            help="чьи напечатанные слова не считать",
        )
        parser.add_argument(
            "--threshold", type=float, default=THRESHOLD, help=f"порог достоверности, обычно {THRESHOLD:.0f}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            trial = _tried(options)
        except _Unreadable as refusal:
            said = {"refusal": str(refusal)}
            self.stdout.write(json.dumps(said, ensure_ascii=False) if options["json"] else str(refusal))
            sys.exit(UNREADABLE)
        if options["json"]:
            self.stdout.write(json.dumps(_rows(trial), ensure_ascii=False, indent=1))
            return
        for line in _lines(trial):
            self.stdout.write(line)


class _Unreadable(Exception):
    """A file cannot be read; the sentence says which and what to do."""


@dataclass(frozen=True, slots=True)
class _Trial:
    """What was compared with what, and what was found."""

    text: str
    sources: dict[str, str]
    findings: Findings


def _tried(options: dict[str, Any]) -> _Trial:
    suspicious: Path = options["suspicious"]
    text = _text_of(suspicious)
    index = ReuseIndex(templates(), base=options["threshold"])
    # The file itself may lie in the folder of the sources.
    paths = [path for path in _files(options["sources"]) if path.resolve() != suspicious.resolve()]
    sources = {str(path): _text_of(path) for path in paths}
    if not sources:
        raise _Unreadable("Сравнивать не с чем. Укажите хотя бы один другой файл.")
    for name, source in sources.items():
        index.add(name, source, options["form"])
    return _Trial(text, sources, index.find(text, options["form"]))


def _files(given: list[Path]) -> Iterator[Path]:
    for path in given:
        yield from sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]


def _text_of(path: Path) -> str:
    data = _bytes_of(path)
    kind = path.suffix.lower()
    if kind in plain.WORD:
        return _of_word(path, data)
    if kind not in (*plain.WEB, *plain.PLAIN):
        raise _Unreadable(f"Файл «{path.name}» не того вида. Нужен текст, HTML, DOCX или ODT.")
    text = plain.decoded(data)
    if text is None:
        raise _Unreadable(f"Файл «{path.name}» не похож на текст. Сохраните его в кодировке UTF-8.")
    return plain.of_page(text) if kind in plain.WEB else text


def _of_word(path: Path, data: bytes) -> str:
    try:
        said: dict[str, Any] = sandbox.run(plain.APART, data, limits=_READING)
    except sandbox.NoAnswer:
        said = {"text": None}
    if said["text"] is None:
        raise _Unreadable(f"Файл «{path.name}» повреждён. Откройте его в Word и сохраните как DOCX.")
    return str(said["text"])


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _Unreadable(f"Файл «{path.name}» не открывается. Проверьте имя и папку.") from error
    if len(data) > MOST_BYTES:
        raise _Unreadable(f"Файл «{path.name}» больше 30 МБ. Разделите его на части.")
    return data


def _rows(trial: _Trial) -> dict[str, Any]:
    return {
        "share": round(trial.findings.share(), 4),
        "own_words": trial.findings.own_words,
        "compared": trial.findings.compared,
        "passages": [
            {
                "source": one.source,
                "start": one.start,
                "end": one.end,
                "source_start": one.source_start,
                "source_end": one.source_end,
                "score": one.score,
                "words": one.words,
                "matched": one.matched,
                "letters": one.letters,
                "moved": one.moved,
                "text": _shown(trial.text[one.start : one.end]),
                "source_text": _shown(trial.sources[one.source][one.source_start : one.source_end]),
            }
            for one in trial.findings.passages
        ],
    }


def _lines(trial: _Trial) -> Iterator[str]:
    found = trial.findings
    yield (
        f"Найдено мест: {len(found.passages)}. В них {decimal(100 * found.share(), 1)} % слов текста. "
        f"Сравнено: {counted(found.compared, 'файл', 'файла', 'файлов')}."
    )
    for number, one in enumerate(found.passages, 1):
        yield f"\n{number}. Знаки {one.start}–{one.end}. Источник: {one.source}, знаки {one.source_start}–{one.source_end}."
        yield f"   Совпало {one.matched} из {counted(one.words, 'слова', 'слов', 'слов')}."
        yield f"   Здесь: {_shown(trial.text[one.start : one.end])}"
        yield f"   Там: {_shown(trial.sources[one.source][one.source_start : one.source_end])}"


def _shown(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())
