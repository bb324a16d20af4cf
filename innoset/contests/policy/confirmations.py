"""Who may ask for the head's confirmation, and who may give it."""

from innoset.contests.models import Application
from innoset.contests.policy.applications import writes_application
from innoset.foundation.policy import permit, predicate
from innoset.network.queries import holds
from innoset.network.states import Role


@predicate
def heads_application(user: object, application: Application) -> bool:
    """The head of the organisation that applies: a code is the head's own signature."""
    return holds(user, Role.HEAD, organisation=application.organisation_id)


permit("contests.ask_confirmation", writes_application, title="Запросить подтверждение руководителя")
permit("contests.annul_confirmation", writes_application, title="Отменить запрос подтверждения")
permit("contests.give_by_signature", writes_application, title="Загрузить файл подписи руководителя")
permit("contests.give_by_scan", writes_application, title="Загрузить скан с подписью руководителя")
permit("contests.give_by_code", heads_application, title="Подтвердить заявку кодом из письма")
permit("contests.refuse_confirmation", heads_application, title="Отказаться подтвердить заявку")
permit("contests.confirm_and_send", heads_application, title="Подтвердить заявку кодом и отправить её")
