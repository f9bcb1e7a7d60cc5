"""Between a question and its divisions: which vote comes next, and what its figures came to."""

from dataclasses import dataclass, replace
from uuid import UUID

from democracy.counting.naming import UNCHANGED
from democracy.domain.actors import Actor
from democracy.services.proceedings.questions import deeper, take_question, write_name
from democracy.storage import divided
from democracy.storage.chains import Chain
from democracy.storage.matters import ids_of
from democracy.storage.question_case import QuestionCase
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.matter import MatterRow, ProposalRow, QuestionRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.words import phrase
from workflows.proceedings import Choice, ProposalKind, QuestionKind
from workflows.question import QuestionState
from workflows.statutes.parameters.meetings import Matter

LANGUAGE = "sv"
"""In which the record says what ja and nej mean."""
PROCEDURE = frozenset({QuestionKind.ORDER, QuestionKind.TODAY})


@dataclass(frozen=True)
class NextVote:
    """The vote that comes next on a matter."""

    matter_id: UUID
    question_id: UUID
    """The question that it settles, or helps to settle: the one with which its chain begins."""
    role: str
    """`preparatory`, `main`, `qualified` or `single`."""
    yes_id: UUID | None
    no_id: UUID | None
    yes_means: str
    no_means: str
    majority: Matter
    """Which of the statutes' majorities it needs."""
    may_send_back: bool = False
    """Nej means that the matter is referred back, and the right of the few to that has not been used on it."""
    deferred_before: bool = False
    """Equal figures have deferred the matter once."""


async def next_vote(unit: Unit, matter_id: UUID) -> NextVote | None:
    """The vote that is to be opened now; None while names are missing, the order is not approved, or none is asked."""
    await unit.session.flush()
    question = next((row for row in await unit.matters.questions(matter_id) if _asked(row)), None)
    if question is None:
        return None
    if question.kind is QuestionKind.RIVALS:
        return await _of_chain(unit, question)
    return await _of_question(unit, question)


async def ask_division(unit: Unit, question_id: UUID, *, by: UUID | None, actor: Actor) -> None:
    """A division is asked for, by enough voters: the gavel can no longer fall on what was named.

    Where more than two rivals stand, the question of the counter-proposal is put. Raises StepDenied once the gavel has
    fallen. The caller has locked the matter.
    """
    case = await unit.matters.question(question_id, actor=actor)
    row = await take_question(unit, case, "ask_division", actor=actor, outcome={"by": by.hex if by else None})
    row.division_asked_by, row.division_asked_at = by, unit.now
    if case.kind is QuestionKind.RIVALS and row.named_id is None:
        # Asked for before the chair named anything: the first that was put stands as named.
        row.named_id = ids_of(row)[0]
    if case.chain is not None:
        await deeper(unit, case.chain.root_id, actor)


async def take_result(unit: Unit, division_id: UUID, *, actor: Actor) -> None:
    """Let announced, annulled or corrected figures have their effect on the question that they belong to.

    Call it in the same unit, after the division has been written. When nothing is left to vote on, the figures name the
    outcome, and the gavel can fall.
    """
    division = await unit.matters.row(DivisionRow, division_id)
    case = await unit.matters.question(division.question_id, actor=actor)
    if case.chain is not None and case.id != case.chain.root_id:
        case = await unit.matters.question(case.chain.root_id, actor=actor)
    if case.state is QuestionState.NAMED and case.facts.counted:
        row = await take_question(unit, case, "vote_again", actor=actor, follows=True)
        row.counted = False
    await name_by_figures(unit, case.id, actor)


async def name_by_figures(unit: Unit, question_id: UUID, actor: Actor) -> None:
    """Let what has been voted name the outcome, where nothing is left to vote on."""
    case = await unit.matters.question(question_id, actor=actor)
    if case.state is not QuestionState.DIVIDING:
        return
    if case.chain is not None:
        await _chain_counted(unit, case, case.chain, actor)
    else:
        await _counted(unit, case, actor)


async def show_trial(unit: Unit, division_id: UUID, *, actor: Actor) -> None:
    """Let the chair name what a trial vote shows. It counts nothing: a division can still be asked for."""
    division = await unit.matters.row(DivisionRow, division_id)
    case = await unit.matters.question(division.question_id, actor=actor)
    if case.chain is not None and case.id != case.chain.root_id:
        case = await unit.matters.question(case.chain.root_id, actor=actor)
    winner = division.winner or Choice.NO
    row = await take_question(unit, case, "show", actor=actor, outcome={"answer": winner.name})
    if case.chain is not None and division.no_id is not None:
        write_name(row, division.yes_id if winner is Choice.YES else division.no_id, None, unit)
    else:
        proposal_id = next(iter(ids_of(row)), None)
        write_name(row, proposal_id if _carries(row.kind, winner) else None, winner, unit)


