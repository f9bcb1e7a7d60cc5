"""Parameters that are each in order but do not fit together."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from workflows.statutes.deadlines import DeadlineRule
from workflows.statutes.finding import Finding, error, note, warning
from workflows.statutes.kinds import MeetingKind, Right, Sender
from workflows.statutes.majority import Tie
from workflows.statutes.parameters import Parameters
from workflows.statutes.parameters.appeals import Decision
from workflows.statutes.parameters.meetings import Matter
from workflows.statutes.parameters.order import InForce, Purpose

Deadlines = Mapping[MeetingKind, DeadlineRule]

# Months end differently, so an order of deadlines is tried on the days where that shows, in a leap year and another.
_YEARS = (date(2027, 1, 1) + timedelta(days=count) for count in range(2 * 365 + 1))
_SAMPLES = tuple(day for day in _YEARS if day.day in {1, 15, 28, 29, 30, 31})
_UTC = ZoneInfo("UTC")


def contradictions(parameters: Parameters) -> Iterator[Finding]:
    """Everything in a complete set of parameters that contradicts something else in it."""
    for check in _CHECKS:
        yield from check(parameters)


def _deadlines_in_order(parameters: Parameters) -> Iterator[Finding]:
    motions, meetings, elections = parameters.motions, parameters.meetings, parameters.elections
    for first, earlier, second, later in (
        ("meetings.notice", meetings.notice, "motions.deadline", motions.deadline),
        ("motions.deadline", motions.deadline, "motions.replies", motions.replies),
        ("meetings.proposals", meetings.proposals, "motions.amendments", motions.amendments),
        ("meetings.notice", meetings.notice, "elections.nominations", elections.nominations),
        ("motions.replies", motions.replies, "meetings.papers", meetings.papers),
    ):
        yield from _in_order(first, earlier, second, later)


def _in_order(first: str, earlier: Deadlines, second: str, later: Deadlines) -> Iterator[Finding]:
    for kind in earlier:
        wrong = kind in later and next(
            (day for day in _SAMPLES if _last(earlier[kind], day) > _last(later[kind], day)), None
        )
        if wrong:
            yield error(
                "wrong_order",
                f"{second}.{kind}",
                f"it falls before {first}.{kind}, for a meeting on {wrong} for instance; {first} comes first.",
            )


def _last(rule: DeadlineRule, day: date) -> date:
    return rule.derive(day, _UTC).last_day


def _addressees(parameters: Parameters) -> Iterator[Finding]:
    motions, meetings = parameters.motions, parameters.meetings
    needed = {
        "motions.deadline": motions.deadline,
        "motions.replies": motions.replies,
        "motions.categories": motions.categories,
        "meetings.notice": meetings.notice,
    }
    addressed = {kind: sender for sender, kinds in motions.addressees.items() for kind in kinds}
    for kind, (table, entries) in product(addressed, needed.items()):
        if kind not in entries:
            where = f"motions.addressees.{addressed[kind]}"
            yield error("not_set", f"{table}.{kind}", f"{where} names this kind of meeting, so it has to be set.")
    units = [sender for sender in motions.addressees if sender is not Sender.MEMBER]
    if units and not motions.units_may_move:
        yield error(
            "units_may_not_move", f"motions.addressees.{units[0]}", "motions.units_may_move is false: remove one."
        )


def _kinds_held(parameters: Parameters) -> Iterator[Finding]:
    held = set(parameters.meetings.kinds)
    for kind in parameters.meetings.kinds:
        if kind not in parameters.meetings.notice:
            yield error("not_set", f"meetings.notice.{kind}", "meetings.kinds names it, so its notice has to be set.")
    for name, table in (
        ("motions.deadline", parameters.motions.deadline),
        ("meetings.notice", parameters.meetings.notice),
    ):
        for kind in sorted(set(table) - held):
            yield warning("not_held", f"{name}.{kind}", "meetings.kinds does not name this kind of meeting.")


def _quorums(parameters: Parameters) -> Iterator[Finding]:
    if MeetingKind.BOARD_MEETING in parameters.meetings.quorum:
        yield error("twice", "meetings.quorum.board_meeting", "boards.quorum says it: remove this one.")


def _majorities(parameters: Parameters) -> Iterator[Finding]:
    majority = parameters.meetings.majority
    ordinary, change = majority[Matter.ORDINARY], parameters.meetings.majority_for(Matter.STATUTES)
    if change.numerator * ordinary.denominator < ordinary.numerator * change.denominator:
        yield warning(
            "low_majority", "meetings.majority.statutes", "the statutes change more easily than other matters."
        )
    if parameters.meetings.casting_vote_off_roll and not any(
        each.tie is Tie.CASTING_VOTE for each in majority.values()
    ):
        yield note("without_effect", "meetings.casting_vote_off_roll", "no majority gives a casting vote.")
    if parameters.meetings.acclamation_needs_quorum and not parameters.meetings.quorum:
        yield note("without_effect", "meetings.acclamation_needs_quorum", "no kind of meeting has a quorum.")
    several = change.meetings > 1
    if parameters.statutes_change.in_force is InForce.SECOND_MEETING and not several:
        yield error("wrong_number", "statutes_change.in_force", "one meeting is enough, so there is no second one.")
    if several and parameters.statutes_change.between_meetings is None:
        yield warning("not_set", "statutes_change.between_meetings", "two meetings could be held on one day.")


def _rights(parameters: Parameters) -> Iterator[Finding]:
    for body, matrix in parameters.rights.matrix.items():
        where = f"rights.matrix.{body}"
        if not any(Right.VOTE in rights for rights in matrix.values()):
            yield error("nobody_votes", where, "give somebody the right to vote.")
        for participant, rights in matrix.items():
            if {Right.ATTEND, Right.ATTEND_IF_ROOM} <= set(rights):
                yield error("both", f"{where}.{participant}", "attend and attend_if_room exclude each other.")


def _ways_out(parameters: Parameters) -> Iterator[Finding]:
    against = parameters.appeals.against
    if parameters.minorities.member_ballot and parameters.member_ballots is None:
        yield error(
            "not_set", "member_ballots", "minorities.member_ballot gives a right to one, so set how it is held."
        )
    if parameters.founding and Decision.BRANCH_REFUSED not in against:
        yield warning("no_appeal", "appeals.against.branch_refused", "a refusal to form a branch cannot be appealed.")
    if parameters.membership.refusal_within and Decision.MEMBERSHIP_REFUSED not in against:
        yield warning("no_appeal", "appeals.against.membership_refused", "a refused membership cannot be appealed.")
    for purpose in Purpose:
        if purpose not in parameters.retention.keep:
            yield note("not_set", f"retention.keep.{purpose}", "nothing says how long this is kept.")


_CHECKS: tuple[Callable[[Parameters], Iterator[Finding]], ...] = (
    _deadlines_in_order,
    _addressees,
    _kinds_held,
    _quorums,
    _majorities,
    _rights,
    _ways_out,
)
