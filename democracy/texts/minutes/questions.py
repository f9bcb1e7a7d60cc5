"""Questions put to the meeting: what the chair asked and found, who asked for a division, the order of the votes."""

from collections.abc import Iterator
from uuid import UUID

from democracy.domain.record.item import MatterRecord
from democracy.domain.record.proposal import QuestionRecord
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.swedish import listed
from democracy.texts.minutes.told import Line, Told, labels
from workflows.proceedings import Choice, QuestionKind
from workflows.question import QuestionState


def question_lines(told: Told, matter: MatterRecord) -> Iterator[Line]:
    """Everything between a question and its gavel, except the division itself."""
    for question in matter.questions:
        key = f"fråga-{question.position}" + (f"-{question.level}" if question.level else "")
        # One that named a counter-proposal falls when the votes have settled what it was for: it is told as it was.
        if question.state is QuestionState.FALLEN and question.named_at is None:
            yield _fallen(matter, question, key)
            continue
        if question.named_at is not None and not _goes_without_saying(question):
            yield Line(question.named_at, 5, key, _found(matter, question))
        if question.asked_at is not None:
            asked = say("question.asked", name=mark(question.asked_by)) if question.asked_by else ""
            text = asked or say("question.asked_unnamed")
            yield Line(question.asked_at, 6, f"{key}-begäran", text, joins=True)
        if question.confirmed_late and question.gavel_at is not None:
            yield Line(question.gavel_at, 9, f"{key}-klubba", say("question.late", at=told.at(question.gavel_at)))
    yield from _plan(matter)


def _goes_without_saying(question: QuestionRecord) -> bool:
    """One proposal and nobody asked for a vote: the decision says it all. Nor is an order told twice."""
    if question.kind is QuestionKind.ORDER:
        return True
    return len(question.proposal_ids) == 1 and question.kind is QuestionKind.RIVALS and question.asked_at is None


def _found(matter: MatterRecord, question: QuestionRecord) -> str:
    if question.kind is QuestionKind.TODAY:
        return say("question.today", answer=_answer(question))
    proposals = {each.id: each for each in matter.proposals}
    words = labels(proposals, question.proposal_ids)
    if len(words) == 1:
        return say("question.single", label=words[0], answer=_answer(question))
    named = "".join(labels(proposals, (question.named_id,))) if question.named_id else say("question.no")
    values = {"labels": listed(words), "named": named}
    if question.level:
        final = question.gavel_at is not None and question.asked_at is None
        return say("question.counter_final" if final else "question.counter", above=_above(matter, question), **values)
    return say("question.main" if question.asked_at and len(words) > 2 else "question.rivals", **values)


def _answer(question: QuestionRecord) -> str:
    return say("question.no" if question.answer is Choice.NO else "question.yes")


def _above(matter: MatterRecord, question: QuestionRecord) -> str:
    over = (each.named_id for each in chain_of(matter, question) if each.level == question.level - 1)
    proposals = {each.id: each.label for each in matter.proposals}
    return next((proposals[each] for each in over if each in proposals), "")


def chain_of(matter: MatterRecord, question: QuestionRecord) -> list[QuestionRecord]:
    """A question with those that name counter-proposals to it, from the outside in."""
    key = question.kind, question.order_id, question.position
    same = (each for each in matter.questions if (each.kind, each.order_id, each.position) == key)
    return sorted(same, key=lambda each: each.level)


def _plan(matter: MatterRecord) -> Iterator[Line]:
    """The votes as the chair read them out: named from the outside in, voted from the inside out."""
    proposals = {each.id: each.label for each in matter.proposals}
    for first in (each for each in matter.questions if each.kind is QuestionKind.RIVALS and each.level == 0):
        chain = chain_of(matter, first)
        votes = [each for each in matter.divisions if each.question_id in {q.id for q in chain} and not each.trial]
        named = [each.named_id for each in chain if each.named_id is not None]
        if len(chain) < 2 or not (votes or first.voting_approved_at) or len(named) < len(chain):
            continue
        last = _last(chain, named)
        known = [proposals[each] for each in named if each in proposals]
        steps = " ".join(_steps(known, proposals.get(last) if last else None))
        approved = first.voting_approved_at
        said = say("question.plan_approved" if approved else "question.plan", steps=steps)
        yield Line(approved or min(each.at for each in votes), 6, "voteringsordning", said)


def _last(chain: list[QuestionRecord], named: list[UUID]) -> UUID | None:
    """The other of the last two, where a vote was asked for between them too."""
    if chain[-1].asked_at is None:
        return None
    return next((each for each in chain[-1].proposal_ids if each != named[-1]), None)


def _steps(named: list[str], last: str | None) -> Iterator[str]:
    inside_out = [*named, last] if last else named
    winner = inside_out[-1]
    for number, yes in enumerate(reversed(inside_out[:-1]), start=1):
        yield say("question.plan_step", number=number, yes=yes, no=winner)
        winner = say("question.plan_winner")


def _fallen(matter: MatterRecord, question: QuestionRecord, key: str) -> Line:
    proposals = {each.id: each for each in matter.proposals}
    at = max(
        (each.gavel_at for each in matter.questions if each.gavel_at), default=matter.decided_at or matter.opened_at
    )
    return Line(at, 9, key, say("question.fallen", labels=listed(labels(proposals, question.proposal_ids))))
