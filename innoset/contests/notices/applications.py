"""What can be announced about an application by those who send it."""

from innoset.foundation.notify.notices import Notice, declare

SENT = declare(
    Notice(
        key="contests.application_sent",
        audience="сотрудники организации, которая подала заявку",
        title="Заявка {number} отправлена",
        text=(
            "Заявка {number} на конкурс «{contest}» принята {moment}.\n\n"
            "Проект: {project}.\nОтправка № {sending}. Кто отправил: {sender}\n\n"
            "Расписка приложена к письму. {until}"
        ),
    )
)
ARRIVED = declare(
    Notice(
        key="contests.application_arrived",
        audience="организаторы конкурса",
        title="Новая заявка {number}: {organisation}",
        text=(
            "{organisation} отправила заявку {number} на конкурс «{contest}».\n\n"
            "Проект: {project}.\nОтправка № {sending}, {moment}."
        ),
        by_post=False,
    )
)
WITHDRAWN = declare(
    Notice(
        key="contests.application_withdrawn",
        audience="организаторы конкурса",
        title="Заявка {number} отозвана",
        text="{organisation} отозвала заявку {number} на конкурс «{contest}».",
    )
)
