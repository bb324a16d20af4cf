"""The rows that indicators are counted from, each asked of the database once a page."""

from dataclasses import dataclass, field
from datetime import date

from innoset.analytics.pure.indicators import Period
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Dissemination, Grant, Municipality, Organisation
from innoset.network.pure.statuses import Phase
from innoset.network.queries import municipalities_on, standings_on
from innoset.network.queries.agreements import AgreementCoverage, agreement_coverage, agreements_on
from innoset.network.queries.dissemination import disseminations_in
from innoset.network.queries.statuses import StandingOn
from innoset.network.states import OrganisationKind
from innoset.projects.models import Report


@dataclass(slots=True)
class Sources:
    """What has been read so far; make one for a page and throw it away with the page."""

    _sites: dict[date, list[tuple[StandingOn, Organisation]]] = field(default_factory=dict)
    _shared: dict[Period, list[Dissemination]] = field(default_factory=dict)
    _reports: dict[Period, list[Report]] = field(default_factory=dict)
    _grants: dict[int, list[Grant]] = field(default_factory=dict)
    _places: dict[date, list[Municipality]] = field(default_factory=dict)
    _agreed: dict[date, AgreementCoverage] = field(default_factory=dict)

    def sites(self, day: date) -> list[tuple[StandingOn, Organisation]]:
        """Return the statuses in force on a day, each with who held it then."""
        if day not in self._sites:
            found = [one for one in standings_on(day) if one.phase == Phase.IN_FORCE]
            ids = {one.organisation_id for one in found}
            holders = Organisation.objects.select_related("municipality").in_bulk(ids)
            self._sites[day] = [(one, holders[one.organisation_id]) for one in found]
        return self._sites[day]

    def shared(self, period: Period) -> list[Dissemination]:
        """Return the records of sharing of a period."""
        if period not in self._shared:
            found = disseminations_in(None, period.starts_on, period.ends_on)
            rows = found.select_related("organisation__municipality").order_by("on", "pk")
            self._shared[period] = list(rows)
        return self._shared[period]

    def reports(self, period: Period) -> list[Report]:
        """Return the reports whose term is in the period."""
        if period not in self._reports:
            due = Report.objects.filter(due_on__gte=period.starts_on, due_on__lte=period.ends_on)
            rows = due.select_related("organisation__municipality").order_by("due_on", "pk")
            self._reports[period] = list(rows)
        return self._reports[period]

    def grants(self, year: int) -> list[Grant]:
        """Return the grants of all years up to one."""
        if year not in self._grants:
            found = Grant.objects.filter(year__lte=year).select_related("organisation__municipality")
            self._grants[year] = list(found.order_by("year", "pk"))
        return self._grants[year]

    def places(self, day: date) -> list[Municipality]:
        """Return the municipalities of a day."""
        if day not in self._places:
            self._places[day] = list(municipalities_on(day).order_by("name", "pk"))
        return self._places[day]

    def agreed(self, day: date) -> AgreementCoverage:
        """Return which municipalities of the network have an agreement on a day."""
        if day not in self._agreed:
            self._agreed[day] = agreement_coverage(day)
        return self._agreed[day]

    def places_agreed(self, day: date) -> set[int]:
        """Return the municipalities with an agreement in force on a day, also those beside the network."""
        missing = {place.pk for place in self.agreed(day).missing}
        network = {place.pk for place in self.places(day) if place.is_in_network} - missing
        return network | set(agreements_on(day).order_by().values_list("municipality", flat=True))

    def schools(self, day: date) -> list[Organisation]:
        """Return the schools that were in the registry by a day."""
        found = Organisation.objects.filter(
            is_active=True, kind=OrganisationKind.SCHOOL, created_at__date__lte=day
        )
        return list(found.select_related("municipality"))


def is_in_time(report: Report) -> bool:
    """Tell whether a report was sent not later than its term, by the Moscow clock."""
    at = report.submitted_at
    return at is not None and at.astimezone(MOSCOW).date() <= report.due_on
