"""The board of a defence can stand still and take a step back; a slot remembers its first time and its hours."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0005_comment_sequences")]

    operations = [
        migrations.AddField(
            model_name="liveboard",
            name="paused_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="liveboard",
            name="steps",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="defenceslot",
            name="planned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="defenceslot",
            name="not_before",
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="defenceslot",
            name="not_after",
            field=models.TimeField(blank=True, null=True),
        ),
    ]
