"""What projects announce."""

from innoset.foundation.notify.notices import Notice, declare

PARTNER_INVITED = declare(
    Notice(
        key="projects.partner_invited",
        audience="Руководитель и сотрудники приглашённой организации, координатор её муниципалитета",
        title="Приглашение в проект: {project}",
        text=(
            "Организация «{owner}» приглашает «{partner}» в проект «{project}». "
            "Что делать вместе: {purpose}\n\nПримите приглашение или откажитесь с причиной."
        ),
    )
)
PARTNER_ACCEPTED = declare(
    Notice(
        key="projects.partner_accepted",
        audience="Руководитель и сотрудники организации проекта",
        title="Приглашение принято: {partner}",
        text="Организация «{partner}» теперь партнёр проекта «{project}». {answer}",
    )
)
PARTNER_DECLINED = declare(
    Notice(
        key="projects.partner_declined",
        audience="Руководитель и сотрудники организации проекта",
        title="Отказ от участия в проекте: {partner}",
        text="Организация «{partner}» не будет партнёром проекта «{project}». Причина: {answer}",
    )
)
PARTNER_WITHDRAWN = declare(
    Notice(
        key="projects.partner_withdrawn",
        audience="Руководитель и сотрудники приглашённой организации, координатор её муниципалитета",
        title="Приглашение в проект отозвано: {project}",
        text="Организация «{owner}» отозвала приглашение в проект «{project}». Отвечать на него не нужно.",
        by_post=False,
    )
)
PARTNER_ENDED = declare(
    Notice(
        key="projects.partner_ended",
        audience="Обе стороны сотрудничества",
        title="Сотрудничество завершено: {project}",
        text="Организации «{owner}» и «{partner}» завершили сотрудничество в проекте «{project}». {answer}",
        by_post=False,
    )
)
