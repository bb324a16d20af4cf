"""Tell values of which only the least is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0003_imports_of_values"),
    ]

    operations = [
        migrations.AddField(
            model_name="measurement",
            name="is_floor",
            field=models.BooleanField(default=False, verbose_name="не меньше"),
        ),
    ]
