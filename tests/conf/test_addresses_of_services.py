"""Where a service listens, as the environment names it."""

import pytest

from innoset.conf import env


@pytest.mark.parametrize(
    "value", ["", "/run/clamav/clamd.ctl", "127.0.0.1:3310", "scanner.local:3310", "[::1]:3310"]
)
def test_address_is_taken(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CLAMD_SOCKET", f" {value} ")
    assert env.address("CLAMD_SOCKET") == value


@pytest.mark.parametrize("value", ["clamd", "run/clamd.ctl", "host:", "host:port", "1", "::1:3310 x"])
def test_anything_else_stops_the_start_with_the_cure(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CLAMD_SOCKET", value)
    with pytest.raises(env.BadEnvironment) as refused:
        env.address("CLAMD_SOCKET")
    assert str(refused.value) == (
        "Переменная CLAMD_SOCKET должна быть путём к сокету (/run/…) или иметь вид узел:порт, "
        f"а задано «{value}»."
    )


def test_without_the_variable_there_is_no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAMD_SOCKET", raising=False)
    assert env.address("CLAMD_SOCKET") == ""
