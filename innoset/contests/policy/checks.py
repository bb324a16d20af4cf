"""Who checks applications before the experts read them."""

from innoset.contests.policy.roles import runs_contest
from innoset.foundation.policy import permit

permit("contests.check_application", runs_contest, title="Провести техническую экспертизу заявки")
