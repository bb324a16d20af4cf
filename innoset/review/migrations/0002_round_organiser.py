"""Say whose organisers run a round."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the organiser; there are no rounds yet, so no default is needed."""

    dependencies = [
        ("network", "0001_initial"),
        ("review", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="organiser",
            field=models.ForeignKey(
                default=None,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="network.organisation",
            ),
            preserve_default=False,
        ),
    ]
