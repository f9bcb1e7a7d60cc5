import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text, update

from democracy.domain.actors import Operator
from democracy.domain.ids import new_id
from democracy.errors import NotFoundError
from democracy.services.mandates import Mandates
from democracy.services.people import People
from democracy.storage.in_force import mandate_in_force
from democracy.storage.person_export import everything_about
from democracy.storage.reads.members import ERASED, names
from democracy.storage.tables.account import AccountRow, PasswordLinkRow, SessionRow
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.tables.step import KeptTextRow, StepRow
from tests.world import World
from workflows.engine import StepDenied

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
TODAY = date(2026, 1, 15)


def people(world: World) -> People:
    return People(world.database, NOW)


def mandates(world: World) -> Mandates:
    return Mandates(world.database, NOW)


async def rows(world: World, statement: Any) -> list[Any]:
    async with world.database.read() as connection:
        return [tuple(row) for row in await connection.execute(statement)]


async def steps(world: World, case: UUID) -> list[str]:
    return [
        rule for (rule,) in await rows(world, select(StepRow.rule).where(StepRow.case_id == case).order_by(StepRow.id))
    ]


async def join(world: World, name: str, unit_code: str) -> None:
    async with world.database.unit(NOW) as unit:
        await unit.session.execute(
            insert(MembershipRow).values(
                id=new_id(), member_id=world.members[name], unit_id=world.units[unit_code], voting=False,
                fee_paid_on=TODAY, effective_on=TODAY,
            )
        )  # fmt: skip


async def mandate_of(world: World, name: str) -> UUID:
    ((mandate,),) = await rows(world, select(MandateRow.id).where(MandateRow.member_id == world.members[name]))
    return mandate  # type: ignore[no-any-return]


async def acts(world: World, mandate: UUID, day: date) -> bool:
    found = await rows(world, select(MandateRow.id).where(MandateRow.id == mandate, mandate_in_force(MandateRow, day)))
    return bool(found)


async def furnish(world: World, name: str) -> None:
    """An account with sessions and links, messages, kept texts."""
    member, account = world.members[name], new_id()
    later = NOW + timedelta(days=30)
    async with world.database.unit(NOW) as unit:
        for statement in (
            insert(AccountRow).values(id=account, member_id=member, password_hash="x", password_set_at=NOW),
            insert(SessionRow).values(
                id=new_id(), account_id=account, token_digest=b"t" * 32, created_at=NOW, expires_at=later
            ),
            insert(PasswordLinkRow).values(digest=b"d" * 32, account_id=account, created_at=NOW, expires_at=later),
            insert(OutboxRow).values(
                id=new_id(), channel="mail", purpose="receipt", member_id=member, subject="Till dig",
                body="Hemlig kod", created_at=NOW, due_at=NOW, attempts=1, error="okänd: mover@exempel.example",
            ),
        ):  # fmt: skip
            await unit.session.execute(statement)
        ((step,),) = (await unit.session.execute(select(StepRow.id).limit(1))).all()
        await unit.session.execute(
            insert(KeptTextRow).values(
                id=new_id(), step_id=step, noun="reservation", noun_id=new_id(), salt=b"s" * 16,
                content='{"text":"Min reservation"}', about_id=member,
            )
        )  # fmt: skip


async def test_a_member_moves_their_vote_and_leaves_what_they_no_longer_vote_in(world: World) -> None:
    member, actor = world.members["member"], world.actor("member")
    granvik, stenvika = world.units["granvik"], world.units["stenvika"]
    await join(world, "member", "stenvika")
    await people(world).choose_voting_unit(member, stenvika, actor=actor)
    await people(world).leave_unit(member, granvik, actor=actor)
    found = await rows(
        world,
        select(MembershipRow.unit_id, MembershipRow.voting, MembershipRow.ended_on).where(
            MembershipRow.member_id == member
        ),
    )
    assert set(found) == {(granvik, False, TODAY), (stenvika, True, None)}
    assert await steps(world, member) == ["choose_voting_unit", "leave_unit"]


