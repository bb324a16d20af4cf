"""Who may make and run a contest: the organisers of its organisation."""

from innoset.contests.policy.roles import runs_contest
from innoset.foundation.policy import permit

permit("contests.make_contest", runs_contest, title="Создать конкурс по шаблону")
permit("contests.edit_contest", runs_contest, title="Изменить сведения и правила конкурса")
permit("contests.attach_regulation", runs_contest, title="Приложить положение о конкурсе")
permit("contests.set_word_template", runs_contest, title="Взять свой шаблон формы DOCX")
permit("contests.drop_word_template", runs_contest, title="Вернуться к официальной форме DOCX")
permit("contests.set_nominations", runs_contest, title="Изменить номинации конкурса")
permit("contests.set_directions", runs_contest, title="Указать направления номинаций")
permit("contests.set_calendar", runs_contest, title="Изменить сроки конкурса")
permit("contests.set_consents", runs_contest, title="Выбрать согласия участников")
permit("contests.set_criteria", runs_contest, title="Изменить критерии конкурса")
permit("contests.give_own_criteria", runs_contest, title="Завести свои критерии номинации")
permit("contests.drop_own_criteria", runs_contest, title="Вернуть номинации общие критерии")
permit("contests.publish_contest", runs_contest, title="Опубликовать конкурс")
permit("contests.unpublish_contest", runs_contest, title="Снять конкурс с публикации")
permit("contests.cancel_contest", runs_contest, title="Отменить конкурс")
permit("contests.copy_contest", runs_contest, title="Повторить конкурс на следующий год")
