"""Reads of the head's confirmation: which ways a contest accepts, how it stands now, who may give it."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from innoset.accounts.models import User
from innoset.accounts.queries import has_consented
from innoset.accounts.reference.simple_signature import SIMPLE_SIGNATURE
from innoset.contests.models import Application, Confirmation, Contest, Submission
from innoset.contests.pure import confirming
from innoset.contests.pure.confirming import Fact, Signed, Stand
from innoset.contests.queries import applications as queries
from innoset.contests.states import WAY_LABELS, ApplicationState, ConfirmationState, ConfirmationWay
from innoset.foundation.errors import Refusal
from innoset.network.models import Membership
from innoset.network.states import Role

AGREEMENT = SIMPLE_SIGNATURE.code


@dataclass(frozen=True, slots=True)
class Standing:
    """How the confirmation of what is there now stands, and the confirmation that says so."""

    stand: Stand
    confirmation: Confirmation | None = None

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is wanted of the head any more."""
        return self.stand in {Stand.NOT_NEEDED, Stand.GIVEN}


def ways_of(contest: Contest) -> tuple[ConfirmationWay, ...]:
    """Return the ways that the contest accepts, in the order of the house; none when it asks for none."""
    return tuple(way for way in ConfirmationWay if way in contest.confirmation_ways)


def way_labels(contest: Contest) -> list[str]:
    """Return the ways that the contest accepts in words."""
    return [WAY_LABELS[way] for way in ways_of(contest)]


def confirmations_of(application: Application) -> QuerySet[Confirmation]:
    """Return every confirmation that was asked for, the newest first."""
    every = application.confirmations.select_related(
        "pdf", "signature", "scan", "asked_by", "asked_of", "confirmed_by"
    )
    return every.order_by("-id")


def asked_of(application: Application) -> Confirmation | None:
    """Return the confirmation that is waiting; there is one at most."""
    return confirmations_of(application).filter(state=ConfirmationState.ASKED).first()


def standing_of(application: Application, at: datetime) -> Standing:
    """Return how the confirmation of what is written and attached now stands."""
    ways = ways_of(application.contest)
    if not ways:
        return Standing(Stand.NOT_NEEDED)
    every = list(confirmations_of(application))
    stand, place = confirming.standing(
        [fact_of(one) for one in every], queries.seal_of(application), ways, at
    )
    return Standing(stand, None if place is None else every[place])


def fact_of(confirmation: Confirmation) -> Fact:
    """Return what the pure core asks of a confirmation."""
    return Fact(confirmation.way, confirmation.state, confirmation.sha256, confirmation.expires_at)


def fitting(application: Application, at: datetime) -> Confirmation | None:
    """Return the confirmation that a sending of what is there now carries; None when there is none."""
    standing = standing_of(application, at)
    return standing.confirmation if standing.stand == Stand.GIVEN else None


def require_confirmed(application: Application, at: datetime) -> None:
    """Refuse, with the cure, where the contest asks for the head's word and there is none that fits."""
    standing = standing_of(application, at)
    if not standing.is_settled:
        raise Refusal(CURES[standing.stand])


CURES = {
    Stand.ABSENT: "Заявку должен подтвердить руководитель. Запросите подтверждение в разделе «Подтверждение руководителя».",
    Stand.ASKED: "Руководитель ещё не подтвердил заявку. Дождитесь его ответа и отправьте снова.",
    Stand.EXPIRED: "Срок кода вышел. Запросите новый код в разделе «Подтверждение руководителя».",
    Stand.STALE: "После подтверждения заявку изменили. Запросите подтверждение снова: оно относится только к тому, что прочитал руководитель.",
    Stand.REFUSED: "Руководитель не подтвердил заявку. Исправьте её или поговорите с ним и запросите подтверждение снова.",
}


def heads_of(application: Application) -> list[User]:
    """Return the heads of the organisation who have an account."""
    live = Membership.objects.filter(
        organisation=application.organisation_id, role=Role.HEAD, until=None, person__is_active=True
    )
    return [one.person for one in live.select_related("person").order_by("id")]


def head_for(application: Application, person: Any) -> User | None:
    """Return whose code it will be: the person's own when the person is a head, else the first head's."""
    heads = heads_of(application)
    return next((head for head in heads if head.pk == person.pk), heads[0] if heads else None)


def signs_simply(person: Any) -> bool:
    """Tell whether the person has accepted the agreement on the simple e-signature."""
    return has_consented(person, AGREEMENT)


def code_mark(application: Application, head: User, pdf_sha256: str, code: str) -> str:
    """Return the mark of a code: good for one head and one document, of no use without the site's key."""
    words = f"confirmation:{application.pk}:{head.pk}:{pdf_sha256}:{code}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), "sha256").hexdigest()


def signed_in(confirmation: Confirmation) -> Signed | None:
    """Return what the file of the signature says."""
    return Signed.of(confirmation.signer)


def in_words(confirmation: Confirmation) -> str:
    """Say who confirmed, how and when."""
    by, when = confirmation.confirmed_by, confirmation.confirmed_at
    if by is None or when is None:
        return ""
    who = ", ".join(filter(None, (by.full_name, by.position)))
    return confirming.in_words(confirmation.way, who, when, signed_in(confirmation))


def confirmed_line(submission: Submission) -> str:
    """Say who confirmed what was sent; an empty string when nobody did."""
    return in_words(submission.confirmation) if submission.confirmation else ""


def confirmed_lines(applications: Iterable[Application]) -> dict[int, str]:
    """Return who confirmed each application that anybody confirmed, by its key, in one query."""
    sent = Submission.objects.filter(application__in=list(applications), confirmation__isnull=False)
    found = sent.select_related("confirmation__confirmed_by").order_by("number")
    return {one.application_id: confirmed_line(one) for one in found}


def note_for_check(application: Application) -> str | None:
    """Return what the technical check must look at; None when the contest asks for no confirmation."""
    if not ways_of(application.contest):
        return None
    last = submission_of(application)
    given = last.confirmation if last else None
    if given is None:
        return "Руководитель заявку не подтвердил."
    return confirming.note_for_check(given.way, signed_in(given))


def submission_of(application: Application) -> Submission | None:
    """Return what was sent last, with its confirmation."""
    sent = application.submissions.select_related("confirmation__confirmed_by", "version")
    return sent.order_by("-number").first()


def waits_until(application: Application) -> datetime | None:
    """Return until when the head may confirm what was sent by itself; None when nothing waits for the head."""
    if application.state != ApplicationState.SUBMITTED or not ways_of(application.contest):
        return None
    last = submission_of(application)
    if last is None or not last.is_automatic or last.confirmation_id:
        return None
    deadline = queries.deadline_of(application)
    return deadline + timedelta(hours=application.contest.confirmation_hours) if deadline else None


def objection_to_confirming(application: Application, at: datetime) -> str:
    """Say why nothing may be confirmed now; an empty string when it may."""
    closed = queries.objection_to_change(application, at)
    until = waits_until(application) if closed else None
    return "" if until is not None and at < until else closed


def ways_to_offer(application: Application) -> Sequence[tuple[ConfirmationWay, str]]:
    """Return the ways that a person may choose of, each with its name."""
    return [(way, WAY_LABELS[way]) for way in ways_of(application.contest)]
