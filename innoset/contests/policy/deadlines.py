"""Who gives more time, lets in what came late, and asks for the sending by itself."""

from typing import Any

from innoset.contests.policy.applications import writes_application
from innoset.contests.policy.roles import runs_contest
from innoset.foundation.policy import permit, predicate


@predicate
def asked_for_automatic(user: Any, application: Any = None) -> bool:
    """Whoever asked that the application be sent by itself."""
    return application is not None and application.auto_asked_by_id == user.pk


permit("contests.extend_for_all", runs_contest, title="Продлить приём заявок всем")
permit("contests.extend_for_one", runs_contest, title="Продлить срок одной заявке")
permit("contests.accept_late_copy", runs_contest, title="Принять опоздавшую отправку")
permit("contests.keep_late_copy", writes_application, title="Сохранить отправку, которая опоздала")
permit("contests.ask_automatic", writes_application, title="Попросить отправить заявку автоматически в срок")
permit("contests.stop_automatic", writes_application, title="Отменить автоматическую отправку заявки")
permit("contests.send_automatically", asked_for_automatic, title="Отправить заявку автоматически в срок")
