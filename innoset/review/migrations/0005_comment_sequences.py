"""Comments and conclusions get an order of their own; a sheet remembers its first finish."""

from django.db import migrations, models


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
    ]
