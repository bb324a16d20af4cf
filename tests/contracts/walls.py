"""Walls between tenants: addresses with everybody's keys, forms in the wrong hands, and two oracles.

An action is one request. The oracle of reading looks for other tenants' canaries in all that the answer
tells; the oracle of writing compares the rows of every tenant before and after. Each action is undone,
so the scene stays as it was and nothing hides behind what came earlier.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models, transaction
from django.test import Client

from innoset.conf import almanac
from tests import world
from tests.contracts.canaries import words_in
from tests.contracts.tenants import Centre, Tenant, everybody

CANARY = re.compile(r"knr([a-z]+)(\d\d)")
CLOSED_ABOVE = frozenset({"letter", "subject", "draft", "forward", "roadmap", "measure"})
"""What even those above read only once it was sent or released to them."""
TYPED = "Чужая рука"
DOORS = ("cabinet:", "office:", "desk:", "public:")
_HOLE = re.compile(r"<(?:(\w+):)?(\w+)>")
_WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
# What a hole of an address may hold, by the words of the address before it.
_KEYS = {
    "applications": "application", "organisations": "organisation", "contests": "contest",
    "accompaniment": "accompaniment", "consultations": "consultation", "errands": "errand",
    "groups": "group", "agreements": "agreement", "statuses": "status", "reports": "report",
    "projects": "project", "roadmap": "measure", "remarks": "remark", "messages": "thread",
    "advancements": "advancement", "registrations": "registration", "invitations": "invitation",
    "members": "membership", "memberships": "membership", "partnerships": "partnership",
    "pilots": "organisation", "index": "status", "analyses": "status", "evidence": "dissemination", "dissemination": "dissemination", "to": "organisation",
}  # fmt: skip
_OWNERS = {
    "Thread": ("sides__organisation__municipality",),
    "ThreadSide": ("thread__sides__organisation__municipality",),
    "Post": ("thread__sides__organisation__municipality",),
    "Partnership": ("project__organisation__municipality", "organisation__municipality"),
}
_PATHS = (
    "municipality", "organisation__municipality", "status__organisation__municipality",
    "project__organisation__municipality", "report__organisation__municipality",
    "passport__project__organisation__municipality", "roadmap__organisation__municipality",
    "application__organisation__municipality", "contest__municipality", "item__roadmap__organisation__municipality",
)  # fmt: skip
_FREE = frozenset({"ThreadReading"})


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that got across: who, of which tenant, did what, and what came of it."""

    actor: str
    tenant: int
    action: str
    what: str


