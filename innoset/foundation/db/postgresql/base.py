"""The PostgreSQL engine of the house: name `innoset.foundation.db.postgresql` as ENGINE."""

from typing import Any

from django.db.backends.postgresql import base as stock
from django.db.utils import NotSupportedError

OLDEST = 15
BOUNDS = "-c lock_timeout=20s -c idle_in_transaction_session_timeout=5min"
"""A row is waited for as long as on SQLite; a forgotten transaction may not hold the others for ever."""


class DatabaseWrapper(stock.DatabaseWrapper):
    """Refuse a server that is too old, and never wait for a lock without end."""

    def get_connection_params(self) -> dict[str, Any]:
        """Add the bounds on waiting, unless the settings or the address say otherwise."""
        params = dict(super().get_connection_params())
        params.setdefault("options", BOUNDS)
        return params

    def check_database_version_supported(self) -> None:
        """Say in one sentence which server is needed.

        Raises NotSupportedError on anything older.
        """
        major = self.pg_version // 10000
        if major < OLDEST:
            sentence = (
                f"Нужен PostgreSQL {OLDEST} или новее, а по указанному адресу работает PostgreSQL {major}."
            )
            raise NotSupportedError(sentence)
