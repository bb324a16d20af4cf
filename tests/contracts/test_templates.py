"""Templates: none is dead, none carries what the content policy forbids, components are strict."""

import re
import site
from pathlib import Path

import pytest

import innoset
from tools import templates

SOURCE = Path(innoset.__path__[0])
ALL = sorted(SOURCE.rglob("templates/**/*.html"))
BY_CONVENTION = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"}
"""Django and the server look these up by themselves."""


def name_of(path: Path) -> str:
    """The name that a template is asked for by."""
    parts = path.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])


def library_templates() -> set[str]:
    """The names of the templates that come with the libraries; ours of the same name replace them."""
    return {
        name_of(path)
        for folder in site.getsitepackages()
        for package in ("allauth", "django", "django_tables2", "django_filters")
        for path in (Path(folder) / package).rglob("templates/**/*.html")
    }


def spoken_of() -> str:
    """All the text in which a template may be named."""
    return "\n".join(path.read_text() for path in sorted([*SOURCE.rglob("*.py"), *ALL]))


def is_used(name: str, text: str) -> bool:
    """Tell whether anything asks for the template."""
    if name.startswith("cotton/"):
        tag = name.removeprefix("cotton/").removesuffix(".html").replace("/", ".")
        return (
            re.search(rf"<c-{re.escape(tag.replace('_', '-'))}[\s/>]|<c-{re.escape(tag)}[\s/>]", text)
            is not None
        )
    return name in text or any(pattern.fullmatch(name) for pattern in composed(text))


def composed(text: str) -> list[re.Pattern[str]]:
    """The names that are put together: `f"office/contest_{part}.html"`, `door|add:"/_nav.html"`."""
    parted = [re.split(r"\{[^{}]*\}", found) for found in re.findall(r"f\"([\w/{}.]+\.html)\"", text)]
    ends = [["", found] for found in re.findall(r"\|add:\"([\w/]+\.html)\"", text)]
    return [re.compile(r"[\w/]+".join(map(re.escape, parts))) for parts in (*parted, *ends)]


def test_no_template_is_dead():
    text, replaced = spoken_of(), library_templates() | BY_CONVENTION
    names = {name_of(path) for path in ALL} - replaced
    assert sorted(name for name in names if not is_used(name, text)) == []


def test_no_two_templates_of_ours_have_one_name():
    names = [name_of(path) for path in ALL]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_templates_are_clean():
    assert list(templates.faults(SOURCE)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<script>alert(1)</script>", "an inline script"),
        ("<p>\n<b style='color: red'>", "an inline style"),
        ("<style>p {}</style>", "an inline style"),
        ('<a onclick="go()">', "an inline handler"),
        ('<a hx-on:click="go()">', "an inline handler"),
        ('<a href="javascript:go()">', "a javascript: address"),
        ('<script src="https://cdn.example/x.js">', "an asset of another site"),
        ('<img src="//cdn.example/x.png">', "an asset of another site"),
        ("{{ text|safe }}", "an unescaped value"),
    ],
)
def test_a_forbidden_thing_is_found(text, fault):
    assert [what for _, what in templates.in_text(text)] == [fault]


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{% static "x.js" %}"></script>',
        '<a href="https://innoset.example">',
        "<p class='style'>",
    ],
)
def test_a_harmless_thing_is_not(text):
    assert list(templates.in_text(text)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<c-button text="Да" />', []),
        ('<c-button :text="x" kind="main">Да</c-button>', []),
        ('\n<c-button colour="red" />', [(2, "<c-button> does not know the attribute colour")]),
        ("<c-botton />", [(1, "there is no component <c-botton>")]),
        ('<c-slot name="x"></c-slot>', []),
    ],
)
def test_a_component_is_strict(text, fault):
    assert list(templates.undeclared(text, {"button": {"text", "kind"}})) == fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Скачать PDF</p>", []),
        ("<p class='email'>{{ email }} {% include 'x.html' %}</p>", []),
        ("<p>\nОшибка upload</p>", [(2, "a Latin word: upload")]),
        ('<c-button label="Click" />', [(1, "a Latin word: Click")]),
        ("<code>SELECT</code>&nbsp;да", []),
    ],
)
def test_a_latin_word_is_found(text, words):
    assert list(templates.latin(text)) == words


def test_a_form_in_a_fragment_of_its_own_context_gets_its_token():
    """`only` cuts off the token of the page's forms with all the rest, and the form would be refused."""
    texts = {name_of(path): path.read_text() for path in ALL}
    bare = [
        (name, fragment)
        for name, text in texts.items()
        for fragment, given in re.findall(r'{% include "([^"]+)"([^%]*) only %}', text)
        if "{% csrf_token %}" in texts[fragment] and "csrf_token=csrf_token" not in given
    ]
    assert bare == []
