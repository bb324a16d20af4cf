"""The formula of the index: published in versions, never changed."""

from datetime import datetime

from innoset.accounts.models import User
from innoset.analytics.models import IndexFormula
from innoset.analytics.pure.index import objection
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal


@action("analytics.publish_formula")
def publish_formula(formula: IndexFormula, *, by: User, at: datetime) -> IndexFormula:
    """Publish the next version; years that are over keep the version they were reckoned by."""
    if formula.pk is not None:
        raise Refusal("Опубликованную редакцию не меняют. Опубликуйте новую.")
    wrong = objection(formula.parts)
    if wrong:
        raise Refusal(wrong)
    if not formula.note.strip():
        raise Refusal("Напишите, что изменилось и почему.", field="note")
    # The last version is everybody's lock: two who publish at once get two numbers.
    last = IndexFormula.objects.select_for_update().order_by("-version").first()
    formula.version = 1 + (last.version if last else 0)
    formula.published_at, formula.published_by = at, by
    formula.save()
    ledger.note(version=formula.version, parts=formula.parts, note=formula.note)
    return formula
