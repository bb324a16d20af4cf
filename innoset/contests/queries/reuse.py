"""Reads of text reuse in contests: which texts are compared, what the printed words of forms are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from innoset.contests.models import Application, Contest, FormalCheck
from innoset.contests.queries.dossiers import open_copy
from innoset.contests.states import SENT, ContestState
from innoset.projects.pure.catalogue import FORMS, form_by_code
from innoset.projects.pure.forms import Form, Kind, fields_of
from innoset.review.models import ReuseReport, ReuseText
from innoset.review.queries import reuse as review

AT_ONCE = 50
_KEY = "application:"
_JUDGED_NOW = (ContestState.OPEN, ContestState.EXPERTISE, ContestState.DEFENCE, ContestState.COUNCIL)
_TELLING = (Kind.TEXT, Kind.LIST)


def key_of(application: Application) -> str:
    """Return by what the text of an application is known."""
    return f"{_KEY}{application.number}"


def family_of(application: Application) -> str:
    """Return by what the applications that grew out of each other are known: the number of the first one."""
    first, passed = application, {application.pk}
    while first.copied_from is not None and first.copied_from_id not in passed:
        first = first.copied_from
        passed.add(first.pk)
    return key_of(first)


def text_of(application: Application) -> str:
    """Return what the authors wrote: answers without contacts and names, then the words of the files."""
    version = application.version
    assert version is not None  # noqa: S101  # reason: only what was sent is compared
    form = form_by_code(version.form_code)
    copy = open_copy(form, version.values, title=application.project.title, stages=version.stages)
    telling = {field.key for field in fields_of(form, stages=version.stages) if field.kind in _TELLING}
    answers = [row["text"] for row in copy.content if row["text"] and row["key"] in telling]
    files = application.attachments.filter(removed_at=None).exclude(text="").order_by("id")
    return "\n\n".join([*answers, *files.values_list("text", flat=True)])


@cache
def templates() -> Mapping[str, str]:
    """Return the printed words of every form: they are nobody's own."""
    return {form.code: "\n".join(_printed(form)) for form in FORMS}


def _printed(form: Form) -> Iterator[str]:
    yield from (form.title, *form.title_synonyms, *form.boilerplate)
    for section in form.sections:
        yield from (section.title, section.hint)
    for field in fields_of(form, stages=form.stages.most if form.stages else 0):
        yield from (field.label, field.short_label, field.hint, field.example, *field.synonyms)
    yield from (guarantee.text for guarantee in form.guarantees)
    if form.signature is not None:
        yield from (form.signature.lead_in, form.signature.footnote)


def unkept() -> QuerySet[Application]:
    """Return the sent applications, of any year and contest, whose text is not kept as it was sent last.

    In a contest that takes applications they wait until its technical check has begun.
    """
    kept = ReuseText.objects.filter(
        key=Concat(Value(_KEY), OuterRef("number")), kept_at__gte=OuterRef("submitted_at")
    )
    begun = FormalCheck.objects.filter(application__contest=OuterRef("contest"))
    found = Application.objects.filter(state__in=SENT, version__isnull=False)
    ready = found.filter(~Q(contest__state=ContestState.OPEN) | Exists(begun))
    return _with_texts(ready).exclude(Exists(kept))


def compared_in(contest: Contest) -> QuerySet[Application]:
    """Return the applications of a contest that are compared: those sent and not taken back."""
    return _with_texts(contest.applications.filter(state__in=SENT, version__isnull=False)).order_by("number")


def _with_texts(found: QuerySet[Application]) -> QuerySet[Application]:
    return found.select_related(
        "contest", "organisation", "project__passport", "version", "copied_from", "nomination"
    ).order_by("submitted_at", "id")


def waiting() -> list[ReuseText]:
    """Return the kept texts of the contests under way that nothing has been looked for yet, the oldest first."""
    numbers = Application.objects.filter(
        contest__state__in=_JUDGED_NOW, state__in=SENT, version__isnull=False
    ).values_list("number", flat=True)
    return list(review.waiting_for_comparison([f"{_KEY}{one}" for one in numbers])[:AT_ONCE])


@dataclass(frozen=True, slots=True)
class Line:
    """An application and what was found of it, if it was compared."""

    application: Application
    report: ReuseReport | None
    is_waiting: bool

    @property
    def others(self) -> float:
        """Return the share found in works of others, in per cent."""
        return float(self.report.share - self.report.own_share) * 100 if self.report else 0.0

    @property
    def own(self) -> float:
        """Return the share found in earlier works of the same authors only, in per cent."""
        return float(self.report.own_share) * 100 if self.report else 0.0

    @property
    def letters(self) -> int:
        """Return how many words of the passages have swapped letters or hidden signs."""
        return sum(one["letters"] for one in self.report.passages) if self.report else 0


def lines_of(contest: Contest) -> list[Line]:
    """Return the applications of a contest with their findings, the greatest share of others first."""
    applications = list(compared_in(contest))
    keys = [key_of(one) for one in applications]
    reports = review.latest_reports(keys)
    queue = set(review.waiting_for_comparison(keys).values_list("key", flat=True))
    lines = [Line(one, reports.get(key_of(one)), key_of(one) in queue) for one in applications]
    return sorted(
        lines, key=lambda line: (line.report is None, -line.others, -line.own, line.application.number)
    )
