"""Texts of applications for the search of reuse: what is kept, what is compared, what never happens."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.contests import jobs
from innoset.contests.actions import expertise
from innoset.contests.actions import reuse as actions
from innoset.contests.models import Application, Contest
from innoset.contests.queries import reuse as queries
from innoset.contests.states import ApplicationState, ContestState
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.review.models import ReuseReport, ReuseText
from innoset.review.queries import reuse as review
from tests import world
from tests.contests.expertise_scene import EARLY

AT, LATER = world.AT, world.AT + timedelta(hours=1)
OWN = (
    "Педагоги трёх посёлков раз в месяц обмениваются открытыми уроками через общую видеотеку, "
    "а старшеклассники ведут для младших кружки робототехники, краеведения и театра теней. "
    "Каждая группа сама выбирает наставника, записывает вопросы в бортовой журнал и защищает ответ на ярмарке идей."
)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def sent(
    contest: Contest, text: str, owner: Any = None, state: str = "admitted", **fields: Any
) -> Application:
    answers = {"1": "Ярмарка идей", "6": text, "2": "Гладкова Ирина Сергеевна, учитель"}
    return world.application(contest, owner, state=ApplicationState(state), answers=answers, **fields)


def earlier(text: str, owner: Any = None) -> Application:
    return sent(world.contest(ContestState.FINISHED, school_year=2024), text, owner, state="rejected")


@pytest.mark.django_db
def test_a_copied_passage_is_found_beside_its_source() -> None:
    source = earlier(f"Вступление к проекту прошлых лет. {OWN}")
    mine = sent(world.contest(school_year=2026), f"{OWN} Наше собственное продолжение о походах и музеях.")
    for one in (source, mine):
        actions.keep_text_of(one, at=AT)
    assert jobs.compare_texts.call() == 1
    report = ReuseReport.objects.get(text__key=queries.key_of(mine))
    [passage] = report.passages
    found = ReuseText.objects.get(key=passage["source"])
    assert found.key == queries.key_of(source)
    assert found.text[passage["source_start"] : passage["source_end"]] == OWN.rstrip(".")
    assert report.text.text[passage["start"] : passage["end"]] == OWN.rstrip(".")
    assert (report.own_share, passage["is_own"], passage["letters"], passage["moved"]) == (0, False, 0, 0)
    assert report.share > Decimal("0.8")


@pytest.mark.django_db
def test_own_earlier_work_is_marked_and_counted_apart() -> None:
    school = world.organisation()
    source, mine = earlier(OWN, school), sent(world.contest(school_year=2026), OWN, school)
    for one in (source, mine):
        actions.keep_text_of(one, at=AT)
    actions.compare_waiting(at=LATER)
    report = ReuseReport.objects.get(text__key=queries.key_of(mine))
    assert [passage["is_own"] for passage in report.passages] == [True]
    assert report.share == report.own_share
    [line] = queries.lines_of(mine.contest)
    assert (line.others, line.own > 80, line.is_waiting) == (0.0, True, False)


@pytest.mark.django_db
def test_a_project_carried_on_by_another_organisation_is_of_one_family() -> None:
    source = earlier(OWN)
    mine = sent(world.contest(school_year=2026), OWN, copied_from=source)
    assert queries.family_of(mine) == queries.family_of(source) == queries.key_of(source)
    kept = [actions.keep_text_of(one, at=AT) for one in (mine, source)]
    assert review.is_own(*kept)
    source.copied_from = mine
    source.save()
    assert queries.family_of(Application.objects.get(pk=mine.pk)) == queries.key_of(source)


@pytest.mark.django_db
def test_a_later_work_is_no_source_of_an_earlier_one() -> None:
    school_year = 2026
    mine = sent(world.contest(school_year=school_year), OWN)
    later = sent(world.contest(school_year=school_year + 1), OWN)
    for one in (mine, later):
        actions.keep_text_of(one, at=AT)
    actions.compare_waiting(at=LATER)
    shares = {report.text.key: report.share > 0 for report in ReuseReport.objects.all()}
    assert shares == {queries.key_of(mine): False, queries.key_of(later): True}


@pytest.mark.django_db
def test_printed_words_of_the_form_are_nobodys() -> None:
    printed = queries.templates()["passport"][:3000]
    source, mine = earlier(printed), sent(world.contest(school_year=2026), printed)
    for one in (source, mine):
        actions.keep_text_of(one, at=AT)
    actions.compare_waiting(at=LATER)
    report = ReuseReport.objects.get(text__key=queries.key_of(mine))
    assert (report.passages, report.share) == ([], 0)


@pytest.mark.django_db
def test_names_and_contacts_are_not_kept() -> None:
    mine = sent(world.contest(), f"{OWN} Пишите: school@example.test, телефон 8 900 000-00-00.")
    text = queries.text_of(mine)
    assert "Гладкова" not in text
    assert "example.test" not in text
    assert "900" not in text
    assert OWN in text


@pytest.mark.django_db
def test_texts_are_kept_once_the_check_has_begun_and_of_all_earlier_years() -> None:
    old = earlier(OWN)
    contest = world.contest(school_year=2026)
    mine, other = sent(contest, OWN, state="submitted"), sent(contest, OWN, state="submitted")
    sent(contest, OWN, state="draft")
    assert actions.keep_texts(at=AT) == 1
    assert set(ReuseText.objects.values_list("key", flat=True)) == {queries.key_of(old)}
    mine.checks.create(outcome="conforms", checked_at=AT, checked_by=contest.created_by)
    assert actions.keep_texts(at=AT) == 2
    assert actions.keep_texts(at=LATER) == 0
    other.submitted_at = LATER + timedelta(hours=1)
    other.save()
    assert actions.keep_texts(at=LATER + timedelta(hours=2)) == 1
    assert actions.keep_texts(at=LATER + timedelta(hours=2)) == 0


@pytest.mark.django_db
def test_the_start_of_the_expertise_keeps_every_admitted_text() -> None:
    contest = world.contest(defence_rubric=world.rubric("Защита", weights=(1,)), sheets_per_application=1)
    mine = sent(contest, OWN)
    expertise.start_expertise(contest, reason=EARLY, by=contest.created_by, at=AT)
    assert [one.key for one in ReuseText.objects.all()] == [queries.key_of(mine)]


@pytest.mark.django_db
def test_nothing_changes_by_itself() -> None:
    source, mine = earlier(OWN), sent(world.contest(school_year=2026), OWN)
    before = list(Application.objects.order_by("pk").values())
    deeds = Entry.objects.count()
    for job in (jobs.keep_texts, jobs.arrange_texts, jobs.compare_texts):
        job.call()
    actions.keep_text_of(mine, at=AT)
    actions.keep_text_of(source, at=AT)
    jobs.compare_texts.call()
    assert ReuseReport.objects.get(text__key=queries.key_of(mine)).share > Decimal("0.9")
    assert list(Application.objects.order_by("pk").values()) == before
    assert Entry.objects.count() == deeds


@pytest.mark.django_db
def test_an_organiser_asks_for_a_comparison_again() -> None:
    contest = world.contest(school_year=2026)
    mine = sent(contest, OWN, state="submitted")
    assert actions.compare_texts(contest, by=contest.created_by, at=AT) == 1
    assert actions.compare_waiting(at=AT) == 1
    assert actions.compare_waiting(at=LATER) == 0
    assert actions.compare_texts(contest, by=contest.created_by, at=LATER) == 1
    assert [text.key for text in queries.waiting()] == [queries.key_of(mine)]
    assert Entry.objects.get(deed="contests.compare_texts", at=LATER).changes == {"applications": 1}


@pytest.mark.django_db
def test_there_must_be_something_to_compare() -> None:
    contest = world.contest()
    with pytest.raises(Refusal, match="ещё нет отправленных заявок"):
        actions.compare_texts(contest, by=contest.created_by, at=AT)


@pytest.mark.django_db
def test_nobody_else_asks_for_a_comparison() -> None:
    with pytest.raises(PermissionDenied):
        actions.compare_texts(world.contest(), by=world.person(), at=AT)


@pytest.mark.django_db
def test_old_arrays_answer_like_new_ones() -> None:
    texts = [f"{OWN} Работа {place} о своём." for place in ("леса", "моря", "степи")]
    kept = [actions.keep_text_of(earlier(text), at=AT) for text in texts]
    first = actions.arrange()
    assert actions.arrange() == first
    ReuseText.objects.filter(pk=kept[0].pk).delete()
    changed = (
        "Совсем другой рассказ о горных тропах: туристы и пастухи встречают рассвет у водопада, "
        "кипятят чай, чинят палатки и рисуют карту перевала для следующей экспедиции."
    )
    ReuseText.objects.filter(pk=kept[1].pk).update(text=changed, sha256="1" * 64)
    mine = actions.keep_text_of(sent(world.contest(school_year=2026), f"{OWN} {changed}"), at=AT)
    arranged = review.arranged(queries.templates())
    assert (arranged.shelved, arranged.newer) == (1, 2)
    found = arranged.index.find(mine.text, mine.template, without={mine.key})
    assert [(one.source, mine.text[one.start : one.start + 7]) for one in found.passages] == [
        (kept[2].key, "Педагог"),
        (kept[1].key, "Совсем "),
    ]
    second = actions.arrange()
    assert second != first
    assert [path.name for path in review.folder().iterdir()] == [second]
    fresh = review.arranged(queries.templates())
    assert (fresh.shelved, fresh.newer) == (3, 0)
    again = fresh.index.find(mine.text, mine.template, without={mine.key})
    assert [one.source for one in again.passages] == [one.source for one in found.passages]


@pytest.mark.django_db
def test_many_new_texts_are_arranged_before_the_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("innoset.review.actions.reuse._MANY", 1)
    actions.keep_text_of(sent(world.contest(), OWN), at=AT)
    actions.compare_waiting(at=LATER)
    assert review.arranged(queries.templates()).newer == 0
