from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_distinct_acts")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="acts",
            field=models.ManyToManyField(blank=True, related_name="orders", to="documents.normativeact"),
        ),
    ]
