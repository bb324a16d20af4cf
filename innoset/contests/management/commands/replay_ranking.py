"""Reckon a ranking again from its log: from the database, or from a file without the site and the network."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from innoset.contests.models import Contest, RankingSnapshot
from innoset.contests.papers.rankings import own_keys, verdict_on
from innoset.contests.pure import replay, snapshots
from innoset.contests.queries import decisions as queries
from innoset.documents.pure import envelope
from innoset.foundation.russian import counted

BROKEN, UNREADABLE = 1, 2
MOST_BYTES = 200 * 2**20


class Command(BaseCommand):
    help = "Пересчитывает места по журналу решений и сверяет с подписанным рейтингом и с базой."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", nargs="?", help="адрес конкурса на сайте или скачанный файл рейтинга")
        parser.add_argument(
            "--key", action="append", default=[], help="открытый ключ сайта, подписавшего файл"
        )
        parser.add_argument("--show-key", action="store_true", help="показать открытый ключ этого сайта")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["show_key"]:
            self.stdout.write(envelope.public_key(settings.SECRET_KEY, envelope.RANKINGS))
            return
        try:
            for line in _checked(str(options["subject"] or ""), options["key"]):
                self.stdout.write(line)
        except _Broken as fault:
            self.stdout.write(f"Рейтинг не подтверждён. {fault}")
            sys.exit(BROKEN)
        except _Unreadable as fault:
            self.stdout.write(str(fault))
            sys.exit(UNREADABLE)


class _Broken(Exception):
    """Something does not follow from the log."""


class _Unreadable(Exception):
    """There is nothing to check."""


def _checked(subject: str, keys: list[str]) -> Iterator[str]:
    if Path(subject).is_file():
        return _file_checked(Path(subject), keys)
    contest = Contest.objects.filter(code=subject).first() if subject else None
    if contest is None:
        raise _Unreadable(
            "Нет ни такого файла, ни такого конкурса: manage.py replay_ranking КОНКУРС или ФАЙЛ."
        )
    return _contest_checked(contest)


def _contest_checked(contest: Contest) -> Iterator[str]:
    """Check the chain, the places against the tables, every signed ranking."""
    events = queries.events_of(contest)
    if not events:
        raise _Unreadable("Журнал решений этого конкурса пуст: он начинается с передачи рейтинга совету.")
    if broken := replay.verify(events):
        raise _Broken(broken.why)
    if fault := queries.mismatch(contest, events):
        raise _Broken(f"База разошлась с журналом: {fault}.")
    yield f"Журнал цел: {counted(len(events), 'событие', 'события', 'событий')}."
    ranking = replay.replay(events)
    yield f"Места пересчитаны и совпали с базой: {counted(len(ranking), 'заявка', 'заявки', 'заявок')}."
    for snapshot in RankingSnapshot.objects.filter(contest=contest).order_by("number"):
        if fault := verdict_on(snapshot).fault:
            raise _Broken(f"Рейтинг {snapshot.number}: {fault}")
        yield f"Рейтинг {snapshot.number} подлинный, контрольная сумма {snapshot.sha256}."


def _file_checked(path: Path, keys: list[str]) -> Iterator[str]:
    """Check the signature of a file and reckon its places again; neither database nor network is asked."""
    content = _opened(path, keys or own_keys())
    data = json.loads(content)
    if fault := snapshots.fault_in(data):
        raise _Broken(fault)
    yield "Подпись подлинная, журнал цел."
    ranking = data["ranking"]
    yield f"Места пересчитаны и совпали: {counted(len(ranking), 'заявка', 'заявки', 'заявок')}."
    yield f"Контрольная сумма: {sha256(content).hexdigest()}"


def _opened(path: Path, keys: list[str]) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _Unreadable(f"Файл «{path.name}» больше 200 МБ: это не рейтинг.")
        return envelope.opened(path.read_text(encoding="utf-8"), keys)
    except envelope.Forged as error:
        raise _Broken("Подпись не сходится: файл изменили или его выдал другой сайт.") from error
    except (OSError, ValueError) as error:
        raise _Unreadable(f"Файл «{path.name}» не читается. Скачайте рейтинг с сайта ещё раз.") from error
