"""Lines written before the ledger had kinds get theirs, so that any past day can be asked about."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KINDS = {
    "Присвоен": "granted",
    "Завершён": "completed",
    "Прекращён досрочно": "terminated",
    "Восстановлен": "restored",
}


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say of every line what it was, whose the status was and till when."""
    events = apps.get_model("network", "StatusEvent")
    for event in events.objects.select_related("status").order_by("pk").iterator():
        event.kind = KINDS.get(event.event, "granted")
        event.recorded_at = event.status.created_at
        if event.kind == "granted":
            event.holder_id, event.ends_on = event.status.organisation_id, event.status.ends_on
            event.order_id = event.status.order_id
        if event.kind == "terminated":
            event.ground_id = event.status.ground_id
        event.save(update_fields=["kind", "recorded_at", "holder", "ends_on", "order", "ground"])


def number(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every status a number of its kind and year, in the order of granting."""
    statuses = apps.get_model("network", "Status")
    counts: dict[str, int] = {}
    for status in statuses.objects.select_related("kind").order_by("starts_on", "pk").iterator():
        series = f"{status.kind.code}-{status.starts_on.year}"
        counts[series] = counts.get(series, 0) + 1
        status.number = f"{series}-{counts[series]:03d}"
        status.save(update_fields=["number"])


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Leave the lines as they are: their words were never touched."""


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0004_years_of_the_network"),
    ]

    operations = [
        migrations.RunPython(fill, keep),
        migrations.RunPython(number, keep),
    ]
