"""What accounts announce."""

from innoset.foundation.notify.notices import Notice, declare

SIGN_IN_LETTER = declare(
    Notice(
        key="accounts.sign_in",
        audience="Человек, который входит, регистрируется или меняет защиту своей учётной записи",
        title="{title}",
        text="{text}",
    )
)
