"""Whether the rule lets a ballot in, and the words for whoever it keeps out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.storage.ballot_case import BallotCase, ballot_cases
from democracy.storage.casts import UrnGate
from democracy.storage.unit_of_work import Database
from workflows.engine import Role, StepDenied
from workflows.member_ballot import MEMBER_BALLOT, MemberBallotFacts, MemberBallotState
from workflows.urn import UrnState

VOTER = frozenset({Role.MEMBER})


class AlreadyCastError(Exception):
    """The slot has voted with another ballot, and this urn does not let a vote be changed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A voter's slot, and what is known of them."""

    slot: int
    elector: bool
    """They stand in the electorate today. A correction of the roll that takes them out has effect at once."""
    by_post: bool
    """An envelope has been marked off: the log says so when two officers have signed it."""
    struck: bool
    """The slot was voided in the log."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """Not taken, by what the gate and the voter's place were at a moment; None for whoever has no slot."""

    gate: UrnGate
    at: datetime
    place: Place | None


def may_cast(gate: UrnGate, place: Place, at: datetime) -> bool:
    """Whether the rule of casting lets this voter's ballot into a ready urn.

    Whoever it lets in may see the ballot: it is announced, and no embargo outlasts the opening.
    """
    return gate.state is UrnState.READY and _denied(gate, at, _facts(gate, place), VOTER) is None


async def refusal(database: Database, urn_id: UUID, unmet: Unmet, actor: Actor) -> Exception:
    """Why not, by the rule of casting; whoever may not see the ballot is told that there is no urn.

    Where the rule would let it in, it is the urn itself that is not ready.
    """
    gate, at, place = unmet.gate, unmet.at, unmet.place
    case = await _case(database, gate, actor, at)
    if case is None and (gate.ballot_id is not None or place is None):
        return NotFoundError("urn", urn_id)
    roles = VOTER if place is not None or case is None else case.roles
    denied = _denied(gate, at, _facts(gate, place), roles)
    return InvalidInputError(FieldError("urn", "not_ready")) if denied is None else denied.under(gate.statutes)


async def _case(database: Database, gate: UrnGate, actor: Actor, at: datetime) -> BallotCase | None:
    """The ballot as the actor may see it, if they may; a meeting's urn has none."""
    if gate.ballot_id is None:
        return None
    async with database.read() as connection:
        found = await ballot_cases(connection, [gate.ballot_id], actor=actor, at=at, zone=database.zone)
    return found.get(gate.ballot_id)


def _denied(gate: UrnGate, at: datetime, facts: MemberBallotFacts, roles: frozenset[Role]) -> StepDenied | None:
    try:
        MEMBER_BALLOT.step("cast", _ballot_state(gate), facts, roles=roles, now=at)
    except StepDenied as denied:
        return denied
    return None


def _facts(gate: UrnGate, place: Place | None) -> MemberBallotFacts:
    """What the rule of casting asks."""
    return MemberBallotFacts(
        opens_at=gate.opens_at,
        closes_at=gate.closes_at,
        is_elector=place is not None and place.elector,
        slot_void=place is not None and place.by_post,
        slot_struck=place is not None and place.struck and not place.by_post,
    )


def _ballot_state(gate: UrnGate) -> MemberBallotState:
    """Where the ballot stands; a meeting's urn has none, and is open while it takes ballots."""
    if gate.ballot_state is not None:
        return gate.ballot_state
    return MemberBallotState.OPEN if gate.state is UrnState.READY else MemberBallotState.CLOSED
