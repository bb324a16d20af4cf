"""Broken copies of good Word files, the same ones for the same seed."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Final

_BOMB: Final = 70 * 2**20
_MARK: Final = re.compile(rb"<[^>]*>")
_NUMBER: Final = re.compile(rb'"\d+"')
_PARAGRAPH: Final = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
_NUMBERS: Final = (b"0", b"-1", b"999999999999", b"1e9", b"", b"NaN", b"\xd9\xa3")
_INSERTED: Final = (
    b"<!DOCTYPE x [<!ENTITY a 'x'>]>",
    b"&a;",
    b"<![CDATA[<w:p>]]>",
    b"<?xml version='1.0' encoding='UTF-7'?>",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbf\xbf",
    b"<w:tbl><w:tr><w:tc>" * 40,
    b"<w:sdt><w:sdtContent>" * 300,
    b"</w:p>",
    b"<w:p/>" * 400,
)


# --- mutations of the bytes ----------------------------------------------------------------------


def _flip(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    for _ in range(random.choice((1, 3, 20, 200))):
        out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def _cut(data: bytes, random: Random) -> bytes:
    first, last = sorted(random.sample(range(len(data)), 2))
    return random.choice((data[:first], data[last:], data[:first] + data[last:], data[:last] + data[first:]))


def _forge_sizes(data: bytes, random: Random) -> bytes:
    out = bytearray(data)
    marks = [found.start() for found in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    for place in random.sample(marks, min(3, len(marks))):
        field = place + random.randrange(4, 44)
        value = random.choice((0, 1, 2**31 - 1, 2**32 - 1, random.randrange(2**32)))
        out[field : field + 4] = struct.pack("<L", value)
    return bytes(out)


# --- mutations of the archive --------------------------------------------------------------------


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _swap_members(data: bytes, random: Random) -> bytes:
    parts = list(_parts(data).items())
    one, other = random.sample(range(len(parts)), 2)
    parts[one], parts[other] = (parts[one][0], parts[other][1]), (parts[other][0], parts[one][1])
    return _packed(parts)


def _rename_member(data: bytes, random: Random) -> bytes:
    parts = list(_parts(data).items())
    place = random.randrange(len(parts))
    names = ("../x", "word/vbaProject.bin", "x" * 300, "/etc/passwd", "word/\u202ex", "word\\x", "a/")
    parts[place] = (random.choice(names), parts[place][1])
    return _packed(parts)


def _lose_member(data: bytes, random: Random) -> bytes:
    parts = list(_parts(data).items())
    del parts[random.randrange(len(parts))]
    return _packed(parts)


@cache
def _bomb(data: bytes, *, is_text: bool) -> bytes:
    parts = _parts(data)
    if is_text:
        body = parts["word/document.xml"]
        parts["word/document.xml"] = body.replace(b"</w:body>", _PARAGRAPH * 600_000 + b"</w:body>")
    else:
        parts["word/media/image1.bmp"] = bytes(_BOMB)
    return _packed(list(parts.items()))


def _inflate(data: bytes, random: Random) -> bytes:
    """Return a small file that is large inside; a byte of it differs each time."""
    bomb = bytearray(_bomb(data, is_text=random.choice((True, True, True, False))))
    bomb[10] = random.randrange(256)
    return bytes(bomb)


# --- mutations of the text -----------------------------------------------------------------------


def _edit_xml(data: bytes, random: Random) -> bytes:
    parts = _parts(data)
    name = random.choice([*(["word/document.xml"] * 3), *sorted(parts)])
    for _ in range(random.choice((1, 2, 5))):
        parts[name] = _edited(parts[name], random)
    return _packed(list(parts.items()))


def _edited(xml: bytes, random: Random) -> bytes:
    marks = [found.span() for found in _MARK.finditer(xml)] or [(0, 0)]
    start, end = random.choice(marks)
    other, _ = random.choice(marks)
    first, last = min(start, other), max(end, other)
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: xml[:start] + xml[end:],
        lambda: xml[:end] + xml[start:end] * random.choice((1, 30)) + xml[end:],
        lambda: xml[:end] + random.choice(_INSERTED) + xml[end:],
        lambda: xml[:last] + xml[first:last] + xml[last:],
        lambda: xml[:first] + xml[last:],
        lambda: _NUMBER.sub(b'"' + random.choice(_NUMBERS) + b'"', xml, count=random.choice((1, 40))),
    )
    return random.choice(ways)()


_KINDS: Final[tuple[tuple[Callable[[bytes, Random], bytes], int], ...]] = (
    (_flip, 250),
    (_cut, 100),
    (_forge_sizes, 150),
    (_swap_members, 60),
    (_rename_member, 40),
    (_lose_member, 40),
    (_edit_xml, 355),
    (_inflate, 5),
)


def mutated(data: bytes, random: Random) -> tuple[str, bytes]:
    """Return the name of a mutation and the file after it, the same for the same seed."""
    [(deed, _)] = random.choices(_KINDS, [weight for _, weight in _KINDS])
    return deed.__name__.strip("_"), deed(data, random)
