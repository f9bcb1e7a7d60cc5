"""Ballots on their way from a file into a count: grouped, checked, and set aside where the reader says so."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from democracy.counting.ballots import Ballots, Ranking
from democracy.formats.ballot_faults import Doubtful, FileError
from democracy.formats.lines import Line, clean_name

MOST = 10**12
"""Numbers of ballots from here on are taken for a mistake."""


def grouped(lines: Iterable[Line]) -> dict[str, list[int]]:
    """Each distinct line with the number of its first occurrence and how many times it occurs."""
    groups: dict[str, list[int]] = {}
    for number, text in lines:
        known = groups.get(text)
        if known is None:
            groups[text] = [number, 1]
        else:
            known[1] += 1
    return groups


def distinct_names(names: Sequence[str], line: int | None, lines: Sequence[int] = ()) -> tuple[str, ...]:
    """Candidates' names, cleaned. Raises FileError for an empty one or for one that stands twice.

    `lines` are those of each name, where they do not all stand on one line.
    """
    cleaned = tuple(clean_name(name) for name in names)
    if not cleaned:
        raise FileError(line, "no_candidates")
    for at, name in enumerate(cleaned):
        if not name:
            raise FileError(lines[at] if lines else line, "name_empty")
        if name in cleaned[:at]:
            raise FileError(lines[at] if lines else line, "name_twice", name=name)
    return cleaned


@dataclass(slots=True)
class Gather:
    """Collects ballots. A fault of a single ballot goes as `doubtful` says; tied ranks are a fault unless allowed."""

    names: tuple[str, ...]
    doubtful: Doubtful = Doubtful.REFUSE
    ties: bool = True
    rankings: Counter[Ranking] = field(default_factory=Counter)
    blank: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def add(self, line: int, number: int, places: Sequence[Sequence[int | str]], *, gap: int | None = None) -> None:
        """Add so many equal ballots first seen on this line.

        A place holds candidates by index, or as text where the text is nobody's name. `gap` is the number of places
        before an empty one.
        """
        code, where, good = self._fault(places, gap)
        if code is None:
            self.keep(good, number)
        elif self.doubtful is Doubtful.REFUSE:
            raise FileError(line, code, **where)
        elif self.doubtful is Doubtful.SET_ASIDE:
            self.set_aside[code] += number
        else:
            self.notes[code] += number
            self.keep(good, number)

    def keep(self, ranking: Ranking, number: int) -> None:
        """Add so many ballots that are known to be without fault."""
        if ranking:
            self.rankings[ranking] += number
        else:
            self.blank += number

    def _fault(
        self, places: Sequence[Sequence[int | str]], gap: int | None
    ) -> tuple[str | None, dict[str, Any], Ranking]:
        good: list[tuple[int, ...]] = []
        seen: set[int] = set()
        for at, place in enumerate(places):
            if at == gap:
                return "gap", {"place": at + 1}, tuple(good)
            known = [each for each in place if isinstance(each, int)]
            if len(known) != len(place):
                return "unknown_candidate", {"name": next(e for e in place if isinstance(e, str))}, tuple(good)
            double = next((each for at, each in enumerate(known) if each in seen or each in known[:at]), None)
            if double is not None:
                return "candidate_twice", {"name": self.names[double]}, tuple(good)
            if len(known) > 1 and not self.ties:
                return "tied_rank", {"names": ", ".join(self.names[each] for each in known)}, tuple(good)
            seen.update(known)
            good.append(tuple(sorted(known)))
        return None, {}, tuple(good)

    def ballots(self, **rest: Any) -> Ballots:
        """Everything that was kept. Raises FileError `no_ballots` if the file held none at all."""
        if not self.rankings and not self.blank and not self.set_aside:
            raise FileError(None, "no_ballots")
        return Ballots(self.names, self.rankings, self.blank, self.set_aside, self.notes, **rest)


def whole_number(text: str, line: int, code: str, *, least: int = 0) -> int:
    """A plain whole number. Raises FileError with the code for signs, decimals, other scripts and absurd sizes."""
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdigit() and len(stripped) < len(str(MOST))):
        raise FileError(line, code, given=stripped)
    number = int(stripped)
    if number < least:
        raise FileError(line, code, given=stripped)
    return number
