"""Fill the dictionary of subject directions."""

from typing import Any

from django.db import migrations

from innoset.review.reference.directions import DIRECTIONS


def fill(apps: Any, schema_editor: Any) -> None:
    Direction = apps.get_model("review", "Direction")
    Direction.objects.bulk_create(
        Direction(code=code, title=title, position=position)
        for position, (code, title) in enumerate(DIRECTIONS, start=1)
    )


def empty(apps: Any, schema_editor: Any) -> None:
    codes = [code for code, _ in DIRECTIONS]
    apps.get_model("review", "Direction").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("review", "0002_expertise_in_depth")]

    operations = [migrations.RunPython(fill, empty)]
