"""A witness: it cosigns a log's checkpoints as long as each goes on from the one before (C2SP tlog-witness).

A request is `old SIZE`, the lines of a consistency proof in base64, an empty line, and the checkpoint. The caller keeps
the last note that was cosigned for each log, and stores the new one before it answers, so that two requests at once
cannot both go on from the same state.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Self

from democracy.ballotbox.checkpoint import Checkpoint, CheckpointError, opened
from democracy.ballotbox.merkle import EMPTY_ROOT, HASH_BYTES, extends
from democracy.ballotbox.note import Note, NoteError, VerifierKey

_OLD = re.compile(r"old (0|[1-9][0-9]{0,17})")
_MOST_LINES = 63
BAD_REQUEST, FORBIDDEN, NOT_FOUND, CONFLICT, UNPROCESSABLE = 400, 403, 404, 409, 422


class RefusedError(Exception):
    """Why a witness does not cosign, with the protocol's status; `forked` where the log has shown two pasts."""

    def __init__(self, status: int, says: str, *, size: int | None = None, forked: bool = False) -> None:
        super().__init__(says)
        self.status = status
        self.size = size
        self.forked = forked


@dataclass(frozen=True, slots=True)
class Request:
    """A checkpoint to be cosigned, and the proof that it goes on from the one of size `old`."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    @classmethod
    def parse(cls, body: str) -> Self:
        """Read a request; raises RefusedError 400."""
        head, gap, note = body.partition("\n\n")
        first, *lines = head.split("\n")
        old = _OLD.fullmatch(first)
        try:
            proof = tuple(base64.b64decode(line, validate=True) for line in lines)
            parsed = Note.parse(note)
        except (binascii.Error, ValueError):
            raise RefusedError(BAD_REQUEST, "not a request to add a checkpoint") from None
        if old is None or not gap or len(proof) > _MOST_LINES or any(len(each) != HASH_BYTES for each in proof):
            raise RefusedError(BAD_REQUEST, "not a request to add a checkpoint")
        return cls(int(old[1]), proof, parsed)

    def __str__(self) -> str:
        lines = "".join(base64.b64encode(each).decode() + "\n" for each in self.proof)
        return f"old {self.old}\n{lines}\n{self.note}"

    @property
    def origin(self) -> str:
        """Which log it says it is."""
        return self.note.text.partition("\n")[0]


def admit(request: Request, log: VerifierKey, last: Note | None) -> Checkpoint:
    """The checkpoint to cosign, given the last note that was; raises RefusedError."""
    try:
        new = opened(request.note, log)
    except CheckpointError as error:
        raise RefusedError(FORBIDDEN, str(error)) from None
    old = Checkpoint(log.name, 0, EMPTY_ROOT) if last is None else Checkpoint.parse(last.text)
    if request.old > new.size:
        raise RefusedError(BAD_REQUEST, "the old size is larger than the checkpoint's")
    if new.size == old.size and new.root != old.root:
        raise RefusedError(CONFLICT, "another root for the same size: the log has forked", size=old.size, forked=True)
    if request.old != old.size:
        raise RefusedError(CONFLICT, f"the last checkpoint cosigned is of size {old.size}", size=old.size)
    if not extends(old.size, old.root, new.size, new.root, request.proof):
        raise RefusedError(UNPROCESSABLE, f"the proof does not show that it goes on from size {old.size}")
    return new


def parse_last(raw: str) -> Note | None:
    """The last note as it was stored; None for a log that has not been cosigned yet. Raises NoteError."""
    try:
        return Note.parse(raw) if raw else None
    except NoteError as error:
        raise NoteError(f"the witness's own record is damaged: {error}") from None
