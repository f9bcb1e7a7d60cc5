"""The speakers' list of a conference in progress, through the services, on both databases."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, update

from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, Gender
from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.meetings import Meetings
from democracy.services.proceedings.floor import Request
from democracy.services.proceedings.floor_rules import Rules
from democracy.services.proceedings.items import Items
from democracy.storage.tables.agenda import AgendaItemRow, BarredRow
from democracy.storage.tables.matter import MatterRow
from democracy.storage.tables.roll import PresenceRow
from democracy.storage.tables.step import StepRow
from tests.conference import NOW, Conference, conference
from tests.drafts import drafts
from tests.speaking import (
    MINUTE,
    ORDER,
    REPLY,
    ask,
    at,
    declare,
    here_as_mover,
    in_line,
    item_of,
    open_item,
    outcome,
    refusals,
    row,
    rules,
    steps,
    waive,
)
from tests.world import World
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import MatterKind
from workflows.speech import SpeechState


@pytest.fixture
async def meeting(world: World) -> Conference:
    made = await conference(world)
    await open_item(made)
    return made


async def test_a_speech_goes_from_request_to_thank_you_and_the_meeting_hears_of_every_step(
    meeting: Conference,
) -> None:
    tora, chair = meeting.actor(0), meeting.presidium
    await rules(meeting).decide(meeting.meeting, Rules(speech_seconds=120), actor=chair)
    speech = await ask(meeting, tora)
    assert await at(meeting, 1).give(meeting.meeting, actor=chair) == speech
    await at(meeting, 4).end(speech, actor=chair)
    ended = await row(meeting, speech)
    assert (ended.state, ended.limit_seconds) == (SpeechState.ENDED, 120)
    # Three minutes on a limit of two: the clock shows it, the chair says thank you.
    assert ended.ended_at - ended.started_at == 3 * MINUTE  # type: ignore[operator]  # it has been given
    taken = ["decide_rules", "request", "give", "end"]
    assert await steps(meeting) == [(step, meeting.meeting) for step in taken]


async def test_those_who_asked_first_speak_first_but_a_point_of_order_and_a_reply_go_before(
    meeting: Conference,
) -> None:
    chair = meeting.presidium
    first, second = await ask(meeting, meeting.actor(0)), await ask(meeting, meeting.actor(1), 1)
    assert await at(meeting, 2).give(meeting.meeting, actor=chair) == first
    reply = await ask(meeting, meeting.actor(2), 3, REPLY)
    order = await ask(meeting, meeting.actor(3), 4, ORDER)
    assert await in_line(meeting) == [first, order, reply, second]
    assert (await row(meeting, reply)).reply_to_id == first


async def test_a_slip_has_the_place_of_the_time_when_it_came(meeting: Conference) -> None:
    spoken = await ask(meeting, meeting.actor(0), 5)
    slip = Request(member_id=meeting.ombud[1], channel=Channel.PAPER, received_at=NOW + 2 * MINUTE)
    written = await ask(meeting, meeting.meeting_secretary, 20, slip)
    assert await in_line(meeting) == [written, spoken]
    found = await row(meeting, written)
    assert (found.member_id, found.channel) == (meeting.ombud[1], Channel.PAPER)
    assert found.recorded_by == meeting.meeting_secretary.id


async def test_only_the_chair_and_the_secretary_write_somebody_else_in(meeting: Conference) -> None:
    other = Request(member_id=meeting.ombud[1])
    assert await refusals(ask(meeting, meeting.actor(0), 0, other)) == {"not_your_role"}
    assert await steps(meeting) == []


async def test_whoever_is_not_there_or_has_no_right_to_speak_is_told_why(meeting: Conference) -> None:
    world, database = meeting.world, meeting.world.database
    assert await refusals(ask(meeting, world.actor("member"))) == {"not_checked_in"}
    assert await refusals(ask(meeting, meeting.presidium, 0, Request(member_id=new_id()))) == {"not_checked_in"}
    async with database.unit(NOW) as unit:
        await unit.session.execute(
            update(PresenceRow).where(PresenceRow.member_id == meeting.ombud[0]).values(speaks=False)
        )
    assert await refusals(ask(meeting, meeting.actor(0))) == {"no_right_to_speak"}
    await waive(meeting, "no_right_to_speak")
    await ask(meeting, meeting.actor(0))


async def test_whoever_does_not_see_the_meeting_finds_nothing(meeting: Conference) -> None:
    outsider = meeting.world.actor("outsider")
    speech = await ask(meeting, meeting.actor(0))
    with pytest.raises(NotFoundError):
        await ask(meeting, outsider)
    with pytest.raises(NotFoundError):
        await at(meeting).withdraw(speech, actor=outsider)


async def test_whoever_is_barred_takes_no_part_not_even_by_a_waiver(meeting: Conference) -> None:
    item = await item_of(meeting)
    async with meeting.world.database.unit(NOW) as unit:
        unit.session.add(
            BarredRow(id=new_id(), item_id=item, member_id=meeting.ombud[0], reason="Styrelsen", declared_at=NOW)
        )
    await waive(meeting, "barred")
    assert await refusals(ask(meeting, meeting.actor(0))) == {"barred"}


async def test_a_mover_who_is_no_ombud_speaks_on_their_own_motion_and_on_nothing_else(meeting: Conference) -> None:
    world = meeting.world
    ((name, motion),) = await drafts(world, 1)
    async with world.database.unit(NOW) as unit:
        unit.session.add(here_as_mover(meeting, world.members[name]))
        await unit.session.execute(update(AgendaItemRow).values(motion_id=motion))
    speech = await ask(meeting, world.actor(name))
    await at(meeting).withdraw(speech, actor=world.actor(name))
    async with world.database.unit(NOW) as unit:
        await unit.session.execute(update(AgendaItemRow).values(motion_id=None))
    assert await refusals(ask(meeting, world.actor(name))) == {"no_right_to_speak"}


async def test_one_does_not_stand_on_the_list_twice_but_may_ask_again_after_having_spoken(
    meeting: Conference,
) -> None:
    tora, chair = meeting.actor(0), meeting.presidium
    speech = await ask(meeting, tora)
    assert await refusals(ask(meeting, tora)) == {"on_list_already"}
    await ask(meeting, tora, 0, ORDER)
    await at(meeting).withdraw(speech, actor=tora)
    again = await ask(meeting, tora)
    await at(meeting).give(meeting.meeting, again, actor=chair)
    await ask(meeting, tora)


async def test_one_replies_to_somebody_else_who_speaks_or_has_just_spoken(meeting: Conference) -> None:
    tora, elin, chair = meeting.actor(0), meeting.actor(1), meeting.presidium
    assert await refusals(ask(meeting, elin, 0, REPLY)) == {"nothing_to_reply_to"}
    speech = await ask(meeting, tora)
    await at(meeting).give(meeting.meeting, actor=chair)
    assert await refusals(ask(meeting, tora, 0, REPLY)) == {"nothing_to_reply_to"}
    await at(meeting, 1).end(speech, actor=chair)
    reply = await ask(meeting, elin, 2, REPLY)
    assert (await row(meeting, reply)).reply_to_id == speech


async def test_streck_gives_a_moment_to_sign_up_and_then_closes_the_list_until_the_meeting_lifts_it(
    meeting: Conference,
) -> None:
    chair, secretary = meeting.presidium, meeting.meeting_secretary
    await rules(meeting).draw_streck(meeting.meeting, NOW + 2 * MINUTE, actor=chair)
    await ask(meeting, meeting.actor(0), 1.99)
    assert await refusals(ask(meeting, meeting.actor(1), 2)) == {"list_closed"}
    # A hand that was up in time counts, a point of order always.
    slip = Request(member_id=meeting.ombud[1], received_at=NOW + MINUTE, channel=Channel.FLOOR)
    await ask(meeting, secretary, 5, slip)
    await ask(meeting, meeting.actor(2), 5, ORDER)
    await rules(meeting, 6).lift_streck(meeting.meeting, actor=chair)
    await ask(meeting, meeting.actor(3), 6)
    await rules(meeting, 7).draw_streck(meeting.meeting, None, actor=chair)
    assert await refusals(ask(meeting, meeting.actor(4), 7)) == {"list_closed"}
    await waive(meeting, "list_closed")
    await ask(meeting, meeting.actor(4), 8)


async def test_a_streck_in_the_past_is_refused_and_so_is_lifting_none(meeting: Conference) -> None:
    chair = meeting.presidium
    assert await refusals(rules(meeting).lift_streck(meeting.meeting, actor=chair)) == {"no_streck"}
    passed = rules(meeting).draw_streck(meeting.meeting, NOW - MINUTE, actor=chair)
    assert await refusals(passed) == {"streck_passed"}


async def test_a_closed_debate_takes_points_of_order_only(meeting: Conference) -> None:
    item = await item_of(meeting)
    async with meeting.world.database.unit(NOW) as unit:
        matter = MatterRow(
            id=new_id(), meeting_id=meeting.meeting, item_id=item, kind=MatterKind.QUESTION, position=1, title="Fråga",
            state=MatterState.DEBATE_CLOSED, opened_at=NOW,
        )  # fmt: skip
        unit.session.add(matter)
    assert await refusals(ask(meeting, meeting.actor(0))) == {"debate_closed"}
    await ask(meeting, meeting.actor(0), 0, ORDER)


async def test_nothing_is_said_while_no_item_is_open_or_the_meeting_does_not_sit(meeting: Conference) -> None:
    async with meeting.world.database.unit(NOW) as unit:
        await unit.session.execute(update(AgendaItemRow).values(state=ItemState.CLOSED))
    assert "item_not_open" in await refusals(ask(meeting, meeting.actor(0)))
    await Meetings(meeting.world.database, NOW).close(meeting.meeting, actor=meeting.presidium)
    assert "meeting_not_sitting" in await refusals(ask(meeting, meeting.actor(0)))


async def test_the_chair_may_let_somebody_in_ahead_and_it_stands_on_the_record(meeting: Conference) -> None:
    first, second = await ask(meeting, meeting.actor(0)), await ask(meeting, meeting.actor(1), 1)
    assert await at(meeting, 2).give(meeting.meeting, second, actor=meeting.presidium) == second
    assert await in_line(meeting) == [second, first]
    async with meeting.world.database.read() as connection:
        record = (await connection.execute(select(StepRow.record).where(StepRow.rule == "give"))).scalar_one()
    assert '"warnings":["not_their_turn"]' in record


async def test_whoever_was_called_by_mistake_goes_back_to_their_place(meeting: Conference) -> None:
    first, second = await ask(meeting, meeting.actor(0)), await ask(meeting, meeting.actor(1), 1)
    await at(meeting, 2).give(meeting.meeting, second, actor=meeting.presidium)
    await at(meeting, 2).put_back(second, actor=meeting.presidium)
    assert await in_line(meeting) == [first, second]
    assert (await row(meeting, second)).started_at is None


async def test_a_speaker_may_finish_and_leave_the_list_but_not_for_others(meeting: Conference) -> None:
    tora, elin = meeting.actor(0), meeting.actor(1)
    own, others = await ask(meeting, tora), await ask(meeting, elin, 1)
    assert await refusals(at(meeting).withdraw(others, actor=tora)) == {"not_your_role"}
    await at(meeting).give(meeting.meeting, own, actor=meeting.presidium)
    assert await refusals(at(meeting).end(own, actor=elin)) == {"not_your_role"}
    await at(meeting).end(own, actor=tora)
    await at(meeting).withdraw(others, actor=elin)
    assert await refusals(at(meeting).give(meeting.meeting, actor=meeting.presidium)) == {"nobody_waits"}


async def test_those_who_have_not_spoken_go_first_where_the_meeting_has_decided_so(meeting: Conference) -> None:
    chair = meeting.presidium
    await rules(meeting).decide(meeting.meeting, Rules(first_timers_first=True), actor=chair)
    spoke = await ask(meeting, meeting.actor(0))
    await at(meeting).give(meeting.meeting, actor=chair)
    again = await ask(meeting, meeting.actor(0), 1)
    new = await ask(meeting, meeting.actor(1), 2)
    assert await in_line(meeting) == [spoke, new, again]


@pytest.mark.parametrize("declared", [None, Gender.OTHER, Gender.MAN])
async def test_the_list_does_not_tell_who_has_declared_nothing_from_those_who_do_not_go_first(
    meeting: Conference, declared: Gender | None
) -> None:
    chair = meeting.presidium
    await rules(meeting).decide(meeting.meeting, Rules(preferred=Gender.WOMAN), actor=chair)
    await declare(meeting, {0: Gender.MAN, 1: declared, 2: Gender.WOMAN, 3: Gender.MAN})
    asked = [await ask(meeting, meeting.actor(index), index) for index in range(4)]
    assert await in_line(meeting) == [asked[2], asked[0], asked[1], asked[3]]


async def test_a_meeting_drops_the_rule_of_gender_and_takes_it_up_again_but_never_switches_it(
    meeting: Conference,
) -> None:
    async def decide(gender: Gender | None) -> UUID:
        return await rules(meeting).decide(meeting.meeting, Rules(preferred=gender), actor=meeting.presidium)

    await decide(Gender.WOMAN)
    assert await refusals(decide(Gender.MAN)) == {"preference_switched"}
    await decide(None)
    assert await refusals(decide(Gender.MAN)) == {"preference_switched"}
    await decide(Gender.WOMAN)
    with pytest.raises(InvalidInputError):
        await decide(Gender.OTHER)


async def test_the_items_own_time_limit_goes_before_the_meetings_and_a_reply_has_its_own(meeting: Conference) -> None:
    chair = meeting.presidium
    await rules(meeting).decide(meeting.meeting, Rules(speech_seconds=180, reply_seconds=60), actor=chair)
    await rules(meeting).set_speech_time(meeting.meeting, 90, actor=chair)
    speech = await ask(meeting, meeting.actor(0))
    await at(meeting).give(meeting.meeting, actor=chair)
    reply = await ask(meeting, meeting.actor(1), 1, REPLY)
    await at(meeting, 2).give(meeting.meeting, ends_id=speech, actor=chair)
    assert [(await row(meeting, each)).limit_seconds for each in (speech, reply)] == [90, 60]
    await rules(meeting).set_speech_time(meeting.meeting, None, actor=chair)
    third = await ask(meeting, meeting.actor(2), 3)
    await at(meeting, 4).give(meeting.meeting, ends_id=reply, actor=chair)
    assert (await row(meeting, third)).limit_seconds == 180


async def test_only_those_who_preside_decide_about_the_floor(meeting: Conference) -> None:
    tora = meeting.actor(0)
    speech = await ask(meeting, tora)
    for call in (
        at(meeting).give(meeting.meeting, speech, actor=tora),
        rules(meeting).decide(meeting.meeting, Rules(), actor=tora),
        rules(meeting).draw_streck(meeting.meeting, None, actor=tora),
        rules(meeting).set_speech_time(meeting.meeting, 60, actor=tora),
    ):
        assert await refusals(call) == {"not_your_role"}


async def test_two_chairs_who_give_the_floor_at_once_give_it_to_one(meeting: Conference) -> None:
    speeches = [await ask(meeting, meeting.actor(index), index) for index in range(3)]
    chairs = (meeting.presidium, meeting.meeting_secretary)
    found = await asyncio.gather(
        *(at(meeting, 5).give(meeting.meeting, actor=chair) for chair in chairs), return_exceptions=True
    )
    assert sorted(map(outcome, found)) == sorted([str(speeches[0]), "somebody_speaks"])
    # Both see the same speech going on and let the next one in: one of them is told that the other was first.
    found = await asyncio.gather(
        *(at(meeting, 6).give(meeting.meeting, ends_id=speeches[0], actor=chair) for chair in chairs),
        return_exceptions=True,
    )
    assert sorted(map(outcome, found)) == sorted([str(speeches[1]), "somebody_speaks"])
    assert await in_line(meeting) == speeches[1:]


async def test_all_who_ask_at_once_get_a_place_and_a_number_of_their_own(meeting: Conference) -> None:
    asked = await asyncio.gather(*(ask(meeting, meeting.actor(index)) for index in range(6)))
    numbers = [(await row(meeting, speech)).number for speech in asked]
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


async def test_when_an_item_is_left_nobody_is_left_speaking_and_its_list_is_kept_or_gone(meeting: Conference) -> None:
    database, chair, item = meeting.world.database, meeting.presidium, await item_of(meeting)
    speaking, waiting = await ask(meeting, meeting.actor(0)), await ask(meeting, meeting.actor(1), 1)

    async def states() -> list[SpeechState]:
        return [(await row(meeting, each)).state for each in (speaking, waiting)]

    await at(meeting, 2).give(meeting.meeting, actor=chair)
    await Meetings(database, NOW + 3 * MINUTE).adjourn(meeting.meeting, actor=chair)
    assert await states() == [SpeechState.ENDED, SpeechState.WAITING]
    await Meetings(database, NOW + 4 * MINUTE).resume(meeting.meeting, actor=chair)
    items = Items(database, NOW + 5 * MINUTE)
    await items.adjourn(item, actor=chair)
    assert await states() == [SpeechState.ENDED, SpeechState.WAITING]
    await items.open(item, actor=chair)
    assert await in_line(meeting) == [waiting]
    await items.close(item, actor=chair)
    assert await states() == [SpeechState.ENDED, SpeechState.WITHDRAWN]
