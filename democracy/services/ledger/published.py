"""The ledger as everybody may have it: its newest checkpoint, its key, its tree in tiles. Nothing tells of any case."""

from democracy.ballotbox.step_leaf import GAP, step_leaf
from democracy.ballotbox.tiles import Tile, pack
from democracy.storage import chain, ledger_tree
from democracy.storage.ledger_tree import Connected


async def checkpoint(connection: Connected) -> bytes | None:
    """The newest signed note."""
    found = await ledger_tree.latest_checkpoint(connection)
    return None if found is None else found[1].encode()


async def key(connection: Connected) -> bytes | None:
    """The verifier key that the server says is its own."""
    found = await ledger_tree.setting(connection, ledger_tree.LOG)
    return None if found is None else f"{found}\n".encode()


async def tile(connection: Connected, name: str) -> bytes | None:
    """A tile or a bundle of entries by its name; None where the newest checkpoint does not reach so far."""
    wanted = Tile.parse(name)
    size, _ = await ledger_tree.latest_checkpoint(connection) or (0, "")
    if wanted is None or not wanted.within(size):
        return None
    if wanted.level is None:
        return await _entries(connection, wanted)
    known = await ledger_tree.nodes(connection, wanted.nodes)
    return b"".join(known[node] for node in wanted.nodes)


async def _entries(connection: Connected, wanted: Tile) -> bytes:
    salt = await ledger_tree.salt_key(connection)
    records = await chain.records(connection, wanted.first, wanted.first + wanted.width)
    places = range(wanted.first + 1, wanted.first + wanted.width + 1)
    return pack([step_leaf(salt, at, records[at]).data if at in records else GAP for at in places])
