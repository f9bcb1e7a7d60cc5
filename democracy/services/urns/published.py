"""What everybody may have of an urn."""

import re
from uuid import UUID

from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.tiles import Tile, pack
from democracy.storage import urn_log, urns
from democracy.storage.statutes import Connected

_LIST = re.compile(r"list-[1-9][0-9]{0,2}")


async def public_file(connection: Connected, urn_id: UUID, name: str) -> bytes | None:
    """A file by its name; None for what is for the key holders and auditors, or is not there yet.

    The first list binds ballots to slots. The opened ballots are for auditors where the urn's key is.
    """
    if not _LIST.fullmatch(name) and name not in {"codes", "final", "protocol"}:
        return None
    if name == "final" and await urns.file(connection, urn_id, "secret") is not None:
        return None
    return await urns.file(connection, urn_id, name)


async def checkpoint(connection: Connected, urn_id: UUID) -> bytes | None:
    """The newest signed note of an urn's log."""
    found = await urn_log.latest_checkpoint(connection, urn_id)
    return None if found is None else found[1].encode()


async def tile(connection: Connected, urn_id: UUID, name: str) -> bytes | None:
    """A tile of an urn's log, or a bundle of its leaves (C2SP tlog-tiles); None beyond the newest checkpoint."""
    wanted = Tile.parse(name)
    size, _ = await urn_log.latest_checkpoint(connection, urn_id) or (0, "")
    if wanted is None or not wanted.within(size):
        return None
    if wanted.level is None:
        return pack(await urn_log.leaves(connection, urn_id, wanted.first, wanted.width))
    known = await urn_log.nodes(connection, urn_id, wanted.nodes)
    return b"".join(known[node] for node in wanted.nodes)


async def whole_bundle(connection: Connected, urn_id: UUID) -> Bundle | None:
    """Everything of an urn, what is the auditors' own included; None for one without a log."""
    leaves = tuple(await urn_log.leaves(connection, urn_id))
    if not leaves:
        return None
    notes = tuple(note for _, note in await urn_log.checkpoints(connection, urn_id))
    files = await urns.files(connection, urn_id)
    lists = {int(name[5:]): data for name, data in files.items() if name.startswith("list-")}
    return Bundle(
        leaves, notes, lists, files.get("final"), files.get("codes"), files.get("protocol"), files.get("secret")
    )


async def public_bundle(connection: Connected, urn_id: UUID) -> Bundle | None:
    """The same without what is not for everybody."""
    whole = await whole_bundle(connection, urn_id)
    return None if whole is None else whole.public()
