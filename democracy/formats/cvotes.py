"""CVOTES, the Condorcet Election Format: rankings by name, where several may share a place.

    #/Candidates: Åsa ; Örjan ; Maj
    #/Number of Seats: 2
    Åsa > Örjan = Maj * 42
    /EMPTY/ * 2

A name that is not among the candidates is a fault here (a misspelt name would otherwise vanish without a word).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from democracy.counting.ballots import Ballots
from democracy.formats.ballot_faults import Doubtful, FileError
from democracy.formats.gather import Gather, distinct_names, grouped, whole_number
from democracy.formats.lines import Line, clean_name

_VOTE = re.compile(r"(?P<ranking>[^*^<]*?)\s*(?:\^\s*(?P<weight>[0-9]+))?\s*(?:\*\s*(?P<times>[0-9]+))?")
_EMPTY = "/empty/"
_TRUTH = {"true": True, "false": False}
_KNOWN = {"candidates", "number of seats", "number of seat", "implicit ranking", "weight allowed"}


@dataclass(slots=True)
class _Head:
    candidates: tuple[str, ...] | None = None
    seats: int | None = None
    implicit: bool = True
    weighted: bool = False
    unknown: list[str] = field(default_factory=list)

    def take(self, line: int, text: str) -> None:
        name, colon, value = text[2:].partition(":")
        key = clean_name(name).casefold()
        if not colon or "#" in value:
            raise FileError(line, "cvotes_parameter", given=text[:40])
        if key == "candidates":
            self.candidates = distinct_names(value.split(";"), line)
        elif key.startswith("number of seat"):
            self.seats = whole_number(value, line, "number_of_seats", least=1)
        elif key in {"implicit ranking", "weight allowed"}:
            truth = _TRUTH.get(value.strip().casefold())
            if truth is None:
                raise FileError(line, "cvotes_truth", given=value.strip())
            if key == "implicit ranking":
                self.implicit = truth
            else:
                self.weighted = truth
        if key not in _KNOWN:
            self.unknown.append(key)


@dataclass(frozen=True, slots=True)
class _Vote:
    line: int
    number: int
    weight: int
    places: list[list[str]]


def read_cvotes(lines: Iterable[Line], doubtful: Doubtful = Doubtful.REFUSE, *, ties: bool = True) -> Ballots:
    """Read ballots. Raises FileError with the line of whatever does not follow the format."""
    head, votes = _Head(), []
    for text, (line, times) in grouped(_meaningful(lines)).items():
        if not text.startswith("#/"):
            votes.append(_vote(text, line, times))
        elif votes:
            raise FileError(line, "cvotes_parameter_late", given=text[:40])
        else:
            head.take(line, text)
    names = head.candidates or distinct_names(_appearing(votes), None)
    gather = Gather(names, doubtful, ties=ties)
    gather.notes["unknown_parameter"] += len(head.unknown)
    gather.notes["candidates_from_votes"] += head.candidates is None
    _collect(gather, votes, weighted=head.weighted)
    gather.notes = +gather.notes
    return gather.ballots(seats=head.seats, implicit=head.implicit)


def _meaningful(lines: Iterable[Line]) -> Iterable[Line]:
    for number, text in lines:
        bare = text.rstrip() if text.startswith("#/") else text.partition("#")[0].strip()
        if text.strip().startswith("#/") and not text.startswith("#/"):
            raise FileError(number, "cvotes_parameter", given=text.strip()[:40])
        if bare:
            yield number, bare


def _vote(text: str, line: int, lines: int) -> _Vote:
    match = _VOTE.fullmatch(text.rpartition("||")[2].strip())
    if match is None:
        raise FileError(line, "cvotes_vote", given=text[:40])
    times = whole_number(match["times"] or "1", line, "number_of_ballots", least=1)
    weight = whole_number(match["weight"] or "1", line, "number_of_ballots", least=1)
    ranking = match["ranking"].strip()
    if ranking.casefold() == _EMPTY:
        return _Vote(line, times * lines, weight, [])
    if "/" in ranking or ";" in ranking or "," in ranking:
        raise FileError(line, "cvotes_vote", given=text[:40])
    places = [[clean_name(name) for name in place.split("=")] for place in ranking.split(">")]
    return _Vote(line, times * lines, weight, places)


def _appearing(votes: Sequence[_Vote]) -> list[str]:
    return list(dict.fromkeys(name for vote in votes for place in vote.places for name in place if name))


def _collect(gather: Gather, votes: Sequence[_Vote], *, weighted: bool) -> None:
    index = {name: at for at, name in enumerate(gather.names)}
    for vote in votes:
        number = vote.number * (vote.weight if weighted else 1)
        gather.notes["weight_ignored"] += vote.number if vote.weight > 1 and not weighted else 0
        empty = next((at for at, place in enumerate(vote.places) if "" in place), None)
        gather.add(vote.line, number, [[index.get(name, name) for name in place] for place in vote.places], gap=empty)


def write_cvotes(ballots: Ballots, seats: int | None = None) -> str:
    """The accepted ballots by name. Raises FileError `cvotes_name` for a name that the format cannot hold."""
    for name in ballots.candidates:
        if set(name) & set(">=;,#/|*^<"):
            raise FileError(None, "cvotes_name", name=name)
    lines = [f"#/Candidates: {' ; '.join(ballots.candidates)}"]
    lines += [f"#/Number of Seats: {seats}"] if seats else []
    lines.append(f"#/Implicit Ranking: {'true' if ballots.implicit else 'false'}")
    for ranking, number in sorted(ballots.rankings.items()):
        places = (" = ".join(ballots.candidates[each] for each in place) for place in ranking)
        lines.append(f"{' > '.join(places)} * {number}")
    lines += [f"/EMPTY/ * {ballots.blank}"] if ballots.blank else []
    return "\n".join([*lines, ""])
