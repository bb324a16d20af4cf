"""Names of people are not for strangers: nobody has to agree, and a refusal holds on every public page."""

import pytest
from django.test import Client
from django.urls import reverse

from innoset.accounts import actions as accounts
from innoset.accounts.models import Consent, ConsentText
from innoset.accounts.queries import DISTRIBUTION
from innoset.contests.actions import sendings
from innoset.contests.models import Application
from innoset.documents.models import Paper
from innoset.network.states import Role
from tests import world
from tests.web.public.test_contests import contest, finished

__all__ = ["contest"]
pytestmark = pytest.mark.django_db
EVERY = ("terms", "publicity", "rights", "personal-data")
AUTHOR, SENDER, HEAD = "Жаворонкова Ульяна Эдуардовна", "Щеглова Юлия Фёдоровна", "Дроздов Эрнест Яковлевич"


def sent(*codes: str) -> Application:
    """Send an application whose author, sender and head have names that occur nowhere else."""
    made = world.contest()
    made.consents.set(ConsentText.objects.filter(code__in=["personal-data", DISTRIBUTION]))
    owner = world.organisation(head_name=HEAD)
    editor = world.member(owner, Role.EDITOR, SENDER)
    draft = world.application(
        made, owner, created_by=editor, answers=world.values(**{"2": f"{AUTHOR}, учитель, 8 (861) 222-33-44"})
    )
    sendings.submit(draft, key="k", consents=(*EVERY, *codes), address=world.ADDRESS, by=editor, at=world.AT)
    draft.refresh_from_db()
    return draft


def public_pages(draft: Application) -> list[str]:
    receipt = Paper.objects.filter(kind=Paper.Kind.RECEIPT).latest("id")
    named = [("home",), ("contests",), ("contest", draft.contest.code), ("organisations",), ("statuses",)]
    named += [("organisation", draft.organisation.number), ("check", receipt.number, receipt.mark)]
    return [reverse(f"public:{name}", args=rest) for name, *rest in named]


def seen(draft: Application) -> set[str]:
    """Return whose last names a stranger meets on the public pages."""
    pages = [Client().get(url) for url in public_pages(draft)]
    assert {page.status_code for page in pages} == {200}
    text = " ".join(page.content.decode() for page in pages)
    return {name for name in (AUTHOR, SENDER, HEAD) if name.split()[0] in text}


def test_an_application_without_the_consent_is_taken_and_names_nobody() -> None:
    draft = sent()
    assert draft.submissions.count() == 1
    given = Consent.objects.values_list("text__code", "address", "text__version")
    assert list(given) == [("personal-data", world.ADDRESS, 1)]
    assert seen(draft) == set()


def test_a_consent_taken_back_names_nobody() -> None:
    draft = sent(DISTRIBUTION)
    consent = Consent.objects.get(text__code=DISTRIBUTION)
    accounts.withdraw_consent(consent, by=draft.created_by, at=world.AT)
    assert Consent.objects.filter(text__code=DISTRIBUTION, withdrawn_at=None).count() == 0
    assert seen(draft) == set()


def test_the_results_name_the_organisation_in_place_of_its_people(contest: object) -> None:
    winner, *_ = finished(contest)  # type: ignore[arg-type]  # a contest, by its fixture
    sender = winner.created_by.last_name
    page = Client().get(reverse("public:contest", args=[winner.contest.code])).content.decode()
    assert (winner.organisation.short_name in page, sender in page) == (True, False)


def test_what_is_looked_for_can_be_found_behind_the_door() -> None:
    """The guard of the test: the organisation's own people do meet such a name."""
    draft = sent()
    receipt = reverse("cabinet:receipt", args=[draft.number, 1])
    assert SENDER in world.signed_in(draft.created_by).get(receipt).content.decode()
