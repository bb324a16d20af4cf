"""Canaries: words that only some may see, the scene where they are planted, and eyes that miss no channel."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from innoset.accounts.models import User
from innoset.conf import almanac
from innoset.contests import jobs
from innoset.contests.actions import expertise
from innoset.contests.models import Application, Contest
from innoset.contests.pure.annexes import WORD
from innoset.contests.states import ApplicationState
from innoset.foundation.files.actions import keep
from innoset.foundation.notify.models import Letter, Message
from innoset.network.models import Organisation
from innoset.network.states import Role
from innoset.review import actions as review
from innoset.review.models import Dossier, Round
from innoset.review.pure.scoring import Mark
from tests import world
from tests.pure.contests.test_annexes import word
from tests.review.scene import expert

AT = world.AT
# Whose work it is: persons, contacts, files. No expert of a blind round and no stranger sees them.
AUTHOR = (
    "Зябликов",
    "zyablik@",
    "9987766",
    "998-77-66",
    "kenar.example",
    "приказ Птицелова",
    "Птицелов-файл",
)
# What is public of an organisation by itself, but not on a desk.
PLACE = ("Кенарская", "СОШ № 4077", "Щегловск", "2399077777")
# Who judges: no applicant, no stranger and no other expert.
EXPERT = ("Коноплянкин", "Чечёткина", "Свиристелев", "Клестова")
# What a colleague wrote of the work.
MARKS = ("Канареечное замечание", "Канареечный вывод")
# What nobody has sent yet.
DRAFT = ("Канареечный черновик",)


@dataclass
class Cage:
    """The scene: a blind contest at its experts, and everybody who may look at it."""

    contest: Contest
    round: Round
    application: Application
    other: Application
    people: dict[str, User] = field(default_factory=dict)

    @property
    def dossier(self) -> Dossier:
        """Return the dossier of the work with the canaries."""
        found = self.application.dossier
        assert found is not None
        return found


def owner() -> Organisation:
    """An organisation that is a canary from head to foot."""
    place = world.municipality("Щегловский район", centre="Щегловск")
    return world.organisation(
        "МБОУ СОШ № 4077",
        name="Муниципальное бюджетное общеобразовательное учреждение «Кенарская СОШ № 4077»",
        municipality=place,
        head_name="Зябликов Пётр Ильич",
        email="kenar@kenar.example",
        phone="8 (861) 998-77-66",
        site="https://kenar.example",
        inn="2399077777",
    )


def cage(**fields: Any) -> Cage:
    """Plant the canaries and bring the contest to its experts."""
    contest = world.contest(
        sheets_per_application=2, defence_rubric=world.rubric("Защита", weights=(1,)), **fields
    )
    home = owner()
    author = world.member(home, Role.EDITOR, "Зябликов Захар Кенарович")
    answers = {
        "1": "Наставники в «Кенарская СОШ № 4077»",
        "2": "Зябликов Захар Кенарович, учитель, 8-918-998-77-66 zyablik@kenar.example",
        "3": "Зябликова Инна Ильинична, кандидат наук",
        "6": "МБОУ СОШ № 4077 (г. Щегловск, директор Зябликов П. И., kenar@kenar.example) ведёт проект.",
        "8": "Зябликова Захара Кенаровича поддержали. Подробнее: https://kenar.example/p",
    }
    sent = world.application(
        contest, home, ApplicationState.ADMITTED, answers=world.values(**answers), created_by=author
    )
    data = word("Приказ подписал Зябликов П. И., МБОУ СОШ № 4077, 8 (861) 998-77-66")
    file = keep(data, name="Птицелов-файл.docx", media_type=WORD[0], at=AT)
    sent.attachments.create(file=file, title="приказ Птицелова", added_at=AT, added_by=author)
    neighbour = world.application(contest, state=ApplicationState.ADMITTED)
    drafted = world.contest()
    world.application(drafted, home, answers={"6": "Канареечный черновик"}, created_by=author)
    jobs.read_attachments.func()
    by = contest.created_by
    here = expertise.start_expertise(contest, reason="Все подали", by=by, at=AT)
    sent.refresh_from_db()
    neighbour.refresh_from_db()
    made = Cage(
        contest, here, sent, neighbour, {"author": author, "neighbour": neighbour.created_by, "organiser": by}
    )
    _panel(made)
    return made


def _panel(made: Cage) -> None:
    """Seat four experts: one is writing, one has finished, one has not begun, one has a conflict."""
    here, by = made.round, made.contest.created_by
    names = {"writing": 0, "finished": 1, "waiting": 2, "recused": 3}
    for key, number in names.items():
        made.people[key] = expert(f"{EXPERT[number]} Инна Олеговна")
    made.people["outsider"] = expert("Дроздова Вера Ильинична")
    for key in names:
        review.invite_expert(here, person=made.people[key], by=by, at=AT)
        review.answer_invitation(
            here.seats.get(person=made.people[key]), accept=True, by=made.people[key], at=AT
        )
    for key in names:
        review.assign(here, dossier=made.dossier, expert=made.people[key], by=by, at=AT)
    other = made.other.dossier
    assert other is not None
    review.assign(here, dossier=other, expert=made.people["writing"], by=by, at=AT)
    review.open_round(here, by=by, at=AT)
    given = {one.expert_id: one for one in here.assignments.filter(dossier=made.dossier)}
    for key in ("writing", "finished"):
        review.declare(given[made.people[key].pk], by=made.people[key], at=AT)
    review.declare(given[made.people["recused"].pk], ground="coauthor", by=made.people["recused"], at=AT)
    sheet = given[made.people["finished"].pk].sheet
    marks = {one.pk: Mark(3, "Канареечное замечание") for one in here.rubric.criteria.all()}
    review.save_sheet(sheet, marks=marks, by=made.people["finished"], at=AT)
    review.finish_sheet(sheet, comment="Канареечный вывод", by=made.people["finished"], at=AT)


# What even a card of the organisation, open to everybody, does not tell.
CLOSED = ("Зябликов", "zyablik@", "приказ Птицелова", "Птицелов-файл")


def forbidden(role: str) -> tuple[str, ...]:
    """Return what the role may see nowhere but where a stranger sees it too."""
    if role == "stranger":
        return (*CLOSED, *EXPERT, *MARKS, *DRAFT)
    own = {"writing": 0, "finished": 1, "waiting": 2, "recused": 3}
    experts = tuple(name for number, name in enumerate(EXPERT) if own.get(role) != number)
    if role == "author":
        return (*experts, *MARKS)
    marks = () if role == "finished" else MARKS
    return (*AUTHOR, *experts, *marks, *DRAFT)


# ── Addresses ───────────────────────────────────────────────────────────────

_HOLE = re.compile(r"<(?:(\w+):)?(\w+)>")


def addresses(made: Cage, *, doors: tuple[str, ...] = ("",)) -> list[str]:
    """Return every address of these doors with the things of the scene in its holes, two ways at most."""
    found: dict[str, None] = {}
    for route, name, _ in almanac.guarded_views():
        if "(?P" in route or not name.startswith(doors) or "sign_out" in name or "logout" in name:
            continue
        holes = _HOLE.findall(route)
        for values in list(product(*(_fits(made, *hole) for hole in holes)))[:2]:
            found[_filled(route, values)] = None
    return list(found)


def _filled(route: str, values: tuple[object, ...]) -> str:
    rest = iter(values)
    return "/" + _HOLE.sub(lambda _: str(next(rest)), route)


def _fits(made: Cage, kind: str, name: str) -> list[object]:
    numbers = [made.application.number, made.application.organisation.number]
    known: dict[tuple[str, str], list[object]] = {
        ("slug", "code"): [made.contest.code],
        ("str", "code"): [made.dossier.code],
        ("str", "dossier"): [made.dossier.code],
        ("str", "number"): list(numbers),
        ("slug", "kind"): ["remote", "defence"],
        ("int", "number"): [1, made.round.pk],
        ("str", "mark"): [made.dossier.sha256[:16]],
        ("slug", "tour"): ["remote"],
        ("", "key"): ["x"],
    }
    return known.get((kind, name), [1] if kind == "int" else ["x"])


# ── Eyes ────────────────────────────────────────────────────────────────────


def words_in(response: Any) -> str:
    """Return all that an answer tells: headers, text, the inside of archives and PDFs with their metadata."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    head = f"{response.headers} {response.cookies.output()}"
    return f"{head}\n{_inside(content)}"


