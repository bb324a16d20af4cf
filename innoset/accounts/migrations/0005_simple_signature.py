"""Publish the agreement on the simple e-signature; say which consents nobody has to give."""

import hashlib
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.db import migrations

from innoset.accounts.reference.simple_signature import SIMPLE_SIGNATURE

PUBLISHED_AT = datetime(2026, 11, 21, tzinfo=UTC)
OPTIONAL = ("distribution",)


def publish(apps: Any, schema_editor: Any) -> None:
    texts = apps.get_model("accounts", "ConsentText").objects
    texts.create(
        **asdict(SIMPLE_SIGNATURE),
        sha256=hashlib.sha256(SIMPLE_SIGNATURE.body.encode()).hexdigest(),
        published_at=PUBLISHED_AT,
        is_optional=True,
    )
    texts.filter(code__in=OPTIONAL).update(is_optional=True)


def unpublish(apps: Any, schema_editor: Any) -> None:
    texts = apps.get_model("accounts", "ConsentText").objects
    texts.filter(code=SIMPLE_SIGNATURE.code, version=1).delete()
    texts.filter(code__in=OPTIONAL).update(is_optional=False)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_held_forms")]

    operations = [migrations.RunPython(publish, unpublish)]
