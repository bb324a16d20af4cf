"""Every hostile file at every point of upload: refused in words, or kept and handed out as dead weight."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from innoset.accounts.models import User
from innoset.contests.models import Contest
from innoset.foundation.files.kinds import ENDINGS, JPEG, PNG
from innoset.foundation.files.models import StoredFile, Upload
from innoset.foundation.files.storage import read
from innoset.web.ui.download import hand_out
from tests import world
from tests.contracts.hostile_files import CANARY, SAMPLES, SCRIPT
from tests.web.cabinet.pages import open_contest

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

Point = Callable[[str, bytes], tuple[User, list[Any]]]
ALIVE = re.compile(rf"<(script|img|svg)[^>]*{CANARY}|<script>{CANARY}", re.IGNORECASE)


def posted(by: User, url: str, name: str, data: bytes, **more: Any) -> tuple[User, list[Any]]:
    """Give the file by a plain form; return who gave it and every answer on the way."""
    client = world.signed_in(by)
    file = SimpleUploadedFile("x", data)
    file._name = name  # as an attacker writes it, past the library's own cleaning
    answer: Any = client.post(url, {"file": file, "csrfmiddlewaretoken": "x", **more}, follow=True)
    return by, [answer]


def attached(name: str, data: bytes) -> tuple[User, list[Any]]:
    draft = world.application(open_contest(), answers={})
    return posted(draft.created_by, reverse("cabinet:attachments", args=[draft.number]), name, data)


def attached_in_pieces(name: str, data: bytes) -> tuple[User, list[Any]]:
    draft = world.application(open_contest(), answers={})
    client, number = world.signed_in(draft.created_by), draft.number
    given = {"name": name, "size": len(data)}
    answers: list[Any] = [client.post(reverse("cabinet:upload_start", args=[number]), given)]
    begun = Upload.objects.filter(about__endswith=f":{draft.pk}")
    answers += [_piece(client, reverse("cabinet:upload", args=[number, one.token]), data) for one in begun]
    answers.append(client.get(reverse("cabinet:attachments", args=[number])))
    return draft.created_by, answers


def _piece(client: Client, url: str, data: bytes) -> Any:
    return client.post(url, data, content_type="text/html", headers={"Upload-Offset": "0"})


def read_into_a_passport(name: str, data: bytes) -> tuple[User, list[Any]]:
    draft = world.application(open_contest(), answers={})
    return posted(draft.created_by, reverse("cabinet:word", args=[draft.number]), name, data)


def read_into_the_registry(name: str, data: bytes) -> tuple[User, list[Any]]:
    return posted(world.person(is_superuser=True), reverse("office:imports"), name, data)


def put_up_as_a_regulation(name: str, data: bytes) -> tuple[User, list[Any]]:
    contest = _drafted()
    return posted(contest.created_by, reverse("office:contest_regulation", args=[contest.code]), name, data)


def put_up_as_a_template(name: str, data: bytes) -> tuple[User, list[Any]]:
    contest = _drafted()
    return posted(contest.created_by, reverse("office:contest_word", args=[contest.code]), name, data)


def _drafted() -> Contest:
    return world.contest("draft")  # type: ignore[arg-type]  # the state by its word


POINTS: tuple[Point, ...] = (
    attached, attached_in_pieces, read_into_a_passport, read_into_the_registry, put_up_as_a_regulation,
    put_up_as_a_template,
)  # fmt: skip


def samples_for(point: Point) -> dict[str, tuple[str, bytes]]:
    """Return all; a template is opened in the same process apart as a passport, so its own kind is enough."""
    own = {what: one for what, one in SAMPLES.items() if one[1][:2] == b"PK"}
    return own if point is put_up_as_a_template else SAMPLES


def faults_of(answer: Any) -> list[str]:
    """Say what is alive in a file that is handed out."""
    name = unquote(answer["Content-Disposition"].partition("filename*=UTF-8''")[2])
    rules = {
        "not a download": answer["Content-Disposition"].startswith("attachment;"),
        "of an active type": answer["Content-Type"] in ENDINGS,
        "to be guessed": answer["X-Content-Type-Options"] == "nosniff",
        "not sealed": answer["Content-Security-Policy"].startswith("sandbox"),
        "lies by its name": name.lower().endswith((ENDINGS.get(answer["Content-Type"], "?"), ".jpeg")),
        "hides in its name": {unicodedata.category(letter)[0] for letter in name} & {"C"} == set(),
        "leads out by its name": not set(name) & set("/\\"),
        "a picture with notes": answer["Content-Type"] not in (JPEG, PNG) or SCRIPT not in answer.content,
    }
    return [fault for fault, holds in rules.items() if not holds]


@pytest.mark.parametrize("point", POINTS, ids=[point.__name__ for point in POINTS])
def test_no_hostile_file_comes_alive(point: Point) -> None:
    alive: dict[str, object] = {}
    refused = kept = 0
    samples = samples_for(point)
    for what, (name, data) in samples.items():
        before = set(StoredFile.objects.values_list("pk", flat=True))
        giver, answers = point(name, data)
        new = list(StoredFile.objects.exclude(pk__in=before))
        faults = [fault for one in new for fault in faults_of(hand_out(one, to=giver))]
        faults += [f"answered {one.status_code}" for one in answers if one.status_code >= 500]
        faults += ["shown alive" for one in answers if ALIVE.search(one.content.decode(errors="replace"))]
        faults += [] if new or any(said_no(one) for one in answers) else ["neither kept nor refused in words"]
        kept, refused = kept + bool(new), refused + (not new)
        if faults:
            alive[what] = faults
    assert alive == {}
    assert (kept + refused, refused * 2 >= len(samples)) == (len(samples), True)
    assert len(SAMPLES) >= 60


def said_no(answer: Any) -> bool:
    """Tell whether the answer says in Russian what is wrong."""
    if "json" in answer["Content-Type"]:
        return answer.status_code == 422 and bool(re.search("[а-я]", answer.json()["error"]))
    return bool(BeautifulSoup(answer.content, "html.parser").select(".error, .errors, .notice"))


def test_the_rules_see_what_is_alive() -> None:
    """The control: the same files handed out as most sites do break most of the rules."""
    from django.http import HttpResponse  # noqa: PLC0415  # reason: only this control answers by itself

    answer = HttpResponse(SCRIPT, content_type="text/html")
    answer["Content-Disposition"] = "inline; filename*=UTF-8''a%E2%80%AEfdp.html"
    answer["X-Content-Type-Options"] = answer["Content-Security-Policy"] = ""
    assert faults_of(answer) == [
        "not a download", "of an active type", "to be guessed", "not sealed", "lies by its name", "hides in its name",
    ]  # fmt: skip
    assert ALIVE.search(f"<p><img src=x onerror={CANARY}()></p>")


def test_what_is_kept_of_a_picture_is_the_picture_alone() -> None:
    for what in ("a photograph with a script", "a photograph and an archive", "a photograph and a page"):
        attached(*SAMPLES[what])
    attached(*SAMPLES["a drawing with a script in its notes"])
    kept = [read(one) for one in StoredFile.objects.all()]
    assert len(kept) == 4
    assert [CANARY.encode() in data or b"PK\x03\x04" in data for data in kept] == [False] * 4
