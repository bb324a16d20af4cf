"""The organiser chooses the ways, and sees who confirmed and how."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from innoset.contests.actions import confirmations, sendings
from innoset.contests.actions import contests as contest_actions
from innoset.contests.models import Application, Contest
from innoset.contests.states import ContestState
from innoset.foundation.errors import Refusal
from innoset.foundation.files.actions import prepare
from innoset.network.states import Role
from tests import world
from tests.contests.confirming_scene import EVERY, application, ask, code_sent, head_of
from tests.web.cabinet.pages import form_of, words

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def sent(made: Application, at: datetime) -> Application:
    sendings.submit(made, key="k", consents=EVERY, address=world.ADDRESS, by=made.created_by, at=at)
    made.refresh_from_db()
    return made


def place(name: str, made: Application, *rest: str) -> str:
    return reverse(f"office:{name}", args=[made.contest.code, made.number, *rest])


def test_the_ways_are_ticked_among_the_rules_and_go_with_the_copy(at: datetime) -> None:
    draft = world.contest(ContestState.DRAFT)
    office = world.signed_in(draft.created_by)
    url = reverse("office:contest_rules", args=[draft.code])
    data = form_of(office.get(url), "confirmation_hours")
    assert data.get("confirmation_ways") is None
    office.post(url, data | {"confirmation_ways": ["code", "scan"], "confirmation_hours": "24"})
    draft.refresh_from_db()
    assert (draft.confirmation_ways, draft.confirmation_hours) == (["code", "scan"], 24)
    preview = words(office.get(reverse("office:contest_preview_applicant", args=[draft.code])))
    assert "Код из письма руководителю (простая электронная подпись) Скан страницы" in preview
    copy = contest_actions.copy_contest(draft, by=draft.created_by, at=at)
    assert (copy.confirmation_ways, copy.confirmation_hours) == (["code", "scan"], 24)


def test_an_unknown_way_and_a_change_after_the_first_application_are_refused(at: datetime) -> None:
    contest: Contest = world.contest(ContestState.DRAFT)
    with pytest.raises(Refusal) as caught:
        contest_actions.edit_contest(
            contest, changes={"confirmation_ways": ["fax"]}, by=contest.created_by, at=at
        )
    assert caught.value.field == "confirmation_ways"
    taken = world.application(world.contest()).contest
    with pytest.raises(Refusal, match="На конкурс уже есть заявки"):
        contest_actions.edit_contest(
            taken, changes={"confirmation_ways": ["code"]}, by=taken.created_by, at=at
        )


def test_the_check_shows_who_confirmed_and_hands_the_papers_out(at: datetime) -> None:
    made = application("scan")
    asked = ask(made, "scan", at)
    scan = prepare(PDF, name="Скан.pdf", limit=10**6)
    confirmations.give_by_scan(made, given=scan, seen=asked.pdf_sha256, by=made.created_by, at=at)
    sent(made, at)
    office = world.signed_in(made.contest.created_by)
    for page in ("check", "application"):
        assert "Скан подписанной страницы. Соколова Вера Петровна. Загружено" in words(
            office.get(place(page, made))
        )
    frozen = office.get(place("confirmed_pdf", made, asked.pdf_sha256))
    assert (frozen.status_code, frozen.content[:5]) == (200, b"%PDF-")
    assert office.get(place("confirmed_evidence", made, asked.pdf_sha256)).content == PDF
    stranger = world.signed_in(world.member(world.organisation(), Role.ORGANISER))
    for page in ("confirmed_pdf", "confirmed_evidence"):
        assert stranger.get(place(page, made, asked.pdf_sha256)).status_code == 404
        assert office.get(place(page, made, "0" * 64)).status_code == 404


def test_what_was_asked_but_not_sent_stays_with_the_organisation(at: datetime) -> None:
    made = application("code")
    head = head_of(made, at)
    ask(made, "code", at)
    confirmations.give_by_code(made, code=code_sent(head), by=head, at=at)
    sent(made, at)
    made.project.passport.answers.filter(key="6").update(text="Другая идея")
    later = at + timedelta(minutes=5)
    asked = ask(made, "code", later)
    office = world.signed_in(made.contest.created_by)
    assert office.get(place("confirmed_pdf", made, asked.pdf_sha256)).status_code == 404
    assert "Простая электронная подпись: код из письма. Петрова Анна Николаевна." in words(
        office.get(place("application", made))
    )
