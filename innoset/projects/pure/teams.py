"""The team of a project as its passport names it: names, posts and degrees, without contacts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from innoset.projects.pure.authors import people_in
from innoset.projects.pure.forms import Form, Kind


@dataclass(frozen=True, slots=True)
class Named:
    """A person whom the passport names; who is no author is the scientific supervisor."""

    name: str
    is_author: bool
    position: str = ""
    degree: str = ""


def team_in(form: Form, values: Mapping[str, str]) -> tuple[Named, ...]:
    """Return the people of the passport's fields about people, each once in a part."""
    found: dict[tuple[str, bool], Named] = {}
    for one in _named(form, values):
        found.setdefault((one.name, one.is_author), one)
    return tuple(found.values())


def _named(form: Form, values: Mapping[str, str]) -> Iterator[Named]:
    for field in form.fields:
        if field.kind is not Kind.PERSON:
            continue
        for one in people_in(values.get(field.key, "")):
            # A form has to name its authors; a scientific supervisor there may be none.
            if one.name:
                yield Named(one.name, field.required, one.position, one.degree)
