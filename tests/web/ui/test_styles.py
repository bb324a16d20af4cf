"""The style sheet: its weight, its layers, and the contrast of every pair of its colours."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "innoset" / "web" / "ui" / "static" / "ui"
KIT, DOORS = STATIC.parents[1] / "templates" / "cotton", STATIC.parents[2]
CSS = (STATIC / "house.css").read_text()

TEXT_ON = {
    "ink": ("paper", "sheet", "well", "tint", "good-tint", "warn-tint", "bad-tint"),
    "soft": ("paper", "sheet", "well", "tint", "warn-tint"),
    "accent": ("paper", "sheet", "well", "tint"),
    "accent-deep": ("paper", "sheet", "well", "tint"),
    "good": ("paper", "sheet", "well", "good-tint"),
    "warn": ("paper", "sheet", "well", "warn-tint"),
    "bad": ("paper", "sheet", "well", "bad-tint"),
    "on-accent": ("accent", "accent-deep"),
    "paper": ("ink",),
}
EDGES_ON = {
    "edge": ("paper", "sheet"),
    "focus": ("paper", "sheet", "well", "tint"),
    "accent": ("sheet", "well"),
}
THEMES = {"root": 4.5, "theme-large": 4.5, "theme-contrast": 7.0, "theme-dark": 4.5}


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme: its own over the ordinary ones."""
    own: dict[str, str] = {}
    for selector in (":root", f".{theme}"):
        block = re.search(rf"^  {re.escape(selector)} \{{(.*?)\n?  ?\}}", CSS, re.DOTALL | re.MULTILINE)
        if block:
            own |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block[1]))
    return own


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    full = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(theme: str, pairs: dict[str, tuple[str, ...]], least: float) -> list[str]:
    colours = tokens(theme)
    return [
        f"{front} on {back}: {contrast(colours[front], colours[back]):.2f}"
        for front, backs in pairs.items()
        for back in backs
        if contrast(colours[front], colours[back]) < least
    ]


def test_contrast_is_counted_as_the_standard_does() -> None:
    assert round(contrast("#000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#fff"), 2) == 4.48


@pytest.mark.parametrize(("theme", "least"), THEMES.items())
def test_text_can_be_read(theme: str, least: float) -> None:
    assert too_faint(theme, TEXT_ON, least) == []


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_focus_can_be_seen(theme: str) -> None:
    assert too_faint(theme, EDGES_ON, 3.0) == []


def test_styles_are_light() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= 14 * 1024


# What a page takes at most: its parts of the kit, and the scripts of its door.
HEAVIEST = {
    "form": (("autosave", "counter", "countdown", "left_drafts", "presence", "upload"), ()),
    "sheet": (("marks", "keys", "countdown"), ("desk",)),
}


def weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_scripts_are_light() -> None:
    scripts = [*STATIC.glob("*.js"), *DOORS.glob("*/static/*/*.js")]
    assert {path.name for path in scripts if weight(path) > 5 * 1024} == set()
    assert [
        path.name for path in scripts if re.search(r"^import\b|\beval\(", path.read_text(), re.MULTILINE)
    ] == []


@pytest.mark.parametrize("page", HEAVIEST)
def test_scripts_of_the_heaviest_pages_are_light(page: str) -> None:
    parts, doors = HEAVIEST[page]
    markup = "".join((KIT / f"{part}.html").read_text() for part in parts)
    taken = {STATIC / name for name in re.findall(r"'ui/([a-z-]+\.js)'", markup)}
    taken |= {path for door in doors for path in (DOORS / door / "static" / door).glob("*.js")}
    assert len(taken) > 5
    assert sum(map(weight, taken)) <= 25 * 1024


def test_layers_and_nothing_from_elsewhere() -> None:
    assert CSS.startswith("@layer tokens, base, layout, parts, pages;")
    assert re.findall(r"url\(|@import|https?:", CSS.replace("a[href^=http]", "")) == []


def test_every_icon_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    templates = STATIC.parents[3].glob("**/templates/**/*.html")
    asked = {
        name for path in templates for name in re.findall(r'icon(?: name)?="([\w-]+)"', path.read_text())
    }
    assert asked - drawn == set()


def test_every_class_of_a_template_has_its_look() -> None:
    doors = "\n".join(path.read_text() for path in sorted(DOORS.glob("*/static/*/*.css")))
    known = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", f"{CSS}\n{doors}")))
    templates = STATIC.parents[3].glob("**/templates/**/*.html")
    used = {
        (path.name, name)
        for path in templates
        for value in re.findall(r'\sclass="([^"{%]*)"', path.read_text())
        for name in value.split()
    }
    assert {pair for pair in used if pair[1] not in known} == set()
