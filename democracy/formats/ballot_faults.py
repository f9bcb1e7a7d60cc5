"""What is wrong with a file of ballots or figures, and where."""

from enum import StrEnum

from democracy.errors import DemocracyError


class FileError(DemocracyError):
    """A file that cannot be read as it stands: the line (from 1; None for the whole file), a code and its values."""

    def __init__(self, line: int | None, code: str, **params: object) -> None:
        super().__init__(line, code, params)
        self.line = line
        self.code = code
        self.params = params

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}: "
        return where + self.code + "".join(f", {name}: {value}" for name, value in self.params.items())


class Doubtful(StrEnum):
    """What becomes of a ballot with a fault of its own: the name of nobody, a name twice, a gap, a tied rank.

    `refuse` stops at the first and names its line. `set-aside` leaves such ballots out, `cut` counts them up to the
    doubtful place; both tell how many and why.
    """

    REFUSE = "refuse"
    SET_ASIDE = "set-aside"
    CUT = "cut"
