"""What the network announces."""

from innoset.foundation.notify.notices import Notice, declare

INVITED = declare(
    Notice(
        key="network.invited",
        audience="Человек, которого пригласили в организацию",
        title="Приглашение: {role}, {organisation}",
        text=(
            "Здравствуйте!\n\n{inviter} приглашает вас в «Инносеть». "
            "Организация: {organisation}. Ваша роль: {role}.\n\n"
            "Откройте ссылку до {until} и примите приглашение. "
            "Если вы не ждали этого письма, ничего не делайте."
        ),
    )
)
INVITATION_ACCEPTED = declare(
    Notice(
        key="network.invitation_accepted",
        audience="Тот, кто приглашал",
        title="Приглашение принято: {person}",
        text="{person} теперь в организации «{organisation}». Роль: {role}.",
        by_post=False,
    )
)
THREAD_WRITTEN = declare(
    Notice(
        key="network.thread_written",
        audience="Те, кто отвечает за другую сторону переписки; пока не прочтут, больше не пишем",
        title="Сообщение от организации «{organisation}»",
        text="Тема: «{subject}». Откройте переписку и ответьте там же. Пока вы её не прочтёте, о новых сообщениях в ней не напомним.",
    )
)
REGISTRATION_ASKED = declare(
    Notice(
        key="network.registration_asked",
        audience="Координатор муниципалитета; если его нет, организаторы",
        title="Новая организация просит подключения: {organisation}",
        text="{person} просит подключить организацию «{organisation}», {municipality}. Проверьте заявление.",
    )
)
REGISTRATION_CONFIRMED = declare(
    Notice(
        key="network.registration_confirmed",
        audience="Тот, кто просил подключить организацию",
        title="Организация подключена: {organisation}",
        text="Ваше заявление подтверждено. Номер организации в реестре: {number}. Теперь вы можете подать заявку на конкурс.",
    )
)
REGISTRATION_DECLINED = declare(
    Notice(
        key="network.registration_declined",
        audience="Тот, кто просил подключить организацию",
        title="Заявление отклонено: {organisation}",
        text="Организацию «{organisation}» не подключили. Причина: {reason}\n\nИсправьте и отправьте заявление ещё раз.",
    )
)
STATUS_GRANTED = declare(
    Notice(
        key="network.status_granted",
        audience="Руководитель и сотрудники организации",
        title="Присвоен статус: {kind}",
        text="Организации «{organisation}» присвоен статус: {kind}. Тема: «{theme}». Приказ {order}. Срок: с {starts} по {ends}.",
        by_post=False,
    )
)
STATUS_ENDED = declare(
    Notice(
        key="network.status_ended",
        audience="Руководитель и сотрудники организации",
        title="Статус изменён: {kind}",
        text="Организация: «{organisation}». Статус: {kind}, тема «{theme}». Теперь он: {state}. {reason}",
    )
)
COMPANION_NAMED = declare(
    Notice(
        key="network.companion_named",
        audience="Тот, кто будет сопровождать площадку, руководитель и сотрудники площадки",
        title="Сопровождение площадки: {organisation}",
        text="Площадку «{organisation}» (тема «{theme}») теперь сопровождает {person}, {part}.",
    )
)
COMPANION_LEFT = declare(
    Notice(
        key="network.companion_left",
        audience="Тот, кто сопровождал площадку, руководитель и сотрудники площадки",
        title="Сопровождение прекращено: {organisation}",
        text="{person}, {part}, больше не сопровождает площадку «{organisation}» (тема «{theme}»).",
        by_post=False,
    )
)
ERRAND_GIVEN = declare(
    Notice(
        key="network.errand_given",
        audience="Тот, кому дали поручение",
        title="Поручение: {title}",
        text="{maker} просит вас: {title}. {due}{source} Когда сделаете, отметьте это на странице поручения.",
    )
)
ERRAND_DONE = declare(
    Notice(
        key="network.errand_done",
        audience="Тот, кто дал поручение",
        title="Поручение выполнено: {title}",
        text="Исполнитель: {assignee}. Что вышло: {outcome}",
        by_post=False,
    )
)
ERRAND_DROPPED = declare(
    Notice(
        key="network.errand_dropped",
        audience="Тот, кому дали поручение",
        title="Поручение снято: {title}",
        text="Выполнять его не нужно. Причина: {outcome}",
        by_post=False,
    )
)
ERRAND_DUE = declare(
    Notice(
        key="network.errand_due",
        audience="Тот, кому дали поручение, за день до срока",
        title="Завтра срок поручения: {title}",
        text="{due} Поручение дал(а) {maker}. Если уже сделано, отметьте это на странице поручения.",
    )
)
ERRAND_OVERDUE = declare(
    Notice(
        key="network.errand_overdue",
        audience="Тот, кому дали поручение, на следующий день после срока",
        title="Срок поручения прошёл: {title}",
        text="{due} Поручение дал(а) {maker}. Отметьте, что вышло, или попросите снять поручение.",
    )
)
GROUP_JOINED = declare(
    Notice(
        key="network.group_joined",
        audience="Человек, которого включили в рабочую группу",
        title="Вы в рабочей группе: {group}",
        text="Вас включили в рабочую группу «{group}». {purpose}",
    )
)
