"""Troubles told to a person in one sentence, without a traceback."""

import errno
import re
import sys
from collections.abc import Callable

NO_SPACE = "На диске кончилось место: освободите его и повторите команду."
READ_ONLY = "Нет права записи в папку {path}: откройте её или укажите другую папку в INNOSET_VAR."
NO_NETWORK = (
    "Не удалось получить пакеты из реестра: проверьте сеть "
    "или задайте адрес своего реестра в PIP_INDEX_URL и повторите команду."
)

NO_RIGHT = "Нет права записи в папку программы или данных: проверьте её владельца и повторите команду."
WRONG_HASH = (
    "Полученный пакет не совпал с записанной контрольной суммой: "
    "проверьте, какой реестр задан в PIP_INDEX_URL, и повторите команду."
)

KNOWN = {
    NO_SPACE: ("No space left on device", "disk is full", "os error 28", "Errno 28", "quota exceeded"),
    NO_RIGHT: (
        "Read-only file system",
        "readonly database",
        "unable to open database file",
        "Permission denied",
    ),
    WRONG_HASH: ("do not match the hashes", "ash mismatch"),
}


class Trouble(Exception):
    """The command cannot go on; the text is the sentence for the person."""


def explain(output: str, *, otherwise: str) -> str:
    """Turn the output of a failed program into one sentence.

    A program of ours has said it in Russian already, in its last line; others are recognised.
    """
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    if lines and re.search("[а-яё]{3}", lines[-1], re.IGNORECASE):
        return re.sub(r"^(?:(?:[A-Za-z_]\w*\.)+\w+|CommandError):\s*", "", lines[-1])
    return next(
        (sentence for sentence, signs in KNOWN.items() if any(sign in output for sign in signs)), otherwise
    )


def of_os_error(error: OSError) -> str:
    """Say what the operating system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NO_SPACE
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return READ_ONLY.format(path=error.filename)
    return f"Система отказала: {error.strerror} ({error.filename})."


def tell(main: Callable[[], int]) -> None:
    """Run the command and leave with its status; a trouble becomes one sentence and status 1."""
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a text stream here, always
    try:
        status = main()
    except Trouble as trouble:
        status = _refuse(str(trouble))
    except OSError as error:
        status = _refuse(of_os_error(error))
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
