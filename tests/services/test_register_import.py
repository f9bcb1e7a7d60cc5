from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from democracy.domain.kinds import BodyKind, UnitKind
from democracy.errors import NotFoundError
from democracy.services.register import Register
from democracy.services.register_report import ImportRefusedError, Tally
from democracy.storage.statutes import adopt
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow, StaffRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Database
from tests.services.register_files import MANDATES, MEMBERS, UNITS, write
from workflows.statutes import packaged

AT = datetime(2026, 4, 1, 12, tzinfo=UTC)
PARTY = packaged("vansterpartiet")


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database, AT)


@pytest.fixture
async def filled(register: Register, tmp_path: Path) -> Register:
    await register.import_units(write(tmp_path, UNITS), apply=True)
    await register.import_members(write(tmp_path, MEMBERS), statutes=PARTY, apply=True)
    return register


async def rows(database: Database, *columns: Any, where: Any = None) -> list[Any]:
    async with database.read() as connection:
        return [
            tuple(row) for row in await connection.execute(select(*columns).where(*([] if where is None else [where])))
        ]


async def everything(database: Database) -> list[set[Any]]:
    """Every row of the register."""
    tables = (UnitRow, BodyRow, UnitAncestorRow, MemberRow, MembershipRow, MandateRow, StaffRow)
    return [set(await rows(database, *table.__table__.columns)) for table in tables]


def reasons(refused: ImportRefusedError) -> list[tuple[int, str | None]]:
    return [(error.line, error.column) for error in refused.report.errors]


async def test_units_come_in_with_their_tree_whatever_the_order_and_with_their_bodies(
    register: Register, tmp_path: Path
) -> None:
    report = await register.import_units(write(tmp_path, UNITS), apply=True)
    assert report.applied
    assert report.tally("units") == Tally(new=4)
    units = {code: unit for unit, code in await rows(register.database, UnitRow.id, UnitRow.code)}
    ancestors = {
        (unit, above): far
        for unit, above, far in await rows(
            register.database, UnitAncestorRow.unit_id, UnitAncestorRow.ancestor_id, UnitAncestorRow.distance
        )
    }
    assert ancestors[units["ALM"], units["FOLK"]] == 2
    assert ancestors[units["ALM"], units["ALM"]] == 0
    assert len(ancestors) == 1 + 2 + 3 + 3
    bodies = dict(await rows(register.database, BodyRow.code, BodyRow.kind))
    assert bodies["NORR/representative_council"] is BodyKind.REPRESENTATIVE_COUNCIL
    assert len(bodies) == 5 + 6 + 5 + 5


async def test_a_preview_counts_what_an_import_then_does_and_writes_nothing(register: Register, tmp_path: Path) -> None:
    path = write(tmp_path, UNITS)
    seen = await register.import_units(path)
    assert not seen.applied
    assert await everything(register.database) == [set()] * 7
    done = await register.import_units(path, apply=True)
    assert seen.tallies == done.tallies


async def test_members_come_in_with_their_memberships(filled: Register) -> None:
    found = await rows(filled.database, MemberRow.number, MemberRow.family_name, MemberRow.email_key)
    assert sorted(found) == [
        ("1001", "Östergård", "asa@exempel.se"),
        ("1002", "Ahlmark", None),
        ("1003", "Äng", "orjan@exempel.se"),
    ]
    memberships = await rows(filled.database, MembershipRow.voting, MembershipRow.effective_on, MembershipRow.lapses_on)
    lapses = date(2027, 2, 1) + timedelta(days=90)
    assert memberships.count((True, date(2026, 3, 3), lapses)) == 1
    assert memberships.count((False, date(2026, 3, 3), lapses)) == 1
    assert memberships.count((True, None, None)) == 1
    async with filled.database.read() as connection:
        ordered = (await connection.execute(select(MemberRow.number).order_by(MemberRow.sort_key))).scalars().all()
    assert ordered == ["1002", "1003", "1001"]


