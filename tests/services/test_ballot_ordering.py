"""How a member ballot comes about and is prepared, on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.ballots.draft import Alternative, Asked, BallotDraft
from democracy.services.ballots.ordering import BallotOrdering
from democracy.services.ballots.preparing import BallotPreparing
from democracy.storage import ballots
from democracy.storage.tables.ballot import ElectorRow, MemberBallotRow
from democracy.storage.tables.member import MembershipRow
from tests.world import BEFORE, PEOPLE, World
from workflows.ballot_kinds import CorrectionKind, QuestionForm
from workflows.engine import StepDenied
from workflows.member_ballot import MemberBallotState

OPENS = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=21)
COUNTED = date(2026, 1, 1)


def draft(world: World, body: str = "party/board", **changes: Any) -> BallotDraft:
    asked = Asked("Ska partiet verka för gratis kollektivtrafik?")
    made = BallotDraft(
        body_id=world.bodies[body], title="Kollektivtrafiken", questions=(asked,), opens_at=OPENS, closes_at=CLOSES
    )
    return replace(made, **changes)


async def ordered(world: World, **changes: Any) -> UUID:
    ordering, secretary = BallotOrdering(world.database, BEFORE), world.actor("party_secretary")
    ballot: UUID = await ordering.draft(draft(world, **changes), actor=secretary)
    await ordering.order(ballot, "PS 9 januari, § 4", actor=secretary)
    return ballot


async def informed(world: World, **changes: Any) -> UUID:
    ballot = await ordered(world, **changes)
    preparing, secretary = BallotPreparing(world.database, BEFORE), world.actor("party_secretary")
    await preparing.inform(ballot, "Ja-sidan", "Bussen ska vara till för alla.", "Tora Kvistmark", actor=secretary)
    await preparing.inform(ballot, "Nej-sidan", None, None, actor=secretary)
    return ballot


async def announced(world: World, **changes: Any) -> UUID:
    ballot = await informed(world, **changes)
    preparing, secretary = BallotPreparing(world.database, BEFORE), world.actor("party_secretary")
    await preparing.fix_electorate(ballot, COUNTED, actor=secretary)
    await preparing.announce(ballot, actor=secretary)
    return ballot


async def row(world: World, ballot: UUID) -> MemberBallotRow:
    async with world.database.unit(BEFORE) as unit:
        return await ballots.row(unit, ballot)


async def electors(world: World, ballot: UUID) -> set[UUID]:
    async with world.database.unit(BEFORE) as unit:
        statement = select(ElectorRow.member_id).where(ElectorRow.ballot_id == ballot, ElectorRow.removed_at.is_(None))
        return set(await unit.session.scalars(statement))


def codes(denied: pytest.ExceptionInfo[StepDenied]) -> Sequence[str]:
    return [each.code for each in denied.value.denials]


async def test_a_ballot_that_the_party_board_orders_is_announced_with_the_digest_of_its_electorate(
    world: World,
) -> None:
    ballot = await announced(world)
    found = await row(world, ballot)
    assert found.state is MemberBallotState.ANNOUNCED
    assert found.electorate_size == len(await electors(world, ballot)) == len(world.members)
    assert len(found.electorate_digest or "") == 64
    assert found.objections_until == datetime(2026, 4, 5, 22, 0, tzinfo=UTC)


async def test_every_reason_why_it_cannot_be_announced_is_told_at_once(world: World) -> None:
    ballot = await ordered(
        world,
        questions=(Asked("Vilken?", alternatives=(Alternative("a", "A"),)),),
        closes_at=OPENS + timedelta(days=20),
    )
    with pytest.raises(StepDenied) as denied:
        await BallotPreparing(world.database, OPENS).announce(ballot, actor=world.actor("party_secretary"))
    assert codes(denied) == [
        "question_incomplete", "side_not_heard", "electorate_not_fixed", "nobody_entitled", "open_too_short",
        "opens_in_the_past",
    ]  # fmt: skip


async def test_a_body_that_the_statutes_do_not_name_cannot_order_one(world: World) -> None:
    ordering, secretary = BallotOrdering(world.database, BEFORE), world.actor("secretary")
    ballot = await ordering.draft(draft(world, "district/board"), actor=secretary)
    with pytest.raises(StepDenied) as denied:
        await ordering.order(ballot, "DS 9 januari, § 4", actor=secretary)
    assert codes(denied) == ["body_may_not_order"]


async def test_an_agreement_goes_to_the_members_only_where_a_majority_is_within_reach(world: World) -> None:
    ordering, secretary = BallotOrdering(world.database, BEFORE), world.actor("party_secretary")
    ballot = await ordering.draft(draft(world, agreement=True), actor=secretary)
    with pytest.raises(StepDenied) as denied:
        await ordering.order(ballot, "PS 9 januari, § 4", actor=secretary)
    assert codes(denied) == ["no_majority_in_sight"]
    await ordering.edit(ballot, draft(world, agreement=True, majority_possible=True), actor=secretary)
    await ordering.order(ballot, "PS 9 januari, § 4", actor=secretary)
    assert (await row(world, ballot)).state is MemberBallotState.ORDERED


async def test_a_demand_is_met_by_branches_that_together_hold_a_third_of_the_members(world: World) -> None:
    ordering, secretary = BallotOrdering(world.database, BEFORE), world.actor("party_secretary")
    ballot = await ordering.draft(draft(world), actor=secretary)
    granvik, stenvika = world.units["granvik"], world.units["stenvika"]
    await ordering.demand(ballot, world.units["elsewhere"], "Årsmötet § 3", COUNTED, actor=secretary)
    found = await row(world, ballot)
    assert (found.state, found.support_needed) == (MemberBallotState.COLLECTING, -(-len(world.members) // 3))
    chair = world.actor("branch_chair")
    with pytest.raises(StepDenied) as denied:
        await ordering.support(ballot, stenvika, "Medlemsmötet § 2", COUNTED, actor=chair)
    assert codes(denied) == ["not_your_role"]
    await ordering.support(ballot, granvik, "Medlemsmötet § 2", COUNTED, actor=chair)
    assert (await row(world, ballot)).state is MemberBallotState.ORDERED


async def test_support_that_was_withdrawn_does_not_count_and_can_be_given_again(world: World) -> None:
    ordering, secretary = BallotOrdering(world.database, BEFORE), world.actor("party_secretary")
    ballot = await ordering.draft(draft(world), actor=secretary)
    elsewhere = world.units["elsewhere"]
    await ordering.demand(ballot, elsewhere, "Årsmötet § 3", COUNTED, actor=secretary)
    with pytest.raises(StepDenied) as denied:
        await ordering.support(ballot, elsewhere, "Årsmötet § 3", COUNTED, actor=secretary)
    assert codes(denied) == ["supports_already"]
    await ordering.withdraw_support(ballot, elsewhere, "Medlemsmötet § 1", actor=secretary)
    later = BallotOrdering(world.database, BEFORE + timedelta(days=1))
    await later.support(ballot, elsewhere, "Medlemsmötet § 9", COUNTED, actor=secretary)
    async with world.database.unit(BEFORE) as unit:
        case = await ballots.case(unit, ballot, actor=secretary)
    assert case.facts.supported == len([name for name, person in PEOPLE.items() if person[2] == "elsewhere"])


async def test_support_is_counted_on_the_day_of_the_demand_whoever_comes_or_goes_since(world: World) -> None:
    ordering, secretary = BallotOrdering(world.database, BEFORE), world.actor("party_secretary")
    ballot = await ordering.draft(draft(world), actor=secretary)
    await ordering.demand(ballot, world.units["elsewhere"], "Årsmötet § 3", COUNTED, actor=secretary)
    async with world.database.unit(BEFORE) as unit:
        gone = update(MembershipRow).where(MembershipRow.unit_id == world.units["granvik"])
        await unit.session.execute(gone.values(ended_on=BEFORE.date() + timedelta(days=2)))
    late = BallotOrdering(world.database, BEFORE + timedelta(days=5))
    await late.support(ballot, world.units["granvik"], "Medlemsmötet § 2", COUNTED, actor=secretary)
    assert (await row(world, ballot)).state is MemberBallotState.ORDERED


async def test_a_district_beside_its_branches_would_be_counted_twice_and_cannot_demand(world: World) -> None:
    ordering, secretary = BallotOrdering(world.database, BEFORE), world.actor("party_secretary")
    ballot = await ordering.draft(draft(world), actor=secretary)
    for branch, day, code in (("norrviken", COUNTED, "no_branch"), ("granvik", date(2026, 5, 1), "in_the_future")):
        with pytest.raises(InvalidInputError) as refused:
            await ordering.demand(ballot, world.units[branch], "Mötet § 3", day, actor=secretary)
        assert refused.value.fields[0].code == code


async def test_a_unit_that_does_not_lie_below_cannot_support(world: World) -> None:
    ordering, secretary = BallotOrdering(world.database, BEFORE), world.actor("party_secretary")
    ballot = await ordering.draft(draft(world), actor=secretary)
    with pytest.raises(InvalidInputError):
        await ordering.demand(ballot, world.units["party"], "Årsmötet § 3", COUNTED, actor=secretary)


async def test_a_draft_is_unknown_to_members_and_an_announced_ballot_known_to_those_below(world: World) -> None:
    hidden = await ordered(world)
    shown = await announced(world, embargo_until=OPENS - timedelta(hours=1))
    for actor in ("member", "outsider", "anonymous"):
        async with world.database.unit(BEFORE) as unit:
            with pytest.raises(NotFoundError):
                await ballots.case(unit, hidden, actor=world.actor(actor))
            with pytest.raises(NotFoundError):
                await ballots.case(unit, shown, actor=world.actor(actor))
    async with world.database.unit(OPENS) as unit:
        assert (await ballots.case(unit, shown, actor=world.actor("outsider"))).facts.is_elector
        with pytest.raises(NotFoundError):
            await ballots.case(unit, shown, actor=world.actor("anonymous"))


async def test_a_correction_of_the_electorate_takes_two_officers_and_a_new_digest(world: World) -> None:
    ballot = await announced(world)
    before = await row(world, ballot)
    preparing, member = BallotPreparing(world.database, BEFORE), world.members["outsider"]
    first, second = world.actor("party_secretary"), world.actor("auditor")
    found = await preparing.propose_correction(ballot, member, CorrectionKind.REMOVE, "Utträde 1 december", actor=first)
    with pytest.raises(StepDenied) as denied:
        await preparing.approve_correction(found, actor=first)
    assert codes(denied) == ["second_officer_missing"]
    assert member in await electors(world, ballot)
    async with world.database.unit(BEFORE) as unit:
        assert (await ballots.correction(unit, found)).in_force_at is None
    with pytest.raises(StepDenied):
        await preparing.approve_correction(found, actor=second)
    third = world.actor("party_chair")
    await preparing.approve_correction(found, actor=third)
    after = await row(world, ballot)
    assert member not in await electors(world, ballot)
    assert after.electorate_size == (before.electorate_size or 0) - 1
    assert after.electorate_digest != before.electorate_digest
    with pytest.raises(InvalidInputError):
        await preparing.propose_correction(ballot, member, CorrectionKind.REMOVE, "Igen", actor=first)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        (Asked(""), "questions.0.text"),
        (Asked("Vilken?", alternatives=(Alternative("a", "A"), Alternative("a", "B"))), "questions.0.alternatives"),
        (Asked("Vilken?", alternatives=(Alternative("Å", "A"),)), "questions.0.alternatives.0.code"),
        (Asked("Vilka?", form=QuestionForm.SEVERAL, most=3), "questions.0.most"),
    ],
)
async def test_a_question_that_cannot_be_asked_is_refused_by_its_place(world: World, asked: Asked, path: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        await BallotOrdering(world.database, BEFORE).draft(
            draft(world, questions=(asked,)), actor=world.actor("party_secretary")
        )
    assert [each.path for each in refused.value.fields] == [path]