def _inside(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return _of_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(f"{name}\n{_inside(archive.read(name))}" for name in archive.namelist())
    text = content.decode("utf-8", "replace")
    return re.sub(r"<[^<>]*>", "", text) if text.startswith("<?xml") else text


def _of_pdf(content: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(content))
        told = [str(reader.metadata), *(page.extract_text() for page in reader.pages)]
    except PyPdfError:
        return content.decode("latin-1")
    return "\n".join(told)


def seen(text: str, canaries: tuple[str, ...]) -> list[str]:
    """Return the canaries that the text shows, in any case of letters."""
    small = text.casefold()
    return [canary for canary in canaries if canary.casefold() in small]


def post_of(person: User) -> list[str]:
    """Return all that the person was written."""
    letters = [f"{one.subject} {one.body}" for one in Letter.objects.filter(address=person.email)]
    return [*letters, *(f"{one.title} {one.text}" for one in Message.objects.filter(recipient=person))]


# ── Leaks that are planted to be found ──────────────────────────────────────

LEAK = "Утечкин"


def _content(made: Cage) -> None:
    made.dossier.content[0]["text"] += f" {LEAK}"
    Dossier.objects.filter(pk=made.dossier.pk).update(content=made.dossier.content)


def _stage(made: Cage) -> None:
    Dossier.objects.filter(pk=made.dossier.pk).update(
        stages=[{"name": LEAK, "start": "2027-01", "end": "2027-05"}]
    )


def _file(made: Cage) -> None:
    made.dossier.files.add(keep(word(LEAK), name="файл.docx", media_type=WORD[0], at=AT))


def _metadata(made: Cage) -> None:
    from docx import Document  # reason: slow to load

    file, target = Document(), io.BytesIO()
    file.core_properties.author = LEAK
    file.save(target)
    made.dossier.files.add(keep(target.getvalue(), name="файл.docx", media_type=WORD[0], at=AT))


def _colleague(made: Cage) -> None:
    sheet = made.round.assignments.get(expert=made.people["writing"], dossier=made.dossier).sheet
    sheet.scores.create(criterion=made.round.rubric.criteria.all()[0], value=1, comment=LEAK, saved_at=AT)


LEAKS: dict[str, Callable[[Cage], object]] = {
    "text": _content,
    "title": lambda made: Dossier.objects.filter(pk=made.dossier.pk).update(title=LEAK),
    "group": lambda made: Dossier.objects.filter(pk=made.dossier.pk).update(group=LEAK),
    "stage": _stage,
    "file": _file,
    "metadata": _metadata,
    "round": lambda made: Round.objects.filter(pk=made.round.pk).update(title=LEAK),
    "criterion": lambda made: made.round.rubric.criteria.filter(number=1).update(title=LEAK),
    "mark": _colleague,
    "letter": lambda made: Letter.objects.filter(address=made.people["writing"].email).update(body=LEAK),
}
