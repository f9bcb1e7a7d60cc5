"""What the meeting decided, in the words of a decision: these bind, whatever the secretary writes around them."""

from collections.abc import Iterator

from democracy.domain.kinds import Outcome
from democracy.domain.record.item import DecisionRecord, ItemRecord, MatterRecord
from democracy.domain.record.proposal import ProposalRecord, QuestionRecord
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import inline, sentence
from democracy.texts.minutes.told import Line, Told
from workflows.matter import MatterState
from workflows.proceedings import Formality, ItemKind, MatterKind, ProposalKind, QuestionKind

ELECTS = (Formality.CHAIR, Formality.SECRETARY, Formality.VERIFIERS, Formality.TELLERS)
"""Formalities whose decision is told by naming those who were elected."""


def decision_lines(told: Told, item: ItemRecord, matter: MatterRecord) -> Iterator[Line]:
    """Each decision at its gavel: on whether to decide today, on the point itself, on every addition."""
    told_by_question: set[int] = set()
    for question in matter.questions:
        if question.gavel_at is None or question.level or question.kind is QuestionKind.ORDER:
            continue
        decision = _of_question(matter, question)
        text = _decided(told, item, matter, decision) if decision else _answered(matter, question)
        if decision:
            told_by_question.add(id(decision))
        if text:
            key = "beslut" if question.kind is QuestionKind.RIVALS else f"beslut-{question.position}"
            yield Line(question.gavel_at, 8, key, text, joins=True)
    for number, decision in enumerate(matter.decisions, start=1):
        text = "" if id(decision) in told_by_question else _decided(told, item, matter, decision)
        if text:
            yield Line(decision.decided_at, 8, f"beslut-{number}" if number > 1 else "beslut", text)
        if decision.replaced_at is not None:
            yield Line(decision.replaced_at, 3, f"återupptas-{number}", _reopened(told, item, decision))
    # Where people are elected by ballot, nobody puts anything to the matter of the item itself: nothing has lapsed.
    if matter.state is MatterState.LAPSED and (matter.proposals or item.kind is not ItemKind.ELECTION):
        what = matter.title or say("decision.the_matter")
        yield Line(matter.decided_at or matter.opened_at, 9, "förfaller", say("decision.lapsed", what=what))


def _of_question(matter: MatterRecord, question: QuestionRecord) -> DecisionRecord | None:
    """The decision that a question led to; none while the point waits for its additions."""
    if question.kind is QuestionKind.ADDITION or (question.kind is QuestionKind.TODAY and question.winner_id is None):
        return None
    gavel = question.gavel_at
    after = (each for each in matter.decisions if gavel is not None and each.decided_at >= gavel)
    return next((each for each in after if each.proposal_id == question.winner_id), None)


def _answered(matter: MatterRecord, question: QuestionRecord) -> str:
    if question.kind is QuestionKind.TODAY:
        return say("decision.today") if question.winner_id is None else ""
    proposals = {each.id: each for each in matter.proposals}
    asked = [proposals[each] for each in question.proposal_ids if each in proposals]
    won = proposals.get(question.winner_id) if question.winner_id else None
    if won is not None:
        return _carried(won)
    return say("decision.lost", label=asked[0].label) if asked else ""


def _carried(proposal: ProposalRecord) -> str:
    key = "decision.rejected" if proposal.kind is ProposalKind.REJECT else "decision.carried"
    return say(key, label=proposal.label)


def _decided(told: Told, item: ItemRecord, matter: MatterRecord, decision: DecisionRecord) -> str:
    text = _core(told, item, matter, decision)
    if decision.unanimous and text:
        text = f"{text} {say('decision.unanimous')}"
    if decision.by_minority and text:
        text = f"{text} {say('decision.minority')}"
    return f"{text} {say('decision.block')}" if decision.in_block and text else text


