"""What a CMS signature says: who signed, by which certificate, when. Trusts nothing, verifies nothing."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from innoset.foundation.signatures import der
from innoset.foundation.signatures.der import BadDer, Node

DATA, SIGNED_DATA = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2"
CONTENT_TYPE, SIGNING_TIME = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.5"
BOUND, BOUND_V1 = "1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.16.2.12"
DIGESTS = {"1.2.643.7.1.1.2.2": "streebog256", "1.2.643.7.1.1.2.3": "streebog512"}
KEYS = frozenset({"1.2.643.7.1.1.1.1", "1.2.643.7.1.1.1.2"})
SIGNATURES = KEYS | {"1.2.643.7.1.1.3.2", "1.2.643.7.1.1.3.3"}
SHA1, SHA256 = "1.3.14.3.2.26", "2.16.840.1.101.3.4.2.1"
NAMES = {
    "2.5.4.3": "common",
    "2.5.4.4": "last",
    "2.5.4.42": "given",
    "2.5.4.10": "organisation",
    "2.5.4.12": "post",
    "1.2.643.3.131.1.1": "inn",
    "1.2.643.100.4": "organisation_inn",
}
_CERTIFICATES, _ATTRIBUTES = 0xA0, 0xA0
_ARMOUR = re.compile(rb"\s*-----BEGIN (CMS|PKCS7|SIGNATURE)-----(.*?)-----END \1-----\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whom the certificate names, and from when until when it holds."""

    name: str
    organisation: str
    inn: str
    post: str
    serial: str
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class Binding:
    """The certificate's own checksum among the signed words (CAdES): by which algorithm, and what."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """A detached signature as it was read; `certificate` is the signer's own, in DER."""

    whole: bytes
    certificate: bytes
    signer: Signer
    signed_at: datetime | None
    binding: Binding | None
    many: int


def read(data: bytes) -> Signature:
    """Read a signature from DER, or from base64 with or without its frame; raise BadDer when it is none."""
    whole = unwrapped(data)
    root = der.parse(whole)
    _require(root.tag == der.SEQUENCE and root[0].oid == SIGNED_DATA, "no signed data")
    signed = root[1][0]
    certificates, infos = _parts(signed)
    _require(len(infos) > 0, "nobody signed")
    for info in infos:
        _require_sound(info)
    _require(signed[0].number == _version(infos), "a wrong version")
    return _signature(whole, certificates, infos)


def unwrapped(data: bytes) -> bytes:
    """Return the bare DER; base64 must be written as an encoder writes it, to the last bit."""
    if data[:1] == b"\x30":
        return data
    framed = _ARMOUR.fullmatch(data)
    text = re.sub(rb"[ \t\r\n]", b"", framed[2] if framed else data.removeprefix(b"\xef\xbb\xbf"))
    try:
        bare = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadDer("neither DER nor base64") from error
    _require(base64.b64encode(bare) == text, "a loose end")
    return bare


def _require(condition: bool, why: str) -> None:
    if not condition:
        raise BadDer(why)


def _parts(signed: Node) -> tuple[list[Node], list[Node]]:
    """Return the certificates and the signers; what is signed must be plain data, kept elsewhere."""
    inner = list(signed)
    _require(len(inner) >= 4 and inner[1].tag == der.SET, "no digests")  # noqa: PLR2004  # reason: version, digests, content, signers
    for one in inner[1]:
        _require_plain(one)
        _require(one[0].oid in DIGESTS, "not a digest of ГОСТ")
    _require(inner[2][0].oid == DATA and len(inner[2]) == 1, "the document is inside")
    bags = [one for one in inner[3:-1] if one.tag == _CERTIFICATES]
    _require(inner[-1].tag == der.SET, "no signers")
    return [one for bag in bags for one in bag if one.tag == der.SEQUENCE], list(inner[-1])


def _require_plain(algorithm: Node) -> None:
    """An algorithm stands alone or with an empty parameter: nothing may hide beside it."""
    rest = list(algorithm)[1:]
    _require(not rest or [one.whole for one in rest] == [b"\x05\x00"], "a parameter")


