"""Filling an application section by section: the page, the autosave, the stages."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from innoset.accounts.models import HeldForm
from innoset.contests.actions import filling
from innoset.contests.models import Application
from innoset.contests.queries import applications as queries
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW
from innoset.projects import queries as projects
from innoset.projects.actions.answers import Clash
from innoset.projects.models import Answer
from innoset.projects.pure import forms as shapes
from innoset.projects.pure.changes import both, changes_between
from innoset.projects.pure.forms import Field, Kind, Piece, Section
from innoset.review.models import Criterion
from innoset.web.cabinet.applications import application_or_404, crumbs, page_of
from innoset.web.cabinet.autosaves import others_in
from innoset.web.cabinet.shown import PREFIX, Shown
from innoset.web.cabinet.stage_picture import picture_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

ROWS = {Kind.LINE: 2, Kind.PERIOD: 1, Kind.URL: 1, Kind.YES_NO: 2, Kind.PERSON: 3, Kind.HEADING: 2}
STAGES = "stages"
"""The section whose months are drawn."""
KEEPS = (("mine", "Мой текст"), ("theirs", "Текст коллеги"), ("both", "Оба подряд"))


@dataclasses.dataclass(slots=True)
class Slot:
    """One field on the page: what it asks, what is in it, what stands in the way of saving."""

    field: Field
    text: str
    shown: Shown
    criteria: str = ""
    error: str = ""
    rival: Answer | None = None
    findings: list[str] = dataclasses.field(default_factory=list)

    @property
    def label(self) -> str:
        """Return the official label without the colon of the printed table."""
        return self.field.label.rstrip(":")

    @property
    def rows(self) -> int:
        """Return how tall the control is."""
        return ROWS.get(self.field.kind, 6)

    @property
    def limit(self) -> int:
        """Return the number of signs to count to: what experts expect, else what is allowed."""
        return self.field.soft or self.field.hard

    @property
    def optional(self) -> bool:
        """Tell whether the field may stay empty."""
        return not self.field.required

    @property
    def describedby(self) -> str:
        """Return the ids of the hint and the error, for those who listen to the page."""
        parts = [("helptext", self.field.hint), ("error", self.error)]
        return " ".join(f"id_{self.field.key}_{name}" for name, text in parts if text)

    @property
    def changes(self) -> tuple[Piece, ...]:
        """Return how my text differs from the colleague's."""
        return changes_between(self.rival.text if self.rival else "", self.text)

    @property
    def seen_name(self) -> str:
        """Return the name of the hidden input with what was shown."""
        return f"{PREFIX}{self.field.key}"


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A section of an application's form, and its neighbours."""

    application: Application
    form: shapes.Form
    section: Section
    fields: tuple[Field, ...]

    @property
    def following(self) -> str:
        """Return the address of the next section, or of the check after the last one."""
        codes = [section.code for section in self.form.sections]
        rest = codes[codes.index(self.section.code) + 1 :]
        if rest:
            return reverse("cabinet:section", args=[self.application.number, rest[0]])
        return page_of(self.application)

    @property
    def here(self) -> str:
        """Return the address of this section."""
        return reverse("cabinet:section", args=[self.application.number, self.section.code])


