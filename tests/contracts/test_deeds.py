"""Only actions write, and every deed has an answer to "who may?"."""

import ast
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import innoset
from innoset.foundation import actions, policy
from tests.contracts.test_floors import ours

SOURCE = Path(innoset.__path__[0])

WRITERS = ("actions", "migrations", "management", "pure", "demo")
"""Pure modules know no database: what they save are papers. The demo year is built from nothing."""

EXCEPTIONS = {
    "accounts/models.py": "the manager that Django's own commands make people with",
    "foundation/audit/ledger.py": "the log is written by @action itself",
    "foundation/files/storage.py": "puts files on the disk, not rows",
}
ALWAYS_A_WRITE = {
    "save",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "full_clean_and_save",
}
A_WRITE_ON_A_MANAGER = {"create", "update", "delete"}


def writes(tree: ast.AST) -> Iterator[int]:
    """Yield the lines on which rows are written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in ALWAYS_A_WRITE or (
                name in A_WRITE_ON_A_MANAGER and "objects" in chain(node.func.value)
            ):
                yield node.lineno


def chain(node: ast.AST) -> list[str]:
    """The names along `Model.objects.filter(...).update`."""
    names = []
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return names


def is_a_writer(path: Path) -> bool:
    """Tell whether the file is one of those that may write."""
    inside = path.relative_to(SOURCE)
    return (
        bool({part.removesuffix(".py") for part in inside.parts} & set(WRITERS)) or str(inside) in EXCEPTIONS
    )


def test_only_actions_write():
    found = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in sorted(SOURCE.rglob("*.py"))
        if not is_a_writer(path)
        for line in writes(ast.parse(path.read_text()))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("thing.save()", True),
        ("Thing.objects.create(a=1)", True),
        ("Thing.objects.filter(a=1).update(a=2)", True),
        ("Thing.objects.all().delete()", True),
        ("Thing.objects.get_or_create(a=1)", True),
        ("words.update(a=1)", False),
        ("Thing.objects.filter(a=1).first()", False),
    ],
)
def test_the_rule_knows_a_write_when_it_sees_one(code, caught):
    assert bool([*writes(ast.parse(code))]) is caught


def test_tables_do_not_act():
    verbs = [
        f"{model._meta.label}.{name}"
        for model in ours()
        for name in ("save", "delete")
        if name in vars(model)
    ]
    assert verbs == []


def test_every_action_is_known_at_the_start():
    """A module of actions that nobody imports would leave its deeds out of every list."""
    known = set(actions.EVERY)
    for found in pkgutil.walk_packages(innoset.__path__, "innoset."):
        if "actions" in found.name.split("."):
            import_module(found.name)
    assert set(actions.EVERY) == known


def test_every_action_has_a_permission():
    assert sorted(set(actions.EVERY) - set(policy.permissions())) == []


def test_every_permission_is_asked_for():
    """A permission is the name of an action, or somebody asks for it: a view, a query, a template."""
    text = "\n".join(
        path.read_text()
        for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")])
        if "policy" not in {part.removesuffix(".py") for part in path.parts}
    )
    asked = {name for name in policy.permissions() if f'"{name}"' in text or f"'{name}'" in text}
    assert sorted(set(policy.permissions()) - set(actions.EVERY) - asked) == []


def test_every_permission_is_named_after_its_room_and_told_in_russian():
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir()} | {"audit", "files", "notify", "jobs"}
    wrong = [
        name
        for name, title in policy.permissions().items()
        if name.split(".")[0] not in rooms or not any("а" <= letter <= "я" for letter in title.lower())
    ]
    assert wrong == []
