"""What the tests of confirmations share: a contest that asks, a head, a filled draft, keys of ГОСТ."""

import re
import subprocess
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from innoset.accounts import actions as accounts
from innoset.accounts.models import ConsentText, User
from innoset.contests.actions import confirmations
from innoset.contests.models import Application, Confirmation
from innoset.contests.queries.confirmations import AGREEMENT
from innoset.foundation.files.storage import read
from innoset.foundation.notify.models import Letter
from innoset.network.states import Role
from tests import world

EVERY = ("terms", "publicity", "rights")
HEAD = "Петрова Анна Николаевна"
INN = "2312345678"
_branches = count(1)


def application(*ways: str, **fields: Any) -> Application:
    """Make a filled draft to a contest that accepts these ways; its organisation has a head's name and ИНН."""
    contest = world.contest(confirmation_ways=list(ways))
    owner = world.organisation(
        "МБОУ СОШ № 5", head_name=HEAD, head_position="Директор", inn=INN, kpp=f"{next(_branches):09d}"
    )
    return world.application(contest, owner, **fields)


def head_of(made: Application, at: datetime, *, agrees: bool = True) -> User:
    """Give the organisation a head with an account who has accepted the agreement."""
    head = world.member(made.organisation, Role.HEAD, HEAD)
    if agrees:
        text = ConsentText.objects.get(code=AGREEMENT)
        accounts.give_consent(head, text=text, address=world.ADDRESS, by=head, at=at)
    return head


def code_sent(to: User) -> str:
    """Return the code in the last letter to the head."""
    letter = Letter.objects.filter(address=to.email, notice="contests.confirmation_code").latest("id")
    found = re.search(r"Ваш код: (\d{6})", letter.body)
    assert found is not None
    return found[1]


def wrong(code: str) -> str:
    """Return another code."""
    return f"{(int(code) + 1) % 10**6:06d}"


def ask(made: Application, way: str, at: datetime, *, by: User | None = None) -> Confirmation:
    """Ask for the confirmation as the one who fills the application."""
    return confirmations.ask_confirmation(made, way=way, by=by or made.created_by, at=at)


CONFIG = """
oid_section = oids
[oids]
legalInn = 1.2.643.100.4
[req]
distinguished_name = subject
prompt = no
utf8 = yes
string_mask = utf8only
[subject]
CN = {organisation}
SN = {last}
GN = {given}
O = {organisation}
legalInn = {inn}
"""


class Keys:
    """A key and a certificate of its own, made by OpenSSL's engine in a folder."""

    def __init__(
        self,
        folder: Path,
        *,
        name: str = HEAD,
        organisation: str = "МБОУ СОШ № 5",
        inn: str = INN,
        days: int = 3650,
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        last, _, given = name.partition(" ")
        words = CONFIG.format(organisation=organisation, last=last, given=given, inn=inn)
        (folder / "config").write_text(words)
        algorithm = ["-newkey", "gost2012_256", "-pkeyopt", "paramset:A", "-nodes"]
        self._openssl(
            "req", "-x509", "-config", "config", "-utf8", *algorithm, "-days", str(days),
            "-keyout", "key.pem", "-out", "certificate.pem",
        )  # fmt: skip

    def sign(self, document: bytes, *how: str, form: str = "DER") -> bytes:
        """Sign detached; `-cades` is the usual kind."""
        (self.folder / "document").write_bytes(document)
        given = ["-binary", "-in", "document", "-signer", "certificate.pem", "-inkey", "key.pem"]
        self._openssl("cms", "-sign", *(how or ("-cades",)), *given, "-outform", form, "-out", "signature")
        return (self.folder / "signature").read_bytes()

    @property
    def certificate(self) -> Path:
        """The certificate as a file."""
        return self.folder / "certificate.pem"

    def _openssl(self, command: str, *options: str) -> None:
        engine = ["-engine", "gost"]
        subprocess.run(
            ["openssl", command, *engine, *options], cwd=self.folder, check=True, capture_output=True
        )


def signed(made: Application, keys: Keys, *how: str) -> bytes:
    """Sign the frozen PDF that waits."""
    return keys.sign(read(made.confirmations.get(state="asked").pdf), *how)
