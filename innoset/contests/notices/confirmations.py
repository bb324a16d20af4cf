"""What can be announced about the head's confirmation."""

from innoset.foundation.notify.notices import Notice, declare

CODE = declare(
    Notice(
        key="contests.confirmation_code",
        audience="руководитель, чей код ждут",
        title="Код подтверждения заявки {number}",
        text=(
            "Подтвердите заявку {number} на конкурс «{contest}».\n\n"
            "Проект: {project}.\n\n"
            "Ваш код: {code}\n\n"
            "Войдите под своей учётной записью, прочитайте заявку и введите код. Он действует до {until}, "
            "только один раз и только для этого текста. Никому его не сообщайте.\n\n"
            "Если вы не согласны с заявкой, нажмите на той же странице «Не подтверждаю»."
        ),
    )
)
ASKED = declare(
    Notice(
        key="contests.confirmation_asked",
        audience="руководитель, чей код ждут",
        title="Подтвердите заявку {number}",
        text=(
            "{asker} просит вас подтвердить заявку {number} на конкурс «{contest}». "
            "Прочитайте её и введите код из письма."
        ),
        by_post=False,
    )
)
GIVEN = declare(
    Notice(
        key="contests.confirmation_given",
        audience="сотрудники организации, которая подаёт заявку",
        title="Руководитель подтвердил заявку {number}",
        text=(
            "Заявку {number} на конкурс «{contest}» можно отправлять.\n\n"
            "Подтверждение: {how}. Если изменить текст или файлы, его придётся запросить снова."
        ),
    )
)
REFUSED = declare(
    Notice(
        key="contests.confirmation_refused",
        audience="сотрудники организации, которая подаёт заявку",
        title="Руководитель не подтвердил заявку {number}",
        text=(
            "Руководитель не подтвердил заявку {number} на конкурс «{contest}».\n\n"
            "Причина: {reason}\n\nИсправьте заявку и запросите подтверждение снова."
        ),
    )
)
