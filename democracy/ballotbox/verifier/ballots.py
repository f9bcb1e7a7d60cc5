"""E_TRUST, E_ROLL, E_SLOT, E_SEQ, E_DIGEST, E_CLOSE: who may vote, and what the log says that they cast."""

from collections.abc import Sequence

from democracy.ballotbox.canonical import CanonicalError, parse
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.leaves import Ballot, Close, Roll, Void
from democracy.ballotbox.merkle import extends
from democracy.ballotbox.roll import leaf_text, roll_tree
from democracy.ballotbox.story import Story
from democracy.ballotbox.trust import Trust


def check_trust(story: Story, trust: Trust) -> None:
    """The manifest names no key that is not in the trust file; raises UrnError E_TRUST."""
    manifest = story.manifest
    strange = [f"mixer {each.name}" for each in manifest.mixers if each.sign not in trust.mixers]
    strange += [f"officer {each}" for each in manifest.officers if each not in trust.officers]
    strange += [f"witness {each.name}" for each in manifest.witness_keys if each not in trust.witnesses]
    if manifest.origin != trust.log.name:
        strange.append(f"log {manifest.origin}")
    if strange:
        raise UrnError(Code.E_TRUST, f"not a key in your trust file: {strange[0]}")


def check_ballots(story: Story) -> None:
    """Roll, slots, numbers and digests, leaf by leaf; raises UrnError E_ROLL, E_SLOT, E_SEQ or E_DIGEST."""
    desk = _Desk(story)
    for entry in story.entries:
        if isinstance(entry.leaf, Roll):
            desk.grow(entry.at, entry.leaf)
        elif isinstance(entry.leaf, Void):
            desk.void(entry.at, entry.leaf)
        elif isinstance(entry.leaf, Ballot):
            desk.cast(entry.at, entry.leaf)


class _Desk:
    """The roll as it grows, the slots that are void, and how often each has voted."""

    def __init__(self, story: Story) -> None:
        self.size, self.root = story.manifest.roll.size, story.manifest.roll.root
        self.revote = bool(story.manifest.revote)
        self.voids: set[int] = set()
        self.seqs: dict[int, int] = {}
        self.digests: set[str] = set()

    def grow(self, at: int, leaf: Roll) -> None:
        proof = [bytes.fromhex(each) for each in leaf.proof]
        grown = leaf.size > self.size
        if not grown or not extends(self.size, bytes.fromhex(self.root), leaf.size, bytes.fromhex(leaf.root), proof):
            raise UrnError(Code.E_ROLL, f"leaf {at}: the roll does not go on from the one before")
        self.size, self.root = leaf.size, leaf.root

    def void(self, at: int, leaf: Void) -> None:
        if leaf.slot >= self.size or leaf.slot in self.voids:
            raise UrnError(Code.E_SLOT, f"leaf {at}: slot {leaf.slot} is void already or not on the roll")
        self.voids.add(leaf.slot)

    def cast(self, at: int, leaf: Ballot) -> None:
        if leaf.slot >= self.size or leaf.slot in self.voids:
            raise UrnError(Code.E_SLOT, f"leaf {at}: slot {leaf.slot} is void or not on the roll")
        before = self.seqs.get(leaf.slot, 0)
        if leaf.seq != before + 1 or (before and not self.revote):
            raise UrnError(Code.E_SEQ, f"leaf {at}: slot {leaf.slot} has number {leaf.seq} after {before}")
        if leaf.digest in self.digests:
            raise UrnError(Code.E_DIGEST, f"leaf {at}: the same ballot as an earlier one")
        self.seqs[leaf.slot] = leaf.seq
        self.digests.add(leaf.digest)


def check_close(story: Story) -> None:
    """The close states how many ballots there are; raises UrnError E_CLOSE."""
    close, cast = story.one(Close), sum(1 for _ in story.all(Ballot))
    if close is None:
        return
    at, leaf = close
    if leaf.ballots != cast:
        raise UrnError(Code.E_CLOSE, f"leaf {at}: {leaf.ballots} ballots stated, {cast} in the log")
    if leaf.by_server > (cast if story.manifest.level == "sluten" else 0):
        raise UrnError(Code.E_CLOSE, f"leaf {at}: {leaf.by_server} sealed by the server")


def check_roll_file(story: Story, leaves: Sequence[bytes]) -> None:
    """The whole roll, as auditors have it, is the one that the log states; raises UrnError E_ROLL."""
    members = [_member(slot, leaf) for slot, leaf in enumerate(leaves)]
    # A void frees no slot: whoever votes all the same has got a new one, and has one at a time.
    voting = [member for slot, member in enumerate(members) if slot not in story.voids]
    if len(set(voting)) != len(voting):
        raise UrnError(Code.E_ROLL, "a member has two slots")
    tree, (size, root) = roll_tree(leaves), story.roll
    if (tree.size, tree.root.hex()) != (size, root):
        raise UrnError(Code.E_ROLL, f"{tree.size} rows in the roll file; the log states {size} and another root")


def _member(slot: int, leaf: bytes) -> str:
    try:
        value = parse(leaf)
        member = value["member"]
        same = isinstance(member, str) and leaf == leaf_text(member, value["salt"], slot)
    except (CanonicalError, KeyError, TypeError):
        same = False
    if not same:
        raise UrnError(Code.E_ROLL, f"row {slot} of the roll file is not one of a roll")
    return str(member)
