"""The command that reckons places again: from the database and from a file."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from innoset.contests.models import RankingSnapshot
from innoset.contests.papers.rankings import own_keys, signed_file
from innoset.documents.pure import envelope
from innoset.review.models import ScoreSheet
from tests.contests import councils

pytestmark = pytest.mark.django_db


def told(*args: str, **options: Any) -> tuple[str, int]:
    """Return what the command says and its status."""
    out = io.StringIO()
    try:
        call_command("replay_ranking", *args, stdout=out, **options)
    except SystemExit as end:
        return out.getvalue().strip(), int(str(end.code))
    return out.getvalue().strip(), 0


@pytest.fixture
def here() -> councils.Scene:
    made = councils.scene(works=2, has_defence=False)
    councils.sit(made)
    return made


def test_a_contest_is_replayed_and_every_ranking_checked(here: councils.Scene) -> None:
    sealed = RankingSnapshot.objects.get()
    text, status = told(here.contest.code)
    assert (text.splitlines()[1:], status) == (
        [
            "Места пересчитаны и совпали с базой: 2 заявки.",
            f"Рейтинг 1 подлинный, контрольная сумма {sealed.sha256}.",
        ],
        0,
    )
    assert text.startswith("Журнал цел: ")


def test_what_was_changed_in_the_database_is_named(here: councils.Scene) -> None:
    sheet = ScoreSheet.objects.filter(assignment__round=here.contest.remote_round).earliest("pk")
    ScoreSheet.objects.filter(pk=sheet.pk).update(total=1)
    number = sheet.assignment.dossier.application.number
    fault = f"заявка {number}: оценки в базе не те, что вошли в журнал."
    assert told(here.contest.code) == (f"Рейтинг не подтверждён. База разошлась с журналом: {fault}", 1)


def test_a_changed_ranking_is_named(here: councils.Scene) -> None:
    sealed = RankingSnapshot.objects.get()
    sealed.data["ranking"][0]["total"] = "0.0000"
    sealed.save()
    text, status = told(here.contest.code)
    assert status == 1
    assert text.splitlines()[-1] == (
        "Рейтинг не подтверждён. Рейтинг 1: Контрольная сумма не сходится: рейтинг изменили после подписания."
    )


def test_a_file_is_checked_without_the_database(here: councils.Scene, tmp_path: Path) -> None:
    sealed = RankingSnapshot.objects.get()
    path = tmp_path / "ranking.json"
    path.write_text(signed_file(sealed))
    sound = [
        "Подпись подлинная, журнал цел.",
        "Места пересчитаны и совпали: 2 заявки.",
        f"Контрольная сумма: {sealed.sha256}",
    ]
    assert told(str(path)) == ("\n".join(sound), 0)
    assert told(str(path), key=own_keys()) == ("\n".join(sound), 0)
    forged = "Рейтинг не подтверждён. Подпись не сходится: файл изменили или его выдал другой сайт."
    assert told(str(path), key=[envelope.public_key("другой", envelope.RANKINGS)]) == (forged, 1)
    path.write_text(signed_file(sealed).replace("2025-", "2024-", 1))
    assert told(str(path)) == (forged, 1)


def test_a_signed_file_whose_places_do_not_follow_is_refused(
    here: councils.Scene, tmp_path: Path, settings: Any
) -> None:
    data = RankingSnapshot.objects.get().data
    data["ranking"].reverse()
    content = json.dumps(data, ensure_ascii=False).encode()
    signature = envelope.signature_of(content, settings.SECRET_KEY, envelope.RANKINGS)
    path = tmp_path / "ranking.json"
    path.write_text(envelope.sealed(content, signature, own_keys()[0]))
    text, status = told(str(path))
    assert (text.startswith("Рейтинг не подтверждён. Место 1 пересчитывается иначе"), status) == (True, 1)


def test_nothing_to_check_is_said_in_words(tmp_path: Path) -> None:
    nothing = "Нет ни такого файла, ни такого конкурса: manage.py replay_ranking КОНКУРС или ФАЙЛ."
    assert told() == (nothing, 2)
    assert told("no-such-contest") == (nothing, 2)
    empty = councils.scene(works=1)
    assert told(empty.contest.code) == (
        "Журнал решений этого конкурса пуст: он начинается с передачи рейтинга совету.",
        2,
    )
    path = tmp_path / "other.txt"
    path.write_text("не рейтинг")
    assert told(str(path)) == ("Файл «other.txt» не читается. Скачайте рейтинг с сайта ещё раз.", 2)
    assert told(show_key=True) == (own_keys()[0], 0)
