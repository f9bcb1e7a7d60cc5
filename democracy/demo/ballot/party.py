"""A party of any size: units, members and those who hold its offices, read in as any register is."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from democracy.domain.actors import Member, Operator
from democracy.domain.kinds import MandateRole
from democracy.services.register import Register
from democracy.services.statutes import StatutesService
from democracy.storage.register_mandates import body_ids
from democracy.storage.register_members import member_ids
from democracy.storage.register_units import known_units
from democracy.storage.unit_of_work import Database
from workflows.statutes import packaged

FIRST, DISTRICTS, PER_BRANCH = 100_000, 21, 60
BOARD = "parti/board"
_GIVEN = ("Alva", "Bosse", "Cilla", "Dawit", "Elsa", "Farid", "Greta", "Hamid", "Iris", "Jonas", "Kerstin")
_FAMILY = ("Alehage", "Björkvide", "Dalmo", "Ekfors", "Furuland", "Granhed", "Hedmark", "Kvistrum", "Lundvik")

Rows = Iterable[Mapping[str, object]]


@dataclass(frozen=True)
class Party:
    """What a ballot needs to know of it."""

    unit: UUID
    board: UUID
    secretary: Member
    chair: Member


async def found(database: Database, folder: Path, members: int, at: datetime, show: Callable[[float], None]) -> Party:
    """Read the party in; `show` is told which share of the members has come."""
    register = Register(database, at)
    await register.import_units(_file(folder, "enheter", _units(members)), apply=True)
    async with database.read() as connection:
        unit = (await known_units(connection))["parti"]["id"]
    await StatutesService(database, at).adopt(unit, packaged("vansterpartiet"), actor=Operator())
    path = _file(folder, "medlemmar", (_member(each, members) for each in range(members)))
    size = path.stat().st_size
    await register.import_members(path, apply=True, progress=lambda done: show(done / size))
    offices = {str(FIRST): MandateRole.SECRETARY, str(FIRST + 1): MandateRole.CHAIR}
    await register.import_mandates(_file(folder, "uppdrag", _mandates(offices)), apply=True)
    async with database.read() as connection:
        board = (await body_ids(connection))[BOARD]
        ids = await member_ids(connection, set(offices))
    return Party(unit, board, Member(ids[str(FIRST)]), Member(ids[str(FIRST + 1)]))


def branches(members: int) -> int:
    """How many branches so many members have."""
    return max(3, members // PER_BRANCH)


def _units(members: int) -> Rows:
    yield {"Kod": "parti", "Namn": "Solpartiet", "Typ": "parti", "Överordnad": ""}
    for each in range(DISTRICTS):
        yield {"Kod": f"d{each}", "Namn": f"Distrikt {each + 1}", "Typ": "distrikt", "Överordnad": "parti"}
    for each in range(branches(members)):
        above = f"d{each % DISTRICTS}"
        yield {"Kod": f"f{each}", "Namn": f"Förening {each + 1}", "Typ": "partiförening", "Överordnad": above}


def _member(index: int, members: int) -> dict[str, object]:
    mail = "" if index % 20 == 7 else f"m{index}@exempel.example"
    return {
        "Medlemsnummer": FIRST + index,
        "Förnamn": _GIVEN[index % len(_GIVEN)],
        "Efternamn": _FAMILY[index % len(_FAMILY)],
        "E-post": mail,
        "Adress": f"Skogsvägen {index % 90 + 1}",
        "Postnummer": "900 10",
        "Ort": "Norrvik",
        "Inträdde": "2015-03-01",
        "Förening": f"f{index % branches(members)}",
        "Avgift betald": "2026-01-15",
        "Gäller från": "2015-04-01",
    }


def _mandates(offices: Mapping[str, MandateRole]) -> Rows:
    for number, role in offices.items():
        yield {
            "Organ": BOARD, "Medlemsnummer": number, "Roll": role.value, "Från": "2024-04-01",
            "Beslut": "Kongressen 2024, § 14",
        }  # fmt: skip


def _file(folder: Path, name: str, rows: Rows) -> Path:
    """A file as a spreadsheet would save it."""
    path, listed = folder / f"{name}.csv", list(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(listed[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(listed)
    return path
