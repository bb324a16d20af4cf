"""What is announced of winners that go up."""

from innoset.foundation.notify.notices import Notice, declare

RELEASED = declare(
    Notice(
        key="contests.advancement_released",
        audience="организаторы краевого конкурса",
        title="Муниципалитет выдвигает победителя: {organisation}",
        text=(
            "{municipality} передаёт на конкурс «{contest}» работу «{project}».\n\n"
            "Откройте её и примите или отклоните с объяснением."
        ),
        by_post=False,
    )
)
TAKEN_BACK = declare(
    Notice(
        key="contests.advancement_withdrawn",
        audience="организаторы краевого конкурса",
        title="Муниципалитет отозвал победителя: {organisation}",
        text="{municipality} больше не передаёт на конкурс «{contest}» работу «{project}». Рассматривать её не нужно.",
        by_post=False,
    )
)
ACCEPTED = declare(
    Notice(
        key="contests.advancement_accepted",
        audience="команда заявки-победителя и координаторы муниципалитета",
        title="Вашу работу приняли на конкурс «{contest}»",
        text=(
            "Организация «{organisation}». Заявка {number} начата, в неё перенесены поля работы «{project}». "
            "Проверьте сроки, приложите файлы и отправьте её до конца приёма."
        ),
    )
)
DECLINED = declare(
    Notice(
        key="contests.advancement_declined",
        audience="команда заявки-победителя и координаторы муниципалитета",
        title="Работу не приняли на конкурс «{contest}»",
        text="Организация «{organisation}», работа «{project}». Причина: {reason}",
    )
)
