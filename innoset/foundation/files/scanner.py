"""The virus scanner beside us, if there is one: a ClamAV daemon asked over its own plain protocol."""

import socket
import struct
from enum import StrEnum

from django.conf import settings

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 60.0
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096


class Verdict(StrEnum):
    """What the scanner says of some bytes."""

    CLEAN = "clean"
    INFECTED = "infected"


class ScannerAway(Exception):  # reason: says what is so
    """Nobody answers at the scanner's address: no file can be judged now."""


class NoVerdict(Exception):  # reason: says what is so
    """The scanner took the file and gave no answer that one could trust."""


def is_present() -> bool:
    """Tell whether this installation has a scanner."""
    return bool(settings.CLAMD_SOCKET)


def verdict_on(data: bytes) -> Verdict:
    """Ask the scanner. Silence, half an answer or a strange one is no verdict, least of all a clean one."""
    try:
        line = _connected()
    except OSError as error:
        raise ScannerAway(str(error)) from error
    try:
        with line:
            line.settimeout(ANSWER_SECONDS)
            return _understood(_asked(line, data))
    except OSError as error:
        raise NoVerdict(str(error)) from error


def _connected() -> socket.socket:
    address = settings.CLAMD_SOCKET
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)


def _asked(line: socket.socket, data: bytes) -> bytes:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), _PIECE):
        piece = data[start : start + _PIECE]
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        more = line.recv(_LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer


def _understood(answer: bytes) -> Verdict:
    if answer == b"stream: OK\0":
        return Verdict.CLEAN
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND\0"):
        return Verdict.INFECTED
    raise NoVerdict(answer[:200].decode("ascii", "replace"))
