"""Let an act of the base say that nobody has checked whether it is in force."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_normative_acts")]

    operations = [
        migrations.AlterField(
            model_name="normativeact",
            name="in_force",
            field=models.BooleanField(default=True, null=True, verbose_name="действует"),
        ),
    ]
