"""The way of an application in words and steps: what it is now, what comes next and when."""

from dataclasses import dataclass
from datetime import datetime

from innoset.contests.models import Application, ContestStage
from innoset.contests.papers.receipts import when_of
from innoset.contests.queries.applications import deadline_of, objection_to_change
from innoset.contests.states import ApplicationState, StageKind
from innoset.foundation.russian import moment_in_words

S = ApplicationState
KINDS: dict[str, str] = {
    S.DRAFT: "work",
    S.SUBMITTED: "done",
    S.RETURNED: "warn",
    S.ADMITTED: "done",
    S.REFUSED: "bad",
    S.IN_REVIEW: "done",
    S.TO_DEFENCE: "done",
    S.DECLINED: "bad",
    S.PROPOSED: "good",
    S.REJECTED: "bad",
    S.AWARDED: "good",
    S.WITHDRAWN: "",
}
NEXT = {
    S.SUBMITTED: "Ждёт техническую экспертизу",
    S.ADMITTED: "Ждёт заочную экспертизу",
    S.REFUSED: "Причина — в письме организатора",
    S.IN_REVIEW: "Эксперты читают заявку",
    S.TO_DEFENCE: "Готовьтесь к открытой защите",
    S.DECLINED: "Причина — в письме организатора",
    S.PROPOSED: "Ждёт приказ о присвоении статуса",
    S.REJECTED: "Замечания экспертов — в письме об итогах",
    S.AWARDED: "Скачайте диплом",
    S.WITHDRAWN: "Больше не рассматривается",
}
# At which stage of the calendar an application stands: the stage goes on for it, those before are over.
STANDS_AT = {
    S.DRAFT: StageKind.SUBMISSION,
    S.SUBMITTED: StageKind.CHECK,
    S.RETURNED: StageKind.CHECK,
    S.REFUSED: StageKind.CHECK,
    S.ADMITTED: StageKind.REMOTE,
    S.IN_REVIEW: StageKind.REMOTE,
    S.DECLINED: StageKind.REMOTE,
    S.TO_DEFENCE: StageKind.DEFENCE,
    S.REJECTED: StageKind.COUNCIL,
    S.PROPOSED: StageKind.RESULTS,
}
ENDED = {S.REFUSED, S.DECLINED, S.REJECTED}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the timeline; `when` is past, now or next."""

    title: str
    when: str
    note: str = ""
    text: str = ""


def next_step(application: Application, at: datetime) -> str:
    """Say what the applicant does or waits for now."""
    state = S(application.state)
    if state not in (S.DRAFT, S.RETURNED):
        return NEXT[state]
    if objection := objection_to_change(application, at):
        return objection
    deadline = deadline_of(application)
    verb = "Исправьте" if state == S.RETURNED else "Заполните"
    return f"{verb} и отправьте до {moment_in_words(deadline)}" if deadline else f"{verb} и отправьте"


def steps_of(application: Application) -> list[Step]:
    """Return the calendar of the contest as this application goes through it."""
    state = S(application.state)
    stages = list(application.contest.stages.all())
    order = [StageKind(stage.kind) for stage in stages]
    stands = STANDS_AT.get(state)
    place = order.index(stands) if stands in order else len(order)
    steps = [_step(stage, index - place, state) for index, stage in enumerate(stages)]
    return steps[: place + 1] if state in ENDED else steps


def _step(stage: ContestStage, ahead: int, state: ApplicationState) -> Step:
    when = "past" if ahead < 0 else "next" if ahead else "now"
    return Step(str(stage), when, when_of(stage), NEXT.get(state, "") if when == "now" else "")
