"""Proposals (yrkanden) in words: who moves what, and what becomes of it before it is put."""

from collections.abc import Iterator

from democracy.domain.record.item import MatterRecord
from democracy.domain.record.proposal import MoverRecord, ProposalRecord
from democracy.texts.minutes.phrases import say, says
from democracy.texts.minutes.plain import inline, sentence
from democracy.texts.minutes.swedish import upper_first
from democracy.texts.minutes.told import Line, Told, movers
from workflows.proceedings import ProposalKind
from workflows.proposal import ProposalState


def proposal_lines(told: Told, matter: MatterRecord) -> Iterator[Line]:
    """A line for each proposal, the board's first; those that came of a reconciliation say so."""
    for proposal in matter.proposals:
        sources = [each for each in matter.proposals if each.reconciled_into_id == proposal.id]
        starts = proposal.from_board or proposal.of_motion
        at = matter.opened_at if starts else max(proposal.received_at, matter.opened_at)
        if sources and not all(each.state is ProposalState.RECONCILED for each in sources):
            continue  # not accepted by everybody concerned: nothing has happened yet
        text = _reconciled(proposal, sources) if sources else f"{_moved(told, matter, proposal)}{_left(proposal)}"
        yield Line(at, 1 if starts else 2, f"yrkande-{proposal.label}", text)


def _moved(told: Told, matter: MatterRecord, proposal: ProposalRecord) -> str:
    stand = tuple(each for each in proposal.movers if each.left_at is None) or proposal.movers
    values = {"movers": movers(stand), "label": proposal.label, "text": sentence(proposal.text)}
    if proposal.from_board:
        return _of_board(told, matter, proposal, stand)
    if proposal.of_motion:
        same = not proposal.text.strip() or proposal.text.strip() == (matter.text or "").strip()
        return say("proposal.motion_same" if same else "proposal.motion", **_without_movers(values))
    if not stand:
        return say("proposal.stands", **_without_movers(values))
    if proposal.kind is ProposalKind.REFER_BACK:
        return say("proposal.REFER_BACK", **values, **_referral(proposal))
    if proposal.kind is ProposalKind.ADDITION and (to := _adds_to(matter, proposal)):
        return say("proposal.addition_to", to=to, **values)
    key = f"proposal.{proposal.kind.name}"
    said = say(key if says(key) else "proposal.made", **values)
    return said if values["text"] else said.rstrip(": ") + "."


def _of_board(told: Told, matter: MatterRecord, proposal: ProposalRecord, stand: tuple[MoverRecord, ...]) -> str:
    """The board's recommendation: its text, or what it asks the meeting to do with the motion's."""
    bodies = tuple(each for each in stand if each.body)
    text = sentence(proposal.text) if proposal.text.strip() != (matter.text or "").strip() else ""
    values = {"board": inline(movers(bodies) or told.record.head.board), "label": proposal.label, "text": text}
    key = f"board.{proposal.kind.name}"
    if not says(key) or (proposal.kind is ProposalKind.APPROVE and not proposal.of_motion):
        return say("proposal.board", **values)
    kind = say(key, recipient=inline(proposal.recipient or ""))
    return say("proposal.board_text" if text else "proposal.board_kind", kind=kind, **values)


def _without_movers(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name != "movers"}


def _adds_to(matter: MatterRecord, proposal: ProposalRecord) -> str | None:
    return next((each.label for each in matter.proposals if each.id == proposal.adds_to_id), None)


def _referral(proposal: ProposalRecord) -> dict[str, str]:
    return {
        "recipient": inline(proposal.recipient or ""),
        "instruction": sentence(upper_first(proposal.instruction or "")),
        "reason": sentence(upper_first(proposal.reason or "")),
        "back": sentence(proposal.back_at or proposal.back_by or ""),
    }


def _left(proposal: ProposalRecord) -> str:
    """What became of the movers: a proposal that was withdrawn, or that others took over."""
    if proposal.state is ProposalState.WITHDRAWN:
        return " " + say("proposal.withdrawn")
    left = tuple(each for each in proposal.movers if each.left_at is not None)
    stand = tuple(each for each in proposal.movers if each.left_at is None)
    if left and stand:
        return " " + say("proposal.taken_over", left=movers(left, "family"), movers=movers(stand))
    return ""


def _reconciled(proposal: ProposalRecord, sources: list[ProposalRecord]) -> str:
    stand = tuple(dict.fromkeys(each for source in sources for each in source.movers if each.left_at is None))
    key = "proposal.reconciled" if len(stand) > 1 else "proposal.reconciled_one"
    said = say(key, movers=movers(stand, "family"), label=proposal.label)
    return f"{said} {say('proposal.wording', label=proposal.label, text=sentence(proposal.text))}"