@pytest.mark.parametrize(
    ("use", "unit", "by", "codes"),
    [
        ("choose_voting_unit", "granvik", "member", {"votes_there_already"}),
        ("choose_voting_unit", "elsewhere", "member", {"belongs_elsewhere"}),
        ("leave_unit", "granvik", "member", {"vote_left_behind"}),
        ("leave_unit", "stenvika", "branch_chair", {"not_your_role"}),
    ],
)
async def test_a_refused_move_changes_nothing_and_is_not_recorded(
    world: World, use: str, unit: str, by: str, codes: set[str]
) -> None:
    await join(world, "member", "stenvika")
    before = await rows(world, select(MembershipRow.__table__))
    with pytest.raises(StepDenied) as denied:
        await getattr(people(world), use)(world.members["member"], world.units[unit], actor=world.actor(by))
    assert {denial.code for denial in denied.value.denials} == codes
    assert await rows(world, select(MembershipRow.__table__)) == before
    assert await steps(world, world.members["member"]) == []


async def test_whoever_may_not_reach_a_person_finds_nobody(world: World) -> None:
    with pytest.raises(NotFoundError):
        await people(world).leave_unit(world.members["member"], world.units["granvik"], actor=world.actor("outsider"))


async def test_erasing_takes_away_everything_that_names_a_person(world: World) -> None:
    member = world.members["board"]
    await furnish(world, "board")
    await people(world).erase(member, "Har begärt det.", actor=Operator())
    ((row,),) = (await rows(world, select(MemberRow.given_name).where(MemberRow.id == member)),)
    async with world.database.read() as connection:
        left = await everything_about(connection, member)
        assert (await names(connection, [member]))[member] == ERASED
    (register,) = left["register"]
    assert row == ("",)
    assert {name for name, value in register.items() if value} == {"language", "erased_at"}
    assert [each["ended_on"] for each in left["memberships"]] == ["2026-01-15"]
    assert [each["released_on"] for each in left["mandates"]] == ["2026-01-15"]
    assert (left["account"], left["sessions"], left["password_links"]) == ([], [], [])
    assert [(each["subject"], each["error"], each["due_at"]) for each in left["messages"]] == [("", None, None)]
    assert [each["content"] for each in left["kept_texts"]] == [None]
    assert await rows(world, select(KeptTextRow.salt).where(KeptTextRow.about_id == member)) == [(None,)]
    assert await rows(world, select(OutboxRow.body).where(OutboxRow.member_id == member)) == [("",)]
    ((record,),) = await rows(world, select(StepRow.record).where(StepRow.case_id == member))
    told = json.loads(record)
    assert (told["rule"], told["dest"], told["warnings"]) == ("erase", "ERASED", ["memberships_end", "mandates_end"])
    assert told["outcome"] == {"texts": 1, "messages": 1, "sessions": 1, "drafts": 0}
    assert "Har begärt" not in record


async def test_a_person_is_erased_once(world: World) -> None:
    member = world.members["member"]
    await people(world).erase(member, "Har begärt det.", actor=Operator())
    with pytest.raises(StepDenied) as denied:
        await people(world).erase(member, "Igen.", actor=Operator())
    assert [denial.code for denial in denied.value.denials] == ["wrong_state"]
    assert await steps(world, member) == ["erase"]


async def test_nobody_is_erased_without_a_reason_or_by_the_wrong_person(world: World) -> None:
    member = world.members["member"]
    with pytest.raises(StepDenied) as denied:
        await people(world).erase(member, "  ", actor=world.actor("secretary"))
    assert {denial.code for denial in denied.value.denials} == {"reason_missing", "not_your_role"}
    assert await rows(world, select(MemberRow.given_name).where(MemberRow.id == member)) == [("Dawit",)]


async def test_an_erased_name_is_not_left_in_the_database_file(world: World) -> None:
    if world.database.dialect != "sqlite":
        pytest.skip("PostgreSQL clears old rows itself, in time")
    await people(world).erase(world.members["outsider"], "Har begärt det.", actor=Operator())
    async with world.database.read() as connection:
        await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        path = (await connection.execute(text("PRAGMA database_list"))).all()[0][2]
    with open(path, "rb") as file:  # noqa: PTH123, ASYNC230 - a test reads what the engine wrote
        assert b"outsider@exempel" not in file.read()


