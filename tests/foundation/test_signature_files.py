"""Reading files of signatures without any engine: strict where a byte could lie, lenient nowhere."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from innoset.foundation.signatures import cms, der
from innoset.foundation.signatures.der import BadDer

NAMES = {"2.5.4.3": "МБОУ СОШ № 5", "2.5.4.4": "Петрова", "2.5.4.42": "Анна Николаевна"}
DIGEST, KEY, SIGNING = "1.2.643.7.1.1.2.2", "1.2.643.7.1.1.1.1", "1.2.643.7.1.1.1.1"
FROM, TO = b"260901000000Z", b"20270901000000Z"


def tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + content


def seq(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def number(value: int) -> bytes:
    return tlv(2, value.to_bytes(1, "big"))


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    body = bytearray()
    for value in (first * 40 + second, *rest):
        digits = [value & 0x7F]
        while value := value >> 7:
            digits.insert(0, value & 0x7F | 0x80)
        body += bytes(digits)
    return tlv(6, bytes(body))


def algorithm(dotted: str, *parameters: bytes) -> bytes:
    return seq(oid(dotted), *parameters)


def named(names: dict[str, str]) -> bytes:
    return seq(*(tlv(0x31, seq(oid(key), tlv(12, text.encode()))) for key, text in names.items()))


def certificate(*, names: dict[str, str] | None = None, key: str = KEY, version: bool = True) -> bytes:
    parts = [tlv(0xA0, number(2))] if version else []
    parts += [number(7), algorithm(SIGNING), named({"2.5.4.3": "Центр"}), seq(tlv(23, FROM), tlv(24, TO))]
    parts += [named(NAMES if names is None else names), seq(algorithm(key), tlv(3, b"\0key"))]
    return seq(seq(*parts), algorithm(SIGNING), tlv(3, b"\0signature"))


CONTENT = seq(oid(cms.CONTENT_TYPE), tlv(0x31, oid(cms.DATA)))
TIME = seq(oid(cms.SIGNING_TIME), tlv(0x31, tlv(23, b"261121090000Z")))
BOUND = seq(oid(cms.BOUND), tlv(0x31, seq(seq(seq(algorithm(DIGEST), tlv(4, b"digest"))))))
BOUND_BY_DEFAULT = seq(oid(cms.BOUND), tlv(0x31, seq(seq(seq(tlv(4, b"digest"))))))
BOUND_OLD = seq(oid(cms.BOUND_V1), tlv(0x31, seq(seq(seq(tlv(4, b"digest"))))))
ISSUER = seq(named({"2.5.4.3": "Центр"}), number(7))


def info(
    *attributes: bytes, version: int = 1, sid: bytes = ISSUER, digest: bytes = b"", value: int = 4
) -> bytes:
    attrs = tlv(0xA0, *(attributes or (CONTENT, TIME, BOUND)))
    parts = (number(version), sid, digest or algorithm(DIGEST), attrs, algorithm(SIGNING, b"\x05\x00"))
    return seq(*parts, tlv(value, b"value"))


def signed(
    *infos: bytes, version: int = 1, bag: bytes | None = None, inner: bytes = b"", digests: bytes = b""
) -> bytes:
    body = seq(
        number(version),
        digests or tlv(0x31, algorithm(DIGEST)),
        inner or seq(oid(cms.DATA)),
        tlv(0xA0, certificate() if bag is None else bag),
        tlv(0x31, *(infos or (info(),))),
    )
    return seq(oid(cms.SIGNED_DATA), tlv(0xA0, body))


def test_a_signature_is_read_whole() -> None:
    found = cms.read(signed())
    assert found.signer == cms.Signer(
        name="Петрова Анна Николаевна",
        organisation="МБОУ СОШ № 5",
        inn="",
        post="",
        serial="07",
        valid_from=datetime(2026, 9, 1, tzinfo=UTC),
        valid_to=datetime(2027, 9, 1, tzinfo=UTC),
    )
    assert (found.signed_at, found.many) == (datetime(2026, 11, 21, 9, tzinfo=UTC), 1)
    assert (found.binding, found.certificate) == (cms.Binding(DIGEST, b"digest"), certificate())


@pytest.mark.parametrize(
    ("names", "name", "organisation", "inn"),
    [
        ({"2.5.4.3": "МБОУ СОШ № 5"}, "МБОУ СОШ № 5", "", ""),
        (
            {**NAMES, "2.5.4.10": "Школа", "1.2.643.100.4": "2312345678"},
            "Петрова Анна Николаевна",
            "Школа",
            "2312345678",
        ),
        ({"2.5.4.3": "А", "1.2.643.3.131.1.1": "002312345678"}, "А", "", "2312345678"),
        ({"2.5.4.12": "Директор", "2.5.4.6": "RU"}, "", "", ""),
    ],
)
def test_whom_a_certificate_names(names: dict[str, str], name: str, organisation: str, inn: str) -> None:
    said = cms.read(signed(bag=certificate(names=names, version=False))).signer
    assert (said.name, said.organisation, said.inn) == (name, organisation, inn)


@pytest.mark.parametrize(
    ("attributes", "binding"),
    [
        ((CONTENT,), None),
        ((CONTENT, BOUND_BY_DEFAULT), cms.Binding(cms.SHA256, b"digest")),
        ((CONTENT, BOUND_OLD), cms.Binding(cms.SHA1, b"digest")),
    ],
)
def test_how_a_certificate_is_bound(attributes: tuple[bytes, ...], binding: cms.Binding | None) -> None:
    assert cms.read(signed(info(*attributes))).binding == binding


def test_a_signer_may_be_known_by_the_mark_of_the_key() -> None:
    known = info(version=3, sid=tlv(0x80, b"key"))
    assert cms.read(signed(known, version=3)).signer.serial == "07"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda data: data,
        base64.b64encode,
        lambda data: b"\xef\xbb\xbf" + base64.encodebytes(data),
        lambda data: b"-----BEGIN CMS-----\r\n" + base64.encodebytes(data) + b"-----END CMS-----\r\n",
    ],
)
def test_every_wrapping_gives_the_same(wrap: Callable[[bytes], bytes]) -> None:
    assert cms.read(wrap(signed())).whole == signed()


def test_lengths_that_are_left_open_are_read_too() -> None:
    inside = der.parse(signed())[1].whole
    assert cms.read(b"\x30\x80" + oid(cms.SIGNED_DATA) + inside + b"\0\0").many == 1


@pytest.mark.parametrize(
    "data",
    [
        seq(oid(cms.DATA), tlv(0xA0, seq())),
        signed(version=3),
        signed(version=4),
        signed(info(version=3)),
        signed(info(version=1, sid=tlv(0x80, b"key"))),
        signed(info(version=3, sid=tlv(0x80, b"other")), version=3),
        signed(info(sid=seq(named({"2.5.4.3": "Другой"}), number(7)))),
        signed(bag=b""),
        signed(bag=certificate(key="1.2.840.113549.1.1.1")),
        signed(bag=seq(seq(number(7)), algorithm(SIGNING))),
        signed(inner=seq(oid(cms.DATA), tlv(0xA0, tlv(4, b"inside")))),
        signed(inner=seq(oid(cms.SIGNED_DATA))),
        signed(digests=tlv(0x31, algorithm(cms.SHA256))),
        signed(digests=tlv(0x31, algorithm(DIGEST, b"\x04\x00"))),
        signed(digests=algorithm(DIGEST)),
        signed(info(digest=algorithm(cms.SHA256))),
        signed(info(digest=algorithm(DIGEST, b"\x05\x00", b"\x05\x00"))),
        signed(info(TIME)),
        signed(info(CONTENT, CONTENT)),
        signed(info(seq(oid(cms.CONTENT_TYPE), tlv(0x31, oid(cms.SIGNED_DATA))))),
        signed(info(value=5)),
        signed(info(CONTENT, seq(oid(cms.SIGNING_TIME), tlv(0x31, tlv(23, b"2611210900Z"))))),
        signed(info(CONTENT, seq(oid(cms.SIGNING_TIME), tlv(0x31, number(1))))),
        signed(info(CONTENT, seq(oid(cms.SIGNING_TIME), tlv(0x31, tlv(23, b"261321090000Z"))))),
        signed() + b"\0",
        signed()[:-1],
        base64.b64encode(b"loose")[:-1] + b"!",
        b"bG9vc2X=",
        seq(oid(cms.SIGNED_DATA), tlv(0xA0, seq(number(1), tlv(0x31)))),
        seq(oid(cms.SIGNED_DATA), tlv(0xA0, seq(number(1), tlv(0x31), seq(oid(cms.DATA)), tlv(0x31)))),
        seq(oid(cms.SIGNED_DATA), tlv(0xA0, seq(number(1), tlv(0x31), seq(oid(cms.DATA)), seq()))),
    ],
)
def test_what_departs_from_the_standard_is_refused(data: bytes) -> None:
    with pytest.raises(BadDer):
        cms.read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x1f\x01\x00",
        b"\x04\x81\x05hello",
        b"\x04\x82\x00\x05hello",
        b"\x04\x85\x01\x00\x00\x00\x00",
        b"\x04\x80\x00\x00",
        b"\x30\x80\x02\x01\x01",
        b"\x30\x02" * 60,
        b"\x30\x80" * 60,
    ],
)
def test_damaged_der_is_refused(data: bytes) -> None:
    with pytest.raises(BadDer):
        der.parse(data)


@pytest.mark.parametrize("part", ["oid", "number", "text", "moment"])
def test_a_value_of_another_kind_is_refused(part: str) -> None:
    with pytest.raises(BadDer):
        getattr(der.parse(b"\x05\x00"), part)


def test_a_string_that_is_damaged_and_a_part_that_is_missing() -> None:
    with pytest.raises(BadDer):
        _ = der.parse(tlv(12, b"\xff")).text
    with pytest.raises(BadDer):
        der.parse(seq())[0]
    assert (len(der.parse(seq(number(1)))), [one.number for one in der.parse(seq(number(1)))]) == (1, [1])
