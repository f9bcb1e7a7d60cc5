"""What two officers sign for an urn under way: the drafts that the server makes for them, and what each one does."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.leaves import Extend, Leaf, Roll, Void
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.roll import former_tag, roll_leaf, tag
from democracy.ballotbox.story import read_log
from democracy.ballotbox.urn import unsigned
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.urns.seeds import API, Seeds
from democracy.storage import urn_log, urns
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Database, Unit

PAPER = "paper"
"""The reason of a void by which an envelope counts: that slot's member has voted."""


class UrnDrafts:
    """Leaves to be signed. Nothing is changed before they come back."""

    def __init__(self, database: Database, seeds: Seeds, at: datetime) -> None:
        self._database, self._seeds, self._at = database, seeds, at

    async def void(self, urn_id: UUID, member_id: UUID, reason: str, decision: str) -> bytes:
        """A slot that votes no more; `reason` is a code such as `paper`. What it has cast is not counted."""
        async with self._database.unit(self._at) as unit:
            row = await _begun(unit, urn_id)
            mark = tag(self._seeds.read(urn_id, API).roll, member_id.hex)
            slot = dict(await urns.marks(unit.session, urn_id)).get(mark)
            if slot is None:
                raise InvalidInputError(FieldError("member", "not_in"))
            await _check_slot(unit, urn_id, slot)
            return canonical(unsigned("void", row.m, slot=slot, reason=reason, decision=decision))

    async def growth(self, urn_id: UUID, decision: str) -> bytes:
        """The roll with everybody who has come into the electorate since, or whose slot was voided by mistake."""
        async with self._database.unit(self._at) as unit:
            row = await _begun(unit, urn_id)
            grown = await _grown(unit, row, self._seeds)
            if not grown.new:
                raise InvalidInputError(FieldError("urn", "nobody_new"))
            return canonical(unsigned("roll", row.m, decision=decision, **grown.head()))

    async def extension(self, urn_id: UUID, closes: datetime, decision: str) -> bytes:
        """A later close."""
        async with self._database.unit(self._at) as unit:
            row = await _begun(unit, urn_id)
            _check_later(row, closes)
            text = closes.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            return canonical(unsigned("extend", row.m, closes=text, decision=decision))


async def have_effect(unit: Unit, row: UrnRow, leaf: Leaf, seeds: Seeds) -> None:
    """Let a signed leaf change what is stored; raises InvalidInputError for one that the log's readers would refuse."""
    if isinstance(leaf, Void):
        await urns.hold_alone(unit.session, row.id)
        await _check_slot(unit, row.id, leaf.slot)
        await urns.void_slot(unit.session, row.id, leaf.slot)
    elif isinstance(leaf, Extend):
        closes = datetime.strptime(leaf.closes, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        _check_later(row, closes)
        row.closes_at = closes
    elif isinstance(leaf, Roll):
        grown = await _grown(unit, row, seeds)
        if not grown.new or {"size": leaf.size, "root": leaf.root, "proof": leaf.proof} != grown.head():
            raise InvalidInputError(FieldError("leaf", "roll_moved_on"))
        await urns.set_apart(unit.session, row.id, grown.former)
        await urns.write_roll(unit.session, row.id, grown.new)


@dataclass(frozen=True)
class _Grown:
    """A longer roll, before it is signed or written."""

    tree: Tree
    new: list[tuple[bytes, int, bytes]]
    """(tag, slot, hash of the leaf), in the order of the tags."""
    former: dict[int, bytes]
    """The tags under which void slots lie from now on, whose members have got new ones."""

    def head(self) -> dict[str, object]:
        proof = [each.hex() for each in self.tree.consistency(self.tree.size - len(self.new))]
        return {"size": self.tree.size, "root": self.tree.root.hex(), "proof": proof}


async def _grown(unit: Unit, row: UrnRow, seeds: Seeds) -> _Grown:
    """Who of the electorate has no slot that votes: it never had one, or that was voided, and not for an envelope."""
    if row.ballot_id is None:
        raise InvalidInputError(FieldError("urn", "nobody_new"))
    key = seeds.read(row.id, API).roll
    tree = Tree(await urns.roll_leaves(unit.session, row.id))
    known = dict(await urns.marks(unit.session, row.id))
    voids = read_log(await urn_log.leaves_but_ballots(unit.session, row.id)).voids
    struck = {slot for slot, reason in voids.items() if reason != PAPER}
    tagged = sorted((tag(key, member.hex), member.hex) for member in await urns.electors(unit.session, row.ballot_id))
    come = [(mark, member) for mark, member in tagged if mark not in known or known[mark] in struck]
    new = [(mark, slot, leaf_hash(roll_leaf(key, member, slot))) for slot, (mark, member) in enumerate(come, tree.size)]
    former = {known[mark]: former_tag(key, member, known[mark]) for mark, member in come if mark in known}
    tree.add(hashed for _, _, hashed in new)
    return _Grown(tree, new, former)


async def _begun(unit: Unit, urn_id: UUID) -> UrnRow:
    row = await urns.locked(unit.session, urn_id)
    if row is None:
        raise NotFoundError("urn", urn_id)
    if row.m is None:
        raise InvalidInputError(FieldError("urn", "not_begun"))
    return row


async def _check_slot(unit: Unit, urn_id: UUID, slot: int) -> None:
    void = await urns.is_void(unit.session, urn_id, slot)
    if void is None or void:
        raise InvalidInputError(FieldError("slot", "slot_void" if void else "no_such_slot"))


def _check_later(row: UrnRow, closes: datetime) -> None:
    if closes <= row.closes_at:
        raise InvalidInputError(FieldError("closes", "not_later"))
