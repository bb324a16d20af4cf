"""Statistics of the site for yearly reports: figures that reports cannot ask for by name, for they lie below."""

from django.db.models import Q

from innoset.analytics.models import Measurement
from innoset.foundation.russian import date_in_digits
from innoset.network.states import OrganisationKind
from innoset.projects.models import Report
from innoset.projects.pure.reporting.figures import Figure, Row
from innoset.projects.queries.report_figures import counted_above


@counted_above
def site_statistics(report: Report) -> list[Figure]:
    """Return users, visits and views within the period: the portal's for the centre that runs it, else one's own."""
    whose = Q(organisation=report.organisation_id)
    if report.organisation.kind == OrganisationKind.METHOD_CENTRE:
        whose |= Q(organisation=None, municipality=None)
    found = Measurement.objects.filter(
        whose,
        indicator__code__startswith="site-",
        replaced_at=None,
        value__isnull=False,
        starts_on__gte=report.starts_on,
        ends_on__lte=report.ends_on,
    )
    by_indicator: dict[str, list[Measurement]] = {}
    for one in found.select_related("indicator").order_by("indicator__position", "starts_on", "pk"):
        by_indicator.setdefault(one.indicator.code, []).append(one)
    return [
        Figure(code, values[0].indicator.title, tuple(_row(one) for one in values))
        for code, values in by_indicator.items()
    ]


def _row(one: Measurement) -> Row:
    period = f"{date_in_digits(one.starts_on)} – {date_in_digits(one.ends_on)}"
    return Row(one.pk, period, one.source_note, int(one.value or 0))
