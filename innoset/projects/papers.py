"""What projects print: the yearly report and the booklet of a site."""

from collections.abc import Iterator, Mapping
from typing import Any

from innoset.documents.pure import booklet, report_paper
from innoset.documents.pure.blocks import Paper
from innoset.documents.pure.booklet import Booklet, StageLine
from innoset.documents.pure.report_paper import Answer, FigureLine, Part, ReportPaper, TaskLine
from innoset.projects.models import PassportVersion, Report, ReportVersion
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import stages_of
from innoset.projects.queries.passports import last_version_of
from innoset.projects.queries.report_facts import facts_of
from innoset.projects.queries.report_figures import figures_of
from innoset.projects.queries.reports import texts_of_report
from innoset.projects.states import TASK_LABELS, TaskState

DRAFT = "ЧЕРНОВИК"


def paper_of(version: ReportVersion) -> Paper:
    """Compose a version that was sent, as it was sent."""
    return report_paper.paper(sent_paper(version))


def sent_paper(version: ReportVersion) -> ReportPaper:
    """Return what the paper of a sent version says."""
    report, values = version.report, version.values
    tasks = [one for one in values["tasks"] if not one["is_next"]]
    return ReportPaper(
        **_frame(report, values["fields"]),
        tasks=tuple(_task(one) for one in tasks),
        planned=tuple(one["text"] for one in values["tasks"] if one["is_next"]),
        figures=tuple(FigureLine(one["title"], one["value"], len(one["rows"])) for one in version.figures),
        number=report.said_number,
        version=version.number,
        sent_at=version.made_at,
        accepted_at=report.accepted_at,
        digest=version.sha256,
    )


def draft_paper(report: Report) -> ReportPaper:
    """Return what the paper of a report says that is still being written."""
    tasks = list(report.tasks.all())
    return ReportPaper(
        **_frame(report, texts_of_report(report)),
        tasks=tuple(
            _task({"text": one.text, "state": one.state, "note": one.note})
            for one in tasks
            if not one.is_next
        ),
        planned=tuple(one.text for one in tasks if one.is_next),
        figures=tuple(FigureLine(one.title, one.value, len(one.rows)) for one in figures_of(report)),
        number=report.said_number,
        mark=DRAFT,
    )


def _frame(report: Report, texts: Mapping[str, str]) -> dict[str, Any]:
    form, owner = form_by_code(report.form_code), report.organisation
    return {
        "heading": form.title,
        "organisation": owner.name,
        "starts_on": report.starts_on,
        "ends_on": report.ends_on,
        "parts": tuple(_parts(report, texts)),
        "post": owner.head_position,
        "signatory": owner.head_name,
    }


def _parts(report: Report, texts: Mapping[str, str]) -> Iterator[Part]:
    form = form_by_code(report.form_code)
    for section in form.sections:
        fields = [one for one in form.fields if one.section == section.code]
        answers = (
            Answer(one.printed_number, one.label.rstrip(":."), texts.get(one.key, "")) for one in fields
        )
        yield Part(section.title, tuple(answers), is_table=section == form.sections[0])


def _task(one: Mapping[str, str]) -> TaskLine:
    return TaskLine(one["text"], TASK_LABELS[TaskState(one["state"])], one["note"])


def booklet_of(report: Report, *, link: str = "") -> Booklet:
    """Compose the booklet of a site from its report, its passport and its card."""
    facts, owner = facts_of(report), report.organisation
    version = last_version_of(report.project.passport) if report.project else None
    passport = facts.passport
    return Booklet(
        status=report.status.kind.title,
        theme=facts.title or facts.theme,
        organisation=owner.name,
        municipality=owner.municipality.name,
        address=owner.address,
        head=owner.head_name,
        head_post=owner.head_position,
        phone=owner.phone,
        email=owner.email,
        site=owner.site,
        aim=passport.get("4", ""),
        tasks=passport.get("5", ""),
        stages=_stages(version),
        results=tuple(f"{one.title}: {one.value}" for one in facts.figures if one.value),
        novelty=passport.get("9", ""),
        value=passport.get("10", ""),
        year=report.ends_on.year,
        link=link,
    )


def booklet_pdf(report: Report, *, link: str, at: Any) -> bytes:
    """Print the booklet."""
    return booklet.pdf(booklet_of(report, link=link), at=at)


def _stages(version: PassportVersion | None) -> tuple[StageLine, ...]:
    if version is None or version.form_code != "passport":
        return ()
    form = form_by_code(version.form_code)
    stages = stages_of(form, version.values)[: version.stages]
    return tuple(StageLine(one.period, one.name) for one in stages if not one.is_empty)
