"""Adopted statutes: immutable versions, and the sets that cases were opened under."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.domain.ids import new_id
from democracy.domain.kinds import UnitKind
from democracy.errors import NotFoundError
from democracy.storage.tables.meeting import ResolvedStatutesRow, StatutesRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from democracy.storage.types import any_of
from workflows.statutes import Resolved, Statutes, canonical_json, from_json, resolve, valid_on

Connected = AsyncSession | AsyncConnection


async def adopt(session: AsyncSession, unit_id: UUID, statutes: Statutes, at: datetime) -> UUID:
    """Store a version as the unit's own. Adopting the same version again changes nothing."""
    existing = await session.execute(
        select(StatutesRow.id).where(StatutesRow.unit_id == unit_id, StatutesRow.digest == statutes.digest)
    )
    known = existing.scalar_one_or_none()
    if known is not None:
        return known
    row = StatutesRow(
        id=new_id(),
        unit_id=unit_id,
        digest=statutes.digest,
        valid_from=statutes.valid_from,
        adopted_at=at,
        content=canonical_json(statutes),
    )
    session.add(row)
    await session.flush()
    return row.id


async def in_force(connection: Connected, unit_id: UUID, day: date) -> Resolved:
    """What a case opened in the unit on that day is tried by: its own level's set under those above.

    Raises NotFoundError when neither the unit nor one above it has adopted statutes.
    """
    found = (await in_force_for(connection, [unit_id], day)).get(unit_id)
    if found is None:
        raise NotFoundError("statutes", unit_id)
    return found


async def in_force_for(connection: Connected, units: Sequence[UUID], day: date) -> dict[UUID, Resolved]:
    """The same for many units; those without statutes are left out."""
    levels = await _levels(connection, any_of(UnitAncestorRow.unit_id, units), day)
    return {unit_id: _merged(valid) for unit_id, valid in levels.items() if valid}


async def levels_above(connection: Connected, unit_id: UUID, day: date) -> list[Statutes]:
    """The sets in force on a day of the units above one, the highest first."""
    above = and_(UnitAncestorRow.unit_id == unit_id, UnitAncestorRow.distance > 0)
    return (await _levels(connection, above, day)).get(unit_id, [])


async def own_level(connection: Connected, unit_id: UUID, day: date) -> Statutes | None:
    """The unit's own set in force on a day, without those above it; None where it has adopted none."""
    own = and_(UnitAncestorRow.unit_id == unit_id, UnitAncestorRow.distance == 0)
    return next(iter((await _levels(connection, own, day)).get(unit_id, [])), None)


async def unit_name(connection: Connected, unit_id: UUID) -> str:
    """What a unit is called."""
    return (await connection.execute(select(UnitRow.name).where(UnitRow.id == unit_id))).scalar_one()


async def unit_kind(connection: Connected, unit_id: UUID) -> UnitKind | None:
    """What a unit is; None if there is no such unit."""
    rows = await connection.execute(select(UnitRow.kind).where(UnitRow.id == unit_id))
    return rows.scalar_one_or_none()


async def unit_by_code(connection: Connected, code: str) -> UUID:
    """The unit that import files know by a code; NotFoundError if there is none."""
    rows = await connection.execute(select(UnitRow.id).where(UnitRow.code == code))
    found = rows.scalar_one_or_none()
    if found is None:
        raise NotFoundError("unit", code)
    return found


async def _levels(connection: Connected, which: ColumnElement[bool], day: date) -> dict[UUID, list[Statutes]]:
    """The sets in force on a day, the highest first, by the unit that they are looked up for."""
    rows = await connection.execute(
        select(UnitAncestorRow.unit_id, StatutesRow.content, UnitAncestorRow.distance)
        .join(StatutesRow, StatutesRow.unit_id == UnitAncestorRow.ancestor_id)
        .where(which)
        .order_by(UnitAncestorRow.distance.desc(), StatutesRow.adopted_at, StatutesRow.id)
    )
    levels: dict[UUID, dict[int, list[Statutes]]] = {}
    for unit_id, content, distance in rows:
        levels.setdefault(unit_id, {}).setdefault(distance, []).append(_read(content))
    return {
        unit_id: [version for versions in found.values() if (version := valid_on(versions, day)) is not None]
        for unit_id, found in levels.items()
    }


async def keep(session: AsyncSession, resolved: Resolved) -> str:
    """Store the set that a case is opened under and return its digest."""
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    content = [json.loads(canonical_json(level)) for level in resolved.levels]
    statement = make(ResolvedStatutesRow).values(
        digest=resolved.digest,
        levels=json.dumps([level.digest for level in resolved.levels]),
        content=json.dumps(content, ensure_ascii=False),
    )
    await session.execute(statement.on_conflict_do_nothing())
    return resolved.digest


_known: dict[str, Resolved] = {}


async def by_digest(connection: Connected, *digests: str) -> dict[str, Resolved]:
    """The sets that cases were opened under. They never change, so each process reads each once."""
    missing = sorted(set(digests) - _known.keys())
    if missing:
        rows = await connection.execute(
            select(ResolvedStatutesRow.digest, ResolvedStatutesRow.content).where(
                ResolvedStatutesRow.digest.in_(missing)
            )
        )
        for digest, content in rows:
            _known[digest] = resolve(*(_read(json.dumps(level)) for level in json.loads(content)))
    return {digest: _known[digest] for digest in digests}


def _merged(levels: Sequence[Statutes]) -> Resolved:
    """Levels that have been merged before are not merged again: the same digests are the same sets."""
    key = tuple(level.digest for level in levels)
    found = _known_merged.get(key)
    if found is None:
        found = _known_merged[key] = resolve(*levels)
    return found


_known_merged: dict[tuple[str, ...], Resolved] = {}


@lru_cache(maxsize=64)
def _read(content: str) -> Statutes:
    return from_json(content)


async def adopted(connection: Connected, day: date) -> dict[str, Resolved]:
    """What each unit with statutes of its own is governed by on a day, by the unit's code."""
    units = await connection.execute(
        select(UnitRow.id, UnitRow.code).join(StatutesRow, StatutesRow.unit_id == UnitRow.id).distinct()
    )
    codes = {row.id: row.code for row in units}
    found = await in_force_for(connection, list(codes), day)
    return {codes[unit_id]: rules for unit_id, rules in sorted(found.items(), key=lambda each: codes[each[0]])}
