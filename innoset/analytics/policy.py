"""Who may enter figures, publish the formula of the index, analyse a site."""

from typing import Any

from innoset.analytics.models import Analysis, Measurement
from innoset.foundation.policy import permit, predicate
from innoset.network.policy import accompanies, keeps_registry, works_for
from innoset.network.queries import holds
from innoset.network.queries.organisations import helps_everybody
from innoset.network.states import Role


@predicate
def coordinates_holder(user: Any, measurement: Measurement) -> bool:
    """The coordinator of the municipality that the value is of, or of the organisation's one."""
    holder = measurement.organisation
    place = holder.municipality_id if holder is not None else measurement.municipality_id
    return place is not None and holds(user, Role.COORDINATOR, municipality=place)


@predicate
def coordinates_any_place(user: Any, subject: object = None) -> bool:
    """The coordinator of some municipality: each value is judged again by its own holder."""
    del subject
    return holds(user, Role.COORDINATOR)


@predicate
def is_own_import(user: Any, batch: Any) -> bool:
    """Whoever loaded the list."""
    return user.pk is not None and batch.created_by_id in (None, user.pk)


@predicate
def analyses_own_site(user: Any, analysis: Analysis) -> bool:
    """The head or the staff of the site, for its own analysis."""
    return analysis.view == Analysis.View.OWN and bool(works_for(user, analysis.status.organisation))


@predicate
def analyses_as_expert(user: Any, analysis: Analysis) -> bool:
    """Whoever accompanies the site or keeps the registry and does not work in it, for the expert's analysis."""
    if analysis.view != Analysis.View.EXPERT or works_for(user, analysis.status.organisation):
        return False
    return bool(keeps_registry(user)) or helps_everybody(user) or bool(accompanies(user, analysis.status))


permit("analytics.add_indicator", keeps_registry, title="Добавлять показатель")
permit("analytics.edit_indicator", keeps_registry, title="Изменять показатель и его цель")
permit(
    "analytics.record_value",
    keeps_registry | coordinates_holder,
    title="Вносить и исправлять значение показателя",
)
permit(
    "analytics.read_values",
    keeps_registry | coordinates_any_place,
    title="Загружать значения показателей для проверки",
)
permit(
    "analytics.apply_values",
    (keeps_registry | coordinates_any_place) & is_own_import,
    title="Вносить проверенные значения показателей",
)
permit("analytics.publish_formula", keeps_registry, title="Публиковать новую редакцию формулы индекса")
permit("analytics.save_analysis", analyses_own_site | analyses_as_expert, title="Заполнять анализ площадки")
permit("analytics.send_analysis", analyses_own_site | analyses_as_expert, title="Отправлять анализ площадки")
permit("analytics.return_analysis", keeps_registry, title="Возвращать отправленный анализ площадки")
