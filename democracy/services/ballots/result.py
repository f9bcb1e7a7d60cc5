"""What a ballot came to: the opened ballots and the papers together, question by question. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from democracy.ballotbox.ballot import Body
from democracy.ballotbox.counted import schulze
from democracy.counting.ballots import Ballots, Ranking
from democracy.counting.protocol import Protocol, canonical
from democracy.counting.relative import RelativeRule, count_relative
from democracy.counting.tally import Tally
from democracy.counting.threshold import Base, Figures, Quorum, Rule, Threshold, Tie, decide
from democracy.services.ballots.papers import Papers
from workflows.ballot_kinds import BallotOutcome, QuestionForm
from workflows.statutes.majority import Blank, Majority, Share
from workflows.statutes.majority import Tie as StatutesTie

FORMAT = "member-ballot/1"
YES_NO = ("ja", "nej")
_TIES = {
    StatutesTie.STATUS_QUO: Tie.STATUS_QUO,
    # A ballot has no chair, and is not held twice: what the statutes leave to a lot, the body has to draw.
    StatutesTie.CASTING_VOTE: Tie.DEFER,
    StatutesTie.LOT: Tie.DEFER,
    StatutesTie.DEFER_THEN_LOT: Tie.DEFER,
}


@dataclass(frozen=True)
class Asked:
    """A question as it was put."""

    number: int
    form: QuestionForm
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """What the statutes ask of a ballot."""

    majority: Majority
    turnout: Share | None
    paragraph: str


@dataclass(frozen=True)
class Cast:
    """Everything that was cast: the opened ballots, what opened but is no vote, and the papers."""

    ballots: Sequence[Body]
    spoilt: int
    papers: Papers
    electors: int

    @property
    def taken_part(self) -> int:
        """Everybody whose ballot or envelope came in."""
        return len(self.ballots) + self.spoilt + self.papers.counted + self.papers.spoilt


def count(asked: Sequence[Asked], cast: Cast, terms: Terms) -> dict[str, Any]:
    """The whole protocol. The same votes give the same bytes."""
    questions = [_counted(each, cast, terms) for each in asked]
    quorum = _quorum(terms, cast)
    return {
        "format": FORMAT,
        "electors": cast.electors,
        "digital": len(cast.ballots),
        "spoilt": cast.spoilt,
        "papers": cast.papers.counted,
        "papers_spoilt": cast.papers.spoilt,
        "taken_part": cast.taken_part,
        "quorum": quorum,
        "outcome": _whole(questions, quorum),
        "questions": questions,
    }


def text(protocol: dict[str, Any]) -> str:
    """Canonical JSON."""
    return canonical(protocol)


def _whole(questions: Sequence[dict[str, Any]], quorum: dict[str, Any] | None) -> str:
    """One question's outcome is the ballot's; with several, each has its own and the ballot's is that it was held."""
    if quorum is not None and not quorum["met"]:
        return BallotOutcome.NO_QUORUM.name
    return str(questions[0]["outcome"]) if len(questions) == 1 else BallotOutcome.NOTED.name


def _quorum(terms: Terms, cast: Cast) -> dict[str, Any] | None:
    if terms.turnout is None:
        return None
    share = terms.turnout
    figures = Figures(0, 0, present=cast.taken_part, entitled=cast.electors)
    return Quorum(share.numerator, share.denominator, share.strict).test(figures)


def _counted(asked: Asked, cast: Cast, terms: Terms) -> dict[str, Any]:
    digital, paper = _tally(asked, cast)
    votes = {code: digital[code] + paper[code] for code in asked.codes}
    blank = digital[""] + paper[""]
    outcome, winners, protocol = _decided(asked, votes, blank, cast, terms)
    return {
        "number": asked.number,
        "form": asked.form.name,
        "votes": votes,
        "paper": {code: paper[code] for code in asked.codes},
        "blank": blank,
        "answers": digital["text"] + paper["text"],
        "outcome": outcome.name,
        "winners": list(winners),
        "protocol": None if protocol is None else protocol.data(),
    }


def _tally(asked: Asked, cast: Cast) -> tuple[Counter[str], Counter[str]]:
    """How many ballots and how many papers hold each alternative; "" is blank, and "text" an answer in words."""
    name, free = str(asked.number), asked.form is QuestionForm.TEXT
    digital: Counter[str] = Counter()
    for chosen, number in Counter(each.choices[name] for each in cast.ballots).items():
        digital.update(dict.fromkeys((("text",) if free else chosen) if chosen else ("",), number))
    return digital, Counter(cast.papers.figures().get(name, {}))


def _decided(
    asked: Asked, votes: dict[str, int], blank: int, cast: Cast, terms: Terms
) -> tuple[BallotOutcome, Sequence[str], Protocol | None]:
    if asked.form is QuestionForm.TEXT:
        return BallotOutcome.NOTED, (), None
    if asked.form is QuestionForm.RANKED:
        return _chosen(schulze(_rankings(asked, cast), terms.paragraph))
    if asked.codes == YES_NO and asked.form is QuestionForm.ONE:
        return _threshold(votes, blank, cast, terms)
    given = sum(votes.values())
    tally = Tally(votes, max(given, *votes.values()), blank)
    return _chosen(count_relative(tally, RelativeRule(1, paragraph=terms.paragraph)))


def _chosen(protocol: Protocol) -> tuple[BallotOutcome, Sequence[str], Protocol]:
    if protocol.pending is not None:
        return BallotOutcome.TIED, tuple(protocol.pending["between"]), protocol
    if not protocol.elected:
        return BallotOutcome.NO_VOTES, (), protocol
    return BallotOutcome.CHOSEN, protocol.elected, protocol


def _threshold(
    votes: dict[str, int], blank: int, cast: Cast, terms: Terms
) -> tuple[BallotOutcome, Sequence[str], Protocol]:
    majority = terms.majority
    figures = Figures(
        votes["ja"],
        votes["nej"],
        blank if majority.blank is Blank.CAST else 0,
        0 if majority.blank is Blank.CAST else blank,
        present=cast.taken_part,
        entitled=cast.electors,
    )
    bases = (majority.base,) if majority.also is None else (majority.base, majority.also)
    thresholds = tuple(
        Threshold(majority.numerator, majority.denominator, majority.strict, Base(str(base))) for base in bases
    )
    share = terms.turnout
    quorum = None if share is None else Quorum(share.numerator, share.denominator, share.strict)
    rule = Rule(thresholds, quorum, _TIES[majority.tie], paragraph=terms.paragraph)
    protocol = decide(rule, [figures])
    word = {
        "carried": BallotOutcome.CARRIED,
        "no_quorum": BallotOutcome.NO_QUORUM,
        "deferred": BallotOutcome.TIED,
    }.get(protocol.outcome or "", BallotOutcome.NOT_CARRIED)
    if figures.yes + figures.no == 0 and word is BallotOutcome.NOT_CARRIED:
        word = BallotOutcome.NO_VOTES
    won = {BallotOutcome.CARRIED: ("ja",), BallotOutcome.TIED: YES_NO}
    return word, won.get(word, ()), protocol


def _rankings(asked: Asked, cast: Cast) -> Ballots:
    """Opened ballots and papers on a ranked question, as counting takes them."""
    name, at = str(asked.number), {code: place for place, code in enumerate(asked.codes)}
    orders: Counter[Ranking] = Counter(tuple((at[code],) for code in each.choices[name]) for each in cast.ballots)
    for choices, number in cast.papers.papers:
        orders[tuple((at[code],) for code in choices.get(name, ()))] += number
    blank = orders.pop((), 0)
    return Ballots(asked.codes, orders, blank)
