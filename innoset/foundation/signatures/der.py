"""Reading DER, and the indefinite lengths that some programs write, into a tree. Knows nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

DEEPEST = 40
CONSTRUCTED, CLASS = 0x20, 0xC0
INTEGER, OCTETS, NULL, OID, SEQUENCE, SET = 0x02, 0x04, 0x05, 0x06, 0x30, 0x31
UTF8, NUMERIC, PRINTABLE, TELETEX, IA5, UTC_TIME, TIME, UNIVERSAL, BMP = 12, 18, 19, 20, 22, 23, 24, 28, 30
CODECS = {
    UTF8: "utf-8",
    NUMERIC: "ascii",
    PRINTABLE: "ascii",
    TELETEX: "latin-1",
    IA5: "ascii",
    UNIVERSAL: "utf-32-be",
    BMP: "utf-16-be",
}


class BadDer(ValueError):  # reason: the word of the standard
    """The bytes are not what they claim to be."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value: its tag, its content, all of its bytes, and what lies inside."""

    tag: int
    content: bytes
    whole: bytes
    children: tuple["Node", ...] = ()

    def __getitem__(self, place: int) -> "Node":
        """Return a part by its place; a missing one is bad DER, not a mistake of the programmer."""
        try:
            return self.children[place]
        except IndexError as error:
            raise BadDer("a part is missing") from error

    def __iter__(self) -> Iterator["Node"]:
        return iter(self.children)

    def __len__(self) -> int:
        return len(self.children)

    @property
    def oid(self) -> str:
        """Return the dotted name."""
        if self.tag != OID or not self.content or self.content[-1] & 0x80:
            raise BadDer("no object identifier")
        return _dotted(self.content)

    @property
    def number(self) -> int:
        """Return the integer."""
        if self.tag != INTEGER or not self.content:
            raise BadDer("no integer")
        return int.from_bytes(self.content, "big", signed=True)

    @property
    def text(self) -> str:
        """Return the words of any kind of string."""
        if self.tag not in CODECS:
            raise BadDer("no string")
        try:
            return self.content.decode(CODECS[self.tag])
        except UnicodeDecodeError as error:
            raise BadDer("a damaged string") from error

    @property
    def moment(self) -> datetime:
        """Return the moment of either kind of time."""
        form, length = {UTC_TIME: ("%y%m%d%H%M%SZ", 13), TIME: ("%Y%m%d%H%M%SZ", 15)}.get(self.tag, ("", -1))
        if len(self.content) != length:
            raise BadDer("no time")
        try:
            return datetime.strptime(self.content.decode("ascii"), form).replace(tzinfo=UTC)
        except ValueError as error:
            raise BadDer("a damaged time") from error


def _dotted(content: bytes) -> str:
    numbers, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - first * 40, *numbers[1:])))


def parse(data: bytes) -> Node:
    """Read exactly one value that fills the bytes; raise BadDer when anything is amiss or left over."""
    node, end = _node(data, 0, 0)
    if end != len(data):
        raise BadDer("bytes after the end")
    return node


def _node(data: bytes, start: int, depth: int) -> tuple[Node, int]:
    if depth > DEEPEST:
        raise BadDer("too deep")
    tag = _byte(data, start)
    if tag & 0x1F == 0x1F:  # noqa: PLR2004  # reason: the mark of a long tag
        raise BadDer("a long tag")
    length, body = _length(data, start + 1)
    if length is None:
        return _endless(data, start, body, depth)
    end = body + length
    if end > len(data):
        raise BadDer("cut off")
    children = tuple(_children(data[body:end], depth)) if tag & CONSTRUCTED else ()
    return Node(tag, data[body:end], data[start:end], children), end


def _byte(data: bytes, place: int) -> int:
    if place >= len(data):
        raise BadDer("cut off")
    return data[place]


def _length(data: bytes, place: int) -> tuple[int | None, int]:
    """Return the length (None when it is left open) and where the content begins."""
    first = _byte(data, place)
    if first < 0x80:  # noqa: PLR2004  # reason: the short form
        return first, place + 1
    many = first & 0x7F
    if not many:
        return None, place + 1
    digits = data[place + 1 : place + 1 + many]
    if len(digits) < many or many > 4 or digits[0] == 0 or (many == 1 and digits[0] < 0x80):  # noqa: PLR2004  # reason: lengths are written as short as can be
        raise BadDer("a bad length")
    return int.from_bytes(digits, "big"), place + 1 + many


def _endless(data: bytes, start: int, body: int, depth: int) -> tuple[Node, int]:
    if not data[start] & CONSTRUCTED:
        raise BadDer("a plain value without a length")
    children, place = [], body
    while data[place : place + 2] != b"\0\0":
        child, place = _node(data, place, depth + 1)
        children.append(child)
    return Node(data[start], data[body:place], data[start : place + 2], tuple(children)), place + 2


def _children(content: bytes, depth: int) -> Iterator[Node]:
    place = 0
    while place < len(content):
        child, place = _node(content, place, depth + 1)
        yield child
