"""Forbid changing the audit log."""

from typing import ClassVar

from django.db import migrations

from innoset.foundation.db.append_only import AppendOnly


class Migration(migrations.Migration):
    """The log may only grow."""

    dependencies: ClassVar = [("audit", "0001_initial")]
    operations: ClassVar = [AppendOnly("audit_entry")]
