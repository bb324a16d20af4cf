"""Deeds of a defence that goes on: the console that the hall follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.review.actions.sheets import finish_sheet, save_sheet
from innoset.review.models import DefenceSlot, LiveBoard, Round, ScoreSheet
from innoset.review.pure import conduct as timing
from innoset.review.pure.scoring import Mark
from innoset.review.queries.live import slots_in_order
from innoset.review.states import BOARD, PHASE_LABELS, SLOT, Phase, RoundKind, RoundState, SlotState

KEPT = 20
LONGEST = 240
_BOARD = ("slot_id", "phase", "phase_began_at", "phase_seconds", "paused_at")
_SLOT = ("state", "began_at", "ended_at", "revealed_at")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one step of the console asks for: which step, whom, from which state of the board."""

    step: str
    version: int
    slot: DefenceSlot | None = None
    minutes: int | None = None


@action("review.conduct")
def conduct(review_round: Round, *, turn: Turn, by: Any, at: datetime) -> LiveBoard:
    """Make one step of the console; a second tap on the same button changes nothing."""
    board = _board(review_round)
    if _is_repeated(board, turn):
        ledger.note(repeated=turn.step)
        return board
    _require_known(board, turn.version)
    slot = _speaker(review_round, board, turn)
    _remember(board, slot, turn)
    if turn.step == "pause":
        _pause(board, at)
    elif turn.step == "go_on":
        _go_on(board, at)
    else:
        _turn(board, slot, turn, at)
    _save(board)
    ledger.note(step=turn.step, slot=slot.dossier.code if slot else "", phase=board.phase)
    return board


@action("review.step_back")
def step_back(review_round: Round, *, version: int, by: Any, at: datetime) -> LiveBoard:
    """Take the last step of the console back, as if it had not been made."""
    board = _board(review_round)
    _require_known(board, version)
    if not board.steps:
        raise Refusal("Отменять нечего: шагов, которые можно отменить, больше нет.")
    last = board.steps.pop()
    _restore(board, last["board"], _BOARD)
    for kept in last["slots"]:
        slot = DefenceSlot.objects.filter(pk=kept["id"], round=review_round).first()
        if slot is not None:
            _restore(slot, kept, _SLOT)
            slot.save(update_fields=_SLOT)
    if not DefenceSlot.objects.filter(pk=board.slot_id or 0, round=review_round).exists():
        board.slot = None
    _save(board)
    ledger.note(step=last["step"], phase=board.phase)
    return board


@action("review.miss_speaker")
def miss_speaker(review_round: Round, *, version: int, by: Any, at: datetime) -> DefenceSlot:
    """The speaker who was called is not here: their turn goes to the end of the day."""
    board = _board(review_round)
    _require_known(board, version)
    slot = board.slot
    if slot is None or board.phase != Phase.WAITING:
        raise Refusal("Сначала вызовите выступающего. Отметить неявку можно, пока он не начал.")
    last = slots_in_order(review_round)[-1]
    if slot.state != SlotState.MISSED:  # called a second time and absent again
        slot.state = SlotState(SLOT.move("miss", slot.state).target)
    slot.planned_at = slot.planned_at or slot.starts_at
    if last.pk != slot.pk:
        slot.starts_at = last.starts_at + timedelta(minutes=last.minutes)
        slot.position = last.position + 1
    slot.save(update_fields=["state", "planned_at", "starts_at", "position"])
    # A letter goes out about it, so the steps before it are not taken back any more.
    board.slot, board.steps = None, []
    _save(board)
    ledger.note(slot=slot.dossier.code, starts_at=slot.starts_at.isoformat())
    return slot


@action("review.shift_slots")
def shift_slots(review_round: Round, *, minutes: int, by: Any, at: datetime) -> list[DefenceSlot]:
    """Move everybody who has not spoken yet by so many minutes; what was planned first is remembered."""
    _require_going(review_round)
    if not 1 <= minutes <= LONGEST:
        raise Refusal(f"Сдвинуть можно на время от 1 до {LONGEST} минут.", field="minutes")
    board = _board(review_round)
    waiting = [
        one for one in slots_in_order(review_round) if one.state != SlotState.DONE and not one.began_at
    ]
    if not waiting:
        raise Refusal("Сдвигать некого: все уже выступили.")
    for slot in waiting:
        slot.planned_at = slot.planned_at or slot.starts_at
        slot.starts_at += timedelta(minutes=minutes)
    DefenceSlot.objects.bulk_update(waiting, ["planned_at", "starts_at"])
    _save(board)
    ledger.note(minutes=minutes, slots=[slot.dossier.code for slot in waiting])
    return waiting


def _board(review_round: Round) -> LiveBoard:
    """Return the board; the round is locked by the deed, so there is one."""
    _require_going(review_round)
    board, _ = LiveBoard.objects.select_related("slot__dossier").get_or_create(round=review_round)
    return board


