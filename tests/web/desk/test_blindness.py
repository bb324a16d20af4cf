"""Canaries: nothing on the desk tells whose work it is."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from innoset.accounts.models import User
from innoset.contests.actions import expertise
from innoset.contests.models import Contest
from innoset.contests.queries.expertise import choices_of
from innoset.contests.states import ApplicationState
from innoset.foundation.files.actions import keep
from innoset.foundation.notify.models import Letter, Message
from innoset.network.models import Organisation
from innoset.network.states import Role
from innoset.projects.models import PassportVersion
from innoset.review import actions
from innoset.review.models import PanelSeat
from innoset.review.states import SeatState
from tests import world
from tests.review.scene import expert, planned

pytestmark = pytest.mark.django_db

CANARIES = (
    "Кенарская",
    "СОШ № 4077",
    "Птицелов",
    "Щегловск",
    "Зябликов",
    "kenar@",
    "zyablik@",
    "998-77-66",
    "9987766",
    "kenar.example",
    "2399077777",
    "приказ Птицелова",
    "ktn-secret",
)


def _owner() -> Organisation:
    place = world.municipality("Щегловский район", centre="Щегловск")
    return world.organisation(
        "МБОУ СОШ № 4077",
        name="Муниципальное бюджетное общеобразовательное учреждение «Кенарская СОШ № 4077»",
        municipality=place,
        head_name="Птицелов Пётр Ильич",
        email="kenar@school.example",
        phone="8 (861) 998-77-66",
        site="https://kenar.example",
        inn="2399077777",
    )


def _contest(owner: Organisation, **fields: Any) -> Contest:
    contest = world.contest(
        defence_rubric=world.rubric("Защита", weights=(1,)),
        sheets_per_application=1,
        **{"remote_threshold": Decimal(1), **fields},
    )
    author = world.member(owner, Role.EDITOR, "Зябликов Захар Кенарович")
    answers = world.values(
        **{
            "1": "Школа наставников в «Кенарская СОШ № 4077»",
            "2": "Зябликов Захар Кенарович, учитель, 8-918-998-77-66 zyablik@mail.example",
            "3": "Птицелов Пётр Ильич, кандидат педагогических наук",
            "6": "МБОУ СОШ № 4077 (г. Щегловск, директор Птицелов П. И., kenar@school.example, +7 (861) 998-77-66) ведёт проект.",
            "8": "Зябликова Захара Кенаровича поддержал Птицелов. Подробнее: https://kenar.example/p",
        }
    )
    application = world.application(
        contest, owner, ApplicationState.ADMITTED, answers=answers, created_by=author
    )
    file = keep(b"%PDF-1.4 ktn-secret", name="Птицелов.pdf", media_type="application/pdf", at=world.AT)
    application.attachments.create(file=file, title="приказ Птицелова", added_at=world.AT, added_by=author)
    return contest


def _seat(contest: Contest, part: str) -> Any:
    here = contest.remote_round
    assert here is not None
    person = expert("Соловьёв Семён Львович") if part == "expert" else world.person()
    PanelSeat.objects.create(
        round=here,
        person=person,
        role=part,
        state=SeatState.ACCEPTED,
        invited_at=world.AT,
        answered_at=world.AT,
    )
    return person


def _told(people: list[User]) -> list[bytes]:
    """Return what the people were written, by post and in the cabinet."""
    letters = Letter.objects.filter(address__in=[one.email for one in people])
    messages = Message.objects.filter(recipient__in=people)
    said = [f"{one.subject} {one.body}" for one in letters]
    return [words.encode() for words in (*said, *(f"{one.title} {one.text}" for one in messages))]


def test_no_canary_is_seen_on_any_page_file_letter_or_answer_of_the_desk() -> None:
    contest = _contest(_owner())
    by = contest.created_by
    here = expertise.start_expertise(contest, reason="Все подали", by=by, at=world.AT)
    judge, watcher = _seat(contest, "expert"), _seat(contest, "observer")
    planned(here, by=by, at=world.AT)
    actions.open_round(here, by=by, at=world.AT)
    code = here.dossiers.get().code
    seen: list[bytes] = []
    browser, onlooker = world.signed_in(judge), world.signed_in(watcher)

    def look(client: Any, name: str, *args: Any) -> None:
        response = client.get(reverse(f"desk:{name}", args=args))
        seen.append(response.content + str(response.headers).encode())

    def post(name: str, *args: Any, **data: str) -> None:
        response = browser.post(reverse(f"desk:{name}", args=args), data)
        seen.append(response.content + str(response.headers).encode())

    look(browser, "conflict", "remote", code)
    post("conflict", "remote", code, ground="other")
    post("conflict", "remote", code, ground="none")
    post("mark", "remote", code, field="k1", k1="5")
    post("mark", "remote", code, field="k1", k1="99")
    post("sheet", "remote", code, k1="5", k2="5", k3="99")
    post("sheet", "remote", code, k1="5", k2="5", k3="5")
    for name in ("sheet", "finish"):
        look(browser, name, "remote", code)
    post("finish", "remote", code)
    look(browser, "sheet", "remote", code)
    passing = [one.application for one in choices_of(contest)]
    later = expertise.start_defence(contest, passing=passing, by=by, at=world.AT)
    PanelSeat.objects.create(
        round=later, person=judge, state=SeatState.ACCEPTED, invited_at=world.AT, answered_at=world.AT
    )
    planned(later, by=by, at=world.AT)
    actions.schedule_all(
        later, order=list(later.dossiers.all()), starts_at=world.DEADLINE, minutes=15, by=by, at=world.AT
    )
    actions.open_round(later, by=by, at=world.AT)
    look(browser, "conflict", "defence", code)
    for client in (browser, onlooker):
        for name in ("home", "defence", "scores", "observed"):
            look(client, name)
        look(client, "dossier", code)
        look(client, "annex", code, 1)
    text = b"\n".join([*seen, *_told([judge, watcher])]).decode()
    assert [canary for canary in CANARIES if canary.lower() in text.lower()] == []
    assert len(seen) > 22
    assert "ведёт проект" in text


def test_the_canaries_would_be_found_where_a_contest_hides_nobody() -> None:
    contest = _contest(_owner(), is_blind=False)
    by = contest.created_by
    here = expertise.start_expertise(contest, reason="Все подали", by=by, at=world.AT)
    judge = _seat(contest, "expert")
    planned(here, by=by, at=world.AT)
    actions.open_round(here, by=by, at=world.AT)
    actions.declare(here.assignments.get(), by=judge, at=world.AT)
    code = here.dossiers.get().code
    browser = world.signed_in(judge)
    text = browser.get(reverse("desk:sheet", args=["remote", code])).content.decode()
    assert [canary for canary in CANARIES[:5] if canary.lower() not in text.lower()] == []
    # Contacts are closed even where names are open; they would be found, for they were sent.
    contacts, sent = CANARIES[5:8], str(PassportVersion.objects.get().values)
    assert [canary for canary in contacts if canary in text] == []
    assert [canary for canary in contacts if canary in sent] == list(contacts)
    file = browser.get(reverse("desk:annex", args=[code, 1]))
    assert file.content == b"%PDF-1.4 ktn-secret"
    assert "%D0%9F%D1%82%D0%B8%D1%86" not in file.headers["Content-Disposition"]
    assert browser.get(reverse("desk:annex", args=[code, 2])).status_code == 404
