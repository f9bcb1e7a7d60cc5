"""Tries to link opened ballots with voters, from everything that an urn's server has on its disk.

A voter-side order is any order in which slots can be read: by a column, by a hidden column, by where a box lies in a
file, or the order of a list peeled with known keys. A ballot-side order is any in which ballots can be read after the
opening. Linked are those whose ranks agree.
"""

import random
import secrets
import sqlite3
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from democracy.ballotbox.ballot import Body, Layer, seal
from democracy.ballotbox.manifest import Manifest
from democracy.storage.unit_of_work import Database

CHANCE = 9
"""Ranks that agree by chance: one is expected, ten come once in ten million times."""
SIGMAS = 5.0
HIDDEN = {"sqlite": ("rowid",), "postgresql": ("ctid", "xmin::text::bigint", "cmin::text::bigint")}
_WORD = 8


@dataclass
class Voter:
    """One voter's client: what it alone knows."""

    slot: int
    seed: bytes
    body: Body
    layers: Sequence[Layer]

    @property
    def box(self) -> bytes:
        return self.layers[0].box

    @property
    def secrets(self) -> list[bytes]:
        """What must be nowhere before the mixing: code (and so message), seed, and every inner layer's `enc`."""
        hidden = [self.seed, *(layer.box[:32] for layer in self.layers[1:])]
        return [self.body.code.encode(), *hidden, *(each.hex().encode() for each in hidden)]


def voter(manifest: Manifest, m: bytes, slot: int, choice: str) -> Voter:
    """A client with a fresh seed and code."""
    code = "".join(random.SystemRandom().choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16))
    body, seed = Body({"1": (choice,)}, code), secrets.token_bytes(32)
    return Voter(slot, seed, body, seal(manifest, m, slot, seed, body.message(manifest)))


def found_in(data: bytes, wanted: Iterable[bytes]) -> set[bytes]:
    """Which byte strings occur in the data, anywhere. Their first eight bytes are looked for at every place."""
    known = defaultdict[int, list[bytes]](list)
    for each in wanted:
        known[int.from_bytes(each[:_WORD], sys.byteorder)].append(each)
    hits: set[int] = set()
    for shift in range(_WORD):
        words = array("Q")
        words.frombytes(data[shift : len(data) - (len(data) - shift) % _WORD])
        hits.update(set(known).intersection(words))
    return {each for hit in hits for each in known[hit] if each in data}


def places(data: bytes, boxes: dict[int, bytes]) -> list[int]:
    """Slots in the order in which their boxes lie in a file; those that are not there left out."""
    at = {slot: data.find(box[:32]) for slot, box in boxes.items()}
    return sorted((slot for slot, place in at.items() if place >= 0), key=at.__getitem__)


@dataclass
class Link:
    """Two orders and how far they agree."""

    voters: str
    ballots: str
    matches: int
    rho: float


@dataclass
class Orders:
    """Orders of slots by name, each of all slots."""

    size: int
    found: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, slots: Iterable[int]) -> None:
        """Keep an order, if it orders everybody and is not already there."""
        order = list(slots)
        if len(order) == self.size and len(set(order)) == self.size:
            self.found[name] = order


def links(voters: Orders, ballots: Orders) -> list[Link]:
    """Every pair of orders, forwards and backwards, that agree by more than chance."""
    bound = SIGMAS / voters.size**0.5
    told = []
    for name, order in voters.found.items():
        rank = {slot: at for at, slot in enumerate(order)}
        for other, opened in ballots.found.items():
            for way, seen in ((other, opened), (f"{other}, backwards", opened[::-1])):
                ranks = [rank[slot] for slot in seen]
                matches, rho = sum(at == each for at, each in enumerate(ranks)), _rho(ranks)
                if matches > CHANCE or abs(rho) >= bound:
                    told.append(Link(name, way, matches, rho))
    return told


def _rho(ranks: Sequence[int]) -> float:
    """Spearman's coefficient of ranks against 0, 1, 2 …"""
    n = len(ranks)
    return 1 - 6 * sum((at - each) ** 2 for at, each in enumerate(ranks)) / (n * (n * n - 1))


async def by_columns(database: Database, kind: str, orders: Orders) -> None:
    """The slots by every column, hidden ones too, of every table that names slots."""
    async with database.read() as connection:
        tables = await connection.run_sync(lambda each: inspect(each).get_table_names())
        for table in tables:
            columns = await connection.run_sync(_columns, table)
            if "slot" not in columns:
                continue
            for column in [*(f'"{each}"' for each in columns), *HIDDEN[kind], "1"]:
                orders.add(f"{table} by {column}", await _slots(connection, table, column))


def _columns(connection: Connection, table: str) -> list[str]:
    return [each["name"] for each in inspect(connection).get_columns(table)]


async def _slots(connection: Any, table: str, column: str) -> list[int]:
    try:
        rows = await connection.execute(text(f'SELECT slot FROM "{table}" ORDER BY {column}'))
        return list(rows.scalars())
    except Exception as error:  # there is no such hidden column: WITHOUT ROWID
        if "no such column" not in str(error):
            raise
        return []


def sqlite_files(path: Path) -> bytes:
    """Database, WAL and a dump."""
    connection = sqlite3.connect(path)
    try:
        dump = "\n".join(connection.iterdump()).encode()
    finally:
        connection.close()
    beside = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")]
    return b"\n".join([*(each.read_bytes() for each in beside if each.exists()), dump])


async def postgres_files(database: Database, since: str) -> bytes:
    """The database's files, the WAL since a segment, and the server's log."""
    async with database.read() as connection:
        await connection.execute(text("CHECKPOINT"))
        folder = Path((await connection.execute(text("SHOW data_directory"))).scalar_one())
        named = text("SELECT oid FROM pg_database WHERE datname = current_database()")
        oid = (await connection.execute(named)).scalar_one()
    files = sorted((folder / "base" / str(oid)).iterdir())
    files += [each for each in sorted((folder / "pg_wal").iterdir()) if each.is_file() and each.name >= since]
    return b"\n".join(each.read_bytes() for each in [*files, folder.parent / "log"])


async def wal_segment(database: Database) -> str:
    """The segment that is being written."""
    async with database.read() as connection:
        return str((await connection.execute(text("SELECT pg_walfile_name(pg_current_wal_lsn())"))).scalar_one())
