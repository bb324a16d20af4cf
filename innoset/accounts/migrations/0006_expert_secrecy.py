"""Publish what an expert promises when they agree to sit on a panel."""

import hashlib
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.db import migrations

from innoset.accounts.reference.expert_secrecy import EXPERT_SECRECY

PUBLISHED_AT = datetime(2026, 11, 21, tzinfo=UTC)


def publish(apps: Any, schema_editor: Any) -> None:
    apps.get_model("accounts", "ConsentText").objects.create(
        **asdict(EXPERT_SECRECY),
        sha256=hashlib.sha256(EXPERT_SECRECY.body.encode()).hexdigest(),
        published_at=PUBLISHED_AT,
    )


def unpublish(apps: Any, schema_editor: Any) -> None:
    texts = apps.get_model("accounts", "ConsentText").objects
    texts.filter(code=EXPERT_SECRECY.code, version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_simple_signature")]

    operations = [migrations.RunPython(publish, unpublish)]
