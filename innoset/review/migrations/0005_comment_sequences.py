"""Comments and conclusions get an order of their own; a sheet remembers when it was finished first."""

from django.db import migrations, models
from django.db.models import F


def remember(apps, schema_editor):
    """Sheets that are finished now were finished first at that very time."""
    sheets = apps.get_model("review", "ScoreSheet").objects.using(schema_editor.connection.alias)
    sheets.filter(first_finished_at=None).update(first_finished_at=F("finished_at"))


class Migration(migrations.Migration):
    dependencies = [("review", "0004_early_conflicts")]

    operations = [
        migrations.AddField(
            model_name="score",
            name="comment_sequence",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="scoresheet",
            name="comment_sequence",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="scoresheet",
            name="first_finished_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
