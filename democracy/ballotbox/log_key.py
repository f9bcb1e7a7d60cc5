"""What the holder of a log's key must keep: the last checkpoint signed, so that no other past is ever signed.

The caller stores the new checkpoint beside the key, on disk and fsynced, before it lets the note out of its hands. Then
a database that was restored from an old copy cannot make the log sign a smaller tree or another root.
"""

from collections.abc import Sequence

from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.merkle import EMPTY_ROOT, extends
from democracy.ballotbox.note import Note, SignerKey


class ForkError(Exception):
    """The tree to be signed does not go on from the last one that was signed."""


def sign_next(key: SignerKey, last: Checkpoint | None, following: Checkpoint, proof: Sequence[bytes]) -> Note:
    """Sign a checkpoint that goes on from the last one, as the consistency proof shows; raises ForkError."""
    old = last or Checkpoint(key.name, 0, EMPTY_ROOT)
    if following.origin != key.name or old.origin != key.name:
        raise ForkError(f"{following.origin} is not the log of this key, {key.name}")
    if not extends(old.size, old.root, following.size, following.root, proof):
        raise ForkError(f"the tree of {following.size} does not go on from the one of {old.size} that was signed")
    return following.signed(key)
