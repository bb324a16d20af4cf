"""What the network announces."""

from collections.abc import Iterable
from datetime import datetime

from innoset.accounts.models import User
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice, declare
from innoset.foundation.russian import counted
from innoset.network.models import Agreement

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
STATUS_EXTENDED = declare(
    Notice(
        key="network.status_extended",
        audience="Руководитель и сотрудники организации",
        title="Статус продлён: {kind}",
        text="Организация: «{organisation}». Статус: {kind}, тема «{theme}». Приказ {order}. Теперь он действует по {ends}.",
        by_post=False,
    )
)
STATUS_PASSED = declare(
    Notice(
        key="network.status_passed",
        audience="Руководитель и сотрудники организации, к которой перешёл статус",
        title="К вам перешёл статус: {kind}",
        text="Статус «{kind}», тема «{theme}», теперь у организации «{organisation}». Он действует по {ends}. {reason}",
    )
)
STATUS_ENDS_SOON = declare(
    Notice(
        key="network.status_ends_soon",
        audience="Руководитель и сотрудники организации, координаторы её муниципалитета",
        title="Срок статуса заканчивается {ends}: {kind}",
        text="Организация: «{organisation}». Статус: {kind}, тема «{theme}». До конца срока: {left}. На странице статуса видно, что ещё нужно сделать и объявлен ли конкурс.",
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
        text="{due} От кого: {maker}. Если уже сделано, отметьте это на странице поручения.",
    )
)
ERRAND_OVERDUE = declare(
    Notice(
        key="network.errand_overdue",
        audience="Тот, кому дали поручение, на следующий день после срока",
        title="Срок поручения прошёл: {title}",
        text="{due} От кого: {maker}. Отметьте, что вышло, или попросите снять поручение.",
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


# ── Agreements ──────────────────────────────────────────────────────────────

AGREEMENT_SENT = declare(
    Notice(
        key="network.agreement_sent",
        audience="Руководитель партнёра и координатор муниципалитета",
        title="Соглашение ждёт подписи: {partner}",
        text="«{ours}» отправляет вам соглашение. Скачайте текст, подпишите и приложите подписанный файл на странице соглашения.",
    )
)
AGREEMENT_COPY_GIVEN = declare(
    Notice(
        key="network.agreement_copy_given",
        audience="Тот, кто готовил соглашение",
        title="Партнёр подписал соглашение: {partner}",
        text="Подписанный файл приложен. Внесите номер, дату и срок соглашения.",
    )
)
AGREEMENT_SIGNED = declare(
    Notice(
        key="network.agreement_signed",
        audience="Стороны соглашения и координатор муниципалитета",
        title="Соглашение подписано: {partner}",
        text="{agreement} между «{ours}» и «{partner}» подписано. {term}",
        by_post=False,
    )
)
AGREEMENT_ENDED = declare(
    Notice(
        key="network.agreement_ended",
        audience="Стороны соглашения и координатор муниципалитета",
        title="Соглашение расторгнуто: {partner}",
        text="{agreement} между «{ours}» и «{partner}» расторгнуто с {ended}. Причина: {reason}",
    )
)
AGREEMENT_EXPIRES = declare(
    Notice(
        key="network.agreement_expires",
        audience="Стороны соглашения и координатор муниципалитета, за 90 и за 30 дней до конца",
        title="Соглашение заканчивается через {left}: {partner}",
        text="{agreement} между «{ours}» и «{partner}» действует до {until}. Подготовьте продление заранее.",
    )
)


def agreement_sent(agreement: Agreement, *, to: Iterable[User], at: datetime) -> None:
    """Ask the partner's side to sign; sent once more after a change, it asks once more."""
    _of_agreement(AGREEMENT_SENT, agreement, to=to, about=f"sent:{int(at.timestamp())}", at=at)


def agreement_copy_given(agreement: Agreement, *, to: Iterable[User | None], at: datetime) -> None:
    """Tell whoever drew the agreement up that the partner has signed."""
    people = [person for person in to if person is not None]
    _of_agreement(AGREEMENT_COPY_GIVEN, agreement, to=people, about=f"copy:{agreement.file_id}", at=at)


def agreement_signed(agreement: Agreement, *, to: Iterable[User], at: datetime) -> None:
    """Tell the sides that the agreement is in force."""
    _of_agreement(AGREEMENT_SIGNED, agreement, to=to, about="signed", at=at)


def agreement_ended(agreement: Agreement, *, to: Iterable[User], at: datetime) -> None:
    """Tell the sides that the agreement is over, and why."""
    _of_agreement(AGREEMENT_ENDED, agreement, to=to, about="ended", at=at)


def agreement_expires(
    agreement: Agreement, *, to: Iterable[User], mark: int, left: int, at: datetime
) -> None:
    """Tell the sides that the term is near its end; `mark` tells the first warning from the second."""
    words = counted(left, "день", "дня", "дней")
    about = f"expires:{mark}:{agreement.ends_on}"
    _of_agreement(AGREEMENT_EXPIRES, agreement, to=to, about=about, at=at, left=words)


def _of_agreement(
    notice: Notice, agreement: Agreement, *, to: Iterable[User], about: str, at: datetime, **more: str
) -> None:
    until = f"{agreement.ends_on:%d.%m.%Y}" if agreement.ends_on else ""
    facts = {
        "agreement": str(agreement),
        "ours": agreement.organisation.short_name,
        "partner": agreement.partner.short_name,
        "until": until,
        "term": f"Действует до {until}." if until else "Действует бессрочно.",
        "ended": f"{agreement.ended_on:%d.%m.%Y}" if agreement.ended_on else "",
        "reason": agreement.ending_note,
    }
    announce(
        notice,
        to=to,
        at=at,
        about=f"agreement:{agreement.pk}:{about}",
        url=f"/office/agreements/{agreement.pk}/",
        facts=facts | more,
    )
