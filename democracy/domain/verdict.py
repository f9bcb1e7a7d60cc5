"""What a verification of the ledger can find."""

from dataclasses import dataclass, field
from enum import StrEnum

from democracy.domain.chain import EMPTY, Head


class Fault(StrEnum):
    """What is wrong with a row."""

    RECORD_ALTERED = "record_altered"
    """The record is not the one that the tree has: its text was changed, or another step was put in its place."""
    HASH_ALTERED = "hash_altered"
    """The record is right and so is the tree above it: only the stored hash of its leaf was changed."""
    RECORD_OR_HASH_ALTERED = "record_or_hash_altered"
    """At the end, where nothing lies above that could tell the two apart."""
    LEAF_MISSING = "leaf_missing"
    """The step has a position but no leaf: it was put in by hand, or its leaf was removed."""
    NODE_ALTERED = "node_altered"
    """A hash of the tree does not follow from those below it. `detail`: the positions below."""
    NODE_MISSING = "node_missing"
    LEAVES_LEFT = "leaves_left"
    """The tree goes on after the last step: positions were removed at the end. `detail`: how many."""
    SALT_MISSING = "salt_missing"
    """The key that hides the leaves is gone, so nothing can be held against the tree."""
    OLD_HASH_DIFFERS = "old_hash_differs"
    """The plain chain from before the tree says otherwise: the record was altered then, or its old hash since."""
    CHECKPOINT_FALSE = "checkpoint_false"
    """A stored checkpoint is not signed by the ledger's key, or is put at another size than it tells."""
    CHECKPOINT_DIFFERS = "checkpoint_differs"
    """The ledger's key has signed another past than the one that is stored. `detail`: between which positions."""
    KEPT_FALSE = "kept_false"
    """A kept checkpoint is not signed by the ledger's key. `detail`: where it was kept."""
    KEPT_DIFFERS = "kept_differs"
    """A kept checkpoint tells of another past. `detail`: where it was kept."""
    RECORD_UNREADABLE = "record_unreadable"
    COLUMNS_DIFFER = "columns_differ"
    """Columns of the step say something else than its record."""
    STEP_MISSING = "step_missing"
    """The position is there, the step is not."""
    POSITIONS_MISSING = "positions_missing"
    POSITION_BEFORE_FIRST = "position_before_first"
    TEXT_ALTERED = "text_altered"
    TEXT_MISSING = "text_missing"
    TEXT_ADDED = "text_added"
    """A kept text that its step's record does not know."""
    TEXT_WITHOUT_STEP = "text_without_step"
    STEP_UNPLACED = "step_unplaced"
    """A step that has no position and does not wait for one: inserted by hand, or its position was removed."""
    WAITS_WRONGLY = "waits_wrongly"
    """It waits for a position but has one already, or there is no such step."""
    HEAD_DIFFERS = "head_differs"
    """Another hash than the one that was noted down: this row or one before it was altered, and all after it anew."""
    LEDGER_SHORTER = "ledger_shorter"
    """A position that was noted down or signed is no longer there. `detail`: where it was kept, if it was."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where."""

    fault: Fault
    position: int | None = None
    """None for what has no position."""
    step: str | None = None
    """Id of the step, 32 hex digits."""
    detail: str | None = None
    """Names of columns, id of a text, number of positions: codes, never content."""


@dataclass
class LedgerReport:
    """What a verification saw."""

    head: Head = EMPTY
    """The last position and the tree's root: worth noting down only if nothing was found."""
    steps: int = 0
    texts: int = 0
    erased: int = 0
    """Texts that have been erased; their digests are all that is left."""
    waiting: int = 0
    """Steps that had not got their position yet. They are checked in themselves; nothing holds their order."""
    checkpoints: int = 0
    """Stored checkpoints with a right signature."""
    proven: int = 0
    """The largest size at which the ledger is what its key has signed."""
    findings: list[Finding] = field(default_factory=list)
    """The first ones, in the ledger's order."""
    found: int = 0
    """How many there were in all."""

    LIMIT = 100

    def add(self, finding: Finding) -> None:
        """Count a finding, and keep it if it is among the first."""
        self.found += 1
        if len(self.findings) < self.LIMIT:
            self.findings.append(finding)

    def rename(self, finding: Finding, fault: Fault) -> None:
        """Say of an earlier finding what has become clear since."""
        if finding in self.findings:
            where = self.findings.index(finding)
            self.findings[where] = Finding(fault, finding.position, finding.step, finding.detail)

    @property
    def first(self) -> Finding | None:
        """The first altered row."""
        return self.findings[0] if self.findings else None
