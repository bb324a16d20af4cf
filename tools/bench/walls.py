"""Eleven municipalities, ten thousand random actions by all roles: what gets across the walls."""

import time
from collections import Counter

from django.db import transaction

from tests.contracts.tenants import region
from tests.contracts.walls import Walls

TENANTS = 11


def main(actions: int = 10_000, seed: int = 20261122) -> int:
    """Do the actions and say what got across; the status is 1 when anything did."""
    began = time.monotonic()
    with transaction.atomic():
        made = Walls(*region(TENANTS))
        forms = made.collect_forms()
        addresses = len(made.addresses_of(made.tenants[0]))
        found = made.random(actions, seed)
        transaction.set_rollback(True)
    read = sum(breach.what.startswith("reads") for breach in found)
    print(
        f"Муниципалитетов: {TENANTS}, ролей с местом: {len(made.browsers)}, адресов: {addresses}, форм: {forms}."
    )
    print(f"Действий: {actions} (чтений {made.reads}, отправок {made.writes}), зерно {seed}.")
    print(
        f"Прочитано чужого: {read}, изменено чужого: {len(found) - read}, ответов с ошибкой сервера: {len(made.broken)}."
    )
    for line, many in Counter(f"{one.actor} {one.action} {one.what}" for one in found).most_common(20):
        print(f"  {many} × {line}")
    for line in sorted(made.broken)[:20]:
        print(f"  ошибка сервера: {line}")
    print(f"Время: {time.monotonic() - began:.0f} с.")
    return 1 if found or made.broken or not forms else 0
