"""Bytes with a signature that anybody can check offline: Ed25519 (RFC 8032) under keys of the installation.

Every purpose has a key of its own, derived from the one secret: what was signed as a receipt never passes for
anything else.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

RECEIPTS: Final = b"innoset receipts 1"
RANKINGS: Final = b"innoset rankings 1"


class Unreadable(ValueError):
    """The envelope is damaged: there is nothing to check."""


class Forged(ValueError):
    """None of the keys has signed what is inside."""


def signing_key(secret: str, purpose: bytes) -> Ed25519PrivateKey:
    """Derive the installation's signing key of a purpose from its secret."""
    seed = hmac.new(secret.encode(), purpose, hashlib.sha256).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_key(secret: str, purpose: bytes) -> str:
    """Return the key for checking, as text that may be published."""
    return base64.b64encode(signing_key(secret, purpose).public_key().public_bytes_raw()).decode()


def signature_of(content: bytes, secret: str, purpose: bytes) -> str:
    """Sign; the same content gives the same signature."""
    return base64.b64encode(signing_key(secret, purpose).sign(content)).decode()


def has_signed(key: str, content: bytes, signature: str) -> bool:
    """Tell whether the signature of this content was made under this key."""
    try:
        Ed25519PublicKey.from_public_bytes(_bytes(key)).verify(_bytes(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def sealed(content: bytes, signature: str, key: str) -> str:
    """Return the content with its signature and the key, as JSON."""
    return json.dumps({"content": content.decode(), "signature": signature, "key": key}, ensure_ascii=False)


def opened(text: str, keys: Iterable[str]) -> bytes:
    """Return the content if one of the keys has signed it; raise Unreadable or Forged otherwise."""
    try:
        envelope = json.loads(text)
        content, signature = str(envelope["content"]).encode(), str(envelope["signature"])
        _bytes(signature)
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable from error
    if not any(has_signed(key, content, signature) for key in keys):
        raise Forged
    return content


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, TypeError) as error:
        raise ValueError from error
