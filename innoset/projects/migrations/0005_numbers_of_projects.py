"""Projects get numbers by which their pages are called."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def number(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Number the projects of each year in the order of their beginning."""
    projects = apps.get_model("projects", "Project")
    counts: dict[int, int] = {}
    for project in projects.objects.order_by("created_at", "pk").iterator():
        year = project.created_at.year
        counts[year] = counts.get(year, 0) + 1
        project.number = f"{year}-{counts[year]:04d}"
        project.save(update_fields=["number"])


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Leave the numbers: the column goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_years_of_the_network"),
    ]

    operations = [
        migrations.RunPython(number, keep),
    ]
