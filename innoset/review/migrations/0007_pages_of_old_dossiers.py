"""Count the pages of dossiers that were opened before pages were kept."""

from typing import Any

from django.db import migrations

from innoset.review.pure.pages import pages_of


def count(apps: Any, schema_editor: Any) -> None:
    for dossier in apps.get_model("review", "Dossier").objects.filter(pages=0).iterator(chunk_size=50):
        dossier.pages = pages_of(dossier.content)
        dossier.save(update_fields=["pages"])


class Migration(migrations.Migration):
    dependencies = [("review", "0006_live_board_pause_and_steps")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
