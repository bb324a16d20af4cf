"""The dictionary of indicators."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from innoset.accounts.models import User
from innoset.analytics.models import Indicator
from innoset.analytics.states import Source
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal

EDITABLE: Final = ("title", "definition", "unit", "target", "target_on", "is_public", "is_active")


@action("analytics.add_indicator")
def add_indicator(indicator: Indicator, *, by: User, at: datetime) -> Indicator:
    """Add an indicator whose values are entered or loaded; what is counted comes with the site."""
    if indicator.source == Source.COUNTED:
        raise Refusal(
            "Показатель, который считает сайт, добавить нельзя. Выберите другой источник.", field="source"
        )
    _check(indicator)
    last = Indicator.objects.select_for_update().order_by("-position").first()
    indicator.position = 1 + (last.position if last else 0)
    indicator.code = _free_code(indicator.position)
    indicator.save()
    ledger.note(code=indicator.code, title=indicator.title)
    return indicator


@action("analytics.edit_indicator")
def edit_indicator(indicator: Indicator, *, values: Mapping[str, object], by: User, at: datetime) -> None:
    """Change what is given and differs; the code, the source and the values stay."""
    changed = [name for name in EDITABLE if name in values and getattr(indicator, name) != values[name]]
    ledger.note(changes={name: [str(getattr(indicator, name)), str(values[name])] for name in changed})
    for name in changed:
        setattr(indicator, name, values[name])
    _check(indicator)
    indicator.save(update_fields=changed)


def _check(indicator: Indicator) -> None:
    if Indicator.objects.filter(title__iexact=indicator.title).exclude(pk=indicator.pk).exists():
        raise Refusal(
            f"Показатель «{indicator.title}» уже есть. Назовите новый иначе или измените прежний.",
            field="title",
        )
    if indicator.target is None and indicator.target_on is not None:
        raise Refusal(
            "День достижения цели без самой цели не нужен. Впишите цель или уберите день.", field="target"
        )
    if indicator.is_share and indicator.target is not None and indicator.target > Decimal(100):
        raise Refusal("Доля не бывает больше 100 %. Исправьте цель.", field="target")


def _free_code(position: int) -> str:
    number = position
    while Indicator.objects.filter(code=f"own-{number}").exists():
        number += 1
    return f"own-{number}"
