"""The generated pages of `docs/generated/`: what the code declares, written out for people."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

import innoset
from innoset.foundation import actions, policy, privacy
from innoset.foundation.notify import notices
from innoset.foundation.workflow import Machine

NOTE = "<!-- Written by `make docs`; a change by hand is overwritten. -->"


def pages() -> dict[str, str]:
    """Return every generated page by its file name."""
    return {
        "addresses.md": _page("Addresses", _addresses()),
        "data.md": _page("Data dictionary", _data()),
        "notices.md": _page("Notices", _notices()),
        "permissions.md": _page("Permissions", _permissions()),
        "workflows.md": _page("Workflows", _workflows()),
    }


def machines() -> dict[str, Machine]:
    """Return every state machine of the house: `contests.APPLICATION` and so on."""
    return {
        f"{module.removeprefix('innoset.').removesuffix('.states')}.{name}": value
        for module in _modules()
        if module.endswith(".states")
        for name, value in vars(import_module(module)).items()
        if isinstance(value, Machine)
    }


def guarded_views() -> Iterator[tuple[str, str, bool]]:
    """Yield address, name and whether one must sign in, for every address of the site."""
    for route, name, pattern in _walk(get_resolver(), "", ""):
        yield route, name, getattr(pattern.callback, "login_required", True)


def _modules() -> list[str]:
    return sorted(found.name for found in pkgutil.walk_packages(innoset.__path__, "innoset."))


def _page(title: str, lines: Iterator[str]) -> str:
    return "\n".join([f"# {title}", "", NOTE, "", *lines]) + "\n"


def _table(*head: str) -> list[str]:
    return ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _permissions() -> Iterator[str]:
    grounds = policy.grounds()
    yield from _table("Deed", "In Russian", "Who may", "Kind")
    for name, title in sorted(policy.permissions().items()):
        kind = "action" if name in actions.EVERY else "view"
        yield _row(f"`{name}`", title, f"`{grounds[name]}`", kind)


def _workflows() -> Iterator[str]:
    for name, machine in sorted(machines().items()):
        yield from (f"## {name}", "", "```mermaid", machine.as_mermaid(), "```", "")


def _notices() -> Iterator[str]:
    yield from _table("Key", "To whom", "Title", "By post", "May be muted")
    for key, notice in sorted(notices.EVERY.items()):
        answers = ["yes" if answer else "no" for answer in (notice.by_post, notice.may_be_muted)]
        yield _row(f"`{key}`", notice.audience, notice.title, *answers)


def _data() -> Iterator[str]:
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        yield from (f"## {model._meta.label}", "")
        if model.__module__.startswith("innoset."):
            yield from ((model.__doc__ or "").strip().splitlines()[0], "")
        yield from _table("Column", "Type", "Privacy")
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            yield _row(f"`{field.name}`", _type(field), privacy.class_of(model, field.name))
        yield ""


def _type(field: models.Field[object, object]) -> str:
    related = field.related_model
    target = f" → {related._meta.label}" if isinstance(related, type) else ""
    return f"{type(field).__name__}{target}"


def _addresses() -> Iterator[str]:
    yield from _table("Address", "Name", "Sign-in")
    for route, name, guarded in sorted(guarded_views()):
        yield _row(f"`/{route}`", f"`{name}`", "needed" if guarded else "not needed")


def _walk(resolver: URLResolver, prefix: str, spaces: str) -> Iterator[tuple[str, str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route, f"{spaces}{entry.namespace}:" if entry.namespace else spaces)
        else:
            yield route, f"{spaces}{entry.name or ''}", entry