@pytest.mark.parametrize("kind", ["units", "members", "mandates", "staff"])
async def test_the_same_file_again_changes_nothing(filled: Register, tmp_path: Path, kind: str) -> None:
    staff = "E-post;Namn;Enhet;Titel;Från\nkansli@exempel.se;Ida Ask;NORR;Ombudsman;2026-01-01\n"
    path = write(tmp_path, {"units": UNITS, "members": MEMBERS, "mandates": MANDATES, "staff": staff}[kind])
    again: Any = {
        "units": lambda: filled.import_units(path, apply=True),
        "members": lambda: filled.import_members(path, statutes=PARTY, apply=True),
        "mandates": lambda: filled.import_mandates(path, apply=True),
        "staff": lambda: filled.import_staff(path, apply=True),
    }[kind]
    await again()
    before = await everything(filled.database)
    report = await again()
    for tally in report.tallies.values():
        assert (tally.new, tally.changed, tally.ended) == (0, 0, 0)
    assert report.tally(kind).unchanged > 0
    assert await everything(filled.database) == before


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Kod;Namn;Typ;Överordnad\nA;Alfa;distrikt;B\nB;Beta;distrikt;A\n", [(2, "Överordnad"), (3, "Överordnad")]),
        ("Kod;Namn;Typ;Överordnad\nA;Alfa;distrikt;A\n", [(2, "Överordnad")]),
        ("Kod;Namn;Typ;Överordnad\nA;Alfa;partiförening;\n", [(2, "Överordnad")]),
        ("Kod;Namn;Typ;Överordnad\nA;Alfa;partiförening;BORTA\n", [(2, "Överordnad")]),
        ("Kod;Namn;Typ;Överordnad\nA;Alfa;parti;\nB;Beta;parti;A\n", [(3, "Överordnad")]),
        ("Kod;Namn;Typ\nA;Alfa;parti\nA;Annan;parti\n", [(3, "Kod")]),
        ("Kod;Namn;Typ\nA;;klubb\n;Beta;parti\n", [(2, "Namn"), (2, "Typ"), (3, "Kod")]),
        # A unit under one whose own row is bad is not blamed for it.
        ("Kod;Namn;Typ;Överordnad\nA;Alfa;klubb;\nB;Beta;distrikt;A\n", [(2, "Typ")]),
    ],
)
async def test_a_tree_that_does_not_hold_is_refused_whole_with_every_reason(
    register: Register, tmp_path: Path, text: str, where: list[tuple[int, str]]
) -> None:
    path = write(tmp_path, text + "X;Gott;parti\n")
    assert [(e.line, e.column) for e in (await register.import_units(path)).errors] == where
    with pytest.raises(ImportRefusedError) as refused:
        await register.import_units(path, apply=True)
    assert reasons(refused.value) == where
    assert await everything(register.database) == [set()] * 7


async def test_a_moved_unit_takes_its_ancestors_with_it(filled: Register, tmp_path: Path) -> None:
    moved = "Kod;Namn;Typ;Överordnad\nSYD;Södra distriktet;distrikt;FOLK\nALM;Almhults partiförening;light_branch;SYD\n"
    report = await filled.import_units(write(tmp_path, moved), apply=True)
    assert report.tally("units") == Tally(new=1, changed=1)
    assert report.changes == ["ALM: Överordnad, Typ"]
    units = {code: unit for unit, code in await rows(filled.database, UnitRow.id, UnitRow.code)}
    above = {
        (unit, ancestor)
        for unit, ancestor in await rows(filled.database, UnitAncestorRow.unit_id, UnitAncestorRow.ancestor_id)
    }
    assert {ancestor for unit, ancestor in above if unit == units["ALM"]} == {units["ALM"], units["SYD"], units["FOLK"]}
    assert dict(await rows(filled.database, UnitRow.code, UnitRow.kind))["ALM"] is UnitKind.LIGHT_BRANCH


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("1;A;B;ALM;;;nyss\n", [(2, "Avgift betald")]),
        ("1;A;B;ALM;;;2026-02-30\n", [(2, "Avgift betald")]),
        ("1;A;B;ALM;;;2026-04-02\n", [(2, "Avgift betald")]),
        ("1;A;B;BORTA;;;\n2;;B;ALM;;;\n", [(2, "Förening"), (3, "Förnamn")]),
        ("1;A;B;ALM;;ja;\n1;A;B;BYGG;;ja;\n", [(3, "Rösträtt")]),
        ("1;A;B;ALM;;;\n1;A;B;BYGG;;;\n", [(2, "Rösträtt")]),
        ("1;A;B;ALM;;nej;\n", [(2, "Rösträtt")]),
        ("1;A;B;ALM;ALM;;\n", [(2, "Andra förening")]),
        ("1;A;B;ALM;;;\n2;C;D;ALM;;;\n1;A;B;BYGG;;nej;\n", [(4, "Medlemsnummer")]),
        ("1;A;B;ALM;;ja;\n1;A;Annan;BYGG;;nej;\n", [(3, "Efternamn")]),
    ],
)
async def test_bad_members_keep_the_good_ones_out_and_each_is_named(
    filled: Register, tmp_path: Path, text: str, where: list[tuple[int, str]]
) -> None:
    heading = "Medlemsnummer;Förnamn;Efternamn;Förening;Andra förening;Rösträtt;Avgift betald\n"
    path = write(tmp_path, heading + text + "77;God;Granne;ALM;;;2026-01-01\n")
    before = await everything(filled.database)
    assert [(e.line, e.column) for e in (await filled.import_members(path, statutes=PARTY)).errors] == where
    with pytest.raises(ImportRefusedError) as refused:
        await filled.import_members(path, statutes=PARTY, apply=True)
    assert reasons(refused.value) == where
    assert await everything(filled.database) == before