def place_or_404(request: HttpRequest, number: str, code: str) -> Place:
    application = application_or_404(request, number)
    passport = application.project.passport
    form = projects.form_of(passport)
    section = next((one for one in form.sections if one.code == code), None)
    if section is None:
        raise Http404
    fields = tuple(one for one in projects.fields_in(passport) if one.section == code)
    return Place(application, form, section, fields)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Show a section to fill; without scripts its button saves all of it at once."""
    place = place_or_404(request, number, code)
    if request.method == "POST":
        return save_typed(request, place, request.POST)
    if queries.objection_to_change(place.application, arrived_at(request)):
        return redirect(page_of(place.application))
    answers = projects.answers_of(place.application.project.passport)
    slots = [_slot(one, answers.get(one.key)) for one in place.fields]
    return _page(request, place, slots, answers)


@dataclasses.dataclass(frozen=True, slots=True)
class Typed:
    """What a form of a section brings: all its texts, those to save and those decided against."""

    all: dict[str, str]
    texts: dict[str, tuple[str, int]]
    aside: dict[str, str]

    @classmethod
    def of(cls, place: Place, data: Mapping[str, str]) -> "Typed":
        """Take the form apart; a text that nobody touched on that page is not saved."""
        typed = {one.key: data[one.key] for one in place.fields if one.key in data}
        chosen = _resolved(data, typed, projects.answers_of(place.application.project.passport))
        seen = {key: Shown.parsed(data.get(f"{PREFIX}{key}", "")) for key in typed}
        texts = {key: (text, seen[key].version) for key, text in chosen.items() if seen[key].is_touched(text)}
        return cls(typed, texts, {key: text for key, text in typed.items() if key not in chosen})


def save_typed(
    request: HttpRequest, place: Place, data: Mapping[str, str], held: HeldForm | None = None
) -> HttpResponse:
    """Save what the person changed on the page; nothing typed is lost when something stands in the way."""
    typed = Typed.of(place, data)

    def go_on(refusals: list[Refusal]) -> HttpResponse:
        if refusals:
            return _again(request, place, typed.all, refusals)
        return redirect(place.here if held or "stay" in data else place.following)

    deed = partial(filling.take_held, held=held) if held else filling.answer_section
    return attempt(
        request,
        deed,
        place.application,
        texts=typed.texts,
        aside=typed.aside,
        then=go_on,
        on_refusal=partial(_late, request, place, typed.all),
    )


def _late(request: HttpRequest, place: Place, typed: Mapping[str, str]) -> HttpResponse:
    """Keep in the history what came when nothing could be changed, and show it."""
    filling.set_aside(place.application, texts=typed, by=request.user, at=arrived_at(request))
    return _again(request, place, typed, [])


def _resolved(
    data: Mapping[str, str], typed: Mapping[str, str], answers: Mapping[str, Answer]
) -> dict[str, str]:
    """Return the texts after the choice between one's own and the colleague's; where theirs stays, none."""
    made: dict[str, str] = {}
    for key, text in typed.items():
        keep = data.get(f"keep-{key}", "mine")
        theirs = answers[key].text if key in answers else ""
        if keep != "theirs":
            made[key] = both(theirs, text) if keep == "both" else text
    return made


def _again(
    request: HttpRequest, place: Place, typed: Mapping[str, str], refusals: list[Refusal]
) -> HttpResponse:
    """Draw the page with all that was typed and what stands in the way."""
    answers = projects.answers_of(place.application.project.passport)
    by_field = {one.field: one for one in refusals}
    slots = []
    for one in place.fields:
        slot, refusal = _slot(one, answers.get(one.key)), by_field.get(one.key)
        if refusal is not None:
            slot.error = refusal.text
            slot.rival = refusal.answer if isinstance(refusal, Clash) else None
        slot.text = typed.get(one.key, slot.text)
        slots.append(slot)
    return _page(request, place, slots, answers, status=409 if refusals else 422)


def _slot(one: Field, answer: Answer | None) -> Slot:
    return Slot(one, answer.text if answer else "", Shown.of(answer))


def _page(
    request: HttpRequest,
    place: Place,
    slots: list[Slot],
    answers: Mapping[str, Answer],
    *,
    status: int = 200,
) -> HttpResponse:
    application = place.application
    texts = {key: answer.text for key, answer in answers.items()}
    _annotate(application, slots, texts)
    context = {
        "place": place,
        "application": application,
        "slots": slots,
        "problems": _problems(slots),
        "keeps": KEEPS,
        "until": queries.deadline_of(application),
        "saved_at": _last_saved(answers),
        "picture": picture_of(place.form, texts, place.fields) if place.section.code == STAGES else None,
        "others": others_in(application.project.passport, request),
        "crumbs": crumbs(application, place.section.title),
    }
    return render(request, "cabinet/section.html", context, status=status)


def _annotate(application: Application, slots: list[Slot], texts: Mapping[str, str]) -> None:
    """Tell at each field which criteria look at it and what is doubtful in it."""
    looked_at = _criteria_by_field(application)
    findings = queries.findings_of(application, texts)
    for slot in slots:
        head = slot.field.key.split(".")[0]
        slot.criteria = ", ".join(looked_at.get(slot.field.key, looked_at.get(head, [])))
        slot.findings = [one.message for one in findings if one.key == slot.field.key and one.code != "empty"]


def _problems(slots: list[Slot]) -> Form | None:
    """Return the errors as a form, for that is what the page's summary is made of."""
    wrong = [slot for slot in slots if slot.error]
    summary = Form({})
    for slot in wrong:
        summary.fields[slot.field.key] = forms.CharField(required=False)
        summary.add_error(slot.field.key, slot.error)
    return summary if wrong else None


def _criteria_by_field(application: Application) -> dict[str, list[str]]:
    """Return the criteria that look at each field: those of the nomination, if it has its own."""
    nomination = application.nomination
    own = nomination.remote_rubric_id if nomination else None
    found: dict[str, list[str]] = {}
    for criterion in Criterion.objects.filter(rubric=own or application.contest.remote_rubric_id):
        for key in criterion.fields:
            found.setdefault(key, []).append(f"К{criterion.number}")
    return found


def _last_saved(answers: Mapping[str, Answer]) -> str:
    last = max((one.saved_at for one in answers.values()), default=None)
    return _clock(last) if last else ""


def _clock(at: datetime) -> str:
    return f"{at.astimezone(MOSCOW):%H:%M:%S}"


@require_POST
def stages(request: HttpRequest, number: str) -> HttpResponse:
    """Add a stage or take the last one away; its texts wait for its return."""
    application = application_or_404(request, number)
    before, less = application.project.passport.stages, "less" in request.POST
    count = before - 1 if less else before + 1
    said = (
        f"Этап {before} убран. Его тексты сохранены: добавьте этап, и они вернутся."
        if less
        else f"Добавлен этап {count}."
    )
    return attempt(request, filling.change_stages, application, count=count, said=said)


routes = [
    path("applications/<str:number>/sections/<slug:code>/", section, name="section"),
    path("applications/<str:number>/stages/", stages, name="stages"),
]
