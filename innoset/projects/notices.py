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

REPORT_OPENED = declare(
    Notice(
        key="projects.report_opened",
        audience="Автор отчёта; если его нет, руководитель организации",
        title="Открыт отчёт: {campaign}",
        text=(
            "Организация «{organisation}», тема «{theme}». Часть полей уже заполнена по данным сайта. "
            "Проверьте их, допишите остальное и сдайте отчёт до {due}."
        ),
    )
)
REPORT_DUE = declare(
    Notice(
        key="projects.report_due",
        audience="Автор отчёта; если его нет, руководитель организации",
        title="Скоро срок отчёта: {campaign}",
        text="Сдайте отчёт организации «{organisation}» по теме «{theme}» до {due}.",
    )
)
REPORT_LATE = declare(
    Notice(
        key="projects.report_late",
        audience="Автор отчёта, затем руководитель организации, затем координатор муниципалитета",
        title="Отчёт не сдан в срок: {campaign}",
        text=(
            "Организация «{organisation}» не сдала отчёт по теме «{theme}». Срок был {due}. "
            "Сдать отчёт ещё можно. Если нужна помощь, напишите тому, кто собирает отчёты: {organiser}."
        ),
    )
)
REPORT_NUDGED = declare(
    Notice(
        key="projects.report_nudged",
        audience="Автор отчёта и руководитель организации",
        title="Напоминание об отчёте: {campaign}",
        text="{person} просит сдать отчёт организации «{organisation}» по теме «{theme}». Срок: {due}.",
    )
)
REPORT_SENT = declare(
    Notice(
        key="projects.report_sent",
        audience="Те, кто собирает отчёты",
        title="Сдан отчёт: {organisation}",
        text="Организация «{organisation}» сдала отчёт по теме «{theme}»: {campaign}. Проверьте его.",
        by_post=False,
    )
)
REPORT_RETURNED = declare(
    Notice(
        key="projects.report_returned",
        audience="Автор отчёта и руководитель организации",
        title="Отчёт возвращён на доработку: {campaign}",
        text="Что исправить: {note}\n\nИсправьте отчёт и сдайте его снова до {due}.",
    )
)
REPORT_ACCEPTED = declare(
    Notice(
        key="projects.report_accepted",
        audience="Автор отчёта и руководитель организации",
        title="Отчёт принят: {campaign}",
        text="Отчёт организации «{organisation}» по теме «{theme}» принят.",
    )
)
REMARKED = declare(
    Notice(
        key="projects.remarked",
        audience="Автор отчёта и руководитель организации; для паспорта – руководитель и сотрудники организации",
        title="Замечание: {what}",
        text="{person} оставляет замечание. {field}\n\n{remark}\n\nОтветьте на него.",
    )
)
REMARK_ANSWERED = declare(
    Notice(
        key="projects.remark_answered",
        audience="Тот, кто оставил замечание",
        title="Ответ на замечание: {what}",
        text="{person} отвечает на ваше замечание.\n\n{answer}",
        by_post=False,
    )
)
REMARK_SETTLED = declare(
    Notice(
        key="projects.remark_settled",
        audience="Автор отчёта и руководитель организации; для паспорта – руководитель и сотрудники организации",
        title="Замечание снято: {what}",
        text="Вопрос закрыт: {remark}",
        by_post=False,
    )
)
ROADMAP_SENT = declare(
    Notice(
        key="projects.roadmap_sent",
        audience="Координатор муниципалитета и сетевой методист площадки; о плане центра — организаторы",
        title="Ждёт утверждения: {roadmap}",
        text="«{organisation}» просит утвердить: {roadmap}. В карте {measures}. Утвердите или верните с замечанием.",
    )
)
ROADMAP_APPROVED = declare(
    Notice(
        key="projects.roadmap_approved",
        audience="Те, кто ведёт карту: руководитель и сотрудники организации",
        title="Утверждено: {roadmap}",
        text="Утверждено: {roadmap}. Кто утвердил: {who}. Теперь для исправлений нужна причина, отмечать выполнение можно как раньше.",
    )
)
ROADMAP_RETURNED = declare(
    Notice(
        key="projects.roadmap_returned",
        audience="Те, кто ведёт карту: руководитель и сотрудники организации",
        title="Возвращено с замечанием: {roadmap}",
        text="Возвращено: {roadmap}. Что исправить: {note}",
    )
)
MEASURES_NEAR = declare(
    Notice(
        key="projects.measures_near",
        audience="Те, кто ведёт карту, и ответственные; за семь дней до срока",
        title="Скоро срок: {roadmap}",
        text="{roadmap}. Скоро срок, мероприятий: {count}.\n\n{measures}\n\nКогда всё готово, отметьте выполнение.",
    )
)
MEASURES_OVERDUE = declare(
    Notice(
        key="projects.measures_overdue",
        audience="Те, кто ведёт карту, и ответственные; когда срок прошёл",
        title="Срок прошёл: {roadmap}",
        text="{roadmap}. Срок прошёл, мероприятий: {count}.\n\n{measures}\n\nОтметьте выполнение или перенесите срок и напишите причину.",
    )
)
