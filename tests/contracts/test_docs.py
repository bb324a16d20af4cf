"""The pages that describe the code say what the code says."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from innoset.conf import almanac

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = almanac.pages()
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_fresh(name):
    path = DOCS / "generated" / name
    assert path.exists(), "run `make docs`"
    assert path.read_text() == PAGES[name], "run `make docs`"


def test_nothing_else_lies_among_the_generated_pages():
    assert {path.name for path in (DOCS / "generated").iterdir()} == set(PAGES)


def test_links_lead_somewhere():
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("[0-9]*.md")), ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_follows(path):
    headings = re.findall(r"^## (.+)$", path.read_text(), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]


def test_every_app_says_what_it_is_for():
    silent = [
        config.name
        for config in apps.get_app_configs()
        if config.name.startswith("innoset.") and not (import_module(config.name).__doc__ or "").strip()
    ]
    assert silent == []


def test_every_module_says_what_it_holds():
    silent = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "innoset").rglob("*.py"))
        if not {"migrations", "management", "templatetags"} & set(path.parts) or path.name != "__init__.py"
        if "migrations" not in path.parts
        if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []
