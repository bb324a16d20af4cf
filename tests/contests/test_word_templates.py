"""A contest's own Word form: taken when it reads back, refused with the cure, used everywhere."""

import io
from datetime import datetime

import docx  # noqa: TID253  # reason: the test edits Word files as people do
import pytest
from django.core.exceptions import PermissionDenied

from innoset.contests.actions import contests, word_templates
from innoset.contests.models import Contest
from innoset.contests.papers.word_forms import word_form
from innoset.contests.states import ContestState
from innoset.foundation.errors import Refusal
from innoset.network.states import Role
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.reading import read
from innoset.projects.pure.report_form import REPORT
from innoset.projects.pure.word_out import write_form
from innoset.projects.pure.word_template import starting_template
from tests import world

pytestmark = pytest.mark.django_db


def edited(*, without: str = "", heading: str = "Форма города") -> bytes:
    """Edit the sample as a methodist would."""
    document = docx.Document(io.BytesIO(starting_template(PASSPORT)))
    document.paragraphs[0].runs[0].text = heading
    if without:
        row = next(row for row in document.tables[0].rows if without in row.cells[2].text)
        document.tables[0]._tbl.remove(row._tr)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def contest() -> Contest:
    return world.contest()


def test_an_edited_form_is_taken_and_used(contest: Contest, at: datetime) -> None:
    by = world.member(contest.organiser, Role.ORGANISER)
    word_templates.set_word_template(contest, data=edited(), name="Наша форма.docx", by=by, at=at)
    contest.refresh_from_db()
    assert contest.word_template is not None
    assert contest.word_template.name == "Наша форма.docx"
    values = world.values() | {"6": "Длинный ответ. " * 12_000}
    data = word_form(contest, "passport", values, stages=3)
    reading = read(data, "x.docx", PASSPORT)
    assert {key: text for key, text in reading.fields.items() if text} == {
        key: text.strip() for key, text in values.items()
    }
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "Форма города"


def test_a_form_that_lost_a_field_is_refused_by_name(contest: Contest, at: datetime) -> None:
    by = world.member(contest.organiser, Role.ORGANISER)
    with pytest.raises(Refusal) as no:
        word_templates.set_word_template(
            contest, data=edited(without="{{ поле_6 }}"), name="x.docx", by=by, at=at
        )
    told = "Поле 6 «Основная идея» не читается из заполненного шаблона. Верните его строку с меткой {{ поле_6 }}."
    assert (no.value.text, no.value.field) == (told, "file")
    contest.refresh_from_db()
    assert contest.word_template is None


def test_a_template_that_would_run_for_ever_is_stopped(contest: Contest, at: datetime) -> None:
    loops = "{% for a in этапы %}" * 40 + "x" + "{% endfor %}" * 40
    by = world.member(contest.organiser, Role.ORGANISER)
    with pytest.raises(Refusal) as no:
        word_templates.set_word_template(contest, data=edited(heading=loops), name="x.docx", by=by, at=at)
    assert no.value.field == "file"


def test_the_official_form_returns_and_serves_when_the_template_does_not_fit(
    contest: Contest, at: datetime
) -> None:
    by = world.member(contest.organiser, Role.ORGANISER)
    word_templates.set_word_template(contest, data=edited(), name="x.docx", by=by, at=at)
    contest.refresh_from_db()
    report = {"I.1": "Школа № 5"}
    assert read(word_form(contest, "kip_report", report, stages=0), "", REPORT).fields["I.1"] == "Школа № 5"
    word_templates.drop_word_template(contest, by=by, at=at)
    contest.refresh_from_db()
    values = world.values()
    assert word_form(contest, "passport", values, stages=3) == write_form(PASSPORT, values, stages=3)


def test_a_copy_of_the_contest_takes_the_form_along(contest: Contest, at: datetime) -> None:
    by = world.member(contest.organiser, Role.ORGANISER)
    word_templates.set_word_template(contest, data=edited(), name="x.docx", by=by, at=at)
    contest.refresh_from_db()
    assert contests.copy_contest(contest, by=by, at=at).word_template == contest.word_template


def test_only_those_who_run_the_contest_and_only_while_it_lives(contest: Contest, at: datetime) -> None:
    with pytest.raises(PermissionDenied):
        word_templates.set_word_template(
            contest, data=edited(), name="x.docx", by=world.member(world.organisation()), at=at
        )
    by = world.member(contest.organiser, Role.ORGANISER)
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.CANCELLED)
    for deed in (
        lambda: word_templates.set_word_template(contest, data=edited(), name="x.docx", by=by, at=at),
        lambda: word_templates.drop_word_template(contest, by=by, at=at),
    ):
        with pytest.raises(Refusal) as no:
            deed()
        assert no.value.text == "Конкурс завершён или отменён: его форму уже не меняют."
