"""What the minutes say of how applications were taken."""

from datetime import date, timedelta

import pytest

from innoset.contests.actions import deadlines, late_copies, sendings
from innoset.contests.actions.deadlines import Ground
from innoset.contests.papers.receptions import reception_facts
from innoset.documents.pure.blocks import Fact
from tests import world

pytestmark = pytest.mark.django_db

END = world.DEADLINE
EVERY = ("terms", "publicity", "rights")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_a_quiet_reception_is_said_in_a_few_words() -> None:
    assert reception_facts(world.contest(grace_minutes=0)) == (
        Fact("Объявленный срок", "5 декабря 2026 г., 17:00 МСК"),
        Fact("Допуск на сбои связи", "нет"),
        Fact("Продления", "не было"),
        Fact("Отправлено", "0 отправок"),
        Fact("В том числе в допуске", "0 отправок"),
        Fact("Принято после срока", "не было"),
    )


def test_a_contest_without_terms_has_nothing_to_say() -> None:
    contest = world.contest()
    contest.stages.all().delete()
    assert reception_facts(contest) == ()


def test_every_departure_stands_in_the_minutes() -> None:
    contest = world.contest(grace_minutes=10)
    by = contest.created_by
    graced, one, late, left = [world.application(contest, number=f"2026-000{n}") for n in range(1, 5)]
    graced_at = END + 5 * MINUTE
    sendings.submit(graced, key="k", consents=EVERY, address=None, by=graced.created_by, at=graced_at)
    copies = [
        late_copies.keep_late_copy(
            each, key="k", consents=EVERY, address=None, by=each.created_by, at=END + 12 * MINUTE
        )
        for each in (late, left)
    ]
    order = Ground("Болезнь", "15-п", date(2026, 12, 6))
    deadlines.extend_for_one(one, until=END + DAY, ground=order, by=by, at=END + HOUR)
    late_copies.accept_late_copy(copies[0], reason="Авария", order_number="16-п", by=by, at=END + HOUR)
    until = END + 3 * HOUR
    deadlines.extend_for_all(
        contest, until=until, ground=Ground("Сбой"), outage_minutes=17, by=by, at=END + 2 * HOUR
    )
    assert reception_facts(contest) == (
        Fact("Объявленный срок", "5 декабря 2026 г., 17:00 МСК"),
        Fact("Допуск на сбои связи", "10 минут, для всех"),
        Fact(
            "Продления",
            "заявке ИП-2026-0002 до 6 декабря 2026 г., 17:00 МСК: Болезнь. Приказ № 15-п от 06.12.2026.\n"
            "всем до 5 декабря 2026 г., 20:00 МСК: Сбой. Сайт не отвечал 17 минут.",
        ),
        Fact("Отправлено", "2 отправки"),
        Fact("В том числе в допуске", "1 отправка"),
        Fact(
            "Принято после срока",
            "ИП-2026-0003, пришла 5 декабря 2026 г., 17:12:00 МСК: Авария. Приказ № 16-п.",
        ),
        Fact("Пришло после срока и не принято", "1 отправка"),
    )
