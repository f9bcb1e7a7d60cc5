"""The order in which questions are put (propositionsordning), and rival orders."""

from collections.abc import Iterator
from uuid import UUID

from democracy.domain.record.item import MatterRecord
from democracy.domain.record.proposal import OrderRecord, ProposalRecord
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.swedish import listed
from democracy.texts.minutes.told import Line, labels
from workflows.proceedings import ProposalKind


def order_lines(matter: MatterRecord) -> Iterator[Line]:
    """What was proposed, and what the meeting approved. What goes without saying is left out."""
    proposals = {each.id: each for each in matter.proposals}
    for number, order in enumerate(matter.orders, start=1):
        if _goes_without_saying(matter, order):
            continue
        yield Line(order.proposed_at, 4, f"ordning-{number}", _proposed(proposals, order))
        if order.approved_at is not None:
            yield Line(order.approved_at, 6, f"ordning-{number}-beslut", _approved(order))


def _goes_without_saying(matter: MatterRecord, order: OrderRecord) -> bool:
    """One question about one proposal or two, and nobody wanted it otherwise."""
    others = bool(order.first_ids or order.addition_ids)
    return len(matter.orders) == 1 and not others and len(order.rival_ids) < 3


def _proposed(proposals: dict[UUID, ProposalRecord], order: OrderRecord) -> str:
    steps = " ".join(f"{number}. {upper}." for number, upper in enumerate(_steps(proposals, order), start=1))
    if order.by_chair or order.member_id is None:
        return say("order.chair", steps=steps)
    return say("order.rival", name=mark(order.member_id), steps=steps)


def _steps(proposals: dict[UUID, ProposalRecord], order: OrderRecord) -> Iterator[str]:
    if order.first_ids:
        referral = listed([_referral(proposals[each]) for each in order.first_ids if each in proposals], "eller")
        yield say("order.today", referral=referral)
    rivals = labels(proposals, tuple(each for each in order.rival_ids if each != order.main_id))
    if order.main_id in proposals:
        main = proposals[order.main_id].label
        yield say("order.main", main=main, rivals=listed(rivals)) if rivals else say("order.single", main=main)
    elif rivals:
        yield say("order.rivals", rivals=listed(rivals)) if len(rivals) > 1 else rivals[0]
    if order.addition_ids:
        yield say("order.additions", additions=listed(labels(proposals, order.addition_ids)))


def _referral(proposal: ProposalRecord) -> str:
    word = "bordläggning" if proposal.kind is ProposalKind.DEFER else "återremiss"
    return f"{word} ({proposal.label})"


def _approved(order: OrderRecord) -> str:
    if order.by_chair or order.member_id is None:
        return say("order.approved_chair")
    return say("order.approved_rival", name=mark(order.member_id, owns=True))
