"""How places were given, as the minutes say it: the counting, the rules, the calibration, the votes."""

from collections.abc import Iterator
from typing import Final

from innoset.contests.models import Sitting
from innoset.contests.queries.standing import Field, rounds_of
from innoset.contests.states import BASIS_LABELS, RankingBasis
from innoset.documents.pure.blocks import Fact
from innoset.documents.pure.characters import in_fours
from innoset.foundation.russian import counted, decimal
from innoset.review.queries import ranking as review

STAGES: Final = {"remote": "заочный этап", "defence": "открытая защита"}
METHODS: Final = {
    "additive": "по суммам: сдвиг каждого эксперта со стягиванием к среднему",
    "rsm": "многофасетная модель Раша с общей шкалой",
    "pcm": "многофасетная модель Раша со своей шкалой у каждого критерия",
}


def method_facts(sitting: Sitting, field: Field) -> tuple[Fact, ...]:
    """Return the methods and the parameters that the ranking was reckoned by."""
    return tuple(_facts(sitting, field))


def _facts(sitting: Sitting, field: Field) -> Iterator[Fact]:
    contest, rules = sitting.contest, field.rules
    yield Fact(
        "Балл листа",
        "сумма баллов по критериям, умноженных на вес критерия; «не применимо» из суммы исключено",
    )
    yield Fact("Балл этапа", "среднее сумм завершённых листов; итог — сумма баллов этапов")
    gaps = "; ".join(_gap(stage, sitting) for stage in rounds_of(contest))
    yield Fact(
        "Расхождение",
        f"разница между экспертами больше порога ({gaps}); тогда нужен ещё один эксперт, и балл этапа — медиана",
    )
    yield Fact("Места считают по", BASIS_LABELS[RankingBasis(rules.basis)].lower())
    yield Fact("При равенстве", "выше больший балл за новизну, затем более ранняя заявка")
    yield Fact("Пороги и квоты", _rules(field) or "не установлены")
    line = sitting.cut_line
    yield Fact("Черта", "по порогам и квотам" if line is None else f"после места {line}")
    yield Fact("Поправка на строгость", "\n".join(_calibrations(field)) or "не рассчитывалась")
    yield Fact("Голосование", "тайное, каждый со своего места" if sitting.is_secret else "открытое")
    days = contest.appeal_days
    told = (
        f"{counted(days, 'день', 'дня', 'дней')} со дня объявления результата" if days else "не предусмотрены"
    )
    yield Fact("Апелляции", told)


def _gap(stage: str, sitting: Sitting) -> str:
    rule = review.counting_of(rounds_of(sitting.contest)[stage])
    return f"{STAGES[stage]} — {decimal(float(rule.gap), 2)} из {decimal(float(rule.maximum), 0)}"


def _rules(field: Field) -> str:
    rules = field.rules
    told = [
        "" if rules.threshold is None else f"проходной балл {decimal(float(rules.threshold), 2)}",
        "" if rules.quota is None else f"статусов не больше {rules.quota}",
        *(f"в номинации «{title}» не больше {quota}" for title, quota in rules.group_quotas),
        ""
        if rules.municipality_quota is None
        else f"одному муниципалитету не больше {rules.municipality_quota}",
    ]
    return "; ".join(part for part in told if part)


def _calibrations(field: Field) -> Iterator[str]:
    for stage, kept in field.calibrations.items():
        method = METHODS.get(kept.method, kept.method)
        mark = " ".join(in_fours(kept.result_sha256)[:4])
        yield f"{STAGES[stage]}: {method}; контрольная сумма расчёта {mark}…"