async def test_a_member_who_moves_votes_in_the_new_unit_and_has_left_the_old_one(
    filled: Register, tmp_path: Path
) -> None:
    moved = "Medlemsnummer;Förnamn;Efternamn;Förening;Avgift betald\n1001;Åsa;Östergård;BYGG;2026-02-01\n"
    report = await filled.import_members(write(tmp_path, moved), statutes=PARTY, apply=True)
    assert report.tally("memberships") == Tally(changed=1, ended=1)
    assert report.absent == 2
    joined = (
        select(UnitRow.code, MembershipRow.voting, MembershipRow.ended_on)
        .join(MembershipRow, MembershipRow.unit_id == UnitRow.id)
        .join(MemberRow)
        .where(MemberRow.number == "1001")
    )
    async with filled.database.read() as connection:
        found = sorted(tuple(row) for row in await connection.execute(joined))
    assert found == [("ALM", False, date(2026, 4, 1)), ("BYGG", True, None)]


async def test_a_fee_paid_again_in_time_does_not_make_a_member_wait_again(filled: Register, tmp_path: Path) -> None:
    later = replace(filled, at=datetime(2027, 3, 1, tzinfo=UTC))
    heading = "Medlemsnummer;Förnamn;Efternamn;Förening;Avgift betald\n"
    path = write(tmp_path, heading + "1002;Zeb;Ahlmark;BYGG;2027-02-20\n")
    await later.import_members(path, statutes=PARTY, apply=True)
    found = await rows(filled.database, MembershipRow.fee_paid_on, MembershipRow.effective_on)
    assert (date(2027, 2, 20), date(2026, 4, 19)) in found


async def test_the_fee_follows_the_statutes_that_the_topmost_unit_has_adopted(filled: Register, tmp_path: Path) -> None:
    path = write(tmp_path, "Medlemsnummer;Förnamn;Efternamn;Förening;Avgift betald\n9;Bo;Ek;ALM;2026-03-01\n")
    with pytest.raises(NotFoundError):
        await filled.import_members(path)
    ((top,),) = await rows(filled.database, UnitRow.id, where=UnitRow.parent_id.is_(None))
    async with filled.database.unit(AT) as unit:
        await adopt(unit.session, top, packaged("vansterpartiet"), AT)
    await filled.import_members(path, apply=True)
    assert (date(2026, 3, 31),) in await rows(filled.database, MembershipRow.effective_on)


async def test_an_address_that_two_share_signs_in_the_first_and_is_told(filled: Register, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Medlemsnummer;Förnamn;Efternamn;E-post;Förening\n2001;Bo;Ek;ASA@exempel.se;ALM\n"
        "2002;Eva;Lind;par@exempel.se;ALM\n2003;Ove;Lind;par@exempel.se;ALM\n",
    )
    report = await filled.import_members(path, statutes=PARTY, apply=True)
    assert [(notice.line, notice.column) for notice in report.notices] == [(2, "E-post"), (4, "E-post")]
    found = {
        number: rest
        for number, *rest in await rows(filled.database, MemberRow.number, MemberRow.email, MemberRow.email_key)
    }
    assert found["2001"] == ["ASA@exempel.se", None]
    assert found["2002"] == ["par@exempel.se", "par@exempel.se"]
    assert found["2003"] == ["par@exempel.se", None]


