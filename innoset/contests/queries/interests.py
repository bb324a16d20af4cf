"""Who stands behind an application: for finding conflicts of interest, never for showing to experts."""

from collections.abc import Iterator

from innoset.accounts.models import User
from innoset.contests.models import Application
from innoset.foundation.russian import name_of
from innoset.network.models import Membership
from innoset.network.queries import live_memberships
from innoset.network.states import Role
from innoset.projects.pure.authors import people_in
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Kind, fields_of
from innoset.review.models import Interest
from innoset.review.states import InterestPart

_PARTS = {
    Role.HEAD: InterestPart.HEAD,
    Role.EDITOR: InterestPart.STAFF,
    Role.TUTOR: InterestPart.TUTOR,
    Role.METHODIST: InterestPart.METHODIST,
}
_NAME = 200


def interests_of(application: Application) -> list[Interest]:
    """Return, unsaved, the head, the staff, the tutors, the authors and the supervisor, each part once."""
    members = list(
        live_memberships()
        .filter(organisation=application.organisation_id, role__in=_PARTS)
        .select_related("person")
        .order_by("pk")
    )
    staff = {_key(member.person.full_name): member.person for member in members}
    found: dict[tuple[str, str], Interest] = {}
    for name, part, person in [*_by_role(members), *_by_passport(application, staff)]:
        key = name.strip()[:_NAME]
        if key:
            found.setdefault((key, part), Interest(name=key, part=part, person=person))
    return list(found.values())


Row = tuple[str, InterestPart, User | None]


def _by_role(members: list[Membership]) -> Iterator[Row]:
    for member in members:
        yield member.person.full_name or member.person.email, _PARTS[Role(member.role)], member.person


def _by_passport(application: Application, staff: dict[str, User]) -> Iterator[Row]:
    """Yield who is named: the one with an account in the organisation is known by it."""
    head = application.organisation.head_name
    yield head, InterestPart.HEAD, staff.get(_key(head))
    version = application.version
    if version is None:
        return
    for field in fields_of(form_by_code(version.form_code), stages=version.stages):
        if field.kind is Kind.PERSON:
            part = InterestPart.SUPERVISOR if "научн" in field.label.lower() else InterestPart.AUTHOR
            for author in people_in(version.values.get(field.key, "")):
                yield author.name, part, staff.get(_key(author.name))


def _key(full_name: str) -> str:
    """Make full names comparable; initials are nobody's for sure."""
    name = name_of(full_name.casefold().replace("ё", "е"))
    return " ".join(name) if all(len(part.strip(".")) > 1 for part in name) else full_name
