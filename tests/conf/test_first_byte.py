"""The server of the house calls the site at the head of a request and does not wait for its body.

Decision 15 stands on that: the moment of a large sending is when it began to come.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SITE = """
import time

def application(environ, start_response):
    began = time.monotonic()
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{len(body)} {time.monotonic() - began:.2f}".encode()]
"""
BODY = b"x" * 50_000
PAUSE = 0.8


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of a running server with a site that measures how long its body takes."""
    (tmp_path / "measuring.py").write_text(SITE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    granian = str(Path(sys.executable).with_name("granian"))
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(number), "--workers", "1"]
    command = [
        granian,
        *options,
        "--blocking-threads",
        "4",
        "--log-level",
        "warning",
        "measuring:application",
    ]
    server = subprocess.Popen(command, cwd=tmp_path)
    yield number
    server.terminate()
    server.wait()


def connected(port: int) -> socket.socket:
    """Return a connection as soon as the server listens."""
    for _ in range(300):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=30)
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("the server does not listen")


def test_the_site_is_called_before_the_body_has_come(port: int) -> None:
    with connected(port) as line:
        head = (
            f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(BODY)}\r\nConnection: close\r\n\r\n"
        )
        line.sendall(head.encode() + BODY[:10])
        time.sleep(PAUSE)
        line.sendall(BODY[10:])
        answer = b"".join(iter(lambda: line.recv(4096), b"")).decode()
    read, waited = answer.split("\r\n\r\n")[1].split()
    assert (int(read), float(waited) > PAUSE / 2) == (len(BODY), True)
