"""Fill in the indicators, the statements of the self-analysis and the first formula of the index."""

from datetime import datetime
from typing import Any

from django.db import migrations

from innoset.analytics.reference import formula
from innoset.analytics.reference.indicators import INDICATORS
from innoset.analytics.reference.statements import STATEMENTS


def fill(apps: Any, schema_editor: Any) -> None:
    Indicator = apps.get_model("analytics", "Indicator")
    Indicator.objects.bulk_create(
        Indicator(
            code=line.code,
            title=line.title,
            definition=line.definition,
            unit=line.unit,
            scope=line.scope,
            source=line.source,
            counter=line.counter,
            is_share=line.is_share,
            target=line.target,
            target_on=line.target_on,
            is_public=line.is_public,
            position=position,
        )
        for position, line in enumerate(INDICATORS, 1)
    )
    AnalysisQuestion = apps.get_model("analytics", "AnalysisQuestion")
    AnalysisQuestion.objects.bulk_create(
        AnalysisQuestion(
            code=one.code, group=one.group, text=one.text, anchors=list(one.anchors), position=position
        )
        for position, one in enumerate(STATEMENTS, 1)
    )
    apps.get_model("analytics", "IndexFormula").objects.create(
        version=1,
        title=formula.TITLE,
        parts=[dict(part) for part in formula.PARTS],
        published_at=datetime.fromisoformat(formula.PUBLISHED_AT),
        note=formula.NOTE,
    )


def empty(apps: Any, schema_editor: Any) -> None:
    apps.get_model("analytics", "IndexFormula").objects.filter(version=1).delete()
    codes = [one.code for one in STATEMENTS]
    apps.get_model("analytics", "AnalysisQuestion").objects.filter(code__in=codes).delete()
    codes = [line.code for line in INDICATORS]
    apps.get_model("analytics", "Indicator").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]

    operations = [migrations.RunPython(fill, empty)]
