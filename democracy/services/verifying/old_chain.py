"""The plain chain that the ledger once was: its hashes are still there, and are still proven."""

from typing import Any

from democracy.domain.chain import START, link
from democracy.domain.verdict import Fault, Finding, LedgerReport


class OldChain:
    """Goes along the positions that have a link. `last` is the last of them."""

    def __init__(self, report: LedgerReport, last: int) -> None:
        self._report, self._last = report, last
        self._befores: set[bytes] = {START}
        """What the hash before may be: as it is stored, and as it should be."""
        self._at = 0
        self.made: bytes | None = START
        """The hash of this position, made anew from every record before: what somebody may have noted long ago."""

    def take(self, position: int, held: Any, record: str | None, *, altered: bool) -> None:
        """Judge the next position; `altered` where the tree has told already that its record was changed."""
        follows, self._at = position == self._at + 1, position
        if not follows or record is None or position > self._last:
            self._befores, self.made = {held} if isinstance(held, bytes) else set(), None
            return
        self.made = None if self.made is None else link(position, self.made, record)
        right = {link(position, before, record) for before in self._befores}
        if held in right:
            self._befores = {held}
            return
        if right and not altered:
            self._report.add(Finding(Fault.OLD_HASH_DIFFERS, position))
        self._befores = right | ({held} if isinstance(held, bytes) else set())
