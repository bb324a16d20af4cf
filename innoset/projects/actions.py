"""What can be done to a project: fill its passport field by field, freeze it, read it from Word."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.kinds import kind_of
from innoset.network.models import Organisation, Status
from innoset.projects import queries
from innoset.projects.models import Answer, Passport, PassportVersion, Project, WordImport
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Field, clean, digest
from innoset.projects.pure.reading import read
from innoset.projects.pure.word_in import lines_of_blocks, read_document

TITLE = "1"
"""The key of the field that names the project."""
TITLED_FORM = "passport"
"""The form whose field names the project."""
LONGEST_TITLE = 500
MOST_SIGNS = 200_000
"""No answer of a person is longer; what is, came by mistake or from a machine."""


class Clash(Refusal):
    """Two people wrote the same field: `answer` is what the colleague saved, `mine` what was sent now."""

    def __init__(self, field: Field, answer: Answer | None, mine: str) -> None:
        who = answer.saved_by.short_name if answer and answer.saved_by else "другой сотрудник"
        super().__init__(
            f"Поле {field.printed_number} «{field.name}» изменил другой человек ({who}). "
            "Сравните тексты и выберите, какой оставить.",
            field=field.key,
        )
        self.answer = answer
        self.mine = mine


def start_project(
    organisation: Organisation, *, title: str, form_code: str, by: Any, at: datetime
) -> Project:
    """Begin a project of an organisation with an empty passport after the form.

    A form that does not ask for a title lends its own.
    """
    named = title or ("" if form_code == TITLED_FORM else form_by_code(form_code).title)
    project = Project(organisation=organisation, title=named, created_at=at, created_by=by)
    return _start_project(project, form_code=form_code, by=by, at=at)


@action("projects.start_project")
def _start_project(project: Project, *, form_code: str, by: Any, at: datetime) -> Project:
    form = form_by_code(form_code)
    project.save()
    passport = Passport.objects.create(
        project=project,
        form_code=form.code,
        form_version=form.version,
        stages=form.usual_stages,
        created_at=at,
    )
    if project.title and form.code == TITLED_FORM:
        Answer.objects.create(passport=passport, key=TITLE, text=project.title, saved_at=at, saved_by=by)
    return project


@action("projects.save_answer")
def save_answer(
    passport: Passport, *, key: str, text: str, by: Any, at: datetime, seen: int | None = None
) -> Answer:
    """Save the text of one field. `seen` is the version that the page showed (0: none yet).

    Raise Clash when somebody has changed the field since; the same text twice is no change.
    """
    field = _field(passport, key)
    answer = _write(passport, field, text, by=by, at=at, seen=seen)
    ledger.note(key=key, version=answer.version, length=len(answer.text))
    return answer


def _field(passport: Passport, key: str) -> Field:
    for field in queries.fields_in(passport):
        if field.key == key:
            return field
    raise Refusal("Такого поля в форме нет: возможно, этап уже убрали. Обновите страницу.")


def _write(
    passport: Passport, field: Field, text: str, *, by: Any, at: datetime, seen: int | None = None
) -> Answer:
    kept = clean(text)
    if len(kept) > MOST_SIGNS:
        raise Refusal(
            f"Поле {field.printed_number} «{field.name}» не сохранено: текст длиннее 200 000 знаков. "
            "Сократите его или приложите файлом.",
            field=field.key,
        )
    answer = passport.answers.select_related("saved_by").filter(key=field.key).first()
    if answer is not None and answer.text == kept:
        return answer
    if seen is not None and seen != (answer.version if answer else 0):
        raise Clash(field, answer, kept)
    if answer is None:
        answer = Answer(passport=passport, key=field.key, version=0)
    answer.text, answer.version, answer.saved_at, answer.saved_by = kept, answer.version + 1, at, by
    answer.save()
    if _names_project(passport, field):
        _name_project(passport, kept)
    return answer


def _name_project(passport: Passport, text: str) -> None:
    title = " ".join(text.split())[:LONGEST_TITLE]
    Project.objects.filter(pk=passport.project_id).update(title=title)


def _names_project(passport: Passport, field: Field) -> bool:
    """Tell whether the field is the title; once sent, the title waits for the next sending."""
    return field.key == TITLE and passport.form_code == TITLED_FORM and not passport.versions.exists()


@action("projects.set_stage_count")
def set_stage_count(passport: Passport, count: int, *, by: Any, at: datetime) -> None:
    """Make the passport have so many stages; texts of a stage taken away wait for its return."""
    stages = queries.form_of(passport).stages
    if stages is None:
        raise Refusal("В этой форме нет этапов.")
    if not 1 <= count <= stages.most:
        raise Refusal(f"Этапов может быть от 1 до {stages.most}.")
    ledger.note(before=passport.stages, after=count)
    passport.stages = count
    passport.save(update_fields=["stages"])


@action("projects.freeze")
def freeze(passport: Passport, *, by: Any, at: datetime) -> PassportVersion:
    """Keep what is written now for ever; unchanged content gives the version that is there already."""
    values = queries.values_of(passport)
    sha256 = digest(passport.form_code, passport.form_version, values)
    last = queries.last_version_of(passport)
    if last is not None and (last.sha256, last.stages) == (sha256, passport.stages):
        return last
    version = PassportVersion.objects.create(
        passport=passport,
        number=last.number + 1 if last else 1,
        form_code=passport.form_code,
        form_version=passport.form_version,
        stages=passport.stages,
        values=values,
        sha256=sha256,
        made_at=at,
        made_by=by,
    )
    if passport.form_code == TITLED_FORM:
        _name_project(passport, values.get(TITLE, ""))
    ledger.note(version=version.number, sha256=sha256)
    return version


@action("projects.return_to")
def return_to(passport: Passport, *, version: PassportVersion, by: Any, at: datetime) -> None:
    """Make the passport say again what a version says; the texts that go are written into the log."""
    if version.passport_id != passport.pk:
        raise Refusal("Эта версия принадлежит другому паспорту.")
    before = queries.values_of(passport)
    passport.stages = version.stages
    passport.save(update_fields=["stages"])
    gone = {key: text for key, text in before.items() if version.values.get(key, "") != text}
    for field in queries.fields_in(passport):
        _put(passport, field, version.values.get(field.key, ""), by=by, at=at)
    ledger.note(version=version.number, was=gone)


def _put(passport: Passport, field: Field, text: str, *, by: Any, at: datetime) -> None:
    if text or passport.answers.filter(key=field.key).exists():
        _write(passport, field, text, by=by, at=at)


@action("projects.attach_status")
def attach_status(project: Project, *, status: Status, by: Any, at: datetime) -> None:
    """Tie a granted status to the project that won it."""
    project.status = status
    project.save(update_fields=["status"])
    ledger.note(status=status.pk)


@action("projects.keep_word")
def keep_word(passport: Passport, *, data: bytes, name: str, by: Any, at: datetime) -> WordImport:
    """Keep a Word file and what was read from it; nothing in the passport changes yet."""
    if not data:
        raise Refusal(f"Файл «{name}» пустой. Выберите другой файл.", field="file")
    reading = read(data, name, queries.form_of(passport)).as_json()
    if reading["outcome"] != "ok":
        raise Refusal(str(reading["reason"]), field="file")
    reading["document"] = list(lines_of_blocks(read_document(data).blocks))
    stored = files.keep(data, name=name, media_type=kind_of(data), at=at, by=by)
    return WordImport.objects.create(
        passport=passport, file=stored, reading=reading, created_at=at, created_by=by
    )


@action("projects.apply_word")
def apply_word(
    word_import: WordImport, *, keys: Collection[str], leftovers: Mapping[int, str], by: Any, at: datetime
) -> int:
    """Carry the ticked fields and the placed leftovers into the passport; return how many changed.

    What a tick replaces is written into the import, so that nothing typed is lost.
    """
    reading, passport = word_import.reading, _grown(word_import, keys)
    was: dict[str, str] = {}
    wanted = {key: text for key, text in reading["fields"].items() if key in keys and text}
    changed = sum(_carry(passport, key, text, was, by=by, at=at) for key, text in wanted.items())
    for number, key in sorted(leftovers.items()):
        changed += _append(passport, key, reading["leftovers"][number], by=by, at=at)
    if signed := reading.get("signed_on"):
        Passport.objects.filter(pk=passport.pk).update(signed_on=date.fromisoformat(signed))
    word_import.applied = {
        "keys": sorted({*word_import.applied.get("keys", []), *wanted}),
        "leftovers_to": {str(number): key for number, key in sorted(leftovers.items())},
        "was": {**word_import.applied.get("was", {}), **was},
    }
    word_import.applied_at = at
    word_import.save(update_fields=["applied", "applied_at"])
    ledger.note(keys=sorted(wanted), leftovers=len(leftovers), changed=changed)
    return changed


def _grown(word_import: WordImport, keys: Collection[str]) -> Passport:
    """Lock the passport and give it the stages that the ticked fields speak of."""
    passport = Passport.objects.select_for_update().get(pk=word_import.passport_id)
    form = queries.form_of(passport)
    if form.stages is not None:
        head = f"{form.stages.head}."
        asked = [int(key.split(".")[1]) for key in keys if key.startswith(head)]
        wanted = min(max([passport.stages, *asked]), form.stages.most)
        if wanted != passport.stages:
            passport.stages = wanted
            passport.save(update_fields=["stages"])
    return passport


def _carry(passport: Passport, key: str, text: str, was: dict[str, str], *, by: Any, at: datetime) -> bool:
    field = _field(passport, key)
    before = passport.answers.filter(key=key).values_list("text", flat=True).first() or ""
    if before == clean(text):
        return False
    if before:
        was[key] = before
    _write(passport, field, text, by=by, at=at)
    return True


def _append(passport: Passport, key: str, text: str, *, by: Any, at: datetime) -> bool:
    field = _field(passport, key)
    before = passport.answers.filter(key=key).values_list("text", flat=True).first() or ""
    if clean(text) in before:
        return False
    _write(passport, field, f"{before}\n{text}" if before else text, by=by, at=at)
    return True
