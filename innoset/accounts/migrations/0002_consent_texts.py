"""Publish the first versions of the consents."""

import hashlib
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.db import migrations

from innoset.accounts.reference.consents import TEXTS

PUBLISHED_AT = datetime(2026, 9, 1, tzinfo=UTC)


def publish(apps: Any, schema_editor: Any) -> None:
    ConsentText = apps.get_model("accounts", "ConsentText")
    ConsentText.objects.bulk_create(
        ConsentText(
            **asdict(text),
            sha256=hashlib.sha256(text.body.encode()).hexdigest(),
            published_at=PUBLISHED_AT,
        )
        for text in TEXTS
    )


def unpublish(apps: Any, schema_editor: Any) -> None:
    ConsentText = apps.get_model("accounts", "ConsentText")
    ConsentText.objects.filter(code__in=[text.code for text in TEXTS], version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(publish, unpublish)]
