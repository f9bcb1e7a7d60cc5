"""Figures counted by hand, as CSV: votes for names, yes and no, votes between proposals, members of units, groups."""

from collections.abc import Callable, Sequence

from democracy.counting.contra import Vote
from democracy.counting.faults import CountError
from democracy.counting.threshold import NO, YES, Figures
from democracy.formats.ballot_faults import FileError
from democracy.formats.gather import whole_number
from democracy.formats.lines import clean_name
from democracy.formats.table_csv import Row, Table, key, read_numbers

_NAME = ("kandidat", "candidate", "namn", "name", "förslag", "proposal")
_VOTES = ("röster", "votes")
_UNIT = ("förening", "partiförening", "enhet", "unit", "branch", "namn", "name")
_MEMBERS = ("medlemmar", "antal medlemmar", "members", "antal", "röster", "votes")
_GROUP = ("grupp", "group", "kön", "gender")
_YES, _NO = ("ja", "yes"), ("nej", "no")
_BLANK, _ABSTAIN = ("blank", "blanka"), ("avstår", "avstod", "abstain")
_PRESENT, _ENTITLED = ("närvarande", "present"), ("röstberättigade", "entitled")
_CASTING = ("utslagsröst", "casting")
_YES_MEANS = ("ja betyder", "ja_betyder", "ja-förslag", "yes means", "yes_means")
_NO_MEANS = ("nej betyder", "nej_betyder", "nej-förslag", "no means", "no_means")
_WORDS = {**dict.fromkeys(_YES, YES), **dict.fromkeys(_NO, NO), "": None}


def holds_votes(table: Table) -> bool:
    """Whether the table holds a name and its votes, and nothing else."""
    return len(table.header) == 2 and None not in table.columns(_NAME, _VOTES)


def holds_figures(table: Table) -> bool:
    """Whether the table holds the figures of yes-or-no votes."""
    return None not in table.columns(_YES, _NO)


def read_tally(table: Table) -> dict[str, int]:
    """Votes for each candidate."""
    return _pairs(table, _NAME, _VOTES)


def read_register(table: Table) -> dict[str, int]:
    """Members of each unit."""
    return _pairs(table, _UNIT, _MEMBERS)


def read_groups(table: Table) -> dict[str, str]:
    """Each candidate's group; an empty cell is no group."""
    name, group = _needed(table, _NAME, _GROUP)
    rows = [(clean_name(row.cells[name]), clean_name(row.cells[group]), row.line) for row in table.rows]
    for at, (who, _, line) in enumerate(rows):
        if who in {earlier for earlier, _, _ in rows[:at]}:
            raise FileError(line, "name_twice", name=who)
    return {who: its for who, its, _ in rows if its}


def read_figures(table: Table) -> list[Figures]:
    """The figures of each vote, one a row. Raises FileError with the line of figures that cannot be."""
    reader = _figures(table)
    found = [reader(row) for row in table.rows]
    if not found:
        raise FileError(None, "empty_file")
    return found


def read_votes(table: Table) -> list[Vote]:
    """Votes between proposals that have been taken: what ja and nej meant, and the figures."""
    yes_means, no_means = _needed(table, _YES_MEANS, _NO_MEANS)
    reader = _figures(table)
    return [Vote(clean_name(row.cells[yes_means]), clean_name(row.cells[no_means]), reader(row)) for row in table.rows]


def _figures(table: Table) -> Callable[[Row], Figures]:
    yes, no = _needed(table, _YES, _NO)
    blank, abstain, present, entitled, casting = table.columns(_BLANK, _ABSTAIN, _PRESENT, _ENTITLED, _CASTING)

    def optional(row: Row, column: int | None) -> int | None:
        text = "" if column is None else row.cells[column]
        return whole_number(text, row.line, "not_a_number") if text else None

    def read(row: Row) -> Figures:
        word = "" if casting is None else key(row.cells[casting])
        try:
            return Figures(
                yes=whole_number(row.cells[yes], row.line, "not_a_number"),
                no=whole_number(row.cells[no], row.line, "not_a_number"),
                blank=optional(row, blank) or 0,
                abstain=optional(row, abstain) or 0,
                present=optional(row, present),
                entitled=optional(row, entitled),
                casting=_WORDS.get(word, word),
            )
        except CountError as fault:
            raise FileError(row.line, fault.code, **fault.params) from None

    return read


def _pairs(table: Table, *wanted: Sequence[str]) -> dict[str, int]:
    name, number = _needed(table, *wanted)
    return read_numbers(table, name, number)


def _needed(table: Table, *wanted: Sequence[str]) -> tuple[int, int]:
    first, second = table.columns(*wanted)
    if first is None or second is None:
        missing = wanted[0] if first is None else wanted[1]
        raise FileError(table.line, "column_missing", column=missing[0], found=", ".join(table.header))
    return first, second