@dataclass
class Walls:
    """The scene, its browsers, its forms, and what the rows of every tenant were at the start."""

    above: Centre
    tenants: list[Tenant]
    browsers: dict[tuple[str, int], Client] = field(default_factory=dict)
    forms: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    rows: dict[str, dict[object, tuple[Any, frozenset[int]]]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    reads: int = 0
    writes: int = 0

    def __post_init__(self) -> None:
        """Sign everybody in, and take the digest of all rows."""
        for role, number, person in everybody(self.above, self.tenants):
            client = world.signed_in(person)
            client.raise_request_exception = False
            client.defaults["SERVER_NAME"] = "localhost"
            self.browsers[role, number] = client
        self.rows = {name: rows_of(model) for name, model in owned_tables().items()}

    # ── What is tried ───────────────────────────────────────────────────────

    def addresses_of(self, target: Tenant, *words: str) -> list[str]:
        """Return the addresses with the tenant's keys in their holes; of those with one of the words, if given."""
        found: dict[str, None] = {}
        for route, name, _ in almanac.guarded_views():
            if not name.startswith(DOORS) or (words and not any(word in route for word in words)):
                continue
            found |= dict.fromkeys(_filled(route, target))
        return list(found)

    def collect_forms(self, *words: str) -> int:
        """Look at every form that the first tenant's own people are shown; return how many there are."""
        first = self.tenants[0]
        found = dict.fromkeys(
            (address, tuple(sorted(data.items())))
            for page in self.addresses_of(first, *words)
            for address, data in self._forms_on(page, self.browsers[_owner_of(page), first.number])
        )
        self.forms = [(address, dict(data)) for address, data in found]
        return len(self.forms)

    def forms_of(self, target: Tenant) -> list[tuple[str, dict[str, str]]]:
        """Return the same forms as they would go to another tenant's things."""
        theirs = dict(zip(self.addresses_of(self.tenants[0]), self.addresses_of(target), strict=True))
        return [(theirs.get(address, address), data) for address, data in self.forms]

    def _forms_on(self, page: str, client: Client) -> Iterator[tuple[str, dict[str, str]]]:
        with transaction.atomic():
            answer = client.get(page)
            transaction.set_rollback(True)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            return
        for form in BeautifulSoup(answer.content, "html.parser").find_all("form", {"method": "post"}):
            action = str(form.get("action") or page)
            if "logout" not in action and "/act/" not in action:
                yield action, _typed(form)

    def random(self, count: int, seed: int) -> list[Breach]:
        """Do so many random actions: half read an address, half send a form; return what got across."""
        chance = Random(seed)  # noqa: S311  # reason: a script that can be repeated wants a fixed seed
        found: list[Breach] = []
        actors = list(self.browsers)
        addresses = {one.number: self.addresses_of(one) for one in self.tenants}
        forms = {one.number: self.forms_of(one) for one in self.tenants}
        for number in range(count):
            role, home = chance.choice(actors)
            target = chance.choice(self.tenants)
            if number % 2:
                address, data = chance.choice(forms[target.number])
                found += self.send(role, home, address, data)
            else:
                found += self.read(role, home, chance.choice(addresses[target.number]))
        return found

    def sweep(self, role: str, home: int, target: Tenant, *words: str) -> list[Breach]:
        """Try every address and every form of one tenant as one person of another."""
        found: list[Breach] = []
        for address in self.addresses_of(target, *words):
            found += self.read(role, home, address)
        for address, data in self.forms_of(target):
            found += self.send(role, home, address, data)
        return found

    # ── One action and its oracles ──────────────────────────────────────────

    def read(self, role: str, home: int, address: str) -> list[Breach]:
        """Ask for an address."""
        self.reads += 1
        return self._act(role, home, f"GET {address}", lambda client: client.get(address))

    def send(self, role: str, home: int, address: str, data: dict[str, str]) -> list[Breach]:
        """Send a form."""
        self.writes += 1
        return self._act(role, home, f"POST {address}", lambda client: client.post(address, data))

    def _act(self, role: str, home: int, action: str, deed: Any) -> list[Breach]:
        touched: set[str] = set()

        def watch(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
            if wrote := _WRITES.match(sql):
                touched.add(wrote[1])
            return execute(sql, params, many, context)

        with transaction.atomic(), connection.execute_wrapper(watch):
            answer = deed(self.browsers[role, home])
            told = words_in(answer)
            if answer.status_code >= 500:  # a crash
                self.broken.add(f"{role} {action}")
            changed = list(self._changed(touched, home))
            transaction.set_rollback(True)
        seen = {(kind, int(number)) for kind, number in CANARY.findall(told)}
        leaks = [
            f"reads knr{kind}{number:02d}" for kind, number in sorted(seen) if _is_foreign(kind, number, home)
        ]
        return [Breach(role, home, action, what) for what in [*leaks, *changed]]

    def _changed(self, touched: set[str], home: int) -> Iterator[str]:
        """Yield the rows of other tenants that are not what they were."""
        own = next((one.place.pk for one in self.tenants if one.number == home), None)
        for name, model in owned_tables().items():
            if model._meta.db_table not in touched or own is None:
                continue
            before, after = self.rows[name], rows_of(model)
            for key in before.keys() | after.keys():
                row, owners = after.get(key) or before[key]
                if before.get(key, (None, owners))[0] != (row if key in after else None):
                    every = owners | before.get(key, (None, owners))[1]
                    if every and own not in every:
                        yield f"writes {name} {key}"


def _owner_of(page: str) -> str:
    """Return whose door the page is behind."""
    return "head" if page.startswith("/cabinet/") else "coordinator"


def _is_foreign(kind: str, number: int, home: int) -> bool:
    return kind in CLOSED_ABOVE if home == 0 else number != home


def owned_tables() -> dict[str, type[models.Model]]:
    """Return the tables whose rows belong to a tenant."""
    rooms = ("network", "projects", "contests", "analytics")
    found = (model for room in rooms for model in apps.get_app_config(room).get_models())
    return {model.__name__: model for model in found if model.__name__ not in _FREE and paths_of(model)}


def paths_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the ways from a row to the municipalities that it belongs to; none when it is nobody's."""
    if model.__name__ == "Municipality":
        return ("pk",)
    return _OWNERS.get(model.__name__) or tuple(path for path in _PATHS if _leads(model, path))[:1]


def _leads(model: type[models.Model], path: str) -> bool:
    for name in path.split("__"):
        try:
            field_ = model._meta.get_field(name)
        except ObjectDoesNotExist:  # pragma: no cover  # reason: get_field raises its own kind
            return False
        except Exception:  # noqa: BLE001  # reason: whatever is wrong with a path, it does not lead anywhere
            return False
        if field_.related_model is None or field_.one_to_many or field_.many_to_many:
            return False
        model = field_.related_model
    return True


def rows_of(model: type[models.Model]) -> dict[object, tuple[Any, frozenset[int]]]:
    """Return the rows of a table with the municipalities that each belongs to."""
    names = [one.attname for one in model._meta.concrete_fields]
    values = {row[0]: row for row in model._base_manager.order_by("pk").values_list("pk", *names)}
    owners: dict[object, set[int]] = {}
    for path in paths_of(model):
        for key, place in model._base_manager.order_by("pk").values_list("pk", path):
            owners.setdefault(key, set()).update({place} - {None})
    return {key: (row, frozenset(owners.get(key, ()))) for key, row in values.items()}


def _typed(form: Any) -> dict[str, str]:
    """Fill a form as somebody might: texts typed, the first choice taken, other people's words left out."""
    data: dict[str, str] = {}
    for one in form.find_all(["input", "textarea", "select", "button"]):
        name, kind = one.get("name"), one.get("type", one.name)
        if not name or kind == "file" or (kind in {"checkbox", "radio"} and name in data):
            continue
        data[str(name)] = _value(one, kind)
    return data


def _value(one: Any, kind: str) -> str:
    if one.name == "select":
        options = [str(option.get("value", "")) for option in one.find_all("option")]
        return next((value for value in options if value), "")
    if one.name == "textarea":
        return TYPED
    value = str(one.get("value", ""))
    return TYPED if kind == "text" and (not value or CANARY.search(value)) else CANARY.sub(TYPED, value)


def _filled(route: str, target: Tenant) -> Iterator[str]:
    """Yield an address for every key of the tenant that its first hole may hold."""
    holes = list(_HOLE.finditer(route))
    if not holes:
        yield f"/{route}"
        return
    before = [word for word in re.split(r"[/.]", route[: holes[0].start()]) if word]
    kind = next((_KEYS[word] for word in reversed(before) if word in _KEYS), "")
    is_number = holes[0][1] == "int"
    keys = [key for key in target.keys.get(kind, []) if isinstance(key, int) == is_number] or [
        1 if is_number else "x"
    ]
    for key in keys:
        values = iter([key, *(_rest(hole, target) for hole in holes[1:])])
        yield "/" + re.sub(_HOLE, partial(_next_of, values), route)


def _next_of(values: Iterator[object], _: re.Match[str]) -> str:
    return str(next(values))


def _rest(hole: re.Match[str], target: Tenant) -> object:
    known = {"number": "application", "code": "contest", "item": "measure"}
    words = {"part": "organisations", "form": "pdf", "tour": "remote", "kind": "remote"}
    kind = known.get(hole[2], "")
    return words.get(hole[2]) or next(iter(target.keys.get(kind, [1 if hole[1] == "int" else "x"])))
