"""A sealed ranking as a file: what was signed, the signature, the key; checked without the site."""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from innoset.contests.models import RankingSnapshot
from innoset.contests.pure import snapshots
from innoset.contests.pure.chain import canonical
from innoset.documents.pure import envelope


def own_keys() -> list[str]:
    """Return the public keys of this site: the present one and those of earlier secrets."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [envelope.public_key(str(secret), envelope.RANKINGS) for secret in secrets]


def signed_file(snapshot: RankingSnapshot) -> str:
    """Return the ranking with all that it was reckoned from, under its signature."""
    content = canonical(snapshot.data)
    keys = own_keys()
    signers = (key for key in keys if envelope.has_signed(key, content, snapshot.signature))
    return envelope.sealed(content, snapshot.signature, next(signers, keys[0]))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sealed ranking is what it was; `fault` says what is not."""

    fault: str

    @property
    def is_sound(self) -> bool:
        """Tell whether everything agrees."""
        return not self.fault


def verdict_on(snapshot: RankingSnapshot) -> Verdict:
    """Check the checksum, the signature, the log inside and the places reckoned from it anew."""
    content = canonical(snapshot.data)
    if sha256(content).hexdigest() != snapshot.sha256:
        return Verdict("Контрольная сумма не сходится: рейтинг изменили после подписания.")
    if not any(envelope.has_signed(key, content, snapshot.signature) for key in own_keys()):
        return Verdict("Подпись не сходится: рейтинг подписал не этот сайт.")
    return Verdict(snapshots.fault_in(snapshot.data))
