"""Who may do what to an application: those who write for its organisation."""

from typing import Any

from innoset.foundation.policy import permit, predicate
from innoset.network.queries import holds
from innoset.network.states import Role


@predicate
def writes_somewhere(user: object, contest: Any = None) -> bool:
    """A head or a member of staff of any organisation; which one it applies for is asked in the deed."""
    del contest
    return holds(user, Role.HEAD, Role.EDITOR)


@predicate
def writes_application(user: object, subject: Any = None) -> bool:
    """A head or a member of staff of the organisation that applies."""
    application = getattr(subject, "application", subject)
    return application is not None and holds(
        user, Role.HEAD, Role.EDITOR, organisation=application.organisation_id
    )


permit("contests.start_application", writes_somewhere, title="Начать заявку от своей организации")
permit("contests.answer", writes_application, title="Заполнить поле заявки")
permit("contests.answer_section", writes_application, title="Сохранить раздел заявки")
permit("contests.take_held", writes_application, title="Вернуть в заявку набранное после конца сеанса")
permit("contests.put_held_away", writes_application, title="Отложить в историю набранное после конца сеанса")
permit("contests.set_aside", writes_application, title="Отложить в историю запоздавшие тексты заявки")
permit("contests.restore_answer", writes_application, title="Вернуть текст заявки из истории")
permit("contests.change_stages", writes_application, title="Добавить или убрать этап в заявке")
permit("contests.read_word", writes_application, title="Прочитать в заявку паспорт из файла")
permit("contests.place_leftover", writes_application, title="Перенести нераспознанный кусок файла в поле")
permit("contests.carry_word", writes_application, title="Перенести поля из файла в заявку")
permit("contests.copy_application", writes_application, title="Перенести в заявку поля прошлой заявки")
permit("contests.choose_nomination", writes_application, title="Выбрать номинацию заявки")
permit("contests.attach_file", writes_application, title="Приложить файл к заявке")
permit("contests.begin_file", writes_application, title="Начать загрузку файла к заявке")
permit("contests.remove_file", writes_application, title="Убрать файл из заявки")
permit("contests.restore_file", writes_application, title="Вернуть файл в заявку")
permit("contests.submit_application", writes_application, title="Отправить заявку")
permit("contests.discard_edits", writes_application, title="Отбросить правки после отправки")
permit("contests.withdraw_application", writes_application, title="Отозвать заявку")
