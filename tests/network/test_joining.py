"""People and organisations join: by invitation, or by a request that a coordinator confirms."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import Consent, User
from innoset.accounts.queries import PERSONAL_DATA, current_text
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.workflow import WrongState
from innoset.network import actions, queries
from innoset.network.models import Invitation, Membership, Organisation, Registration
from innoset.network.states import RegistrationState, Role
from tests import world

pytestmark = pytest.mark.django_db
ADDRESS = "novikova@example.test"


@pytest.fixture
def school() -> Any:
    return world.organisation("МБОУ СОШ № 7")


@pytest.fixture
def head(school: Any) -> Any:
    return world.member(school, Role.HEAD, "Берёзкина Ольга Викторовна")


def invite(school: Any, *, by: Any, at: datetime, role: Any = Role.EDITOR, email: Any = ADDRESS) -> Any:
    return actions.invite(Invitation(organisation=school, email=email, role=role), by=by, at=at)


def token_in(letter: Any) -> Any:
    return re.findall(r"/invitation/([^/]+)/", letter.body)[0]


def join(invitation: Any, *, at: datetime, **fields: Any) -> Any:
    person = User(email=invitation.email, last_name="Новикова", first_name="Юлия", **fields)
    return actions.join_by_invitation(
        invitation,
        person=person,
        password="синий-трактор-42",
        consent=current_text(PERSONAL_DATA),
        address="192.0.2.7",
        by=person,
        at=at,
    )


def test_an_invitation_is_a_letter_with_a_link_for_fourteen_days(
    school: Any, head: Any, at: datetime
) -> None:
    invitation = invite(school, by=head, at=at, email="Novikova@Example.test ")
    letter = Letter.objects.get()
    assert (letter.address, letter.subject) == (
        ADDRESS,
        "Приглашение: сотрудник организации, МБОУ СОШ № 7",
    )
    assert invitation.expires_at == at + timedelta(days=14)
    assert queries.invitation_by_token(token_in(letter)) == invitation
    assert token_in(letter) not in invitation.token_hash
    assert queries.invitation_by_token("x") is None


def test_a_newcomer_joins_and_the_address_counts_as_confirmed(school: Any, head: Any, at: datetime) -> None:
    membership = join(invite(school, by=head, at=at), at=at)
    person = User.objects.get(email=ADDRESS)
    assert (membership.person, membership.organisation, membership.role) == (person, school, Role.EDITOR)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(ADDRESS, True, True)]
    assert list(Consent.objects.values_list("person", "text__code", "address")) == [
        (person.pk, PERSONAL_DATA, "192.0.2.7")
    ]
    assert person.check_password("синий-трактор-42")
    assert [m.recipient for m in Message.objects.all()] == [head]


def test_a_known_person_accepts(school: Any, head: Any, at: datetime) -> None:
    known = world.person(email=ADDRESS)
    invitation = invite(school, by=head, at=at)
    with pytest.raises(PermissionDenied):
        actions.accept_invitation(invitation, by=world.person(), at=at)
    membership = actions.accept_invitation(invitation, by=known, at=at)
    assert (membership.person, membership.invited_by) == (known, head)
    with pytest.raises(Refusal, match="уже принято"):
        actions.accept_invitation(invitation, by=known, at=at)
    assert Membership.objects.filter(person=known).count() == 1


def test_nothing_of_a_failed_joining_stays(school: Any, head: Any, at: datetime) -> None:
    invitation = invite(school, by=head, at=at)
    with pytest.raises(Refusal, match="действовало до 05"):
        join(invitation, at=at + timedelta(days=14))
    assert not User.objects.filter(email=ADDRESS).exists()
    world.person(email=ADDRESS)
    with pytest.raises(Refusal, match="уже есть"):
        join(invitation, at=at)
    assert list(Consent.objects.all()) == []


def test_a_new_link_replaces_the_old_one(school: Any, head: Any, at: datetime) -> None:
    invitation = invite(school, by=head, at=at)
    old = token_in(Letter.objects.get())
    actions.resend_invitation(invitation, by=head, at=at + timedelta(days=20))
    assert queries.invitation_by_token(old) is None
    assert queries.invitation_by_token(token_in(Letter.objects.first())) == invitation
    assert invitation.expires_at == at + timedelta(days=34)


def test_a_revoked_invitation_is_dead(school: Any, head: Any, at: datetime) -> None:
    invitation = invite(school, by=head, at=at)
    actions.revoke_invitation(invitation, by=head, at=at)
    for deed in (actions.revoke_invitation, actions.resend_invitation):
        with pytest.raises(Refusal, match="отозвано"):
            deed(invitation, by=head, at=at)
    with pytest.raises(Refusal, match="отозвано"):
        join(invitation, at=at)


def test_needless_invitations_are_refused(school: Any, head: Any, at: datetime) -> None:
    invite(school, by=head, at=at)
    with pytest.raises(Refusal, match="уже отправлено") as no:
        invite(school, by=head, at=at)
    assert no.value.field == "email"
    member = world.member(school)
    with pytest.raises(Refusal, match="уже есть эта роль"):
        invite(school, by=head, at=at, email=member.email)
    assert Invitation.objects.count() == 1


OFFERS = {
    Role.HEAD: {Role.HEAD, Role.EDITOR, Role.TUTOR},
    Role.EDITOR: set(),
    Role.COORDINATOR: {
        Role.HEAD, Role.EDITOR, Role.TUTOR, Role.COORDINATOR, Role.EXPERT, Role.METHODIST,
    },
    Role.ORGANISER: set(Role) - {Role.APPROVER},
    Role.APPROVER: {Role.APPROVER},
    Role.EXPERT: set(),
    Role.COUNCIL: set(),
}  # fmt: skip


@pytest.mark.parametrize("role", OFFERS)
def test_who_may_offer_what_at_home(role: Any) -> None:
    place = world.organisation()
    assert set(queries.roles_to_offer(world.member(place, role), place)) == OFFERS[role]


@pytest.mark.parametrize("role", [Role.HEAD, Role.APPROVER, Role.COORDINATOR])
def test_nobody_offers_roles_elsewhere(role: Any, school: Any) -> None:
    assert queries.roles_to_offer(world.member(world.organisation(), role), school) == []


def test_an_organiser_names_nobody_who_checks_them(school: Any, at: datetime) -> None:
    organiser = world.member(world.organisation(), Role.ORGANISER)
    with pytest.raises(PermissionDenied):
        invite(school, by=organiser, at=at, role=Role.APPROVER)
    operator = world.person(is_superuser=True)
    assert invite(school, by=operator, at=at, role=Role.APPROVER).role == Role.APPROVER


def test_the_last_head_stays(school: Any, head: Any, at: datetime) -> None:
    mine = Membership.objects.get(person=head)
    with pytest.raises(Refusal, match="единственный руководитель"):
        actions.end_membership(mine, by=head, at=at)
    world.member(school, Role.HEAD)
    actions.end_membership(mine, by=head, at=at)
    mine.refresh_from_db()
    assert mine.until == at
    with pytest.raises(PermissionDenied):
        actions.end_membership(Membership.objects.exclude(pk=mine.pk).get(), by=world.person(), at=at)


def test_one_leaves_by_oneself_once(school: Any, at: datetime) -> None:
    editor = world.member(school)
    mine = Membership.objects.get(person=editor)
    actions.end_membership(mine, by=editor, at=at)
    with pytest.raises(Refusal, match="уже прекращено"):
        actions.end_membership(mine, by=editor, at=at)
    assert queries.memberships_of(User.objects.get(pk=editor.pk)) == []


# ── Requests to join ────────────────────────────────────────────────────────


@pytest.fixture
def place() -> Any:
    return world.municipality("Выселковский район")


@pytest.fixture
def coordinator(place: Any) -> Any:
    return world.member(world.organisation("ТМС", municipality=place), Role.COORDINATOR)


def ask(place: Any, *, at: datetime, by: Any = None, **given: Any) -> Any:
    by = by or world.person()
    facts = {
        "applicant": by,
        "position": "Директор",
        "name": "МБОУ СОШ № 7 станицы Заречной",
        "short_name": "МБОУ СОШ № 7",
        "kind": "school",
        "inn": "23 4001 8182",
        "kpp": "234001001",
        "ogrn": "1062340003010",
        "municipality": place,
    }
    return actions.request_registration(
        Registration(**{**facts, **given}),
        consent=current_text(PERSONAL_DATA),
        address=None,
        by=by,
        at=at,
    )


def test_a_request_goes_to_the_coordinator_of_the_place(place: Any, coordinator: Any, at: datetime) -> None:
    world.member(world.organisation(), Role.COORDINATOR)
    made = ask(place, at=at)
    assert (made.inn, made.state) == ("2340018182", RegistrationState.NEW)
    assert list(Letter.objects.values_list("address", "subject")) == [
        (coordinator.email, "Новая организация просит подключения: МБОУ СОШ № 7")
    ]


def test_without_a_coordinator_it_goes_to_the_organisers(place: Any, at: datetime) -> None:
    organiser = world.member(world.organisation(), Role.ORGANISER)
    ask(place, at=at)
    assert list(Letter.objects.values_list("address", flat=True)) == [organiser.email]


@pytest.mark.parametrize(
    ("field", "value"), [("inn", "2340018183"), ("kpp", "12"), ("ogrn", "1062340003011"), ("inn", "")]
)
def test_a_wrong_identifier_is_refused_on_its_field(place: Any, at: datetime, field: Any, value: Any) -> None:
    with pytest.raises(Refusal) as no:
        ask(place, at=at, **{field: value})
    assert no.value.field == field
    assert list(Registration.objects.all()) == []
    assert list(Consent.objects.all()) == []


def test_confirming_makes_the_organisation_and_lets_the_person_in(
    place: Any, coordinator: Any, at: datetime
) -> None:
    made = ask(place, at=at)
    membership = actions.confirm_registration(made, role=Role.HEAD, by=coordinator, at=at)
    organisation = Organisation.objects.get(inn="2340018182")
    assert (membership.person, membership.organisation, membership.role) == (
        made.applicant,
        organisation,
        Role.HEAD,
    )
    assert (organisation.number, organisation.municipality) == ("23-0001", place)
    assert (made.state, made.decided_by, made.organisation) == (
        RegistrationState.CONFIRMED,
        coordinator,
        organisation,
    )
    with pytest.raises(WrongState):
        actions.decline_registration(made, reason="Поздно", by=coordinator, at=at)
    with pytest.raises(Refusal, match="Вы уже состоите"):
        ask(place, at=at, by=made.applicant)


def test_a_known_organisation_is_not_doubled(place: Any, coordinator: Any, at: datetime) -> None:
    known = world.organisation(inn="2340018182", kpp="234001001", ogrn="1062340003010")
    membership = actions.confirm_registration(ask(place, at=at), role=Role.EDITOR, by=coordinator, at=at)
    assert membership.organisation == known
    assert Organisation.objects.filter(inn="2340018182").count() == 1


def test_declining_needs_a_reason_that_the_applicant_reads(
    place: Any, coordinator: Any, at: datetime
) -> None:
    made = ask(place, at=at)
    with pytest.raises(Refusal) as no:
        actions.decline_registration(made, reason=" ", by=coordinator, at=at)
    assert no.value.field == "reason"
    actions.decline_registration(made, reason="Такой школы у нас нет.", by=coordinator, at=at)
    assert (made.state, made.decision) == (RegistrationState.DECLINED, "Такой школы у нас нет.")
    letter = Letter.objects.get(address=made.applicant.email)
    assert "Причина: Такой школы у нас нет." in letter.body
    ask(place, at=at, by=made.applicant)


def test_who_decides(place: Any, coordinator: Any, at: datetime) -> None:
    made = ask(place, at=at)
    strangers = [
        world.member(world.organisation(), Role.COORDINATOR),
        world.member(world.organisation(municipality=place), Role.HEAD),
        made.applicant,
    ]
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            actions.confirm_registration(made, by=stranger, at=at)
    own = ask(place, at=at, by=coordinator, inn="2309055993")
    with pytest.raises(PermissionDenied):
        actions.confirm_registration(own, by=coordinator, at=at)
    assert list(queries.registrations_visible_to(strangers[0])) == []
    assert list(queries.waiting_registrations_for(coordinator)) == [own, made]


def test_one_request_at_a_time(place: Any, at: datetime) -> None:
    asker = world.person()
    ask(place, at=at, by=asker)
    with pytest.raises(Refusal, match="уже отправили"):
        ask(place, at=at, by=asker)


def test_a_role_of_power_is_not_given_by_a_request(place: Any, coordinator: Any, at: datetime) -> None:
    with pytest.raises(Refusal) as no:
        actions.confirm_registration(ask(place, at=at), role=Role.ORGANISER, by=coordinator, at=at)
    assert no.value.field == "role"


def test_nobody_enters_a_closed_organisation(
    place: Any, coordinator: Any, school: Any, head: Any, at: datetime
) -> None:
    invitation = invite(school, by=head, at=at)
    operator = world.person(is_superuser=True)
    actions.close_organisation(school, is_active=False, reason="Реорганизована", by=operator, at=at)
    with pytest.raises(Refusal, match="исключена из реестра, войти в неё нельзя"):
        join(invitation, at=at)
    with pytest.raises(Refusal, match="Сначала верните её"):
        invite(school, by=operator, at=at, email="other@example.test")
    world.organisation(inn="2340018182", kpp="234001001", is_active=False)
    asked = ask(place, at=at)
    with pytest.raises(Refusal, match="Сначала верните её на её карточке"):
        actions.confirm_registration(asked, by=coordinator, at=at)
