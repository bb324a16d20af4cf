"""Declaring, scoring, finishing, reopening."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Message
from innoset.foundation.workflow import WrongState
from innoset.review import actions, queries
from innoset.review.actions import marks
from innoset.review.models import (
    Assignment,
    ConflictDeclaration,
    RoundRubric,
    Score,
    ScoreChange,
    ScoreSheet,
)
from innoset.review.pure.scoring import Mark
from innoset.review.states import AssignmentState, RoundState, SheetState
from tests import world
from tests.review.scene import finished, given, opened, scene, seated

pytestmark = pytest.mark.django_db


def test_before_the_declaration_nothing_may_be_read() -> None:
    here = scene()
    assignment = given(here)
    person = here.experts[0]
    assert not queries.dossiers_visible_to(person).exists()
    assert not queries.sheets_of(person).exists()
    actions.declare(assignment, by=person, at=world.AT)
    assert list(queries.dossiers_visible_to(person)) == [here.dossiers[0]]
    assert queries.sheets_of(person).count() == 1
    assert not queries.dossiers_visible_to(here.experts[1]).exists()


def test_no_conflict_opens_a_sheet(at: datetime) -> None:
    here = scene()
    assignment = given(here)
    actions.declare(assignment, by=here.experts[0], at=at)
    declaration = ConflictDeclaration.objects.get()
    assert (declaration.has_conflict, declaration.ground, declaration.declared_at) == (False, "", at)
    assert (assignment.state, assignment.sheet.state) == (AssignmentState.CLEARED, SheetState.OPEN)
    with pytest.raises(WrongState):
        actions.declare(assignment, by=here.experts[0], at=at)


def test_a_conflict_recuses_tells_the_organiser_and_frees_the_place(at: datetime) -> None:
    here = scene()
    assignment = given(here)
    actions.declare(assignment, ground="coauthor", note="Писали вместе", by=here.experts[0], at=at)
    assert assignment.state == AssignmentState.RECUSED
    assert not ScoreSheet.objects.exists()
    message = Message.objects.get(notice="review.recused")
    assert (message.recipient, message.text) == (
        here.organiser,
        (
            f"Агеева Анна Олеговна заявляет о конфликте интересов по делу {here.dossiers[0].code}.\n"
            "Причина: Участвовал в проекте. Писали вместе.\nНазначьте другого эксперта."
        ),
    )
    assert queries.progress_of(here.round).unassigned == 4


def test_a_conflict_found_later_recuses_too(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    actions.declare(sheet.assignment, ground="relative", by=here.experts[0], at=at)
    assert ConflictDeclaration.objects.get().ground == "relative"
    assert not queries.dossiers_visible_to(here.experts[0]).exists()


@pytest.mark.parametrize(
    ("ground", "note", "words", "field"),
    [
        ("enemy", "", "из списка", "ground"),
        ("other", "  ", "Пояснение", "note"),
        ("other", "а" * 501, "до 500 знаков", "note"),
    ],
)
def test_a_ground_must_be_told(at: datetime, ground: str, note: str, words: str, field: str) -> None:
    here = scene()
    with pytest.raises(Refusal, match=words) as no:
        actions.declare(given(here), ground=ground, note=note, by=here.experts[0], at=at)
    assert no.value.field == field


def test_only_the_expert_declares_and_scores(at: datetime) -> None:
    here = scene()
    assignment, sheet = given(here), opened(here, dossier=1)
    criterion = here.rubric.criteria.get(number=1)
    for stranger in (here.experts[1], here.organiser):
        with pytest.raises(PermissionDenied):
            actions.declare(assignment, by=stranger, at=at)
        with pytest.raises(PermissionDenied):
            actions.score(sheet, criterion=criterion, value=3, by=stranger, at=at)
        with pytest.raises(PermissionDenied):
            actions.finish_sheet(sheet, by=stranger, at=at)


def test_who_left_the_panel_scores_no_more(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    here.round.seats.filter(person=here.experts[0]).update(state="declined")
    with pytest.raises(PermissionDenied):
        actions.save_sheet(sheet, marks={}, comment="", by=here.experts[0], at=at)


def test_each_mark_is_saved_on_its_own_and_again_without_harm(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    by, criterion = here.experts[0], here.rubric.criteria.get(number=1)
    assert not here.rubric.is_frozen
    for _ in range(2):
        actions.score(sheet, criterion=criterion, value=3, by=by, at=at)
    actions.score(sheet, criterion=criterion, comment=" Мало данных. ", by=by, at=at)
    only = Score.objects.get()
    assert (only.value, only.comment, only.saved_at) == (3, "Мало данных.", at)
    here.rubric.refresh_from_db()
    assert here.rubric.is_frozen


def test_a_mark_outside_the_scale_or_of_another_rubric_is_refused(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    by, criterion = here.experts[0], here.rubric.criteria.get(number=1)
    with pytest.raises(Refusal, match="нет такого балла") as no:
        actions.score(sheet, criterion=criterion, value=6, by=by, at=at)
    assert no.value.field == "k1"
    foreign = world.rubric().criteria.first()
    assert foreign is not None
    with pytest.raises(Refusal, match="нет"):
        actions.score(sheet, criterion=foreign, value=1, by=by, at=at)
    with pytest.raises(Refusal, match="нет"):
        actions.save_sheet(sheet, marks={foreign.pk: Mark(1)}, by=by, at=at)
    with pytest.raises(Refusal, match="до 5000 знаков: сейчас их 5001"):
        actions.score(sheet, criterion=criterion, comment="а" * 5001, by=by, at=at)
    assert not Score.objects.exists()


def test_a_whole_sheet_is_saved_without_losing_what_was_there(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    one, two = here.rubric.criteria.all()
    by = here.experts[0]
    actions.score(sheet, criterion=two, value=4, by=by, at=at)
    actions.save_sheet(
        sheet, marks={one.pk: Mark(2, "Слабо."), two.pk: Mark()}, comment=" Вывод ", by=by, at=at
    )
    sheet.refresh_from_db()
    assert sheet.comment == "Вывод"
    assert list(sheet.scores.values_list("criterion__number", "value", "comment")) == [
        (1, 2, "Слабо."),
        (2, 4, ""),
    ]


def test_finishing_names_what_is_missing(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    one, _ = here.rubric.criteria.all()
    actions.score(sheet, criterion=one, value=2, by=here.experts[0], at=at)
    with pytest.raises(Refusal) as no:
        actions.finish_sheet(sheet, by=here.experts[0], at=at)
    assert no.value.text == "Лист ещё не полон. К1: нужен комментарий; К2: нет балла."


def test_a_finished_sheet_has_its_total_and_is_reopened_on_demand(at: datetime) -> None:
    here = scene()
    sheet = finished(here, 2, 4)
    assert (sheet.state, sheet.total, sheet.finished_at, sheet.comment) == (
        SheetState.FINISHED,
        Decimal(14),
        at,
        "Хорошо.",
    )
    criterion, by = here.rubric.criteria.get(number=1), here.experts[0]
    with pytest.raises(Refusal, match="Лист завершён"):
        actions.score(sheet, criterion=criterion, value=3, by=by, at=at)
    actions.reopen_sheet(sheet, by=by, at=at)
    assert (sheet.state, sheet.total, sheet.finished_at) == (SheetState.OPEN, None, None)
    actions.score(sheet, criterion=criterion, value=3, by=by, at=at)
    actions.finish_sheet(sheet, by=by, at=at)
    assert sheet.total == Decimal(17)


def test_a_closed_round_accepts_nothing(at: datetime) -> None:
    here = scene()
    done, waiting = finished(here, 4, 4), given(here, dossier=1)
    here.round.state = RoundState.CLOSED
    here.round.save()
    by = here.experts[0]
    with pytest.raises(Refusal, match="Тур сейчас закрыт"):
        actions.reopen_sheet(done, by=by, at=at)
    with pytest.raises(Refusal, match="Тур сейчас закрыт"):
        actions.declare(waiting, by=by, at=at)
    with pytest.raises(Refusal, match="Тур сейчас закрыт"):
        actions.save_sheet(done, marks={}, by=by, at=at)


def test_a_dossier_taken_off_is_scored_no_more(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    Assignment.objects.update(state=AssignmentState.REMOVED)
    with pytest.raises(Refusal, match="с вас снято"):
        actions.save_sheet(sheet, marks={}, by=here.experts[0], at=at)


def test_the_organiser_learns_when_all_sheets_are_in() -> None:
    here = scene(dossiers=1)
    finished(here, 4, 4, expert=0)
    assert not Message.objects.filter(notice="review.all_sheets_in").exists()
    finished(here, 3, 3, expert=1)
    assert Message.objects.get(notice="review.all_sheets_in").recipient == here.organiser


def test_observers_read_without_declaring() -> None:
    here = scene(dossiers=1)
    watcher = seated(here.round, part="observer")
    assert list(queries.dossiers_visible_to(watcher)) == here.dossiers
    assert list(queries.observed_by(watcher)) == [here.round]
    here.round.state = RoundState.PREPARING
    here.round.save()
    assert not queries.dossiers_visible_to(watcher).exists()


def test_an_older_mark_never_covers_a_newer_one(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    by, criterion = here.experts[0], here.rubric.criteria.get(number=1)
    for value, sequence in ((3, 20), (5, 10), (4, 20), (2, 21)):
        actions.score(sheet, criterion=criterion, value=value, sequence=sequence, by=by, at=at)
        assert (Score.objects.get().value, Score.objects.get().sequence) == (
            (2, 21) if sequence == 21 else (3, 20)
        )
    actions.score(sheet, criterion=criterion, comment="Новое", sequence=20, by=by, at=at)
    actions.score(sheet, criterion=criterion, comment="Старое", sequence=19, by=by, at=at)
    actions.save_sheet(sheet, marks={}, comment="Вывод", sequence=5, by=by, at=at)
    actions.save_sheet(sheet, marks={}, comment="Прежний вывод", sequence=4, by=by, at=at)
    sheet.refresh_from_db()
    only = Score.objects.get()
    assert (only.value, only.comment, sheet.comment) == (2, "Новое", "Вывод")


def test_without_the_rule_an_old_mark_would_cover_a_new_one(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: every mark taken for newer, and the expert's last word is lost."""
    monkeypatch.setattr(marks, "is_newer", lambda *_: True)
    here = scene()
    sheet = opened(here)
    by, criterion = here.experts[0], here.rubric.criteria.get(number=1)
    actions.score(sheet, criterion=criterion, value=5, sequence=20, by=by, at=at)
    actions.score(sheet, criterion=criterion, value=1, sequence=10, by=by, at=at)
    assert Score.objects.get().value == 1


