"""From the chair's naming to the votes: what comes next in a contra-proposition, and who has won.

Counter-proposals are named from the outside in, until nobody asks for a division or none is left to name. Then they are
voted from the inside out (`contra`). Where a qualified majority is needed the survivor last meets what is unchanged.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from democracy.counting.contra import ContraRule, Settling, Vote, decide_rivals
from democracy.counting.plan import Plan
from democracy.counting.threshold import NO, YES, Figures

UNCHANGED = ""
"""Stands for what is as it was, where no proposal says so."""


@dataclass(frozen=True, slots=True)
class Level:
    """A question that named a counter-proposal: 1 for the main proposal's counter, 2 for the counter's rival …"""

    named: str | None = None
    divided: bool = False
    """A division was asked for."""
    closed: bool = False
    """Nobody asked: the gavel fell on the name."""


@dataclass(frozen=True, slots=True)
class Cast:
    """A vote that was announced. `winner` settles equal figures; None where they defer the matter."""

    yes: str
    no: str
    figures: Figures
    winner: str | None


@dataclass(frozen=True, slots=True)
class Rivals:
    """Proposals between which a division was asked for, in the order in which they were put."""

    order: tuple[str, ...]
    main: str
    form: str = "nested"
    rejection: str | None = None
    """The one among them that leaves everything as it is."""
    qualified: bool = False
    """The survivor needs a qualified majority against `rejection`, or against what is unchanged."""
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Named:
    """A counter-proposal is to be named, or its name confirmed, at this level."""

    level: int
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """The vote that comes next. `no` is None where there is nothing to vote for but no."""

    role: str
    """`preparatory`, `main`, `qualified` or `single`."""
    yes: str
    no: str | None


@dataclass(frozen=True, slots=True)
class Pending:
    """How far a chain has come: one of its fields says what is next, or what came of it."""

    name: Named | None = None
    vote: Next | None = None
    winner: str | None = None
    deferred: bool = False
    pairs: tuple[tuple[str | int, str | int], ...] = field(default=())
    """The order of voting, once it is known: a number stands for the winner of that vote."""
    votes: int = 0
    """Votes in it, with the qualified one."""
    left: int = 0
    """Those not announced."""


def follow(rivals: Rivals, levels: Mapping[int, Level], cast: Sequence[Cast]) -> Pending:
    """What comes next. With nothing that stands, neither a name, a vote nor a winner."""
    alive = [each for each in rivals.order if each not in rivals.withdrawn]
    contending = [each for each in rivals.order if not (rivals.qualified and each == rivals.rejection)]
    if any(each.winner is None for each in cast):
        return Pending(deferred=True, votes=len(cast))
    if not alive:
        return Pending()
    standing = [each for each in contending if each not in rivals.withdrawn]
    if not standing:
        return Pending(winner=rivals.rejection)
    if len(standing) == 1 and not _sorted(cast):
        return _alone(standing[0], rivals, cast)
    plan = _plan(rivals, contending, levels)
    return plan if isinstance(plan, Pending) else _vote(plan, rivals, cast)


def _sorted(cast: Sequence[Cast]) -> list[Cast]:
    """Votes between two proposals: those of the chain itself."""
    return [each for each in cast if each.no != UNCHANGED]


def _alone(name: str, rivals: Rivals, cast: Sequence[Cast]) -> Pending:
    if rivals.qualified:
        return _qualified(name, rivals, cast, Pending())
    done = [each for each in cast if (each.yes, each.no) == (name, UNCHANGED)]
    if done:
        return Pending(winner=done[-1].winner, votes=1)
    return Pending(vote=Next("single", name, None), votes=1, left=1)


def _plan(rivals: Rivals, contending: Sequence[str], levels: Mapping[int, Level]) -> Plan | Pending:
    main = rivals.main if rivals.main in contending else contending[0]
    rest = [each for each in contending if each != main]
    if rivals.form == "sequence":
        return Plan.sequence(main, rest)
    names, level, acclaimed = [main], 1, None
    while True:
        left = tuple(each for each in rest if each not in rivals.withdrawn)
        if len(left) <= 1:
            break
        given = levels.get(level, Level())
        gone = given.named is None or given.named in rivals.withdrawn
        if not given.divided and (gone or not given.closed):
            return Pending(name=Named(level, left))
        named = given.named if given.named in rest else left[0]
        assert named is not None  # noqa: S101 - `left` has more than one
        names.append(named)
        rest.remove(named)
        if not given.divided:
            acclaimed = level
            break
        level += 1
    return Plan.nested([*names, *rest], acclaimed)


def _vote(plan: Plan, rivals: Rivals, cast: Sequence[Cast]) -> Pending:
    chain = _sorted([each for each in cast if each.no != rivals.rejection or not rivals.qualified])
    votes = [Vote(each.yes, each.no, _settled(each)) for each in chain]
    rule = ContraRule(preparatory=Settling.CASTING, final=Settling.CASTING)
    protocol = decide_rivals(plan, votes, rule, withdrawn=[each for each in plan.order if each in rivals.withdrawn])
    pairs = tuple((each.yes, each.no) for each in plan.pairs)
    total = _taking_place(pairs, rivals.withdrawn)
    used = len(chain) - len(protocol.more["annulled"])
    known = Pending(pairs=pairs, votes=total, left=total - used)
    if protocol.pending is not None:
        role = "main" if known.left == 1 else "preparatory"
        next_vote = Next(role, str(protocol.pending["yes"]), str(protocol.pending["no"]))
        return _with(known, vote=next_vote, more=rivals.qualified)
    winner = protocol.elected[0]
    return _qualified(winner, rivals, cast, known) if rivals.qualified else _with(known, winner=winner)


def _taking_place(pairs: Sequence[tuple[str | int, str | int]], withdrawn: Collection[str]) -> int:
    """How many of the votes have two sides that stand."""
    stands: list[bool] = []
    count = 0
    for pair in pairs:
        sides = [stands[side - 1] if isinstance(side, int) else side not in withdrawn for side in pair]
        stands.append(any(sides))
        count += all(sides)
    return count


def _settled(cast: Cast) -> Figures:
    """The figures, with whatever settled equal ones in the place of a casting vote."""
    figures = cast.figures
    return Figures(
        figures.yes, figures.no, figures.blank, figures.abstain,
        casting=(YES if cast.winner == cast.yes else NO) if figures.yes == figures.no else None,
    )  # fmt: skip


def _qualified(winner: str, rivals: Rivals, cast: Sequence[Cast], known: Pending) -> Pending:
    unchanged = rivals.rejection if rivals.rejection not in rivals.withdrawn else None
    for each in cast:
        if each.yes == winner and each.no in {unchanged or UNCHANGED, rivals.rejection or UNCHANGED, UNCHANGED}:
            return _with(known, winner=each.winner, more=True)
    return _with(known, vote=Next("qualified", winner, unchanged), more=True)


def _with(known: Pending, *, vote: Next | None = None, winner: str | None = None, more: bool = False) -> Pending:
    """What is known, with the vote or the winner; `more` counts the qualified vote in."""
    extra = 1 if more else 0
    left = known.left + (extra if vote is not None else 0)
    return Pending(vote=vote, winner=winner, pairs=known.pairs, votes=known.votes + extra, left=left)


def data(pending: Pending) -> dict[str, Any]:
    """As the record of an approved order of voting has it."""
    return {"pairs": [list(each) for each in pending.pairs], "votes": pending.votes}
