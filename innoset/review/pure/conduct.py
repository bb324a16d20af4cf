"""How long each part of a defence lasts, and how late the day is. Phases are told by their values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MARKING: Final = 3 * 60
BREAK: Final = 10 * 60
MINUTE: Final = 60
_SPEECH_PARTS: Final = 3
"""Two parts of three of a speaker's time are for the speech, the third is for questions."""
_STEP: Final = 5
"""A day is shifted by whole fives of minutes: nobody comes at 11:07."""


@dataclass(frozen=True, slots=True)
class Timer:
    """The time of a phase: since when it runs, how long it may, since when it stands still."""

    began_at: datetime
    seconds: int
    paused_at: datetime | None = None

    def spent(self, at: datetime) -> int:
        """Return how many seconds have run."""
        return max(0, int(((self.paused_at or at) - self.began_at).total_seconds()))

    def shown(self, at: datetime) -> str:
        """Return «3:05» left, «+0:40» over, or the time spent where there is no limit."""
        left = self.seconds - self.spent(at)
        sign = "+" if self.seconds and left < 0 else ""
        minutes, seconds = divmod(abs(left), MINUTE)
        return f"{sign}{minutes}:{seconds:02d}"


def seconds_of(phase: str, minutes: int) -> int:
    """Return how long a phase lasts when a speaker has so many minutes; nought is without end."""
    speech = -(-minutes * 2 // _SPEECH_PARTS)
    lasts = {
        "speech": speech * MINUTE,
        "questions": (minutes - speech) * MINUTE,
        "marking": MARKING,
        "break": BREAK,
    }
    return lasts.get(phase, 0)


def minutes_late(planned: datetime, began: datetime) -> int:
    """Return by how many minutes the rest of the day should be moved: whole fives, from half of one on."""
    late = (began - planned) / timedelta(minutes=1)
    return max(0, _STEP * round(late / _STEP))


STEP_LABELS: Final = {
    "call": "Вызвать",
    "start": "Начать выступление",
    "ask": "К вопросам",
    "mark": "Ставить баллы",
    "reveal": "Показать баллы",
    "rest": "Перерыв",
    "finish": "Окончить защиту",
    "pause": "Остановить время",
    "go_on": "Продолжить время",
}


def usual_step(phase: str, *, is_called: bool, has_following: bool) -> str:
    """Return what usually comes next: the one button that is needed most of the time."""
    if phase == "waiting" and is_called:
        return "start"
    onward = {"speech": "ask", "questions": "mark", "marking": "reveal"}
    if phase in onward:
        return onward[phase]
    if has_following:
        return "call"
    return "" if phase == "over" else "finish"
