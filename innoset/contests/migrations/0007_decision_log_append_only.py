"""The log of decisions only grows; a ranking is confirmed by another person than made it."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from innoset.foundation.db.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("contests", "0006_attachment_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        AppendOnly("contests_decisionevent"),
        migrations.AddConstraint(
            model_name="rankingsnapshot",
            constraint=models.CheckConstraint(
                name="ranking_is_confirmed_by_another",
                condition=Q(confirmed_by=None) | Q(made_by=None) | ~Q(confirmed_by=F("made_by")),
            ),
        ),
        migrations.AddConstraint(
            model_name="rankingsnapshot",
            constraint=models.CheckConstraint(
                name="confirmed_ranking_has_a_time",
                condition=Q(confirmed_by=None) | Q(confirmed_at__isnull=False),
            ),
        ),
    ]