async def test_an_export_holds_what_the_installation_knows_and_no_secrets(world: World) -> None:
    await furnish(world, "mover")
    async with world.database.read() as connection:
        found = await everything_about(connection, world.members["mover"])
    assert found["register"][0]["email"] == "mover@exempel.example"
    assert found["memberships"][0]["code"] == "granvik"
    assert len(found["sessions"]) == len(found["password_links"]) == len(found["messages"]) == 1
    assert found["kept_texts"][0]["content"] == {"text": "Min reservation"}
    everything = json.dumps(found, ensure_ascii=False)
    for secret in ("password_hash", "digest", "salt", "Hemlig kod"):
        assert secret not in everything


async def test_a_leave_hands_the_place_over_and_ends(world: World) -> None:
    mandate, actor = await mandate_of(world, "board"), world.actor("board")
    await mandates(world).take_leave(mandate, TODAY, TODAY + timedelta(days=60), actor=actor)
    assert not await acts(world, mandate, TODAY)
    await mandates(world).end_leave(mandate, TODAY + timedelta(days=5), actor=world.actor("secretary"))
    assert not await acts(world, mandate, TODAY + timedelta(days=5))
    assert await acts(world, mandate, TODAY + timedelta(days=6))
    assert await steps(world, mandate) == ["take_leave", "end_leave"]


async def test_a_resignation_leaves_the_duty_until_it_is_granted(world: World) -> None:
    mandate, actor, secretary = await mandate_of(world, "board"), world.actor("board"), world.actor("secretary")
    await mandates(world).resign(mandate, actor=actor)
    await mandates(world).stay(mandate, actor=actor)
    await mandates(world).resign(mandate, actor=actor)
    assert await acts(world, mandate, TODAY + timedelta(days=30))
    with pytest.raises(StepDenied) as denied:
        await mandates(world).release(mandate, TODAY, "", actor=actor)
    assert {denial.code for denial in denied.value.denials} == {"not_your_role", "decision_missing"}
    await mandates(world).release(mandate, TODAY + timedelta(days=7), "Konferensen § 4", actor=secretary)
    assert await acts(world, mandate, TODAY + timedelta(days=6))
    assert not await acts(world, mandate, TODAY + timedelta(days=7))
    assert await rows(world, select(MandateRow.decision).where(MandateRow.id == mandate)) == [("Konferensen § 4",)]
    assert await steps(world, mandate) == ["resign", "stay", "resign", "release"]


@pytest.mark.parametrize(
    ("values", "use", "arguments", "codes"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, "resign", (), {"mandate_over"}),
        ({}, "end_leave", (TODAY,), {"no_leave"}),
        ({"leave_from": TODAY}, "take_leave", (TODAY,), {"leave_taken"}),
        ({}, "take_leave", (TODAY, TODAY - timedelta(days=1)), {"dates_out_of_order"}),
        ({"resigned_on": TODAY}, "resign", (), {"wrong_state"}),
        ({"resigned_on": TODAY, "released_on": TODAY}, "stay", (), {"wrong_state"}),
    ],
)
async def test_a_mandate_refuses_what_does_not_fit_with_every_reason(
    world: World, values: dict[str, Any], use: str, arguments: tuple[Any, ...], codes: set[str]
) -> None:
    mandate = await mandate_of(world, "board")
    if values:
        async with world.database.unit(NOW) as unit:
            await unit.session.execute(update(MandateRow).where(MandateRow.id == mandate).values(**values))
    with pytest.raises(StepDenied) as denied:
        await getattr(mandates(world), use)(mandate, *arguments, actor=world.actor("board"))
    assert {denial.code for denial in denied.value.denials} == codes
    assert await steps(world, mandate) == []


async def test_another_members_mandate_is_not_found_by_those_who_may_not_see_it(world: World) -> None:
    with pytest.raises(NotFoundError):
        await mandates(world).resign(await mandate_of(world, "board"), actor=world.actor("outsider"))
