"""The guides for people: short, in Russian, and in the words that stand on the screen."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted((ROOT / "docs" / "user").glob("*.md"))
LATIN = {"DOCX", "PDF", "XLSX", "CSV", "ODT", "QR"}


def screen() -> str:
    """Return everything that a page may say."""
    kinds = ("*.html", "*.py", "*.js")
    return "\n".join(path.read_text() for kind in kinds for path in sorted((ROOT / "innoset").rglob(kind)))


def test_there_is_a_guide_for_every_role() -> None:
    assert {path.stem for path in GUIDES} == {
        "README", "applicant", "coordinator", "council", "deadlines", "expert", "first-steps", "network", "organiser", "public",
        "reports", "results",
    }  # fmt: skip


def test_a_guide_names_only_what_stands_on_the_screen() -> None:
    said = screen()
    named = {(path.name, name) for path in GUIDES for name in re.findall(r"«([^»]*)»", path.read_text())}
    assert len(named) > 150
    assert {(page, name) for page, name in named if name not in said} == set()


def test_a_guide_is_one_page_in_russian() -> None:
    for path in GUIDES:
        text = path.read_text()
        words = set(re.findall(r"[A-Za-z]+", re.sub(r"\]\([^)]*\)", "]", text)))
        assert (len(text.splitlines()) <= 90, words - LATIN) == (True, set()), path.name


def test_a_link_of_a_guide_leads_somewhere() -> None:
    links = {path.parent / link for path in GUIDES for link in re.findall(r"\]\(([^)]*)\)", path.read_text())}
    assert {str(link) for link in links if not link.exists()} == set()
