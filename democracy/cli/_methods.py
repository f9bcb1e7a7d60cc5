"""How `democracy count` counts by each method."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from democracy.cli._counting import Desk, Refusal, names_of
from democracy.counting.analysis import analyse, decide_by_rankings
from democracy.counting.ballots import Ballots
from democracy.counting.contra import ContraRule, Settling, decide_rivals
from democracy.counting.lots import Lots
from democracy.counting.majority import MajorityRule, count_majority
from democracy.counting.plan import Plan
from democracy.counting.positional import PositionalRule, count_positional
from democracy.counting.protocol import Protocol
from democracy.counting.quota import Quota, alternate
from democracy.counting.relative import RelativeRule, count_relative
from democracy.counting.schulze import SchulzeRule, Strength, count_schulze
from democracy.counting.stv import SCOTTISH, StvRule, count_stv
from democracy.counting.tally import Names, Tally
from democracy.counting.threshold import NO, YES, Figures, Quorum, Rule, Threshold, Tie, decide
from democracy.formats.ballot_faults import Doubtful
from democracy.formats.figures_csv import (
    holds_figures,
    holds_votes,
    read_figures,
    read_groups,
    read_tally,
    read_votes,
)

_ANSWERS = {"ja": YES, "yes": YES, "nej": NO, "no": NO, "avstår": "abstain", "abstain": "abstain"}
_ONE_WINNER = {"irv", "schulze", "threshold", "contra"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that was asked for on the command line."""

    file: Path
    method: str
    seats: int | None
    exact: bool
    doubtful: str
    candidates: str | None
    second: Path | None
    ballots: int | None
    second_ballots: int | None
    blank: int
    names: str
    blank_counts: bool
    substitutes: int
    groups: Path | None
    minimum: tuple[str, ...]
    override_majority: bool
    alternate: bool
    strength: str
    majority: tuple[Threshold, ...]
    quorum: Quorum | None
    tie: str
    meetings: int
    order: str | None
    form: str
    acclaimed: int | None
    withdrawn: tuple[str, ...]
    preparatory: str
    final: str
    qualified: Threshold | None
    unchanged: str
    present: int | None
    entitled: int | None
    paragraph: str | None
    publish: str
    public: bool
    for_auditors: Path | None
    export: Path | None

    @property
    def own(self) -> str:
        """The paragraph, if one was given."""
        return self.paragraph or ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A protocol with the ballots it came from, and the title that the file gave."""

    protocol: Protocol
    ballots: Ballots | None = None

    @property
    def title(self) -> str:
        """The file's own title."""
        return self.ballots.title if self.ballots else ""


