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
COMPONENT = re.compile(
    r"<c-([\w.-]+)((?:\s+[^\s/>\"'=<]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*)\s*/?>", re.DOTALL
)
VARIABLES = re.compile(r"<c-vars\s(.*?)/?>", re.DOTALL)
ATTRIBUTE = re.compile(r"([^\s/>\"'=<]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?", re.DOTALL)
NOT_COMPONENTS = ("vars", "slot")

READ_ALOUD = re.compile(r"\s(?:label|title|hint|placeholder|alt|aria-label|text|heading|unit)=\"([^\"{]*)\"")
UNREAD = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|<(code|svg|pre|samp|script)\b.*?</\1>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|&\w+;",
    re.DOTALL,
)
LATIN = re.compile(r"[A-Za-z]{2,}")
ALLOWED = {"DOCX", "PDF", "XLSX", "CSV", "ODT", "QR", "SHA"}


def main() -> int:
    """List every fault of every template."""
    found = [*faults(ROOT / "innoset")]
    print("\n".join(found))
    return 1 if found else 0


def faults(root: Path) -> Iterator[str]:
    """Yield a line a fault, for every template under the folder."""
    declared = components(root)
    for path in sorted(root.rglob("templates/**/*.html")):
        text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), path.read_text())
        for number, what in (*in_text(text), *undeclared(text, declared), *latin(text)):
            yield f"{path.relative_to(root)}:{number}: {what}"


def components(root: Path) -> dict[str, set[str]]:
    """Return the attributes that each component declares in its `<c-vars>`."""
    found = {}
    for path in root.rglob("templates/cotton/**/*.html"):
        name = ".".join(path.relative_to(next(p for p in path.parents if p.name == "cotton")).parts)
        match = VARIABLES.search(COMMENT.sub("", path.read_text()))
        names = ATTRIBUTE.findall(match[1]) if match else []
        found[name.removesuffix(".html").replace("_", "-")] = {name.lstrip(":") for name in names}
    return found


def in_text(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of every forbidden thing in the text of a template."""
    for what, pattern in FORBIDDEN.items():
        for match in pattern.finditer(text):
            yield _line(text, match.start()), what


def undeclared(text: str, declared: dict[str, set[str]]) -> Iterator[tuple[int, str]]:
    """Yield every component that does not exist and every attribute that it does not know."""
    for match in COMPONENT.finditer(text):
        name = match[1].replace("_", "-")
        if name in NOT_COMPONENTS:
            continue
        if name not in declared:
            yield _line(text, match.start()), f"there is no component <c-{name}>"
            continue
        given = {attribute.lstrip(":").replace("-", "_") for attribute in ATTRIBUTE.findall(match[2])}
        for attribute in sorted(given - {known.replace("-", "_") for known in declared[name]}):
            yield _line(text, match.start()), f"<c-{name}> does not know the attribute {attribute}"


def latin(text: str) -> Iterator[tuple[int, str]]:
    """Yield every word in Latin letters that a reader would see or hear."""
    for match in READ_ALOUD.finditer(text):
        yield from ((_line(text, match.start()), f"a Latin word: {word}") for word in _foreign(match[1]))
    shown = UNREAD.sub(lambda match: "\n" * match[0].count("\n") or " ", text)
    for number, line in enumerate(shown.splitlines(), 1):
        yield from ((number, f"a Latin word: {word}") for word in _foreign(line))


def _foreign(text: str) -> list[str]:
    return [word for word in LATIN.findall(text) if word not in ALLOWED]


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


if __name__ == "__main__":
    tell(main)
