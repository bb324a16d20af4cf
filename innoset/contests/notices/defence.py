"""What is announced to teams on the day of the defence."""

from innoset.foundation.notify.notices import Notice, declare

MOVED = declare(
    Notice(
        key="contests.defence_moved",
        audience="команда, чьё выступление сдвинулось",
        title="Защита заявки {number} сдвинута: {when}",
        text=(
            "Защита началась позже, поэтому время заявки {number} сдвинуто.\n"
            "Было: {before}.\nТеперь: {when}.\nМесто: {room}."
        ),
    )
)
POSTPONED = declare(
    Notice(
        key="contests.defence_postponed",
        audience="команда, которая не явилась на своё выступление",
        title="Защита заявки {number} перенесена в конец: {when}",
        text=(
            "Вас вызвали на защиту заявки {number}, но вы не вышли.\n"
            "Вы выступите последними, примерно {when}.\nМесто: {room}.\n\n"
            "Если прийти не получится, сообщите организатору."
        ),
    )
)