def _require_sound(info: Node) -> None:
    """Check what no signature covers: the version, the algorithms, the kind of the content."""
    by_name = info[1].tag == der.SEQUENCE
    _require(info[0].number == (1 if by_name else 3), "a wrong version of a signer")
    _require_plain(info[2])
    _require(info[2][0].oid in DIGESTS, "not a digest of ГОСТ")
    attributes = _attributes(info)
    _require(attributes.get(CONTENT_TYPE, b"") == _oid_of_data(), "another kind of content")
    algorithm, value = info[4], info[5]
    _require_plain(algorithm)
    _require(algorithm[0].oid in SIGNATURES, "not a signature of ГОСТ")
    _require(value.tag == der.OCTETS, "no value")


def _oid_of_data() -> bytes:
    return bytes.fromhex("06092a864886f70d010701")


def _version(infos: list[Node]) -> int:
    return 3 if any(info[0].number == 3 for info in infos) else 1  # noqa: PLR2004  # reason: RFC 5652, 5.1


def _attributes(info: Node) -> dict[str, bytes]:
    """Return the signed attributes: the bytes of the single value of each."""
    _require(info[3].tag == _ATTRIBUTES, "no signed attributes")
    found: dict[str, bytes] = {}
    for one in info[3]:
        _require(len(one) == 2 and len(one[1]) == 1 and one[0].oid not in found, "a doubled attribute")  # noqa: PLR2004  # reason: name and value
        found[one[0].oid] = one[1][0].whole
    return found


def _signature(whole: bytes, certificates: list[Node], infos: list[Node]) -> Signature:
    info = infos[0]
    attributes = _attributes(info)
    certificate = _certificate_of(info, certificates)
    signed_at = der.parse(attributes[SIGNING_TIME]).moment if SIGNING_TIME in attributes else None
    return Signature(
        whole=whole,
        certificate=certificate.whole,
        signer=_signer(certificate),
        signed_at=signed_at,
        binding=_binding(attributes),
        many=len(infos),
    )


def _certificate_of(info: Node, certificates: list[Node]) -> Node:
    """Find the signer's certificate by its issuer and number, or by the mark of its key."""
    for one in certificates:
        if info[1].tag == der.SEQUENCE:
            body = _body(one)
            if [part.whole for part in info[1]] == [body[2].whole, body[0].whole]:
                return one
        elif info[1].content and info[1].content in one.whole:
            return one
    raise BadDer("no certificate of the signer")


def _body(certificate: Node) -> list[Node]:
    """Return the parts of a certificate from its number on: number, algorithm, issuer, term, subject, key."""
    parts = list(certificate[0])
    body = parts[1:] if parts and parts[0].tag == 0xA0 else parts  # noqa: PLR2004  # reason: the tag of the version
    _require(len(body) > 5, "a short certificate")  # noqa: PLR2004  # reason: six parts at least
    return body


def _signer(certificate: Node) -> Signer:
    body = _body(certificate)
    _require(body[5][0][0].oid in KEYS, "not a key of ГОСТ")
    said = dict(_named(body[4]))
    own = " ".join(filter(None, (said.get("last", ""), said.get("given", ""))))
    return Signer(
        name=own or said.get("common", ""),
        organisation=said.get("organisation", "") or (said.get("common", "") if own else ""),
        inn=said.get("organisation_inn", "") or said.get("inn", "").removeprefix("00"),
        post=said.get("post", ""),
        serial=body[0].content.hex().upper(),
        valid_from=body[3][0].moment,
        valid_to=body[3][1].moment,
    )


def _named(subject: Node) -> Iterator[tuple[str, str]]:
    for part in subject:
        for pair in part:
            if (name := NAMES.get(pair[0].oid)) is not None:
                yield name, " ".join(pair[1].text.split())


def _binding(attributes: dict[str, bytes]) -> Binding | None:
    if BOUND in attributes:
        first = der.parse(attributes[BOUND])[0][0]
        named = first[0].tag == der.SEQUENCE
        return Binding(first[0][0].oid if named else SHA256, first[1 if named else 0].content)
    if BOUND_V1 in attributes:
        return Binding(SHA1, der.parse(attributes[BOUND_V1])[0][0][0].content)
    return None
