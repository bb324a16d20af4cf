"""What is announced to applicants while experts work."""

from innoset.foundation.notify.notices import Notice, declare

_TEAM = "команда организации, подавшей заявку"

TO_EXPERTS = declare(
    Notice(
        key="contests.to_experts",
        audience=_TEAM,
        title="Заявка {number} передана экспертам",
        text="Заявку {number} читают эксперты. Отозвать или изменить её уже нельзя. Мы сообщим о решении.",
        by_post=False,
    )
)
TO_DEFENCE = declare(
    Notice(
        key="contests.to_defence",
        audience=_TEAM,
        title="Заявка {number} допущена к открытой защите",
        text=(
            "Заявка {number} допущена к открытой защите конкурса «{contest}».\n"
            "{result}\n\n"
            "Время и место защиты мы пришлём отдельным письмом."
        ),
    )
)
NOT_TO_DEFENCE = declare(
    Notice(
        key="contests.not_to_defence",
        audience=_TEAM,
        title="Заявка {number} не прошла заочную экспертизу",
        text=(
            "Заявка {number} на конкурс «{contest}» не допущена к открытой защите.\n"
            "{result}\n\n"
            "Спасибо за участие. Паспорт проекта сохранён в кабинете: его можно доработать и подать снова."
        ),
    )
)
SCHEDULED = declare(
    Notice(
        key="contests.scheduled",
        audience=_TEAM,
        title="Защита заявки {number}: {when}",
        text=(
            "Открытая защита заявки {number} назначена на {when}.\n"
            "Выступление и вопросы — {minutes} мин.\nМесто: {room}.\nСсылка для подключения: {link}."
        ),
    )
)
