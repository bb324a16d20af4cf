"""The bench of the pictures tells of each of them, beside the reference; a small network suffices to see it."""

import re

import pytest

from tools.bench import network


def test_the_bench_tells_of_every_picture_and_of_the_reference(capsys: pytest.CaptureFixture[str]) -> None:
    network.main(60, 90)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Муниципалитетов 44, организаций 60, связей 90"
    assert [re.split(r"\s{2,}", line)[0] for line in lines[2:8]] == [
        "схема",
        "муниципалитет",
        "карта",
        "силовая раскладка igraph",
        "посредничество и части",
        "схема в PNG",
    ]


def test_the_same_seed_makes_the_same_network() -> None:
    made = network.network(80, 120, seed=3)
    assert (made, len(made.nodes), len(made.edges)) == (network.network(80, 120, seed=3), 80, 120)
    assert made != network.network(80, 120, seed=4)
