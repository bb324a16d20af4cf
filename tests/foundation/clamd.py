"""A virus scanner for tests: a real small server that speaks ClamAV's INSTREAM, and some that misbehave."""

import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

VIRUS = b"X5O!INNOSET-STANDARD-ANTIVIRUS-TEST-FILE!"
Manner = Callable[[socket.socket, bytes], None]


def honest(line: socket.socket, data: bytes) -> None:
    """Answer as ClamAV does."""
    line.sendall(b"stream: Innoset-Test-Signature FOUND\0" if VIRUS in data else b"stream: OK\0")


def silent(line: socket.socket, data: bytes) -> None:
    """Take the file and hang until the other side gives up."""
    line.recv(1)


def curt(line: socket.socket, data: bytes) -> None:
    """Hang up without a word."""


def halting(line: socket.socket, data: bytes) -> None:
    """Begin the good answer and die."""
    line.sendall(b"stream: O")


def confused(line: socket.socket, data: bytes) -> None:
    """Answer what no scanner answers."""
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0")


def overfed(line: socket.socket, data: bytes) -> None:
    """Refuse a stream that is longer than its own limit."""
    line.sendall(b"INSTREAM size limit exceeded. ERROR\0")


def endless(line: socket.socket, data: bytes) -> None:
    """Talk without an end."""
    line.sendall(b"stream: OK" * 100_000)


class Conversation(socketserver.BaseRequestHandler):
    """One file asked about."""

    def handle(self) -> None:
        """Read the command and the pieces, then answer in the server's manner."""
        try:
            assert self._exactly(10) == b"zINSTREAM\0"
            data = b""
            while size := struct.unpack("!I", self._exactly(4))[0]:
                data += self._exactly(size)
            self.server.manner(self.request, data)  # type: ignore[attr-defined]  # set below
        except (ConnectionError, TimeoutError):
            return  # the other side has given up, as it should

    def _exactly(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            more = self.request.recv(size - len(got))
            if not more:
                raise ConnectionResetError
            got += more
        return got


class _OnPath(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class _OnPort(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def scanner(where: Path | None, manner: Manner = honest) -> Iterator[str]:
    """Run a scanner on a socket at the path, or on a port; give its address."""
    server = _OnPort(("127.0.0.1", 0), Conversation) if where is None else _OnPath(str(where), Conversation)
    server.manner = manner  # type: ignore[attr-defined]  # read above
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield str(where) if where is not None else f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
