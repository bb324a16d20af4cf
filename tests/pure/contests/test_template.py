"""Templates are whole: calendars without faults, worded levels, a hundred points."""

from decimal import Decimal

import pytest

from innoset.contests.pure import calendar, passport_criteria
from innoset.contests.pure.rubrics import CriterionPlan, as_levels, most_of
from innoset.contests.pure.template import TEMPLATES, Template, template_by_code
from innoset.contests.states import STAGE_LABELS, StageKind
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import fields_of

every = pytest.mark.parametrize("template", TEMPLATES, ids=[template.code for template in TEMPLATES])


def test_there_is_a_template_for_each_kind_of_contest() -> None:
    assert [(one.code, one.form_code, one.status_kind, one.prefix) for one in TEMPLATES] == [
        ("mip", "passport", "mip", "ИП"),
        ("msip", "passport", "msip", "СП"),
        ("mlsv", "passport", "mlsv", "ЛС"),
        ("kip_report", "kip_report", "kip", "ОТ"),
        ("krc", "krc_programme", "krc", "РЦ"),
    ]


@every
def test_a_template_gives_a_hundred_points(template: Template) -> None:
    assert (most_of(template.remote), most_of(template.defence), template.most) == (
        Decimal(95),
        Decimal(5),
        Decimal(100),
    )


@every
def test_thresholds_can_be_reached(template: Template) -> None:
    assert (template.remote_threshold or 0) <= most_of(template.remote)
    assert (template.final_threshold or 0) <= template.most


@every
@pytest.mark.parametrize("year", range(2020, 2035))
def test_its_calendar_has_no_fault_in_any_year(template: Template, year: int) -> None:
    stages = template.stages_in(year)
    assert calendar.faults(stages, has_defence=template.has_defence) == ()


@every
def test_its_stages_fall_on_weekdays_of_their_school_year(template: Template) -> None:
    days = [day for stage in template.stages_in(2026) for day in (stage.starts_at, stage.ends_at)]
    assert [day for day in days if day.weekday() > 4] == []
    assert all((2026, 9, 1) <= (day.year, day.month, day.day) <= (2027, 8, 31) for day in days)


@every
def test_every_level_is_worded_in_its_own_words(template: Template) -> None:
    for criterion in (*template.remote, *template.defence):
        assert len(criterion.levels) == len(set(criterion.levels)) == 6
        assert criterion.comment_at_most == 2


@every
def test_exactly_one_criterion_breaks_ties(template: Template) -> None:
    assert sum(one.breaks_ties for one in (*template.remote, *template.defence)) == 1


@every
def test_criteria_speak_of_fields_that_the_form_has(template: Template) -> None:
    keys = {field.key for field in fields_of(form_by_code(template.form_code))}
    assert {key for one in template.remote for key in one.fields} <= keys


def test_the_default_set_is_the_eight_of_the_domain() -> None:
    criteria = (*passport_criteria.REMOTE, *passport_criteria.DEFENCE)
    assert [(one.fields, int(one.weight), int(one.most)) for one in criteria] == [
        (("8",), 3, 15),
        (("9",), 3, 15),
        (("4", "5", "6"), 2, 10),
        (("11",), 3, 15),
        (("10", "11.3.3"), 3, 15),
        (("12", "13"), 3, 15),
        (("7", "16"), 2, 10),
        ((), 1, 5),
    ]
    assert [one.title for one in criteria if one.breaks_ties] == ["Новизна (инновационность)"]


def test_an_unknown_template_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        template_by_code("none")


def test_levels_are_kept_with_their_values() -> None:
    assert as_levels(("нет", "есть")) == [{"value": 0, "text": "нет"}, {"value": 1, "text": "есть"}]


def test_points_are_the_weight_times_the_top_level() -> None:
    plan = CriterionPlan("Польза", "", Decimal("2.5"), ("0", "1", "2"))
    assert (plan.most, most_of((plan, plan)), most_of(())) == (Decimal(5), Decimal(10), Decimal(0))


def test_the_calendar_knows_the_same_stages_as_the_tables() -> None:
    assert list(calendar.ORDER) == [str(kind) for kind in StageKind]
    assert {str(kind): label for kind, label in STAGE_LABELS.items()} == calendar.TITLES
