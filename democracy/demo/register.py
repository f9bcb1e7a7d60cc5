"""The register of the story: files as a district would have them, read by the import that every district uses."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from democracy.demo import nominees, parts, times
from democracy.demo.cast import NEWCOMER, Member, board_of, delegates_of
from democracy.demo.content import Content, southern_order
from democracy.demo.stage import DISTRICT, PARTY, SOUTH, SYSTEM, Stage, body_code, is_standard
from democracy.domain.kinds import MandateRole, UnitKind
from democracy.domain.swedish import plain_word
from democracy.services.register import Register
from democracy.services.statutes import StatutesService
from democracy.storage.register_units import add_bodies
from workflows.statutes import packaged

Rows = Iterable[Mapping[str, object]]

MANDATES_FROM = date(2024, 4, 1)
_BRANCH_ROLES = (MandateRole.CHAIR, MandateRole.SECRETARY, MandateRole.TREASURER)
_STREETS = ("Björkvägen", "Smedjegatan", "Ängsstigen", "Hamngatan", "Nygatan", "Skogsvägen", "Kvarnbacken")


def codes_of(content: Content) -> dict[str, str]:
    """A code for every unit: the name without what all names begin with."""
    below = {each.name: plain_word(each.name.split(" ", 1)[1]) for each in content.branches}
    district, southern = content.district, content.conference.sitting.district.name
    return {district.party.name: PARTY, district.district.name: DISTRICT, southern: SOUTH, **below}


async def fill(stage: Stage, folder: Path) -> None:
    """Read in units, members, mandates and staff, and adopt the statutes."""
    register = Register(stage.database, times.REGISTER_READ)
    await register.import_units(_file(folder, "enheter", _units(stage)), apply=True)
    await stage.look()
    await _more_bodies(stage)
    await _adopt(stage)
    members = [each for each in stage.cast.members if str(each) != NEWCOMER]
    await _members(stage, folder, times.REGISTER_READ, members, date(2024, 6, 1), first=True)
    await register.import_mandates(_file(folder, "uppdrag", _mandates(stage)), apply=True)
    await register.import_staff(_file(folder, "anstallda", _staff()), apply=True)
    await stage.look()


async def pay_fees(stage: Stage, folder: Path) -> None:
    """Read the register again a year later."""
    members = [each for each in stage.cast.members if str(each) != NEWCOMER]
    await _members(stage, folder, times.FEES_READ, members, date(2025, 6, 1))


async def enter_newcomer(stage: Stage, folder: Path, at: datetime, paid: date) -> None:
    """Read in one new member, whose fee was paid on that day."""
    await _members(stage, folder, at, [stage.cast.named(NEWCOMER)], paid, first=True)
    await stage.look()


async def _members(
    stage: Stage, folder: Path, at: datetime, members: list[Member], paid: date, *, first: bool = False
) -> None:
    rows = (_member(stage, each, paid, first=first) for each in members)
    await Register(stage.database, at).import_members(_file(folder, "medlemmar", rows), apply=True)


def _units(stage: Stage) -> Rows:
    district, southern = stage.content.district, stage.content.conference.sitting
    yield {"Kod": PARTY, "Namn": district.party.name, "Typ": "parti", "Överordnad": ""}
    yield {"Kod": DISTRICT, "Namn": district.district.name, "Typ": "distrikt", "Överordnad": PARTY}
    yield {"Kod": SOUTH, "Namn": southern.district.name, "Typ": "distrikt", "Överordnad": PARTY}
    for above, branches in ((DISTRICT, district.branches), (SOUTH, southern.branches)):
        for each in branches:
            yield {"Kod": stage.codes[each.name], "Namn": each.name, "Typ": each.kind.value, "Överordnad": above}


async def _adopt(stage: Stage) -> None:
    statutes = StatutesService(stage.database, times.REGISTER_READ)
    await statutes.adopt(stage.units[PARTY], packaged("vansterpartiet"), actor=SYSTEM)
    await statutes.adopt(stage.units[DISTRICT], packaged("norrviken"), actor=SYSTEM)
    await statutes.adopt(stage.units[SOUTH], southern_order(), actor=SYSTEM)


async def _more_bodies(stage: Stage) -> None:
    bodies = stage.content.district.bodies
    more = [(body_code(each.name, each.kind), each.kind, each.name) for each in bodies if not is_standard(each.kind)]
    async with stage.database.unit(times.REGISTER_READ) as unit:
        await add_bodies(await unit.session.connection(), stage.units[DISTRICT], more)


def _member(stage: Stage, member: Member, paid: date, *, first: bool) -> dict[str, object]:
    number = int(member.number)
    joined = paid if str(member) == NEWCOMER else date(2004, 1, 1) + timedelta(days=number * 7919 % 7300)
    paid += timedelta(days=0 if str(member) == NEWCOMER else number % 80)
    gender = member.name.gender
    return {
        "Medlemsnummer": number,
        "Förnamn": member.name.given,
        "Efternamn": member.name.family,
        "E-post": member.email,
        "Adress": f"{_STREETS[number % len(_STREETS)]} {number % 60 + 1}",
        "Postnummer": f"{900 + number % 90} {number % 80 + 10}",
        "Ort": member.branch.municipality or "Norrvik",
        "Kön": gender.value if gender and number % 5 else "",
        "Språk": "en" if number % 97 == 0 else "sv",
        "Skyddad identitet": "ja" if number % 701 == 0 else "nej",
        "Inträdde": joined,
        "Förening": stage.codes[member.branch.name],
        "Andra förening": _second(stage, member),
        "Avgift betald": paid,
        "Gäller från": (joined if str(member) != NEWCOMER else paid) + timedelta(days=30) if first else "",
    }


def _second(stage: Stage, member: Member) -> str:
    """Every other member of a trade or student branch belongs to a geographic one too."""
    here = [each for each in stage.content.district.branches if each.kind is UnitKind.LOCAL_BRANCH]
    if member.branch.municipality is not None or int(member.number) % 2:
        return ""
    return stage.codes[here[int(member.number) % len(here)].name]


def _mandates(stage: Stage) -> Rows:
    cast, district = stage.cast, stage.content.district
    kinds = {each.name: each.kind for each in district.bodies}
    for each in district.people:
        if each.body is not None and each.role is not None:
            yield _mandate(body_code(each.body, kinds[each.body]), cast.named(each.name), each.role)
    for body, name, role in parts.PLACES:
        yield _mandate(body, cast.named(name), role)
    for person in stage.content.conference.sitting.people:
        if person.role is not None:
            yield _mandate(f"{SOUTH}/board", cast.named(person.name), person.role)
    for body, member, role in nominees.mandates(cast, stage.content):
        yield _mandate(body, member, role)
    for branch in stage.content.branches:
        board = board_of(cast, branch, [each.name for each in stage.content.people])
        for place, member in enumerate(board):
            role = _BRANCH_ROLES[place] if place < len(_BRANCH_ROLES) else MandateRole.MEMBER
            yield _mandate(f"{stage.codes[branch.name]}/board", member, role)
    yield from _delegates(stage)


def _delegates(stage: Stage) -> Iterator[Mapping[str, object]]:
    district = stage.content.district
    boards = {each.name for each in district.people if each.body is not None}
    for branch in district.branches:
        for member in delegates_of(stage.cast, branch, [*boards, parts.PRESIDIUM, parts.WRITER, NEWCOMER]):
            for body in ("district_conference", "election_conference"):
                yield _mandate(f"{DISTRICT}/{body}", member, MandateRole.DELEGATE)


def _mandate(body: str, member: Member, role: MandateRole) -> dict[str, object]:
    return {
        "Organ": body, "Medlemsnummer": member.number, "Roll": role.value, "Från": MANDATES_FROM,
        "Beslut": "Årsmötet 2024, § 14",
    }  # fmt: skip


def _staff() -> Rows:
    yield {
        "E-post": parts.STAFF_EMAIL, "Namn": parts.STAFF_NAME, "Enhet": DISTRICT, "Titel": "Ombudsman",
        "Från": date(2022, 8, 15),
    }  # fmt: skip


def _file(folder: Path, name: str, rows: Rows) -> Path:
    """A file as a spreadsheet would save it."""
    path = folder / f"{name}.csv"
    listed = list(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(listed[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(listed)
    return path
