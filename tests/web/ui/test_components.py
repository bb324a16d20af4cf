"""The kit's contract: what a component takes is written in its first line, and all are on show."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import Template
from django.template.base import NodeList
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django_cotton.templatetags._component import CottonComponentNode
from django_cotton.templatetags._slot import CottonSlotNode
from django_cotton.templatetags._vars import CottonVarsNode

from tests.web.ui.pages import compiled

HOUSE = Path(__file__).parents[3] / "innoset"
KIT = HOUSE / "web" / "ui" / "templates"
COMPONENTS = sorted((KIT / "cotton").glob("*.html"))
PAGES = sorted(path for path in HOUSE.glob("**/templates/**/*.html"))


def load(name: str) -> Template:
    made: Any = get_template(name)
    assert isinstance(made.template, Template)
    return made.template


def name_of(path: Path) -> str:
    return str(path).rsplit("/templates/", 1)[1]


def parts_in(nodes: NodeList) -> Iterator[CottonComponentNode]:
    yield from nodes.get_nodes_by_type(CottonComponentNode)


def file_of(part: CottonComponentNode) -> str:
    return f"cotton/{part.component_name.replace('.', '/').replace('-', '_')}.html"


def declared(component: str) -> set[str]:
    first: Any
    (first,) = load(component).nodelist.get_nodes_by_type(CottonVarsNode)
    return {var.key.lstrip(":") for var in first._prepared_vars} | set(first.empty_vars)


def given(part: CottonComponentNode) -> set[str]:
    own = {slot.slot_name for slot in part.nodelist.get_nodes_by_type(CottonSlotNode)}
    inner = {
        slot.slot_name
        for child in parts_in(part.nodelist)
        for slot in child.nodelist.get_nodes_by_type(CottonSlotNode)
    }
    return {key.lstrip(":") for key in part.attrs} | (own - inner)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_begins_with_what_it_takes(path: Path) -> None:
    assert path.read_text().startswith("<c-vars")


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_page_gives_components_only_what_they_take(path: Path) -> None:
    unknown = {
        f"{part.component_name}: {name}"
        for part in parts_in(load(name_of(path)).nodelist)
        for name in given(part) - declared(file_of(part))
    }
    assert unknown == set()


def test_undeclared_attribute_is_noticed() -> None:
    (part,) = parts_in(Template(compiled('<c-badge text="Пометка" colour="red" />')).nodelist)
    assert given(part) - declared(file_of(part)) == {"colour"}


def shown_from(template: str, seen: set[str]) -> set[str]:
    if template not in seen:
        seen.add(template)
        nodes = load(template).nodelist
        for part in parts_in(nodes):
            shown_from(file_of(part), seen)
        include: Any
        for include in nodes.get_nodes_by_type(IncludeNode):
            if isinstance(include.template.var, str):
                shown_from(include.template.var, seen)
    return seen


def test_gallery_shows_every_component() -> None:
    everything = {name_of(path) for path in COMPONENTS}
    assert (
        everything
        - shown_from("ui/gallery.html", {"ui/_nav.html"})
        - {"cotton/nav_link.html", "cotton/nav_group.html"}
        == set()
    )


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_template_is_short_and_keeps_to_the_content_policy(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 120
    assert (
        re.findall(
            r"<style|\sstyle=|<script(?![^>]*\s(?:src=|type=.application/json))|\son\w+=[\"']|hx-on|javascript:",
            text,
        )
        == []
    )
