from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contests", "0002_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="contest",
            name="cancel_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="почему отменён"),
        ),
    ]
