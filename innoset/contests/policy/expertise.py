"""Who may start the expertise, the defence and the council."""

from innoset.contests.policy.roles import runs_contest
from innoset.foundation.policy import permit

permit("contests.start_expertise", runs_contest, title="Передать заявки экспертам")
permit("contests.start_defence", runs_contest, title="Допустить к открытой защите")
permit("contests.start_council", runs_contest, title="Передать рейтинг совету")
permit("contests.send_schedule", runs_contest, title="Разослать расписание защиты")
permit("contests.compare_texts", runs_contest, title="Сравнить тексты заявок с другими работами")
