"""Templates of contests: everything a complete draft needs, as data."""

from dataclasses import dataclass
from decimal import Decimal

from innoset.contests.pure import passport_criteria, programme_criteria, report_criteria
from innoset.contests.pure.calendar import Point, StagePlan, Term
from innoset.contests.pure.rubrics import CriterionPlan, most_of
from innoset.network.states import OrganisationKind

FRIDAY = 4
SCHOOLS = (
    OrganisationKind.SCHOOL,
    OrganisationKind.KINDERGARTEN,
    OrganisationKind.EXTRA,
    OrganisationKind.COLLEGE,
)
SERVICES = (
    OrganisationKind.METHOD_CENTRE,
    OrganisationKind.METHOD_SERVICE,
    OrganisationKind.INSTITUTE,
)
CONSENTS = ("personal-data", "distribution")


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of contest; whatever it says may be changed in the draft made from it."""

    code: str
    title: str
    summary: str
    prefix: str
    form_code: str
    status_kind: str
    organisation_kinds: tuple[OrganisationKind, ...]
    nominations: tuple[str, ...]
    calendar: tuple[Term, ...]
    remote: tuple[CriterionPlan, ...]
    defence: tuple[CriterionPlan, ...]
    remote_threshold: Decimal | None
    final_threshold: Decimal | None
    quota: int | None = None
    municipality_quota: int | None = None
    sheets_per_application: int = 3
    applications_per_organisation: int = 1
    is_blind: bool = True
    consents: tuple[str, ...] = CONSENTS

    @property
    def has_defence(self) -> bool:
        """Tell whether the contest ends with an open defence."""
        return bool(self.defence)

    @property
    def most(self) -> Decimal:
        """Return the highest points of both rubrics together."""
        return most_of(self.remote) + most_of(self.defence)

    def stages_in(self, school_year: int) -> tuple[StagePlan, ...]:
        """Return the calendar with the exact times of a school year."""
        return tuple(term.in_year(school_year) for term in self.calendar)


def _calendar(first: int, last: int) -> tuple[Term, ...]:
    """Lay a calendar out: reception from one week to another, then checks, tours, council and order."""
    return (
        Term("submission", Point(first, 0), Point(last, FRIDAY, 17)),
        Term("check", Point(first, 0), Point(last + 1, FRIDAY, 18)),
        Term("remote", Point(last + 2, 0), Point(last + 3, FRIDAY, 18)),
        Term("defence", Point(last + 4, 1), Point(last + 4, FRIDAY, 18)),
        Term("council", Point(last + 5, 2, 10), Point(last + 5, 2, 18)),
        Term("results", Point(last + 5, 3), Point(last + 7, FRIDAY, 18)),
    )


AUTUMN = _calendar(1, 8)
WINTER = _calendar(19, 23)
SPRING = _calendar(24, 31)

TEMPLATES = (
    Template(
        code="mip",
        title="Муниципальный конкурс инновационных проектов",
        summary=(
            "Конкурс для организаций, которые готовы проверить новое решение на практике. "
            "Победители получают статус муниципальной инновационной площадки."
        ),
        prefix="ИП",
        form_code="passport",
        status_kind="mip",
        organisation_kinds=SCHOOLS,
        nominations=("Инновационный проект", "Инновационный продукт", "Инновационная программа"),
        calendar=AUTUMN,
        remote=passport_criteria.REMOTE,
        defence=passport_criteria.DEFENCE,
        remote_threshold=Decimal(50),
        final_threshold=Decimal(60),
        quota=15,
    ),
    Template(
        code="msip",
        title="Муниципальный конкурс сетевых инновационных проектов",
        summary=(
            "Конкурс для организаций, которые готовы вести за собой другие площадки. "
            "Победители получают статус муниципальной сетевой инновационной площадки."
        ),
        prefix="СП",
        form_code="passport",
        status_kind="msip",
        organisation_kinds=SCHOOLS,
        nominations=("Сетевой проект", "Сетевая программа наставничества"),
        calendar=AUTUMN,
        remote=passport_criteria.REMOTE,
        defence=passport_criteria.DEFENCE,
        remote_threshold=Decimal(60),
        final_threshold=Decimal(70),
        quota=5,
    ),
    Template(
        code="mlsv",
        title="Конкурс муниципальных лидеров сетевого взаимодействия",
        summary=(
            "Конкурс для детских садов и школ, опыт которых применяют другие. "
            "Победители получают статус муниципального лидера сетевого взаимодействия."
        ),
        prefix="ЛС",
        form_code="passport",
        status_kind="mlsv",
        organisation_kinds=(OrganisationKind.SCHOOL, OrganisationKind.KINDERGARTEN, OrganisationKind.EXTRA),
        nominations=("Дошкольные организации", "Общеобразовательные организации"),
        calendar=SPRING,
        remote=passport_criteria.REMOTE,
        defence=passport_criteria.DEFENCE,
        remote_threshold=Decimal(50),
        final_threshold=Decimal(60),
        quota=6,
        sheets_per_application=2,
    ),
    Template(
        code="kip_report",
        title="Экспертиза годовых отчётов краевых инновационных площадок",
        summary="Годовой отчёт площадки читают эксперты. Итог — продление работы или замечания к ней.",
        prefix="ОТ",
        form_code="kip_report",
        status_kind="kip",
        organisation_kinds=(),
        nominations=("Отчёт за первый год", "Отчёт за второй год", "Итоговый отчёт"),
        calendar=WINTER,
        remote=report_criteria.REMOTE,
        defence=report_criteria.DEFENCE,
        remote_threshold=Decimal(50),
        final_threshold=Decimal(55),
        is_blind=False,
    ),
    Template(
        code="krc",
        title="Конкурс программ краевых ресурсных центров",
        summary=(
            "Конкурс для методических служб, которые готовы сопровождать сеть площадок края. "
            "Победители получают статус краевого ресурсного центра."
        ),
        prefix="РЦ",
        form_code="krc_programme",
        status_kind="krc",
        organisation_kinds=SERVICES,
        nominations=("Программа ресурсного центра",),
        calendar=WINTER,
        remote=programme_criteria.REMOTE,
        defence=programme_criteria.DEFENCE,
        remote_threshold=Decimal(60),
        final_threshold=Decimal(70),
        quota=4,
        municipality_quota=1,
        sheets_per_application=2,
    ),
)


def template_by_code(code: str) -> Template:
    """Return the template with this code; `KeyError` when there is none."""
    for template in TEMPLATES:
        if template.code == code:
            return template
    raise KeyError(code)
