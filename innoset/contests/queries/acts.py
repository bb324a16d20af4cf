"""Acts that an application names, held against the normative base."""

from collections.abc import Iterator

from innoset.documents.pure.verdicts import Known, Remark, clashes_inside, remarks
from innoset.documents.queries import base
from innoset.projects.pure.acts import NamedAct
from innoset.projects.pure.forms import Finding, Form, Level, Values
from innoset.projects.pure.understanding import acts_of


def findings_of_acts(form: Form, values: Values) -> tuple[Finding, ...]:
    """Return hints on acts with wrong requisites or out of force; two queries, and none where no act is named."""
    named = acts_of(form, values)
    known = base() if named else ()
    return tuple(
        Finding(key, Level.HINT, remark.code, remark.message)
        for key, acts in named
        for remark in dict.fromkeys(_remarks(acts, known))
    )


def _remarks(acts: tuple[NamedAct, ...], known: tuple[Known, ...]) -> Iterator[Remark]:
    for act in acts:
        yield from remarks(act.requisites, act.date_text, known)
    yield from clashes_inside([act.requisites for act in acts])
