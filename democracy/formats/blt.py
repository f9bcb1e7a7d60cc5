"""BLT: rankings as numbers, in the strict form (whole numbers of ballots, no tied or skipped places).

4 2                 candidates and seats
-3                  withdrawn candidates, if any
5 1 2 0             five ballots: candidate 1, then candidate 2
3 0                 three blank ballots
0                   end of the ballots
"Åsa Öberg"         each candidate's name, and then the title
…
"Styrelsen"
"""

import re
from collections.abc import Iterable, Iterator

from democracy.counting.ballots import Ballots
from democracy.formats.ballot_faults import Doubtful, FileError
from democracy.formats.gather import Gather, distinct_names, grouped
from democracy.formats.lines import Line

_HEAD = re.compile(r"([0-9]{1,9})\s+([0-9]{1,9})")
_BALLOT = re.compile(r"[0-9]{1,12}(?:\s+[0-9]{1,12})*")
_WITHDRAWN = re.compile(r"-[0-9]{1,9}(?:\s+-[0-9]{1,9})*")
_NAME = re.compile(r'"(.*)"\s*(?:#.*)?')


def read_blt(lines: Iterable[Line], doubtful: Doubtful = Doubtful.REFUSE) -> Ballots:
    """Read ballots. Raises FileError with the line of whatever is not in the strict form."""
    rest = _meaningful(lines)
    line, head = next(rest, (1, ""))
    match = _HEAD.fullmatch(head)
    if match is None:
        raise FileError(line, "blt_head", given=head[:40])
    candidates, seats = int(match[1]), int(match[2])
    if not candidates or not seats:
        raise FileError(line, "blt_head", given=head)
    groups = grouped(_until_zero(rest, line))
    names, title = _names(rest, candidates)
    return _ballots(groups, names, doubtful, seats=seats, title=title)


def _meaningful(lines: Iterable[Line]) -> Iterator[Line]:
    for number, text in lines:
        bare = text.strip()
        if "#" in bare and not bare.startswith('"'):
            bare = bare.partition("#")[0].rstrip()
        if bare:
            yield number, bare


def _until_zero(lines: Iterator[Line], line: int) -> Iterator[Line]:
    for line, text in lines:
        if text == "0":
            return
        if text.startswith('"'):
            raise FileError(line, "blt_no_end")
        yield line, text
    raise FileError(line, "blt_no_end")


def _names(lines: Iterator[Line], candidates: int) -> tuple[tuple[str, ...], str]:
    found: list[str] = []
    at: list[int] = []
    line = None
    for line, text in lines:
        match = _NAME.fullmatch(text)
        if match is None:
            raise FileError(line, "blt_name", given=text[:40])
        found.append(match[1])
        at.append(line)
    if len(found) != candidates + 1:
        raise FileError(line, "blt_names", wanted=candidates, found=len(found))
    return distinct_names(found[:-1], line, at), found[-1].strip()


def _ballots(
    groups: dict[str, list[int]], names: tuple[str, ...], doubtful: Doubtful, *, seats: int, title: str
) -> Ballots:
    gone = _withdrawn(groups, len(names))
    kept = [at for at in range(len(names)) if at not in gone]
    index: dict[int, int] = {at: new for new, at in enumerate(kept)}
    gather = Gather(distinct_names([names[at] for at in kept], None), doubtful, ties=False)
    alone = [(at,) for at in range(len(names))]
    for text, (line, times) in groups.items():
        weight, order = _numbers(text, line)
        if not gone and len(set(order)) == len(order) and max(order, default=0) <= len(names):
            gather.keep(tuple([alone[each - 1] for each in order]), weight * times)
            continue
        places = [(_who(each, names, index),) for each in order if each - 1 not in gone]
        if order and not places:
            gather.set_aside["only_withdrawn"] += weight * times
        else:
            gather.add(line, weight * times, places)
    return gather.ballots(seats=seats, title=title)


def _withdrawn(groups: dict[str, list[int]], candidates: int) -> set[int]:
    """Take the lines with withdrawn candidates, which stand before any ballot, out of the groups."""
    gone: set[int] = set()
    for text in list(groups):
        if not text.startswith("-"):
            break
        line, times = groups.pop(text)
        numbers = [-int(each) for each in text.split()] if _WITHDRAWN.fullmatch(text) and times == 1 else [0]
        if not all(0 < number <= candidates for number in numbers) or len(set(numbers)) != len(numbers):
            raise FileError(line, "blt_withdrawn", given=text[:40])
        gone.update(number - 1 for number in numbers)
    return gone


def _numbers(text: str, line: int) -> tuple[int, tuple[int, ...]]:
    if _BALLOT.fullmatch(text) is None:
        raise FileError(line, "blt_ballot", given=text[:40])
    weight, *order = map(int, text.split())
    if not order or order[-1] != 0:
        raise FileError(line, "blt_zero", given=text[-40:])
    if not weight:
        raise FileError(line, "number_of_ballots", given=weight)
    if 0 in order[:-1]:
        raise FileError(line, "blt_zero_inside", given=text[:40])
    return weight, tuple(order[:-1])


def _who(number: int, names: tuple[str, ...], index: dict[int, int]) -> int | str:
    return index[number - 1] if number <= len(names) else str(number)


def write_blt(ballots: Ballots, seats: int, title: str = "") -> str:
    """The accepted ballots as a BLT file. Raises CountError `tied_rank`: ties can only be written as CVOTES."""
    lines = [f"{len(ballots.candidates)} {seats}"]
    for order, number in sorted(ballots.strict().items()):
        lines.append(" ".join(map(str, (number, *(each + 1 for each in order), 0))))
    if ballots.blank:
        lines.append(f"{ballots.blank} 0")
    return "\n".join([*lines, "0", *(f'"{name}"' for name in (*ballots.candidates, title or ballots.title)), ""])
