"""The server of the bench: threads in one process, until its standard input ends. Argument: the port."""

import sys
from threading import Thread

from tools.bench.faults.server import Silent, Threads


def main() -> int:
    """Serve; end with whoever has started it."""
    from innoset.conf.wsgi import application  # noqa: PLC0415  # reason: slow, and only here

    with Threads(("127.0.0.1", int(sys.argv[1])), Silent) as server:
        server.set_app(application)
        Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
