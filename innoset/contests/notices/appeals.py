"""What is announced about appeals."""

from innoset.foundation.notify.notices import Notice, declare

FILED = declare(
    Notice(
        key="contests.appeal_filed",
        audience="организаторы конкурса",
        title="Апелляция по заявке {number}",
        text=(
            "{organisation} не согласна с результатом по заявке {number} и подала апелляцию.\n\n"
            "Откройте её, передайте второй комиссии или отклоните с объяснением."
        ),
    )
)
WITHDRAWN = declare(
    Notice(
        key="contests.appeal_withdrawn",
        audience="организаторы конкурса",
        title="Апелляция по заявке {number} отозвана",
        text="{organisation} отозвала апелляцию по заявке {number}. Рассматривать её не нужно.",
    )
)
AT_PANEL = declare(
    Notice(
        key="contests.appeal_at_panel",
        audience="команда заявки",
        title="Апелляцию по заявке {number} читает вторая комиссия",
        text=(
            "Вашу апелляцию по заявке {number} рассмотрят эксперты, которые раньше эту работу не оценивали. "
            "Срок комиссии — {closes}. О решении мы напишем."
        ),
    )
)
UPHELD = declare(
    Notice(
        key="contests.appeal_upheld",
        audience="команда заявки",
        title="Апелляция по заявке {number} удовлетворена",
        text=(
            "Апелляция по заявке {number} удовлетворена. Балл заочной экспертизы был {before}, стал {after}.\n\n"
            "Решение: {decision}\n\n{next}"
        ),
    )
)
DISMISSED = declare(
    Notice(
        key="contests.appeal_dismissed",
        audience="команда заявки",
        title="Апелляция по заявке {number} отклонена",
        text="Апелляция по заявке {number} отклонена, результат остаётся прежним.\n\nРешение: {decision}",
    )
)
