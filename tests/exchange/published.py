"""What was published about the network, and the same as the demo year has it."""

from datetime import date
from typing import Any

from innoset.analytics.models import Indicator, Measurement
from innoset.analytics.pure.indicators import so_far
from innoset.analytics.queries.indicators import overview, reading_of
from innoset.network.models import Agglomeration, Organisation, Status, StatusKind
from innoset.network.queries import current_on
from innoset.network.queries.agreements import agreement_coverage
from innoset.network.queries.completion import continuity_of

SIXTY_MILLION = 60_000_000
SITES = {
    "sites": 87,
    "kip": 13,
    "agreements": (11, 11),
    "long": (5, 15),
    "agglomeration": [10],
    "grants": (7, True),
}
ENTERED = {
    ("site-users", 2019): "8 000 пользователей",
    ("site-users", 2020): "не указано",
    ("site-users", 2021): "12 000 пользователей",
    ("site-users", 2022, "часть"): "10 000 пользователей",
    ("site-visits", 2021): "17 000 визитов",
    ("site-visits", 2022, "часть"): "16 000 визитов",
    ("site-views", 2020): "50 000 просмотров",
    ("site-views", 2022, "часть"): "80 000 просмотров",
    ("festival-participants", 2020): "355 человек",
    ("festival-participants", 2022): "более 350 человек",
    ("festival-applications", 2022): "более 220 заявок",
    ("festival-all", 2022): "более 1 850 человек",
    ("innovative-share", 2016): "37 %, числитель и знаменатель не указаны",
    ("sites-growth", 2021): "2 раза",
    ("schools-searching", 2021): "более 70 %, числитель и знаменатель не указаны",
    ("centres-in-krai", 2022): "4 центра",
    ("centres-outside", 2022): "1 центр",
    ("mlsv-contest", 2022): "5 из 9 (55,56 %)",
    ("mlsv-kindergartens", 2022): "3 из 5 (60 %)",
    ("mlsv-schools", 2022): "2 из 4 (50 %)",
    ("mip-contest", 2022): "не указано из 7",
    ("mip-kindergartens", 2022): "не указано из 3",
    ("mip-schools", 2022): "2 из 4 (50 %)",
}


def sites_on(day: date) -> dict[str, Any]:
    """Count what stands in the registry."""
    current = Status.objects.filter(current_on(day))
    coverage = agreement_coverage(day)
    long_site = Organisation.objects.get(
        statuses__number__startswith="kip-", statuses__renews__isnull=True, statuses__renewals__isnull=False
    )
    continuity = continuity_of(long_site, StatusKind.objects.get(code="kip"), day)
    of_grants = list(Indicator.objects.filter(code__startswith="grant"))
    won = {line.indicator.code: line.reading.value for line in overview(of_grants, so_far(day.year, day))}
    return {
        "sites": current.values("organisation").distinct().count(),
        "kip": current.filter(kind__code="kip").count(),
        "agreements": (coverage.signed, coverage.needed),
        "long": (continuity.terms, continuity.years),
        "agglomeration": [one.members.count() for one in Agglomeration.objects.all()],
        "grants": (int(won["grant-winners"]), won["grants"] > SIXTY_MILLION),
    }


def entered() -> dict[Any, str]:
    """Return the values that were entered, as people read them."""
    rows = Measurement.objects.filter(replaced_at=None).select_related("indicator")
    found = {}
    for row in rows:
        key = (row.indicator.code, row.ends_on.year, *(["часть"] if row.is_partial else []))
        shown = reading_of(row).shown(row.indicator.unit, is_share=row.indicator.is_share)
        found[key] = shown.replace("\u00a0", " ")
    return found