def test_what_a_plain_form_puts_is_newer_than_what_a_queue_brings_late(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    by, criterion = here.experts[0], here.rubric.criteria.get(number=1)
    before = marks.stamp_of(at) - 1
    actions.score(sheet, criterion=criterion, value=5, by=by, at=at)
    actions.score(sheet, criterion=criterion, value=1, sequence=before, by=by, at=at)
    assert Score.objects.get().value == 5
    # An unchanged mark keeps its place in the order: the form brought nothing new.
    actions.score(sheet, criterion=criterion, value=4, sequence=before + 9, by=by, at=at)
    actions.save_sheet(sheet, marks={criterion.pk: Mark(4)}, by=by, at=at + timedelta(hours=1))
    assert Score.objects.get().sequence == before + 9


def test_what_may_not_apply_is_answered_so_and_the_rest_is_put_on_the_scale(at: datetime) -> None:
    here = scene()
    here.rubric.criteria.filter(number=1).update(may_not_apply=True)
    sheet = opened(here)
    by, (one, two) = here.experts[0], here.rubric.criteria.all()
    actions.score(sheet, criterion=one, value=5, by=by, at=at)
    actions.score(sheet, criterion=one, is_not_applicable=True, by=by, at=at)
    with pytest.raises(Refusal, match="К2 применим к каждой работе"):
        actions.score(sheet, criterion=two, is_not_applicable=True, by=by, at=at)
    actions.score(sheet, criterion=two, value=4, by=by, at=at)
    actions.finish_sheet(sheet, by=by, at=at)
    assert (sheet.scores.get(criterion=one).value, sheet.total) == (None, Decimal(20))


def test_a_sheet_where_nothing_applies_is_refused_with_the_cure(at: datetime) -> None:
    here = scene()
    here.rubric.criteria.update(may_not_apply=True)
    sheet = opened(here)
    by = here.experts[0]
    for criterion in here.rubric.criteria.all():
        actions.score(sheet, criterion=criterion, is_not_applicable=True, by=by, at=at)
    with pytest.raises(Refusal, match="Поставьте балл хотя бы по одному"):
        actions.finish_sheet(sheet, by=by, at=at)


def test_changes_after_the_first_finish_leave_a_trace(at: datetime) -> None:
    here = scene()
    sheet = finished(here, 2, 4)
    assert not ScoreChange.objects.exists()
    by, (one, two) = here.experts[0], here.rubric.criteria.all()
    actions.reopen_sheet(sheet, by=by, at=at)
    actions.score(sheet, criterion=one, value=3, by=by, at=at)
    actions.score(sheet, criterion=one, comment="Иначе.", by=by, at=at)
    actions.score(sheet, criterion=two, value=4, by=by, at=at)
    change = ScoreChange.objects.get()
    assert (change.criterion, change.before, change.after, change.reason, change.discussion) == (
        one, "2", "3", "", None,
    )  # fmt: skip


def test_works_of_a_group_with_other_criteria_are_compared_by_their_share(at: datetime) -> None:
    """18 of 25 and 3.6 of 5 are the same share; the tie-breaker decides by its share too."""
    here = scene(dossiers=3, experts=1, sheets_per_dossier=1)
    own = world.rubric("Своё", weights=(1,))
    RoundRubric.objects.create(round=here.round, group="Сады", rubric=own)
    here.dossiers[1].group = "Сады"
    here.dossiers[1].save()
    finished(here, 4, 3, dossier=0)
    sheet, by = opened(here, dossier=1), here.experts[0]
    foreign = here.rubric.criteria.get(number=1)
    with pytest.raises(Refusal, match="критерия в листе нет"):
        actions.score(sheet, criterion=foreign, value=1, by=by, at=at)
    actions.score(sheet, criterion=own.criteria.get(), value=4, by=by, at=at)
    actions.finish_sheet(sheet, by=by, at=at)
    finished(here, 5, 1, dossier=2)
    codes = [one.code for one in here.dossiers]
    assert [(row.code, row.mean, row.tie_break) for row in queries.standing_of(here.round)] == [
        (codes[1], Decimal(20), Decimal(12)),
        (codes[0], Decimal(18), Decimal(12)),
        (codes[2], Decimal(17), Decimal(15)),
    ]
    groups = {"", "Сады"}
    assert "«Сады»" in queries.comparability(here.round, groups)
    assert (queries.comparability(here.round, {""}), queries.comparability(here.round, {"Сады"})) == ("", "")
    assert sheet.total == Decimal(4)
