"""Fill in the municipalities of the krai and the dictionary of statuses."""

from dataclasses import asdict
from typing import Any

from django.db import migrations

from innoset.network.reference.municipalities import PLACES, VALID_FROM
from innoset.network.reference.statuses import GROUNDS, KINDS


def fill(apps: Any, schema_editor: Any) -> None:
    Municipality = apps.get_model("network", "Municipality")
    Municipality.objects.bulk_create(Municipality(**asdict(place), valid_from=VALID_FROM) for place in PLACES)
    StatusKind = apps.get_model("network", "StatusKind")
    StatusKind.objects.bulk_create(
        StatusKind(**asdict(kind), position=position) for position, kind in enumerate(KINDS, 1)
    )
    EndingGround = apps.get_model("network", "EndingGround")
    EndingGround.objects.bulk_create(EndingGround(code=code, title=title) for code, title in GROUNDS)


def empty(apps: Any, schema_editor: Any) -> None:
    for name, key, known in (
        ("EndingGround", "code", [code for code, _ in GROUNDS]),
        ("StatusKind", "code", [kind.code for kind in KINDS]),
        ("Municipality", "oktmo", [place.oktmo for place in PLACES]),
    ):
        apps.get_model("network", name).objects.filter(**{f"{key}__in": known}).delete()


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