def _core(told: Told, item: ItemRecord, matter: MatterRecord, decision: DecisionRecord) -> str:
    proposal = next((each for each in matter.proposals if each.id == decision.proposal_id), None)
    rejected = decision.outcome is Outcome.REJECT
    if matter.kind is MatterKind.DISCHARGE and decision.outcome in (Outcome.APPROVE, Outcome.REJECT):
        whom = mark(matter.member_id) if matter.member_id else say("formality.discharge_all")
        return say("formality.discharge_not" if rejected else "formality.discharge", whom=whom)
    if matter.kind is MatterKind.FORMALITY and (said := _formality(told, item, decision)) is not None:
        return said
    if matter.kind is MatterKind.CLAUSE or decision.outcome not in (
        Outcome.APPROVE, Outcome.APPROVE_REWORDED, Outcome.REJECT,
    ):  # fmt: skip
        return outcome_words(item, matter, decision, proposal)
    if proposal is not None and (said := _adopted(item, matter, decision)) is not None:
        return say(said, label=proposal.label)
    if proposal is None:
        return say("decision.rejected_bare") if rejected else _only(matter)
    return say("decision.rejected" if rejected else "decision.carried", label=proposal.label)


def _adopted(item: ItemRecord, matter: MatterRecord, decision: DecisionRecord) -> str | None:
    """What is said of a document as a whole, once nothing in it has been put off."""
    if matter.kind is not MatterKind.DOCUMENT or decision.outcome is not Outcome.APPROVE:
        return None
    others = [each for each in item.matters if each.id != matter.id]
    if any(last.outcome.goes_on for each in others for last in each.decisions if last.replaced_at is None):
        return None
    return "decision.text_adopted_amended" if others else "decision.text_adopted"


def _only(matter: MatterRecord) -> str:
    return say("decision.carried", label=matter.proposals[0].label if len(matter.proposals) == 1 else matter.title)


def _formality(told: Told, item: ItemRecord, decision: DecisionRecord) -> str | None:
    if item.formality in ELECTS and any(each.item_id == item.id for each in told.record.officers):
        return ""
    if item.formality is None or item.formality in ELECTS:
        return None
    if decision.outcome is Outcome.APPROVE:
        return say(f"formality.{item.formality.name}")
    return say("formality.NOTICE_NOT") if item.formality is Formality.NOTICE else None


def outcome_words(
    item: ItemRecord, matter: MatterRecord, decision: DecisionRecord, proposal: ProposalRecord | None
) -> str:
    """`Mötet avslår att-sats 2 (A).`"""
    clauses = sum(each.kind is MatterKind.CLAUSE for each in item.matters)
    what = say("decision.the_matter")
    if matter.kind is MatterKind.CLAUSE:
        what = say("outcome.clause", number=matter.clause) if clauses > 1 else say("outcome.clause_only")
    neuter = matter.kind is not MatterKind.CLAUSE and decision.outcome is Outcome.CONSIDERED_ANSWERED
    rivals = proposal is not None and len(matter.proposals) > 1
    to = proposal and (proposal.recipient or proposal.back_at)
    return say(
        f"outcome.{decision.outcome.name}{'_MATTER' if neuter else ''}",
        what=what,
        by=say("outcome.by", label=proposal.label) if rivals and proposal else "",
        to=say("outcome.to", recipient=inline(to)) if to else "",
        # What won, and below it what was added.
        text=sentence("; ".join((decision.wording or (proposal.text if proposal else "")).split("\n\n"))),
    )


def _reopened(told: Told, item: ItemRecord, decision: DecisionRecord) -> str:
    assert decision.replaced_at is not None  # noqa: S101 - asked only then
    at, what = told.at(decision.replaced_at), f"§ {item.number}" if item.number else say("decision.the_matter")
    if decision.replaced_reason:
        return say("decision.reopened", at=at, what=what, reason=sentence(decision.replaced_reason))
    return say("decision.reopened_bare", at=at, what=what)
