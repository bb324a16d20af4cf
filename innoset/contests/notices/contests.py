"""What can be announced about a contest as a whole."""

from innoset.foundation.notify.notices import Notice, declare

CANCELLED = declare(
    Notice(
        key="contests.cancelled",
        audience="команды организаций, у которых есть заявка на конкурс",
        title="Конкурс отменён: {contest}",
        text=(
            "Конкурс «{contest}» отменён.\n\nПричина: {reason}\n\n"
            "Ваша заявка {number} сохранена в кабинете: её можно скачать и подать на другой конкурс."
        ),
    )
)
TERMS_MOVED = declare(
    Notice(
        key="contests.terms_moved",
        audience="команды организаций, у которых есть заявка на конкурс",
        title="Изменились сроки конкурса: {contest}",
        text="В конкурсе «{contest}» изменились сроки:\n\n{changes}\n\nВсе сроки указаны по московскому времени.",
    )
)
