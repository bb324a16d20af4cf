"""What experts are given to read of an application."""

from innoset.contests.models import Application, Attachment, Contest
from innoset.contests.pure.blinding import Author, BlindCopy, blind_copy
from innoset.network.models import Organisation
from innoset.network.queries import live_memberships
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.contacts import covered, without_contacts
from innoset.projects.pure.forms import Field, Form, Kind, Values, fields_of, stages_of


def copy_of(application: Application) -> BlindCopy:
    """Return what experts read: in a blind contest nothing in it tells whose work it is."""
    version = application.version
    assert version is not None  # noqa: S101  # reason: the database holds it for whatever was admitted
    form, values, title = form_by_code(version.form_code), version.values, application.project.title
    if is_hidden(application.contest):
        author = author_of(application.organisation)
        annexes = [(one.text, one.read_note) for one in _annexes(application)]
        return blind_copy(form, values, author, title=title, stages=version.stages, annexes=annexes)
    return open_copy(form, values, title=title, stages=version.stages)


def is_hidden(contest: Contest) -> bool:
    """Tell whether some stage hides the author: one copy serves both, so it is blind for both."""
    return contest.is_blind or (contest.has_defence and contest.defence_is_blind)


def _annexes(application: Application) -> list[Attachment]:
    return list(application.attachments.filter(removed_at=None).order_by("id"))


def author_of(organisation: Organisation) -> Author:
    """Return by what an organisation could be known: its names, its place, its people."""
    members = live_memberships().filter(organisation=organisation).select_related("person").order_by("pk")
    people = dict.fromkeys([organisation.head_name, *(member.person.full_name for member in members)])
    return Author(
        organisation=organisation.name,
        short_name=organisation.short_name,
        municipality=organisation.municipality.name,
        centre=organisation.municipality.centre,
        people=tuple(name for name in people if name),
    )


def open_copy(form: Form, values: Values, *, title: str, stages: int) -> BlindCopy:
    """Return the text as it was sent but for contacts, for a contest that hides nobody."""
    content = [
        {
            "key": field.key,
            "number": field.printed_number,
            "label": field.label,
            "text": _without_contacts(field, values.get(field.key, "")),
            "is_group": field.kind is Kind.HEADING and not values.get(field.key),
        }
        for field in fields_of(form, stages=stages)
    ]
    known = [
        {
            "name": stage.name,
            "start": str(stage.start) if stage.start else None,
            "end": str(stage.end) if stage.end else None,
        }
        for stage in stages_of(form, values)[:stages]
    ]
    return BlindCopy(title=title, content=content, stages=known)


def _without_contacts(field: Field, text: str) -> str:
    """Keep phones and addresses in the closed block: the sent version has them, its readers do not."""
    return without_contacts(text)[0] if field.kind is Kind.PERSON else covered(text)
