"""From what was proposed to what was decided, and from what a board recommends to what it proposes."""

from democracy.domain.kinds import Outcome
from workflows.proceedings import ProposalKind

_OUTCOMES = {
    ProposalKind.APPROVE: Outcome.APPROVE,
    ProposalKind.REJECT: Outcome.REJECT,
    ProposalKind.COUNTER: Outcome.APPROVE_REWORDED,
    ProposalKind.AMENDMENT: Outcome.APPROVE_REWORDED,
    ProposalKind.ADDITION: Outcome.APPROVE_REWORDED,
    ProposalKind.REFER_BACK: Outcome.REFER_BACK,
    ProposalKind.DEFER: Outcome.DEFER,
    ProposalKind.CONSIDERED_ANSWERED: Outcome.CONSIDERED_ANSWERED,
    ProposalKind.REFER: Outcome.REFER,
    ProposalKind.NOTED: Outcome.NOTED,
}


def outcome_of(kind: ProposalKind) -> Outcome:
    """What carrying a proposal of this kind decides."""
    return _OUTCOMES[kind]


def kind_of(outcome: Outcome) -> ProposalKind:
    """What a board that recommends this proposes."""
    if outcome is Outcome.APPROVE_REWORDED:
        return ProposalKind.AMENDMENT
    return next(kind for kind, its in _OUTCOMES.items() if its is outcome)