def _require_going(review_round: Round) -> None:
    if review_round.kind != RoundKind.DEFENCE:
        raise Refusal("Пульт есть только у открытой защиты.")
    if review_round.state == RoundState.PREPARING:
        raise Refusal("Эксперты ещё не могут ставить баллы. Сначала откройте тур для экспертов.")
    if review_round.state == RoundState.CLOSED:
        raise Refusal("Защита завершена, вести её больше нельзя.")


def _is_repeated(board: LiveBoard, turn: Turn) -> bool:
    if not board.steps or turn.version != board.version - 1:
        return False
    last = board.steps[-1]
    return bool(last["step"] == turn.step and last["version"] == turn.version)


def _require_known(board: LiveBoard, version: int) -> None:
    if version != board.version:
        now = PHASE_LABELS[Phase(board.phase)]
        raise Refusal(f"Пульт уже переключили. Сейчас: «{now}». Посмотрите и нажмите ещё раз, если нужно.")


def _speaker(review_round: Round, board: LiveBoard, turn: Turn) -> DefenceSlot | None:
    """Return whom the step is about: the one who is called, or the one who stands on the board."""
    if turn.step != "call":
        if board.slot is None and turn.step in ("start", "ask", "mark", "reveal"):
            raise Refusal("Сначала вызовите выступающего.")
        return board.slot
    slot = review_round.slots.select_related("dossier").filter(pk=turn.slot.pk if turn.slot else 0).first()
    if slot is None:
        raise Refusal("Выберите, кто выступает следующим.", field="slot")
    if slot.state == SlotState.DONE:
        raise Refusal(
            f"{slot.dossier.code}: защита уже состоялась. Выберите другого выступающего.", field="slot"
        )
    return slot


def _turn(board: LiveBoard, slot: DefenceSlot | None, turn: Turn, at: datetime) -> None:
    phase = Phase(BOARD.move(turn.step, board.phase).target)
    board.slot = None if phase in (Phase.BREAK, Phase.OVER) else slot
    board.phase, board.phase_began_at, board.paused_at = phase, at, None
    board.phase_seconds = _lasts(phase, slot, turn.minutes)
    if slot is not None:
        _write_slot(slot, turn.step, at)


def _lasts(phase: Phase, slot: DefenceSlot | None, minutes: int | None) -> int:
    if minutes is None:
        return timing.seconds_of(phase, slot.minutes if slot else 0)
    if not 1 <= minutes <= LONGEST:
        raise Refusal(f"Укажите время от 1 до {LONGEST} минут.", field="minutes")
    return minutes * timing.MINUTE


def _write_slot(slot: DefenceSlot, step: str, at: datetime) -> None:
    if step == "start":
        slot.began_at, slot.ended_at, slot.revealed_at = at, None, None
    elif step == "mark":
        slot.ended_at = at
        slot.state = SlotState(SLOT.move("hold", slot.state).target)
    elif step == "reveal":
        slot.revealed_at = at
    slot.save(update_fields=_SLOT)


def _pause(board: LiveBoard, at: datetime) -> None:
    if board.phase_began_at is None or board.paused_at is not None or not board.phase_seconds:
        raise Refusal("Остановить нечего: время сейчас не идёт.")
    board.paused_at = at


def _go_on(board: LiveBoard, at: datetime) -> None:
    if board.phase_began_at is None or board.paused_at is None:
        raise Refusal("Время уже идёт.")
    board.phase_began_at += at - board.paused_at
    board.paused_at = None


def _remember(board: LiveBoard, slot: DefenceSlot | None, turn: Turn) -> None:
    """Keep what stands now, so that the step can be taken back."""
    slots = [{"id": slot.pk, **_plain(slot, _SLOT)}] if slot is not None else []
    entry = {"step": turn.step, "version": turn.version, "board": _plain(board, _BOARD), "slots": slots}
    board.steps = [*board.steps, entry][-KEPT:]


def _plain(row: Any, names: Iterable[str]) -> dict[str, Any]:
    values = ((name, getattr(row, name)) for name in names)
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values}


def _restore(row: Any, kept: dict[str, Any], names: Iterable[str]) -> None:
    for name in names:
        value = kept[name]
        setattr(row, name, datetime.fromisoformat(value) if name.endswith("_at") and value else value)


def _save(board: LiveBoard) -> None:
    board.version += 1
    board.save()


@action("review.finish_at_once")
def finish_at_once(sheet: ScoreSheet, *, marks: Mapping[int, Mark], by: Any, at: datetime) -> None:
    """Save the marks on the page and finish the sheet: one tap in the hall."""
    save_sheet(sheet, marks=marks, by=by, at=at)
    finish_sheet(sheet, by=by, at=at)
