"""What can be announced about the technical check: one notice an outcome."""

from innoset.contests.states import CheckOutcome
from innoset.foundation.notify.notices import Notice, declare

AUDIENCE = "сотрудники организации, которая подала заявку"

BY_OUTCOME = {
    CheckOutcome.CONFORMS: declare(
        Notice(
            key="contests.check_conforms",
            audience=AUDIENCE,
            title="Заявка {number} допущена к экспертизе",
            text="{letter}",
        )
    ),
    CheckOutcome.MINOR: declare(
        Notice(
            key="contests.check_minor",
            audience=AUDIENCE,
            title="Заявка {number} допущена, есть недочёты",
            text="{letter}",
        )
    ),
    CheckOutcome.MEND: declare(
        Notice(
            key="contests.check_mend",
            audience=AUDIENCE,
            title="Исправьте заявку {number} до {until}",
            text="{letter}",
        )
    ),
    CheckOutcome.REFUSED: declare(
        Notice(
            key="contests.check_refused",
            audience=AUDIENCE,
            title="Заявка {number} не допущена",
            text="{letter}",
        )
    ),
}
