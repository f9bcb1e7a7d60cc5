from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import BodyKind, MandateRole, UnitKind
from democracy.domain.mandates import Tenure
from democracy.domain.membership import Dates
from democracy.storage.in_force import mandate_in_force, membership_in_force
from democracy.storage.paging import Asked
from democracy.storage.reads import mandates, members, units
from democracy.storage.reads.reader import Reader
from democracy.storage.standing import standings
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.unit_of_work import Database
from tests.world import BEFORE, World

ZONE = ZoneInfo("Europe/Stockholm")
DAY = date(2026, 1, 10)


def reader(world: World, role: str) -> Reader:
    return Reader(world.actor(role), BEFORE, ZONE)


async def change(world: World, table: Any, name: str, **values: Any) -> None:
    column = MemberRow.id if table is MemberRow else table.member_id
    async with world.database.unit(BEFORE) as unit:
        await unit.session.execute(update(table).where(column == world.members[name]).values(**values))


async def test_a_standing_tells_units_above_vote_and_places_in_one_statement(world: World) -> None:
    secretary, outsider = world.members["secretary"], world.members["outsider"]
    async with world.database.read() as connection:
        found = await standings(connection, [secretary, outsider], DAY)
    (own,) = found[secretary].affiliations
    assert own.above == [world.units["granvik"], world.units["norrviken"], world.units["party"]]
    assert (own.kind, own.voting, own.has_rights) == (UnitKind.LOCAL_BRANCH, True, True)
    assert found[secretary].voting_unit == world.units["granvik"]
    assert world.units["party"] in found[secretary].units
    assert found[secretary].roles_in(world.bodies["district/board"]) == {MandateRole.SECRETARY}
    assert [held.body_kind for held in found[secretary].mandates] == [BodyKind.BOARD]
    assert found[outsider].mandates == []


@pytest.mark.parametrize(
    ("values", "rights", "belongs"),
    [
        ({"effective_on": DAY + timedelta(days=1)}, False, True),
        ({"effective_on": DAY}, True, True),
        ({"effective_on": None}, False, True),
        ({"lapses_on": DAY}, False, True),
        ({"lapses_on": DAY + timedelta(days=1)}, True, True),
        ({"ended_on": DAY, "voting": False}, False, False),
        ({"ended_on": DAY + timedelta(days=1)}, True, True),
    ],
)
async def test_rights_hold_from_the_day_they_begin_until_the_day_they_lapse_or_end(
    world: World, values: dict[str, Any], rights: bool, belongs: bool
) -> None:
    await change(world, MembershipRow, "member", **values)
    member = world.members["member"]
    async with world.database.read() as connection:
        standing = (await standings(connection, [member], DAY))[member]
    assert bool(standing.affiliations) == belongs
    assert (standing.voting_unit == world.units["granvik"]) == rights
    assert bool(standing.units) == rights


