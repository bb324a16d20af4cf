"""Deed of the rules by which a round gives dossiers to experts."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import counted
from innoset.review.models import Round
from innoset.review.queries.panels import experts_of
from innoset.review.states import OwnMunicipality, RoundKind, RoundState

MOST_EXPERTS: Final = 9
MOST_MINUTES: Final = 120
MOST_ALTERNATES: Final = 5
_EXPERTS = ("эксперте", "экспертах", "экспертах")


@dataclass(frozen=True, slots=True)
class AssignmentRules:
    """What the organiser asks of every plan of the round; None means that there is no such rule."""

    sheets_per_dossier: int
    minutes_per_page: int
    own_municipality: str
    municipality_cap: int | None = None
    alternates: int = 2
    greatest_probability: Decimal | None = None


@action("review.set_rules")
def set_rules(review_round: Round, *, rules: AssignmentRules, by: Any, at: datetime) -> None:
    """Change the rules of assignment; what is given already stays as it is."""
    if review_round.state == RoundState.CLOSED:
        raise Refusal("Тур завершён. Чтобы менять правила, сначала откройте тур снова.")
    _require_numbers(rules)
    _require_lots(review_round, rules)
    names = list(asdict(rules))
    changed = {name: [getattr(review_round, name), getattr(rules, name)] for name in names}
    for name in names:
        setattr(review_round, name, getattr(rules, name))
    review_round.save(update_fields=names)
    ledger.note(
        **{name: [_told(one) for one in pair] for name, pair in changed.items() if pair[0] != pair[1]}
    )


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def _require_numbers(rules: AssignmentRules) -> None:
    _require(rules.sheets_per_dossier, 1, MOST_EXPERTS, "sheets_per_dossier", "Экспертов на одно дело")
    _require(rules.minutes_per_page, 1, MOST_MINUTES, "minutes_per_page", "Минут на страницу")
    _require(rules.alternates, 0, MOST_ALTERNATES, "alternates", "Запасных экспертов")
    if rules.municipality_cap is not None:
        _require(
            rules.municipality_cap, 1, MOST_EXPERTS, "municipality_cap", "Экспертов одного муниципалитета"
        )
    if rules.own_municipality not in set(OwnMunicipality):
        raise Refusal(
            "В поле «Свой муниципалитет» нет такого ответа. Выберите ответ из списка.",
            field="own_municipality",
        )


def _require(value: int, least: int, most: int, field: str, label: str) -> None:
    if not least <= value <= most:
        raise Refusal(f"Введите в поле «{label}» число от {least} до {most}.", field=field)


def _require_lots(review_round: Round, rules: AssignmentRules) -> None:
    """Refuse a limit so tight that no draw of lots could keep it with the panel as it is."""
    share = rules.greatest_probability
    if share is None:
        return
    if not 0 < share <= 1:
        raise Refusal(
            "Введите в поле «Наибольшая вероятность» число от 1 до 100.", field="greatest_probability"
        )
    experts = experts_of(review_round).count()
    if review_round.kind == RoundKind.REMOTE and share * experts < rules.sheets_per_dossier <= experts:
        least = -(-100 * rules.sheets_per_dossier // experts)
        raise Refusal(
            f"При {counted(experts, *_EXPERTS)} в комиссии, из которых {rules.sheets_per_dossier} на дело, "
            f"вероятность не бывает меньше {least} %. Увеличьте число или пригласите ещё экспертов.",
            field="greatest_probability",
        )
