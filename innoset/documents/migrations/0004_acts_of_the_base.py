"""Fill the normative base with acts that applicants name most often."""

from datetime import UTC, datetime
from typing import Any

from django.db import migrations

from innoset.documents.reference.acts import ACTS, RELATIONS

ADDED_AT = datetime(2026, 11, 21, tzinfo=UTC)


def fill(apps: Any, schema_editor: Any) -> None:
    NormativeAct = apps.get_model("documents", "NormativeAct")
    ActRelation = apps.get_model("documents", "ActRelation")
    made = {one.code: NormativeAct.objects.create(**one.columns, created_at=ADDED_AT) for one in ACTS}
    ActRelation.objects.bulk_create(
        ActRelation(act=made[act], kind=kind, target=made[target]) for act, kind, target in RELATIONS
    )


def empty(apps: Any, schema_editor: Any) -> None:
    NormativeAct = apps.get_model("documents", "NormativeAct")
    for one in ACTS:
        known = {name: one.columns[name] for name in ("kind", "number", "signed_on", "title")}
        NormativeAct.objects.filter(**known, created_at=ADDED_AT).delete()


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_force_may_be_unknown")]

    operations = [migrations.RunPython(fill, empty)]
