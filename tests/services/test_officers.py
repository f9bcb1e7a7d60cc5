"""Who presides, keeps the minutes, verifies and counts, on both databases."""

from datetime import timedelta
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.storage.tables.agenda import AgendaItemRow, BarredRow, GavelRow, MeetingOfficerRow, WaiverRow
from democracy.storage.waivers import waived_codes
from tests.world import STARTS, World
from workflows.engine import Role
from workflows.item import ItemState
from workflows.proceedings import ItemKind, OfficerRole

LATER = STARTS + timedelta(hours=1)


async def roles_of(world: World, name: str) -> frozenset[Role]:
    """What somebody is at the conference; NotFoundError for whoever does not see it."""
    async with world.database.unit(LATER) as unit:
        return (await unit.meetings.case(world.meeting, actor=world.actor(name))).roles


async def elect(world: World, name: str, role: OfficerRole) -> None:
    async with world.database.unit(STARTS) as unit:
        unit.session.add(
            MeetingOfficerRow(
                id=new_id(), meeting_id=world.meeting, member_id=world.members[name], role=role, position=1,
                since=STARTS,
            )
        )  # fmt: skip


async def test_the_chair_of_the_body_or_of_the_board_presides_until_the_meeting_has_elected(world: World) -> None:
    for name in ("presidium", "chair"):
        assert Role.PRESIDIUM in await roles_of(world, name)
    await elect(world, "outsider", OfficerRole.CHAIR)
    for name in ("presidium", "chair"):
        assert Role.PRESIDIUM not in await roles_of(world, name)


async def test_somebody_from_another_district_may_preside_and_sees_the_meeting(world: World) -> None:
    await elect(world, "outsider", OfficerRole.CHAIR)
    assert await roles_of(world, "outsider") == {Role.MEMBER, Role.PRESIDIUM}


async def test_the_elected_secretary_verifiers_and_tellers_have_their_roles(world: World) -> None:
    for name, role in (
        ("member", OfficerRole.SECRETARY),
        ("board", OfficerRole.VERIFIER),
        ("mover", OfficerRole.TELLER),
    ):
        await elect(world, name, role)
    assert Role.MEETING_SECRETARY in await roles_of(world, "member")
    assert Role.MEETING_SECRETARY not in await roles_of(world, "meeting_secretary")
    assert Role.VERIFIER in await roles_of(world, "board")
    assert Role.TELLER in await roles_of(world, "mover")


async def test_a_chair_who_is_barred_does_not_preside_over_that_item_and_whoever_was_given_the_gavel_does(
    world: World,
) -> None:
    await elect(world, "presidium", OfficerRole.CHAIR)
    async with world.database.unit(STARTS) as unit:
        item = _item(world)
        unit.session.add(item)
        await unit.session.flush()
        unit.session.add(
            BarredRow(
                id=new_id(),
                item_id=item.id,
                member_id=world.members["presidium"],
                reason="Styrelsen",
                declared_at=STARTS,
            )
        )
        unit.session.add(
            GavelRow(
                id=new_id(), meeting_id=world.meeting, member_id=world.members["auditor"], item_id=item.id, since=STARTS
            )
        )
    assert Role.PRESIDIUM not in await roles_of(world, "presidium")
    assert Role.PRESIDIUM in await roles_of(world, "auditor")
    async with world.database.unit(STARTS) as unit:
        row = await unit.session.get(AgendaItemRow, item.id)
        assert row is not None
        row.state = ItemState.CLOSED
    assert Role.PRESIDIUM in await roles_of(world, "presidium")


async def test_a_rule_is_set_aside_for_one_item_or_for_the_whole_meeting_until_that_ends(world: World) -> None:
    async with world.database.unit(STARTS) as unit:
        item, other = _item(world), _item(world)
        unit.session.add_all([item, other])
        await unit.session.flush()
        unit.session.add_all(
            [
                _waiver(world, "proposals_closed", item.id),
                _waiver(world, "speech_over", None),
                _waiver(world, "roll_fixed", item.id, ended=True),
            ]
        )
        await unit.session.flush()
        assert await waived_codes(unit, world.meeting, item.id) == {"proposals_closed", "speech_over"}
        assert await waived_codes(unit, world.meeting, other.id) == {"speech_over"}
        assert await waived_codes(unit, world.meeting) == {"speech_over"}
        assert await waived_codes(unit, world.meeting, item.id, workflow="speech") == frozenset()


def _item(world: World) -> AgendaItemRow:
    return AgendaItemRow(
        id=new_id(), meeting_id=world.meeting, kind=ItemKind.DISCHARGE, state=ItemState.OPEN, position=1,
        title="Ansvarsfrihet",
    )  # fmt: skip


def _waiver(world: World, code: str, item_id: UUID | None, *, ended: bool = False) -> WaiverRow:
    return WaiverRow(
        id=new_id(), meeting_id=world.meeting, item_id=item_id, workflow="proposal", code=code, reason="Tid finns.",
        decided_at=STARTS, ended_at=LATER if ended else None,
    )  # fmt: skip
