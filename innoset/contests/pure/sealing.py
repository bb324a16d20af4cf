"""The seal of a sending: one checksum over what was written and what was attached."""

import hashlib
from collections.abc import Iterable


def seal(content: bytes, files: Iterable[str]) -> str:
    """Return the SHA-256 of the canonical content followed by the sorted checksums of the files.

    Anybody who has both can count it again; without files it is the checksum of the content alone.
    """
    whole = hashlib.sha256(content)
    for checksum in sorted(files):
        whole.update(b"\n" + checksum.encode())
    return whole.hexdigest()
