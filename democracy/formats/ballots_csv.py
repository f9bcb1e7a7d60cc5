"""Ballots as CSV, in two shapes that the header tells apart.

Names in order of preference, under numbered headings:      antal;1;2;3
                                                            42;Åsa;Örjan;Maj
Ranks under candidates' names (x: named, without order):    antal;Åsa;Örjan;Maj
                                                            42;1;2;3
The column with the number of ballots may be left out.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from democracy.counting.ballots import Ballots
from democracy.formats.ballot_faults import Doubtful, FileError
from democracy.formats.gather import Gather, distinct_names, whole_number
from democracy.formats.lines import clean_name
from democracy.formats.table_csv import Row, Table, key

NUMBER = ("antal", "antal röster", "antal valsedlar", "count", "number", "weight", "vikt")
_IGNORED = ("id", "valsedel", "ballot", "voter", "ballot id", "voter id")
_PLACE = re.compile(r"(?:val|rank|rang|plats|choice|preferens|preference|namn|name)?[ _]?([0-9]{1,4})")
_MARK = "x"
_FORMULA = frozenset("=+-@")


def read_ballots_csv(
    table: Table, doubtful: Doubtful = Doubtful.REFUSE, *, ties: bool = True, candidates: Sequence[str] = ()
) -> Ballots:
    """Read ballots. `candidates` are the names that may occur; without them, those that do occur in ordered names.

    Raises FileError with the line of whatever cannot be read as one of the two shapes.
    """
    (number,) = table.columns(NUMBER)
    used = [at for at, head in enumerate(table.header) if at != number and key(head) not in _IGNORED]
    heads = [table.header[at] for at in used]
    places = [_PLACE.fullmatch(key(head)) for head in heads]
    if heads and all(places):
        if [int(place[1]) for place in places if place] != list(range(1, len(heads) + 1)):
            raise FileError(table.line, "csv_places", given=", ".join(heads))
        return _ordered(table, number, used, Gather(tuple(candidates), doubtful, ties))
    names = distinct_names(heads, table.line)
    if candidates and set(names) != {clean_name(name) for name in candidates}:
        raise FileError(table.line, "csv_candidates", given=", ".join(names))
    return _ranked(table, number, used, Gather(names, doubtful, ties))


def _times(row: Row, column: int | None) -> int:
    return 1 if column is None else whole_number(row.cells[column], row.line, "number_of_ballots", least=1)


def _groups(table: Table, number: int | None, used: Sequence[int]) -> dict[tuple[str, ...], list[int]]:
    groups: dict[tuple[str, ...], list[int]] = {}
    for row in table.rows:
        cells = tuple(row.cells[at] for at in used)
        known = groups.setdefault(cells, [row.line, 0])
        known[1] += _times(row, number)
    return groups


def _ordered(table: Table, number: int | None, used: Sequence[int], gather: Gather) -> Ballots:
    groups = _groups(table, number, used)
    if not gather.names:
        seen = dict.fromkeys(clean_name(cell) for cells in groups for cell in cells if cell)
        gather.names = tuple(seen)
        gather.notes["candidates_from_votes"] += 1
    gather.names = distinct_names(gather.names, None)
    index = {name: at for at, name in enumerate(gather.names)}
    for cells, (line, times) in groups.items():
        names = [clean_name(cell) for cell in cells]
        while names and not names[-1]:
            names.pop()
        gap = names.index("") if "" in names else None
        gather.add(line, times, [(index.get(name, name),) for name in names], gap=gap)
    return gather.ballots()


def _ranked(table: Table, number: int | None, used: Sequence[int], gather: Gather) -> Ballots:
    for cells, (line, times) in _groups(table, number, used).items():
        ranks = sorted((_rank(cell, line), at) for at, cell in enumerate(cells) if cell)
        places = [(rank, [at for _, at in found]) for rank, found in groupby(ranks, key=lambda pair: pair[0])]
        gather.add(line, times, [place for _, place in places], gap=_gap(places))
    return gather.ballots()


def _rank(cell: str, line: int) -> int:
    return 1 if cell.casefold() == _MARK else whole_number(cell, line, "csv_rank", least=1)


def _gap(places: Sequence[tuple[int, Sequence[int]]]) -> int | None:
    """After two at rank 1 the next may be called 2 or 3; anything else leaves a gap."""
    above, last = 0, 0
    for at, (rank, place) in enumerate(places):
        if rank not in {last + 1, above + 1}:
            return at
        above, last = above + len(place), rank
    return None


def write_ballots_csv(ballots: Ballots) -> str:
    """The accepted ballots as ranks under the candidates' names.

    Raises FileError `csv_name` for a name that would read as something else: a formula, a column, a place.
    """
    names = ballots.candidates
    columns = {*NUMBER, *_IGNORED}
    wrong = [name for name in names if name[:1] in _FORMULA or key(name) in columns]
    if wrong or all(_PLACE.fullmatch(key(name)) for name in names):
        raise FileError(None, "csv_name", name=(wrong or names)[0])
    lines = [["antal", *ballots.candidates]]
    for ranking, number in sorted(ballots.rankings.items()):
        ranks = {each: str(at) for at, place in enumerate(ranking, start=1) for each in place}
        lines.append([str(number), *(ranks.get(at, "") for at in range(len(ballots.candidates)))])
    lines += [[str(ballots.blank), *[""] * len(ballots.candidates)]] if ballots.blank else []
    return csv_text(lines)


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows with semicolons, as Swedish spreadsheets open them; cells are quoted where they must be."""
    return "".join(";".join(_quoted(cell) for cell in row) + "\r\n" for row in rows)


def _quoted(cell: str) -> str:
    # A cell that a spreadsheet would take for a formula is written as text.
    safe = f"'{cell}" if cell[:1] in _FORMULA else cell
    return '"' + safe.replace('"', '""') + '"' if set(safe) & set(';"\n\r,\t') else safe