@dataclass(frozen=True, slots=True)
class Counter:
    """One count: what was asked for, the desk where files are read, and the lots."""

    desk: Desk
    wanted: Wanted
    lots: Lots

    def run(self) -> Counted:
        """Count by the method that was asked for."""
        ways: Mapping[str, Callable[[], Counted]] = {
            "scottish-stv": self._stv,
            "irv": self._stv,
            "schulze": self._schulze,
            "positional": self._positional,
            "majority": self._majority,
            "relative": self._relative,
            "threshold": self._threshold,
            "contra": self._contra,
        }
        if self.wanted.method in _ONE_WINNER and self.wanted.seats not in {None, 1}:
            raise self._refuse("one_seat")
        counted = ways[self.wanted.method]()
        return replace(counted, protocol=replace(counted.protocol, roll=self._roll()))

    def _roll(self) -> dict[str, int]:
        figures = {"present": self.wanted.present, "entitled": self.wanted.entitled}
        return {name: number for name, number in figures.items() if number is not None}

    def _refuse(self, code: str, **values: Any) -> Refusal:
        return Refusal(f"{self.wanted.file.name}: {self.desk.words.say('fault', code, **values)}")

    def _read(self, *, ties: bool, path: Path | None = None) -> Ballots:
        names = names_of(self.wanted.candidates)
        return self.desk.ballots(path or self.wanted.file, Doubtful(self.wanted.doubtful), ties=ties, candidates=names)

    def _seats(self, ballots: Ballots | None) -> int:
        seats = self.wanted.seats or (1 if self.wanted.method in _ONE_WINNER else ballots.seats if ballots else None)
        if not seats or seats < 1:
            raise self._refuse("seats")
        return seats

    def _counted(self, ballots: Ballots, count: Callable[[], Protocol]) -> Counted:
        protocol: Protocol = self.desk.counting(count)
        if ballots.seats not in {None, protocol.seats}:
            protocol = replace(protocol, notes=(*protocol.notes, "seats_differ"))
        return Counted(protocol, ballots)

    def _stv(self) -> Counted:
        ballots = self._read(ties=False)
        rule = StvRule(self._seats(ballots), self.wanted.exact, self.wanted.own or SCOTTISH)
        return self._counted(ballots, lambda: count_stv(ballots, rule, self.lots, method=self.wanted.method))

    def _schulze(self) -> Counted:
        ballots = self._read(ties=True)
        rule = SchulzeRule(Strength(self.wanted.strength.replace("-", "_")), self.wanted.own)
        return self._counted(ballots, lambda: count_schulze(ballots, rule, self.lots))

    def _positional(self) -> Counted:
        ballots = self._read(ties=False)
        rule = PositionalRule(self._seats(ballots), self.wanted.own)
        return self._alternating(self._counted(ballots, lambda: count_positional(ballots, rule, self.lots)))

    def _alternating(self, counted: Counted) -> Counted:
        protocol = counted.protocol
        if not self.wanted.alternate:
            return counted
        groups = self._groups()
        order = list(alternate(protocol.elected, groups))
        more = {**protocol.more, "list": {"groups": groups, "order": order}}
        return replace(counted, protocol=replace(protocol, more=more))

    def _names(self, path: Path, seats: int | None = None) -> tuple[Ballots | Tally, int]:
        """Ballots, or a tally where the file holds votes for names."""
        if path.suffix.lower() == ".csv" and holds_votes(table := self.desk.table(path)):
            number = self.wanted.second_ballots if seats else self.wanted.ballots
            if number is None:
                raise self._refuse("ballots_unknown")
            wanted, blank = seats or self._seats(None), 0 if seats else self.wanted.blank
            tally: Tally = self.desk.reading(path, lambda: Tally.figures(read_tally(table), number, wanted, blank))
            return tally, wanted
        ballots = self._read(ties=True, path=path)
        return ballots, seats or self._seats(ballots)

    def _majority(self) -> Counted:
        first, seats = self._names(self.wanted.file)
        names = Names(self.wanted.names.replace("-", "_"))
        paragraph = self.wanted.own or "22"
        quota = self._quota(seats)
        rule: MajorityRule = self.desk.counting(
            lambda: MajorityRule(seats, names, self.wanted.blank_counts, quota, self.wanted.substitutes, paragraph)
        )
        second = self._names(self.wanted.second, seats)[0] if self.wanted.second else None
        protocol = self.desk.counting(lambda: count_majority(first, rule, self.lots, second=second))
        return Counted(protocol, first if isinstance(first, Ballots) else None)

    def _relative(self) -> Counted:
        source, seats = self._names(self.wanted.file)
        names, quota = Names(self.wanted.names.replace("-", "_")), self._quota(seats)
        rule: RelativeRule = self.desk.counting(
            lambda: RelativeRule(seats, names, self.wanted.substitutes, quota, self.wanted.own)
        )
        protocol = self.desk.counting(lambda: count_relative(source, rule, self.lots))
        return self._alternating(Counted(protocol, source if isinstance(source, Ballots) else None))

    def _groups(self) -> dict[str, str]:
        if self.wanted.groups is None:
            return {}
        path = self.wanted.groups
        table = self.desk.table(path)
        groups: dict[str, str] = self.desk.reading(path, lambda: read_groups(table))
        return groups

    def _quota(self, seats: int) -> Quota | None:
        if not self.wanted.minimum:
            return None
        least = dict(_least(each) for each in self.wanted.minimum)
        return Quota(least, self._groups(), self.wanted.override_majority, self.wanted.own)

    def _threshold(self) -> Counted:
        rule: Rule = self.desk.counting(
            lambda: Rule(
                self.wanted.majority or (Threshold(),),
                self.wanted.quorum,
                Tie(self.wanted.tie.replace("-", "_")),
                self.wanted.meetings,
                self.wanted.own,
            )
        )
        figures, ballots = self._figures()
        given: dict[str, Any] = self._roll()
        full = self.desk.counting(lambda: [replace(each, **given) for each in figures]) if given else figures
        return Counted(self.desk.counting(lambda: decide(rule, full, self.lots)), ballots)

    def _figures(self) -> tuple[list[Figures], Ballots | None]:
        path = self.wanted.file
        if path.suffix.lower() == ".csv" and holds_figures(table := self.desk.table(path)):
            found: list[Figures] = self.desk.reading(path, lambda: read_figures(table))
            return found, None
        ballots = self._read(ties=False)
        answers = [_ANSWERS.get(name.casefold()) for name in ballots.candidates]
        if None in answers or len(set(answers)) != len(answers):
            raise self._refuse("yes_no_candidates", names=", ".join(ballots.candidates))
        votes = {YES: 0, NO: 0, "abstain": 0}
        for order, number in ballots.strict().items():
            votes[str(answers[order[0]])] += number
        return [Figures(votes[YES], votes[NO], ballots.blank, votes["abstain"])], ballots

    def _contra(self) -> Counted:
        wanted = self.wanted
        rule = ContraRule(
            Settling(wanted.preparatory), Settling(wanted.final.replace("-", "_")), wanted.qualified,
            wanted.unchanged, wanted.own,
        )  # fmt: skip
        if wanted.file.suffix.lower() == ".csv" and holds_figures(table := self.desk.table(wanted.file)):
            votes = self.desk.reading(wanted.file, lambda: read_votes(table))
            plan = self._plan(list(dict.fromkeys(name for vote in reversed(votes) for name in (vote.yes, vote.no))))
            gone = [name for each in wanted.withdrawn for name in names_of(each)]
            return Counted(self.desk.counting(lambda: decide_rivals(plan, votes, rule, self.lots, withdrawn=gone)))
        ballots = self._read(ties=True)
        plan = self._plan([name for name in ballots.candidates if name != wanted.unchanged])
        return Counted(self._by_rankings(plan, ballots, rule), ballots)

    def _plan(self, names: list[str]) -> Plan:
        order = names_of(self.wanted.order) or names
        if self.wanted.form == "sequence":
            plan: Plan = self.desk.counting(lambda: Plan.sequence(order[0], order[1:]))
        else:
            plan = self.desk.counting(lambda: Plan.nested(order, self.wanted.acclaimed))
        return plan

    def _by_rankings(self, plan: Plan, ballots: Ballots, rule: ContraRule) -> Protocol:
        if strangers := [name for name in plan.order if name not in ballots.candidates]:
            raise self._refuse("unknown_candidate", name=strangers[0])
        orders = self.desk.counting(lambda: analyse(ballots))
        protocol: Protocol = self.desk.counting(lambda: decide_by_rankings(plan, ballots, rule, self.lots))
        decides = {"order_decides": orders.order_decides, "main_decides": orders.main_decides}
        notes = [code for code, it in decides.items() if it]
        notes += [] if self.wanted.order else ["order_from_file"]
        more = {**protocol.more, "analysis": orders.data()}
        return replace(protocol, notes=(*protocol.notes, *notes), more=more)


def _least(text: str) -> tuple[str, int]:
    group, equals, number = text.partition("=")
    if not equals or not number.strip().isdecimal():
        raise Refusal(f"--minimum {text}: kvinna=2")
    return group.strip(), int(number)
