"""A server whose worker can die and come back at once: the parent has everything loaded and forks a worker on demand.

Each line on standard input asks for a new worker; its process number is the answer.
Arguments: the port, and the page that is shown once beforehand, so that a worker is warm from its start.
"""

import os
import signal
import sys
import time
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


class Threads(ThreadingMixIn, WSGIServer):
    """Answers several requests at once; refuses connections as soon as it is dead."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Keeps no log."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # reason: the library's own name
        """Say nothing."""


def main() -> int:
    """Load the site, then wait to be asked for workers."""
    from innoset.conf.wsgi import application  # noqa: PLC0415  # reason: slow, and only here

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a dead worker leaves no trace
    _warm(sys.argv[2])
    for _ in sys.stdin:
        pid = os.fork()
        if not pid:
            Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
            return _serve(application)
        print(pid, flush=True)
    return 0


def _warm(page: str) -> None:
    from django.db import connections  # noqa: PLC0415  # reason: only after the set-up
    from django.test import Client  # noqa: PLC0415  # reason: likewise

    from innoset.contests.models import Application  # noqa: PLC0415  # reason: likewise

    client = Client(SERVER_NAME="localhost")
    client.force_login(
        Application.objects.get().created_by, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    client.get(page)
    connections.close_all()


def _follow(parent: int) -> None:
    """Let no worker outlive the parent."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def _serve(application: Any) -> int:
    with Threads(("127.0.0.1", int(sys.argv[1])), Silent) as server:
        server.set_app(application)
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
