"""What can be announced about deadlines: more time, warnings, late copies, sendings by themselves."""

from innoset.foundation.notify.notices import Notice, declare

EXTENDED = declare(
    Notice(
        key="contests.extended",
        audience="команды организаций, у которых есть заявка на конкурс",
        title="Приём заявок продлён: {contest}",
        text=(
            "Приём заявок на конкурс «{contest}» продлён для всех до {until}.\n\n"
            "Причина: {reason}\n\nПрежний срок: {was}. Отправленные заявки остаются отправленными."
        ),
    )
)
EXTENDED_FOR_ONE = declare(
    Notice(
        key="contests.extended_for_one",
        audience="сотрудники организации, которой продлили срок",
        title="Заявке {number} продлён срок",
        text=(
            "Заявку {number} на конкурс «{contest}» можно отправить до {until}.\n\n"
            "Причина: {reason}\nПриказ № {order}. Прежний срок: {was}."
        ),
    )
)
UNSENT = declare(
    Notice(
        key="contests.unsent",
        audience="сотрудники организации, у которой заявка заполнена, но не отправлена",
        title="Заявка {number} не отправлена: {left}",
        text=(
            "Заявка {number} на конкурс «{contest}» заполнена, но не отправлена.\n\n"
            "Откройте её и нажмите «Проверить и отправить». Принимаем до {until}.{automatic}"
        ),
    )
)
UNSENT_EDITS = declare(
    Notice(
        key="contests.unsent_edits",
        audience="сотрудники организации, которая правила заявку после отправки",
        title="В заявке {number} есть неотправленные правки: {left}",
        text=(
            "Заявка {number} на конкурс «{contest}» отправлена, но потом её изменили. Организатор видит "
            "только отправленное.\n\nЧтобы правки дошли, отправьте заявку ещё раз до {until}.{automatic}"
        ),
    )
)
UNFINISHED = declare(
    Notice(
        key="contests.unfinished",
        audience="сотрудники организации, у которой заявка начата, но не заполнена",
        title="Заявка {number} не заполнена: {left}",
        text=(
            "Заявка {number} на конкурс «{contest}» начата, но заполнена не вся.\n\n"
            "Допишите её и отправьте. Принимаем до {until}."
        ),
    )
)
LATE = declare(
    Notice(
        key="contests.late_copy",
        audience="сотрудники организации, чья отправка опоздала",
        title="Заявка {number} пришла после срока",
        text=(
            "Срок закончился {deadline}, отправка заявки {number} пришла {moment}. Она не принята, "
            "но сохранена целиком.\n\nКонтрольная сумма: {sha256}\n\n"
            "Принять её может организатор конкурса по приказу."
        ),
    )
)
LATE_ARRIVED = declare(
    Notice(
        key="contests.late_copy_arrived",
        audience="организаторы конкурса",
        title="Опоздавшая отправка {number}: {organisation}",
        text=(
            "{organisation} отправила заявку {number} на конкурс «{contest}» {moment}, после срока. "
            "Отправка сохранена. Принять её можно с причиной и номером приказа."
        ),
        by_post=False,
    )
)
LATE_ACCEPTED = declare(
    Notice(
        key="contests.late_copy_accepted",
        audience="сотрудники организации, чья опоздавшая отправка принята",
        title="Опоздавшая заявка {number} принята",
        text=(
            "Отправка заявки {number}, которая пришла {moment}, принята.\n\nПричина: {reason}\nПриказ № {order}."
        ),
    )
)
NOT_SENT = declare(
    Notice(
        key="contests.automatic_failed",
        audience="сотрудники организации, которая просила отправить заявку автоматически",
        title="Заявка {number} не отправлена автоматически",
        text=(
            "Вы просили отправить заявку {number} на конкурс «{contest}» в срок, но отправить её не удалось.\n\n"
            "{why}\n\n{cure}"
        ),
    )
)
