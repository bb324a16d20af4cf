"""Every door that hands out a kept file has one gate: what waits for the virus scanner does not pass it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import innoset
from innoset.accounts.models import User
from innoset.contests.models import (
    Application,
    Attachment,
    Confirmation,
    Contest,
    Council,
    FormalCheck,
    Meeting,
    Seat,
    Sitting,
    Submission,
)
from innoset.contests.states import (
    ApplicationState,
    ConfirmationWay,
    ContestState,
    MeetingState,
    SittingState,
)
from innoset.documents.models import Minutes, Paper
from innoset.foundation.audit.ledger import address_of
from innoset.foundation.files.actions import keep
from innoset.foundation.files.kinds import PDF
from innoset.foundation.files.models import StoredFile
from innoset.foundation.files.states import Scan
from innoset.network.actions.threads import open_thread
from innoset.network.models import Agreement, Dissemination, Grant, Thread
from innoset.network.states import Role
from innoset.projects.models import Project, Roadmap, RoadmapImport, WordImport
from innoset.review.models import PanelSeat, Round
from innoset.review.states import RoundState, SeatState
from tests import world
from tests.projects import report_scene

SOURCE = Path(innoset.__path__[0])
AT = world.AT
CONTENT = b"%PDF-1.7 a file that waits"
S = ApplicationState

READERS = {
    "contests/actions/confirmations.py": "checks a signature over the PDF that the house has printed",
    "contests/papers/word_forms.py": "fills the contest's template, once the gate lets it",
    "contests/queries/checks.py": "tells whether a file is what it was taken for",
    "foundation/files/actions/scans.py": "gives it to the scanner",
    "foundation/files/queries.py": "the gate itself",
}
"""Who reads the bytes of kept files past the gate, and what for."""

Door = tuple[Client, str]


def given() -> StoredFile:
    return keep(CONTENT, name="Файл.pdf", media_type=PDF, at=AT, by=world.person())


def sent(contest: Contest | None = None, state: ApplicationState = S.SUBMITTED) -> Application:
    return world.application(contest or world.contest(), state=state)


def paper(about: Application, number: str = "К-1", kind: str = "letter") -> Paper:
    return Paper.objects.create(
        kind=kind, number=number, title="Письмо", sha256="0" * 64, issued_at=AT,
        subject=address_of(about), pdf=given(),
    )  # fmt: skip


def mine(name: str, application: Application, *rest: object) -> Door:
    client = world.signed_in(application.created_by)
    return client, reverse(f"cabinet:{name}", args=[application.number, *rest])


def at_office(name: str, contest: Contest, *rest: object, by: User | None = None) -> Door:
    return world.signed_in(by or contest.created_by), reverse(f"office:{name}", args=[contest.code, *rest])


def attached() -> tuple[Application, Attachment]:
    to = sent()
    return to, Attachment.objects.create(application=to, file=given(), added_at=AT, added_by=to.created_by)


def attachment() -> Door:
    return mine("attachment", attached()[0], 1)


def application_file() -> Door:
    to, one = attached()
    return at_office("application_file", to.contest, to.number, one.pk)


def word_original() -> Door:
    to = world.application()
    WordImport.objects.create(
        passport=to.project.passport, file=given(), reading={}, created_at=AT, created_by=to.created_by
    )
    return mine("word_original", to, 1)


def roadmap_table() -> Door:
    school = world.organisation()
    editor = world.member(school)
    project = world.project(school, by=editor)
    Project.objects.filter(pk=project.pk).update(number="2026-0900")
    roadmap = Roadmap.objects.create(
        kind="roadmap", project=project, organisation=school, title="Карта", created_at=AT, created_by=editor
    )
    kept = RoadmapImport.objects.create(roadmap=roadmap, file=given(), created_at=AT, created_by=editor)
    return world.signed_in(editor), reverse("cabinet:roadmap_original", args=["2026-0900", kept.pk])


def paper_of_application() -> Door:
    to = sent()
    return mine("paper", to, paper(to).number)


def sending_of(to: Application, **fields: Any) -> Application:
    assert to.version is not None
    Submission.objects.create(
        application=to, version=to.version, number=1, key="k", sent_at=AT, sent_by=to.created_by,
        sha256="0" * 64, receipt=paper(to, kind="receipt"), **fields,
    )  # fmt: skip
    return to


def receipt_pdf() -> Door:
    return mine("receipt_pdf", sending_of(sent()), 1)


def application_letter() -> Door:
    to = sent()
    check = FormalCheck.objects.create(
        application=to, outcome="conforms", checked_at=AT, checked_by=to.contest.created_by, letter=paper(to)
    )
    return at_office("application_letter", to.contest, to.number, check.pk)


def confirmation(way: ConfirmationWay, **files: StoredFile) -> Application:
    to = sent()
    assert to.version is not None
    Confirmation.objects.create(
        application=to, version=to.version, way=way, sha256="0" * 64, pdf=given(), pdf_sha256="1" * 64,
        asked_at=AT, asked_by=to.created_by, **files,
    )  # fmt: skip
    return to


def confirm_pdf() -> Door:
    return mine("confirm_pdf", confirmation(ConfirmationWay.SCAN), "1" * 64)


def confirm_evidence() -> Door:
    to = confirmation(ConfirmationWay.SCAN, scan=given())
    return mine("confirm_evidence", to, "1" * 64)


def confirmed(name: str) -> Door:
    to = confirmation(ConfirmationWay.SCAN, scan=given())
    sending_of(to, confirmation=Confirmation.objects.get())
    return at_office(name, to.contest, to.number, "1" * 64)


def confirmed_pdf() -> Door:
    return confirmed("confirmed_pdf")


def confirmed_evidence() -> Door:
    return confirmed("confirmed_evidence")


def contest_regulation() -> Door:
    return at_office("contest_regulation", world.contest(regulation=given()))


def contest_paper() -> Door:
    contest = world.contest(regulation=given())
    return Client(), reverse("public:contest_paper", args=[contest.code, "regulation"])


def public_order() -> Door:
    contest = world.contest(ContestState.FINISHED, order=world.order(pdf=given()))
    return Client(), reverse("public:contest_paper", args=[contest.code, "order"])


def order_file() -> Door:
    contest = world.contest(ContestState.COUNCIL, order=world.order(pdf=given()))
    return at_office("order_file", contest, "pdf")


def minutes_file() -> Door:
    contest = world.contest(ContestState.COUNCIL)
    council = Council.objects.create(title="Совет", organisation=contest.organiser)
    chair = Seat.objects.create(council=council, person=world.person(), part=Seat.Part.CHAIR).person
    world.membership(chair, contest.organiser, Role.CHAIR)
    kept = Minutes.objects.create(
        number="7", held_on=AT.date(), title="Протокол", sha256="0" * 64, created_at=AT, pdf=given()
    )
    Sitting.objects.create(
        contest=contest, council=council, number="7", held_at=AT, state=SittingState.CLOSED, minutes=kept,
        opened_at=AT, closed_at=AT,
    )  # fmt: skip
    return at_office("council_minutes", contest, "pdf", by=chair)


def meeting_minutes() -> Door:
    council = Council.objects.create(title="Совет", organisation=world.organisation())
    chair = Seat.objects.create(council=council, person=world.person(), part=Seat.Part.CHAIR).person
    kept = Minutes.objects.create(
        number="8", held_on=AT.date(), title="Протокол", sha256="0" * 64, created_at=AT, pdf=given()
    )
    meeting = Meeting.objects.create(
        council=council, number="8", held_at=AT, state=MeetingState.CLOSED, minutes=kept, closed_at=AT,
        created_at=AT, created_by=chair,
    )  # fmt: skip
    return world.signed_in(chair), reverse("office:meeting_minutes", args=[meeting.pk, "pdf"])


def annex() -> Door:
    dossier, watcher = world.dossier(), world.person()
    dossier.files.set([given()])
    here = Round.objects.create(
        title="Заочная экспертиза", organiser=world.organisation(), rubric=world.rubric(),
        opens_at=AT, closes_at=world.DEADLINE, state=RoundState.OPEN,
    )  # fmt: skip
    here.dossiers.add(dossier)
    PanelSeat.objects.create(
        round=here,
        person=watcher,
        state=SeatState.ACCEPTED,
        role=PanelSeat.Part.OBSERVER,
        invited_at=AT,
        answered_at=AT,
    )
    return world.signed_in(watcher), reverse("desk:annex", args=[dossier.code, 1])


def thread_file() -> Door:
    own, other = world.organisation(), world.organisation()
    head, reader = world.member(own, Role.HEAD), world.member(other, Role.HEAD)
    thread = open_thread(
        Thread(subject="Файл"), organisation=own, addressee=other, text="Во вложении", by=head, at=AT
    )
    thread.posts.get().files.set([given()])
    return world.signed_in(reader), reverse("cabinet:thread_file", args=[thread.number, 1, 1])


def accepted_report() -> Door:
    scene = report_scene.scene()
    report = report_scene.sent(scene)
    report.versions.update(pdf=given())
    return world.signed_in(scene.organiser), reverse("office:report_paper", args=[report.number, "pdf"])


def signed_agreement() -> Door:
    centre, partner = world.organisation(), world.organisation()
    made = Agreement.objects.create(
        number="1", signed_on=AT.date(), municipality=partner.municipality, organisation=centre, partner=partner,
        file=given(),
    )  # fmt: skip
    return world.signed_in(world.member(centre, Role.ORGANISER)), reverse(
        "office:agreement_file", args=[made.pk]
    )


def shared(door: str) -> Door:
    school = world.organisation()
    made = Dissemination.objects.create(
        organisation=school, kind="seminar", title="Семинар", on=AT.date(), recorded_at=AT, file=given()
    )
    return world.signed_in(world.member(school, Role.HEAD)), reverse(
        f"{door}:dissemination_file", args=[made.pk]
    )


def shared_in_cabinet() -> Door:
    return shared("cabinet")


def shared_in_office() -> Door:
    return shared("office")


def won_grant() -> Door:
    school = world.organisation()
    made = Grant.objects.create(
        organisation=school, programme="Школа открытий", year=2025, recorded_at=AT, file=given()
    )
    reader = world.member(school, Role.HEAD)
    return world.signed_in(reader), reverse("cabinet:winning_file", args=["grants", made.pk])


DOORS: dict[str, tuple[Callable[[], Door], ...]] = {
    "innoset.web.cabinet.attachments.attachment": (attachment,),
    "innoset.web.cabinet.evidence.proof": (shared_in_cabinet,),
    "innoset.web.cabinet.threads.file": (thread_file,),
    "innoset.web.cabinet.winnings.proof": (won_grant,),
    "innoset.web.cabinet.word_imports.original": (word_original,),
    "innoset.web.cabinet.applications.paper": (paper_of_application,),
    "innoset.web.cabinet.sendings.receipt_pdf": (receipt_pdf,),
    "innoset.web.cabinet.confirmations.document": (confirm_pdf,),
    "innoset.web.cabinet.confirmations.evidence": (confirm_evidence,),
    "innoset.web.desk.reading.annex": (annex,),
    "innoset.web.office.agreements.file": (signed_agreement,),
    "innoset.web.office.confirmations.document": (confirmed_pdf,),
    "innoset.web.office.confirmations.evidence": (confirmed_evidence,),
    "innoset.web.office.contest_applications.attachment": (application_file,),
    "innoset.web.office.contest_applications.letter": (application_letter,),
    "innoset.web.office.contest_parts.regulation": (contest_regulation,),
    "innoset.web.office.council.minutes_file": (minutes_file,),
    "innoset.web.office.evidence.proof": (shared_in_office,),
    "innoset.web.office.meetings.minutes": (meeting_minutes,),
    "innoset.web.office.orders.order_file": (order_file,),
    "innoset.web.office.report.paper": (accepted_report,),
    "innoset.web.public.contests.paper": (contest_paper, public_order),
    "innoset.web.roadmaps.files.original": (roadmap_table,),
}
SCENES = [scene for scenes in DOORS.values() for scene in scenes]


def callers_of(name: str, source: Path) -> Iterator[str]:
    """Yield the functions under the folder that call the one imported by this name from the downloads."""
    for path in sorted(source.rglob("*.py")):
        tree = ast.parse(path.read_text())
        imported = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "innoset.web.ui.download"
            and name in {one.name for one in node.names}
            for node in ast.walk(tree)
        )
        module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for function in tree.body if imported else []:
            if isinstance(function, ast.FunctionDef) and calls(function, name):
                yield f"{module}.{function.name}"


def calls(function: ast.AST, name: str) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
        for node in ast.walk(function)
    )


def test_every_door_is_known_here() -> None:
    assert sorted(callers_of("hand_out", SOURCE / "web")) == sorted(DOORS)


def test_nobody_else_reads_kept_files() -> None:
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            is_from = isinstance(node, ast.ImportFrom) and node.module in {
                "innoset.foundation.files.storage",
                "innoset.foundation.files",
            }
            if is_from and {one.name for one in node.names} & {"read", "path_of", "storage"}:  # type: ignore[attr-defined]  # an import, as just asked
                found.add(str(path.relative_to(SOURCE)))
    assert found - {"foundation/files/actions/files.py"} == set(READERS)  # that one only puts


@pytest.mark.django_db
@pytest.mark.parametrize("scene", SCENES, ids=[scene.__name__ for scene in SCENES])
def test_file_passes_the_door_as_the_scanner_says(scene: Callable[[], Door]) -> None:
    client, url = scene()
    seen = {}
    for scan in Scan:
        StoredFile.objects.update(scan=scan)
        answer: Any = client.get(url)
        page = answer.content.decode(errors="replace")
        said = [words for words in ("ждёт проверки на вирусы", "найден вирус") if words in page]
        seen[scan] = (answer.status_code, answer.content == CONTENT, said)
    assert seen == {
        Scan.OFF: (200, True, []),
        Scan.WAITING: (403, False, ["ждёт проверки на вирусы"]),
        Scan.CLEAN: (200, True, []),
        Scan.INFECTED: (403, False, ["найден вирус"]),
    }


@pytest.mark.django_db
def test_giver_gets_back_what_waits_and_nobody_else_of_the_team() -> None:
    to, one = attached()
    StoredFile.objects.update(scan=Scan.WAITING, created_by=to.created_by)
    url = reverse("cabinet:attachment", args=[to.number, 1])
    colleague = world.signed_in(world.member(to.organisation))
    statuses = [client.get(url).status_code for client in (world.signed_in(to.created_by), colleague)]
    assert (statuses, one.file.pk) == ([200, 403], StoredFile.objects.get().pk)


@pytest.mark.django_db
def test_closed_page_does_not_name_the_file() -> None:
    """An expert may not learn whose file it is."""
    client, url = annex()
    StoredFile.objects.update(scan=Scan.WAITING, name="МБОУ СОШ № 7.pdf")
    assert "СОШ" not in client.get(url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("scene", SCENES, ids=[scene.__name__ for scene in SCENES])
def test_every_file_is_sealed(scene: Callable[[], Door]) -> None:
    client, url = scene()
    answer = client.get(url)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    ours = {
        confirm_pdf,
        confirmed_pdf,
        paper_of_application,
        receipt_pdf,
        application_letter,
        public_order,
        order_file,
        minutes_file,
    }
    assert answer["Content-Disposition"].split(";")[0] == ("inline" if scene in ours else "attachment")