async def test_a_protected_member_keeps_no_address(filled: Register, tmp_path: Path) -> None:
    heading = "Medlemsnummer;Förnamn;Efternamn;Adress;Postnummer;Ort;Skyddad identitet;Förening\n"
    lines = "3001;Kim;Dahl;Gatan 1;123 45;Byn;ja;ALM\n3002;Lo;Dahl;Gatan 1;123 45;Byn;;ALM\n"
    await filled.import_members(write(tmp_path, heading + lines), statutes=PARTY, apply=True)
    found = {
        number: rest
        for number, *rest in await rows(filled.database, MemberRow.number, MemberRow.protected, MemberRow.address)
    }
    assert found["3001"] == [True, None]
    assert found["3002"] == [False, "Gatan 1\n123 45 Byn"]


async def test_columns_that_a_file_lacks_stay_as_they_were(filled: Register, tmp_path: Path) -> None:
    path = write(tmp_path, "Medlemsnummer;Förnamn;Efternamn;Förening;Andra förening\n1001;Åsa;Nytt;ALM;BYGG\n")
    report = await filled.import_members(path, statutes=PARTY, apply=True)
    assert report.changes == ["1001: Efternamn"]
    assert report.tally("memberships") == Tally(unchanged=2)
    assert ("1001", "asa@exempel.se") in await rows(filled.database, MemberRow.number, MemberRow.email)


async def test_mandates_come_in_by_body_member_role_and_first_day(filled: Register, tmp_path: Path) -> None:
    report = await filled.import_mandates(write(tmp_path, MANDATES), apply=True)
    assert report.tally("mandates") == Tally(new=3)
    report = await filled.import_mandates(write(tmp_path, MANDATES.replace("2027-02-28", "2027-03-31")), apply=True)
    assert report.tally("mandates") == Tally(changed=1, unchanged=2)
    assert report.changes == ["1001 ALM/board: Till"]
    assert date(2027, 3, 31) in [ends for (ends,) in await rows(filled.database, MandateRow.ends_on)]


async def test_bad_mandates_are_all_named_and_none_comes_in(filled: Register, tmp_path: Path) -> None:
    text = MANDATES + (
        "ALM/kök;1001;ledamot;;2026-01-01;;\nALM/board;9;ledamot;;2026-01-01;;\nALM/board;1001;kung;x;2026-01-01;;\n"
        "ALM/board;1001;kassör;;2026-05-01;2026-04-01;\nALM/board;1001;ordförande;;2026-02-15;;\n"
    )
    with pytest.raises(ImportRefusedError) as refused:
        await filled.import_mandates(write(tmp_path, text), apply=True)
    assert reasons(refused.value) == [
        (5, "Organ"), (6, "Medlemsnummer"), (7, "Roll"), (7, "Ordning"), (8, "Till"), (9, None),
    ]  # fmt: skip
    assert await rows(filled.database, MandateRow.id) == []


async def test_staff_come_in_by_their_address(filled: Register, tmp_path: Path) -> None:
    text = "E-post;Namn;Enhet;Titel;Från\nkansli@exempel.se;Ida Ask;NORR;Ombudsman;2026-01-01\n"
    await filled.import_staff(write(tmp_path, text), apply=True)
    report = await filled.import_staff(write(tmp_path, text.replace("Ombudsman", "Kanslichef")), apply=True)
    assert report.tally("staff") == Tally(changed=1)
    assert await rows(filled.database, StaffRow.title) == [("Kanslichef",)]
    with pytest.raises(ImportRefusedError) as refused:
        await filled.import_staff(write(tmp_path, text + "KANSLI@exempel.se;Bo;BORTA;Vakt;2026-01-01\n"), apply=True)
    assert reasons(refused.value) == [(3, "Enhet"), (3, "E-post")]
