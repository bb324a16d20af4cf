"""The demo year's agreements as they live on: one near its end and renewed, one being signed; acts that clash."""

from datetime import date, timedelta

from innoset.documents import actions as documents
from innoset.documents.models import NormativeAct
from innoset.documents.pure import agreement_paper
from innoset.documents.states import ActKind, ActLevel
from innoset.exchange.demo.network import World
from innoset.foundation.files.actions import Given
from innoset.foundation.files.kinds import PDF
from innoset.network.actions import agreements as actions
from innoset.network.models import Agreement
from innoset.network.papers.agreements import paper_of

_MINISTRY = "Министерство образования, науки и молодёжной политики Краснодарского края"
_OLD_MINISTRY = "Министерство образования и науки Краснодарского края"


def fill(world: World) -> None:
    """Lead some agreements on, and leave two acts to be told apart."""
    keeper = world.people["organiser"]
    live = list(Agreement.objects.order_by("id")[:2])
    for agreement in live:
        paper = agreement_paper.pdf(paper_of(agreement), at=world.at)
        copy = Given(paper, f"Соглашение {agreement.number}.pdf", PDF)
        actions.give_signed_copy(agreement, given=copy, by=keeper, at=world.ago(300))
    near = {"ends_on": (world.at + timedelta(days=58)).date()}
    actions.edit_agreement(live[0], values=near, by=keeper, at=world.ago(200))
    actions.renew_agreement(live[0], by=keeper, at=world.ago(6))
    contract = Agreement(
        kind=Agreement.Kind.CONTRACT,
        municipality=world.places["centre"].municipality,
        organisation=world.places["centre"],
        partner=world.places["institute"],
        subject="научное сопровождение краевых инновационных площадок",
        ends_on=date(world.at.year + 2, 12, 31),
    )
    actions.draft_agreement(contract, by=keeper, at=world.ago(12))
    actions.send_agreement(contract, by=keeper, at=world.ago(10))
    _acts_that_clash(world)


def _acts_that_clash(world: World) -> None:
    """Write down one order under a second number, and another order that truly bears it."""
    known = NormativeAct.objects.get(number="1616")
    rows = (
        ("4719", date(2016, 3, 25), known.title, _MINISTRY),
        (
            "4719",
            date(2015, 9, 16),
            "О проведении III (очного) этапа Форума «Инновационный поиск»",
            _OLD_MINISTRY,
        ),
    )
    for number, signed_on, title, issuer in rows:
        act = NormativeAct(
            level=ActLevel.REGIONAL,
            kind=ActKind.ORDER,
            issuer=issuer,
            signed_on=signed_on,
            number=number,
            title=title,
            in_force=None,
        )
        documents.add_act(act, by=world.people["organiser"], at=world.ago(150))
