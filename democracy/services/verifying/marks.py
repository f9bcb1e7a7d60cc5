"""What others hold the ledger to: checkpoints that it signed, heads that somebody noted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from democracy.ballotbox.checkpoint import Checkpoint, CheckpointError, opened
from democracy.ballotbox.note import Note, NoteError, VerifierKey
from democracy.domain.chain import Head
from democracy.domain.verdict import Fault, Finding, LedgerReport


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that was kept outside the database, and where, for the one who reads the report."""

    note: str
    where: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A root that the ledger must have had at some size."""

    root: bytes
    differs: Fault
    where: str | None = None


class Marks:
    """Every mark by its size, and what happens when the ledger comes there."""

    def __init__(self, report: LedgerReport) -> None:
        self._report = report
        self._marks: dict[int, list[Mark]] = {}
        self._right = 0
        self._forked = False

    def note_heads(self, heads: Iterable[Head]) -> None:
        """Heads that somebody wrote down."""
        for head in heads:
            self._add(head.position, Mark(head.hash, Fault.HEAD_DIFFERS))

    def hold_to_stored(self, rows: Sequence[tuple[int, str]], keys: Sequence[VerifierKey]) -> None:
        """The database's own checkpoints, each signed by one of the keys."""
        for size, note in rows:
            found = _opened(note, keys)
            if found is None or found.size != size:
                self._report.add(Finding(Fault.CHECKPOINT_FALSE, size))
            else:
                self._report.checkpoints += 1
                self._add(size, Mark(found.root, Fault.CHECKPOINT_DIFFERS))

    def hold_to_kept(self, kept: Iterable[Kept], keys: Sequence[VerifierKey]) -> None:
        """Checkpoints from elsewhere."""
        for each in kept:
            found = _opened(each.note, keys)
            if found is None:
                self._report.add(Finding(Fault.KEPT_FALSE, detail=each.where))
            else:
                self._add(found.size, Mark(found.root, Fault.KEPT_DIFFERS, each.where))

    def hold_to_last(self, last: Checkpoint | None, where: str) -> None:
        """What the key's holder remembers having signed."""
        if last is not None:
            self._add(last.size, Mark(last.root, Fault.KEPT_DIFFERS, where))

    def compare(self, size: int, roots: set[bytes], old: bytes | None) -> None:
        """The ledger is at a size; `old` is the plain chain's hash there."""
        for mark in self._marks.pop(size, ()):
            if mark.root in roots or (mark.differs is Fault.HEAD_DIFFERS and mark.root == old):
                self._right = size
                self._report.proven = max(self._report.proven, size if mark.differs is not Fault.HEAD_DIFFERS else 0)
            elif mark.differs is not Fault.CHECKPOINT_DIFFERS:
                self._report.add(Finding(mark.differs, size, detail=mark.where))
            elif not self._forked:
                # Each later one differs too: the first bounds where it happened.
                self._forked = True
                self._report.add(Finding(mark.differs, size, detail=f"{self._right + 1}-{size}"))

    def at(self, size: int) -> bool:
        """Whether there is anything to compare at this size."""
        return size in self._marks

    def end(self) -> None:
        """What lies beyond the ledger's end was cut off."""
        for size in sorted(self._marks):
            for where in sorted({each.where or "" for each in self._marks[size]}):
                self._report.add(Finding(Fault.LEDGER_SHORTER, size, detail=where or None))

    def _add(self, size: int, mark: Mark) -> None:
        marks = self._marks.setdefault(size, [])
        if mark not in marks:
            marks.append(mark)


def _opened(note: str, keys: Sequence[VerifierKey]) -> Checkpoint | None:
    for key in keys:
        try:
            return opened(Note.parse(note), key)
        except (NoteError, CheckpointError):
            continue
    return None
