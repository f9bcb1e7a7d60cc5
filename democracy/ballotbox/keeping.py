"""What a service stores for an urn, and what it must never store: the rules that keep a ballot apart from its voter.

Stored, and nothing else about a cast:

    roll_slot(urn, tag, slot)                    tag = roll.tag(api key, member): the table does not name members
    sealed_ballot(urn, slot, seq, box, digest)   box is b_1, as it was sent
    log_leaf(urn, n, data)                       the log, gapless from 0
    log_node(urn, level, at, hash)               merkle.Grown.new; may be made again from the leaves
    checkpoint(urn, size, note)                  with the witnesses' lines
    mix_list(urn, i, records)                    L_0 … L_k

Natural primary keys, `WITHOUT ROWID` on SQLite, no UUIDv7, no time, no default, no `updated_at`, no surrogate key.

1. Casts that are committed together are inserted in the order of `in_digest_order`: their order in the table says
   nothing of the order in which they came. The order of *slots* may be read from hidden columns; contents may not.
2. Beside a cast stands never: a step of the ledger, an outbox row, an event, an idempotency record, a throttle row of
   the account, a trace attribute, a log line with slot or digest. Reminders and notices leave in batches, by the clock.
   The statement's bind parameters are kept out of the database's log, and the request's body out of any proxy's file.
3. The same bytes again get the same receipt (`receipt.make_receipt` is deterministic): look the digest up before
   inserting. Another ballot in the slot is refused, or is seq + 1 where the manifest allows `revote`.
4. Leaves are added by one sequencer, in the batches of `batches`, under a lock; leaves and nodes are committed first,
   then the checkpoint is signed with `log_key.sign_next`, whose state is fsynced before the note is let out.
5. No ballot is added to the log before a quorum of witnesses has cosigned the mixers' acceptances, and no later stage
   begins before they have cosigned the one before (verifier/checkpoints.py names the stages).
6. Casting holds the urn's lock shared; closing takes it alone, adds every waiting ballot, then `Server.close`.
7. L_0 goes to the first mixer and to auditors. L_1 … L_k are files without cookie or token; never serve one record.
8. `api`, `lock` and `log` seeds are files outside the database and its backups. A process that answers voters holds
   `api` only, also at the level `sluten`: `lock` and the operator's mixer are used after the close, by another program.
9. When the urn is final, destroying the `api` seed is what cuts members from slots, everywhere: rows that were deleted
   live on in write-ahead logs, copies and backups. Then boxes, lists and, as the manifest's `publish` says, F go.

In order, with this package:

    manifest  keys.with_sig, keys.with_sigs → leaf 0; manifest.read_manifest checks it;  trustee's leaf `accept` × k
    cast      accepts_box → insert → receipt.make_receipt;   every 2 s: batches → leaves.ballot_leaf → merkle.grow
    close     Server.close → (void) → mixing.first_list → Server.input → bundle to mixer 1 → handin.take_in → … k
    check     for manifest.check seconds the lists lie open; claims.judge
    open      opening.open_urn → Server.opened → rules.count (or counting, with rules.ballots_of) → Server.result
    export    bundle.write_bundle: whole for auditors, Bundle.public() for everybody;  Server.destroyed
"""

from collections.abc import Iterable
from typing import NamedTuple

from democracy.ballotbox.leaves import ballot_leaf
from democracy.ballotbox.manifest import Manifest


class SealedBallot(NamedTuple):
    """A cast that is stored and waits for its place in the log. `digest` is H(box), in hex."""

    slot: int
    seq: int
    digest: str

    @property
    def leaf(self) -> bytes:
        """Its leaf."""
        return ballot_leaf(self.slot, self.seq, self.digest)


def accepts_box(manifest: Manifest, box: bytes) -> bool:
    """Whether a sealed ballot has the one length that this urn's ballots have."""
    return len(box) == manifest.box_bytes


def in_digest_order(casts: Iterable[SealedBallot]) -> list[SealedBallot]:
    """The order in which a commit group is inserted, and a batch added to the log."""
    return sorted(casts, key=lambda cast: cast.digest)


def batches(waiting: Iterable[SealedBallot]) -> list[list[SealedBallot]]:
    """Waiting ballots in batches for the log, each in the order of digests.

    A slot that has changed its vote meanwhile is in several batches, earlier ballots first: within one, the order by
    digest could put the later one before the earlier.
    """
    rounds: list[list[SealedBallot]] = []
    seen: dict[int, int] = {}
    for cast in sorted(waiting, key=lambda cast: cast.seq):
        number = seen[cast.slot] = seen.get(cast.slot, -1) + 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(cast)
    return [in_digest_order(each) for each in rounds]