def _asked(row: QuestionRow) -> bool:
    return row.state is QuestionState.DIVIDING and row.level == 0


async def _of_chain(unit: Unit, question: QuestionRow) -> NextVote | None:
    chain = await unit.matters.chain(question.id)
    if chain is None or chain.pending.vote is None:
        return None
    if chain.pending.votes > 1 and not chain.approved:
        return None
    vote = chain.pending.vote
    yes = await unit.matters.row(ProposalRow, UUID(vote.yes))
    no = await unit.matters.row(ProposalRow, UUID(vote.no)) if vote.no else None
    against = "means_unchanged" if vote.role == "qualified" else "means_rejected"
    return NextVote(
        matter_id=question.matter_id,
        question_id=question.id,
        role=vote.role,
        yes_id=yes.id,
        no_id=no.id if no else None,
        yes_means=yes.label,
        no_means=no.label if no else phrase(against, LANGUAGE, label=yes.label),
        majority=chain.majority if vote.role == "qualified" else Matter.ORDINARY,
        deferred_before=await divided.deferred_before(unit.session, question.matter_id),
    )


async def _of_question(unit: Unit, question: QuestionRow) -> NextVote:
    matter = await unit.matters.row(MatterRow, question.matter_id)
    proposal_id = next(iter(ids_of(question)), None)
    proposal = await unit.matters.row(ProposalRow, proposal_id) if proposal_id else None
    procedure = question.kind in PROCEDURE
    yes_means, no_means = _means(question.kind, proposal)
    sends_back = proposal is not None and proposal.kind is ProposalKind.REFER_BACK
    return NextVote(
        matter_id=matter.id,
        question_id=question.id,
        role="single",
        yes_id=None if procedure else proposal_id,
        no_id=proposal_id if procedure else None,
        yes_means=yes_means,
        no_means=no_means,
        majority=Matter.PROCEDURE if procedure else Matter.ORDINARY,
        may_send_back=sends_back and not await divided.sent_back_before(unit.session, matter.id),
        deferred_before=await divided.deferred_before(unit.session, matter.id),
    )


def _means(kind: QuestionKind, proposal: ProposalRow | None) -> tuple[str, str]:
    if kind is QuestionKind.ORDER or proposal is None:
        return phrase("means_chair_order", LANGUAGE), phrase("means_rival_order", LANGUAGE)
    if kind is QuestionKind.TODAY:
        back = proposal.kind is ProposalKind.REFER_BACK
        return phrase("means_today", LANGUAGE), phrase("means_refer_back" if back else "means_defer", LANGUAGE)
    return proposal.label, phrase("means_rejected", LANGUAGE, label=proposal.label)


async def _chain_counted(unit: Unit, case: QuestionCase, chain: Chain, actor: Actor) -> None:
    pending = chain.pending
    if pending.winner is None and not pending.deferred:
        return
    row = await take_question(unit, case, "count", actor=actor, outcome={"winner": pending.winner}, follows=True)
    row.counted = True
    if pending.deferred:
        write_name(row, None, None, unit)
    elif pending.winner == UNCHANGED:
        write_name(row, None, Choice.NO, unit)
    else:
        write_name(row, UUID(pending.winner), Choice.YES if len(chain.proposals) == 1 else None, unit)


async def _counted(unit: Unit, case: QuestionCase, actor: Actor) -> None:
    winner = await divided.answered(unit.session, case.id)
    if winner is None:
        return
    facts = replace(case.facts, votes_left=0)
    told = {"answer": winner.name}
    row = await take_question(unit, case, "count", actor=actor, facts=facts, outcome=told, follows=True)
    row.counted = True
    proposal_id = next(iter(ids_of(row)), None)
    write_name(row, proposal_id if _carries(row.kind, winner) else None, winner, unit)


def _carries(kind: QuestionKind, answer: Choice) -> bool:
    """Whether an answer carries the question's one proposal: nej on whether the matter is decided today does."""
    return answer is (Choice.NO if kind is QuestionKind.TODAY else Choice.YES)
