"""What a template of the house may not contain, beyond what djlint knows."""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.environment import ROOT
from tools.trouble import tell

FORBIDDEN = {
    "an inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE
    ),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']|hx-on", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "an asset of another site": re.compile(
        r"<(?:script|img|link|iframe|video|audio|source)\b[^>]*(?:src|href)=[\"'](?:https?:)?//",
        re.IGNORECASE,
    ),
    "an unescaped value": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)


def main() -> int:
    """List every fault of every template."""
    found = [*faults(ROOT)]
    print("\n".join(found))
    return 1 if found else 0


def faults(root: Path) -> Iterator[str]:
    """Yield a line a fault, for every template under the folder."""
    for path in sorted((root / "innoset").rglob("templates/**/*.html")):
        text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), path.read_text())
        for number, what in in_text(text):
            yield f"{path.relative_to(root)}:{number}: {what}"
        if path.parent.name == "cotton" and not path.name.startswith("_") and "<c-vars" not in text:
            yield f"{path.relative_to(root)}:1: a component without its <c-vars>"


def in_text(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of every forbidden thing in the text of a template."""
    for what, pattern in FORBIDDEN.items():
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, what


if __name__ == "__main__":
    tell(main)
