"""The bench of a cut network, small and without threads: no mark is lost, and without a guard some are."""

from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from innoset.review.models import Score
from tests import world
from tests.review.scene import opened
from tests.web.desk.hall import Day, day
from tools.bench.defence import Juror, Network, Rules, Tally, tally

pytestmark = pytest.mark.django_db

TICKS = 24
CUT = range(6, 18)


class InProcess(Network):
    """The same network, with the server in this very process."""

    def __init__(self, clients: dict[str, Client]) -> None:
        super().__init__(port=0)
        self.clients = clients

    def _send(self, path: str, cookie: str, data: dict[str, str]) -> int:
        return self.clients[cookie].post(path, data, headers={"X-Autosave": "1"}).status_code


def hall() -> tuple[Day, list[str]]:
    of = day(experts=2, dossiers=1)
    for juror in range(2):
        opened(of.here, juror)
    return of, [reverse("desk:mark", args=["defence", of.here.dossiers[0].code])]


def lived(rules: Rules) -> tuple[Day, Tally]:
    """Let two jurors change their marks all the time while the network is cut, then count."""
    of, paths = hall()
    people = of.here.experts
    network = InProcess({str(place): world.signed_in(one) for place, one in enumerate(people)})
    jurors = [Juror(str(place), Random(place), rules) for place in range(len(people))]  # noqa: S311  # reason: the same every time
    for tick in range(TICKS):
        (network.is_up.clear if tick in CUT else network.is_up.set)()
        for juror in jurors:
            if tick < CUT.stop:
                juror.mark(juror.chance.choice(paths), "k1", str(juror.chance.randint(3, 5)))
            juror.drain(network)
    for juror in jurors:
        for _ in range(TICKS):
            juror.drain(network)
        juror.echo(network)
    there: list[dict[tuple[str, str], list[str]]] = [
        {
            (paths[0], "k1"): [
                str(value)
                for value in Score.objects.filter(sheet__assignment__expert=one).values_list(
                    "value", flat=True
                )
            ]
        }
        for one in people
    ]
    return of, tally(jurors, lambda place: there[place])


def test_no_mark_is_lost_to_a_cut_none_stands_twice_and_the_newest_wins() -> None:
    assert lived(Rules())[1] == Tally(put=2, lost=0, wrong=0, doubled=0)


@pytest.mark.parametrize("rules", [Rules(keeps=False), Rules(numbers=False)])
def test_without_a_guard_the_loss_is_seen(rules: Rules) -> None:
    assert lived(rules)[1].wrong > 0