SEEN: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    # who looks: (whose name they see, whose address too)
    "anonymous": ((), ()),
    "member": (("member", "secretary", "branch_chair", "presidium"), ("member",)),
    "outsider": (("outsider",), ("outsider",)),
    "branch_chair": (("member", "secretary", "branch_chair", "presidium"), ("member", "secretary", "branch_chair")),
    "secretary": (
        ("member", "secretary", "branch_chair", "presidium"), ("member", "secretary", "branch_chair", "presidium"),
    ),
    "staff": (
        ("member", "secretary", "branch_chair", "presidium"), ("member", "secretary", "branch_chair", "presidium"),
    ),
    "operator": (
        ("member", "outsider", "secretary", "branch_chair", "presidium"),
        ("member", "outsider", "secretary", "branch_chair", "presidium"),
    ),
    "clock": (
        ("member", "outsider", "secretary", "branch_chair", "presidium"),
        ("member", "outsider", "secretary", "branch_chair", "presidium"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("role", SEEN)
async def test_a_name_is_seen_by_those_who_need_it(world: World, role: str) -> None:
    everyone = ("member", "outsider", "secretary", "branch_chair", "presidium")
    async with world.database.read() as connection:
        found = await members.by_ids(connection, reader(world, role), [world.members[name] for name in everyone])
    names = {member_id: name for name, member_id in world.members.items()}
    assert {names[each] for each in found} == set(SEEN[role][0])
    assert {names[each] for each, view in found.items() if view.email} == set(SEEN[role][1])


@pytest.mark.parametrize(
    ("role", "sees"),
    [("member", True), ("branch_chair", True), ("branch_secretary", True), ("operator", True), ("chair", False),
     ("secretary", False), ("staff", False), ("co_mover", False)],
)  # fmt: skip
async def test_a_protected_identity_is_seen_in_the_own_unit_only(world: World, role: str, sees: bool) -> None:
    await change(world, MemberRow, "member", protected=True)
    member = world.members["member"]
    async with world.database.read() as connection:
        assert (member in await members.by_ids(connection, reader(world, role), [member])) == sees


async def test_in_a_case_people_are_named_unless_they_are_protected_or_erased(world: World) -> None:
    await change(world, MemberRow, "member", protected=True)
    await change(world, MemberRow, "mover", erased_at=BEFORE)
    ids = [world.members[name] for name in ("member", "mover", "chair")]
    async with world.database.read() as connection:
        found = await members.names(connection, ids)
    assert [found[each] for each in ids] == [members.PROTECTED, members.ERASED, "Örjan Tegnvik"]


async def test_a_board_is_listed_chair_first_to_those_who_belong_under_it(world: World) -> None:
    board = world.bodies["district/board"]
    async with world.database.read() as connection:
        seen = (await mandates.of_bodies(connection, reader(world, "member"), [board]))[board]
        hidden = (await mandates.of_bodies(connection, reader(world, "outsider"), [board]))[board]
        own = await mandates.of_members(connection, reader(world, "chair"), [world.members["chair"]])
    assert [each.role for each in seen] == [MandateRole.CHAIR, MandateRole.SECRETARY, MandateRole.MEMBER]
    assert hidden == []
    assert [each.body_id for each in own[world.members["chair"]]] == [board]


async def test_a_role_that_nobody_fills_is_a_vacancy_and_so_is_one_on_leave(world: World) -> None:
    required, district = ("chair", "treasurer", "internal_feminism"), world.units["norrviken"]
    async with world.database.read() as connection:
        found = await mandates.vacancies(connection, [district], required, DAY)
    assert [(each.unit_id, each.role) for each in found] == [(district, "treasurer"), (district, "internal_feminism")]
    await change(world, MandateRow, "chair", leave_from=DAY)
    async with world.database.read() as connection:
        found = await mandates.vacancies(connection, [district], required, DAY)
    assert [each.role for each in found] == ["chair", "treasurer", "internal_feminism"]


async def test_units_are_listed_in_swedish_order_page_by_page(world: World) -> None:
    wanted = units.UnitFilter(under=world.units["party"])
    async with world.database.read() as connection:
        first = await units.listed(connection, wanted, Asked(first=4), today=DAY)
        rest = await units.listed(connection, wanted, Asked(first=4, after=first.cursors[-1]), today=DAY)
        assert await units.counted(connection, wanted, today=DAY) == 7
        branches = units.UnitFilter(under=world.units["norrviken"], kinds=(UnitKind.LOCAL_BRANCH,))
        below = await units.listed(connection, branches, Asked(first=10), today=DAY)
    assert [each.name for each in (*first.rows, *rest.rows)] == [
        "Norrmarks enkla förening", "Norrvikens partidistrikt", "Partiföreningen Granvik",
        "Partiföreningen Stenvika", "Partiföreningen Åmossen",
        "Sydslättens partidistrikt", "Vänsterpartiet",
    ]  # fmt: skip
    assert (first.has_next, rest.has_next) == (True, False)
    assert [each.code for each in below.rows] == ["granvik", "stenvika"]


async def test_a_unit_is_read_with_what_stands_above_and_below_it_and_its_bodies(world: World) -> None:
    district, branch = world.units["norrviken"], world.units["granvik"]
    async with world.database.read() as connection:
        assert (await units.by_ids(connection, [district]))[district].code == "norrviken"
        found = await units.by_code(connection, "granvik")
        assert found is not None
        assert found.id == branch
        assert await units.by_code(connection, "nowhere") is None
        assert [each.code for each in (await units.children(connection, [district]))[district]] == [
            "norrmark",
            "granvik",
            "stenvika",
        ]
        assert [each.code for each in (await units.above(connection, [branch]))[branch]] == ["norrviken", "party"]
        bodies = (await units.bodies_of(connection, [branch]))[branch]
        assert [each.code for each in bodies] == ["granvik/board", "granvik/annual"]
        assert (await units.bodies_by_ids(connection, [bodies[0].id]))[bodies[0].id] == bodies[0]


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))
MAYBE = st.none() | DAYS


async def holds(connection: AsyncConnection, predicate: Any) -> bool:
    return bool((await connection.execute(select(predicate.is_(True)))).scalar_one())


class Columns:
    """Columns that are values, so that a predicate can be asked without a row."""

    def __init__(self, values: Any) -> None:
        for name in values.__dataclass_fields__:
            setattr(self, name, literal(getattr(values, name), Date()))


@given(
    tenure=st.builds(Tenure, DAYS, MAYBE, MAYBE, MAYBE, MAYBE),
    dates=st.builds(Dates, MAYBE, MAYBE, MAYBE, MAYBE),
    day=DAYS,
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_database_and_the_arithmetic_agree(
    database: Database, tenure: Tenure, dates: Dates, day: date
) -> None:
    async with database.read() as connection:
        assert await holds(connection, mandate_in_force(Columns(tenure), day)) == tenure.in_force(day)
        assert await holds(connection, membership_in_force(Columns(dates), day)) == dates.has_rights(day)
