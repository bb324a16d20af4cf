"""The budgets of size: a function of 50 lines, a module of 400, a template of 120.

Also at most five positional parameters, and a reason behind every silenced check.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.environment import ROOT
from tools.trouble import tell

FUNCTION, TEMPLATE, POSITIONAL = 50, 120, 5
MODULE = {"innoset": 400, "tools": 400, "tests": 600}
"""A table of examples may be longer than code that somebody has to follow."""

SILENCED = re.compile(
    r"#\s*(noqa(?::\s*[A-Z0-9, ]+)?|pragma: no cover|type: ignore(?:\[[^\]]*\])?)(?P<rest>.*)"
)


def main() -> int:
    """List everything that is over its budget."""
    excesses = [*over_budget(ROOT)]
    print("\n".join(excesses))
    return 1 if excesses else 0


def over_budget(root: Path) -> Iterator[str]:
    """Yield a line a fault, for every source file and template under the folder."""
    for folder in MODULE:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _module(path, path.relative_to(root))
    for path in sorted((root / "innoset").rglob("templates/**/*.html")):
        length = len(path.read_text().splitlines())
        if length > TEMPLATE:
            yield f"{path.relative_to(root)}: {length} lines, {TEMPLATE} allowed"


def _module(path: Path, name: Path) -> Iterator[str]:
    text = path.read_text()
    lines = text.splitlines()
    allowed = MODULE[name.parts[0]]
    if len(lines) > allowed:
        yield f"{name}: {len(lines)} lines, {allowed} allowed"
    for number, line in enumerate(lines, 1):
        found = SILENCED.search(line)
        if found and not re.search(r"\w{3}", found["rest"]):
            yield f"{name}:{number}: a silenced check without a reason"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _function(node, name)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, name: Path) -> Iterator[str]:
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    if length > FUNCTION:
        yield f"{name}:{node.lineno}: {node.name} has {length} lines, {FUNCTION} allowed"
    named = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    taken = [argument for argument in named if argument not in ("self", "cls")]
    # Tests take fixtures by position, as pytest wants.
    if len(taken) > POSITIONAL and name.parts[0] != "tests":
        yield f"{name}:{node.lineno}: {node.name} takes {len(taken)} by position, {POSITIONAL} allowed"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    tell(main)
