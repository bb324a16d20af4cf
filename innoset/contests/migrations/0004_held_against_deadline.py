"""Which deadline a sending was held against; what a late copy became."""

from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the columns."""

    dependencies = [("contests", "0003_confirmation_asked_of")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="deadline_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        # No late copy can have been kept before this column was there.
        migrations.AddField(
            model_name="latecopy",
            name="deadline_at",
            field=models.DateTimeField(default=datetime(2026, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="latecopy",
            name="submission",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="late_copy",
                to="contests.submission",
            ),
        ),
        migrations.AddConstraint(
            model_name="latecopy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at", None),
                    models.Q(models.Q(("order_number", ""), _negated=True), ("submission__isnull", False)),
                    _connector="OR",
                ),
                name="accepted_late_copy_has_order_and_sending",
            ),
        ),
    ]
