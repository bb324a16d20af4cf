"""`make lock`: pin every dependency by hash; the locks name no registry."""

import os
import subprocess
import sys

from tools import environment
from tools.environment import LOCKS, ROOT
from tools.trouble import Trouble, explain, tell

OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--python-version",
    "3.11",
    "--custom-compile-command",
    "make lock",
)


def main() -> int:
    """Write the locks of the application, of the developers, of the benchmarks and of the installer."""
    uv = environment.find_uv()
    if not uv:
        raise Trouble("Для записи версий нужен uv: проверьте сеть и повторите команду.")
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    project = [uv, "pip", "compile", "--quiet", *OPTIONS, *upgrade, "pyproject.toml"]
    _compile([*project, "--output-file", str(LOCKS["app"])])
    _compile(
        [*project, "--group", "dev", "--constraints", str(LOCKS["app"]), "--output-file", str(LOCKS["dev"])]
    )
    both = ["--group", "dev", "--group", "bench", "--constraints", str(LOCKS["dev"])]
    _compile([*project, *both, "--output-file", str(LOCKS["bench"])])
    itself = [uv, "pip", "compile", "--quiet", *OPTIONS, *upgrade, "-", "--output-file"]
    _compile([*itself, str(ROOT / "requirements" / "uv.lock")], text="uv\n")
    return 0


def _compile(command: list[str], text: str | None = None) -> None:
    env = environment.uv_environment()
    done = subprocess.run(command, check=False, cwd=ROOT, env=env, input=text, capture_output=True, text=True)
    if done.returncode:
        raise Trouble(explain(done.stderr, otherwise=f"Версии не записаны:{os.linesep}{done.stderr.strip()}"))


if __name__ == "__main__":
    tell(main)
