"""A closed vote on demand, and the quorum before the gavel: rights that statutes give or leave out."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from democracy.services.proceedings.closed_votes import ClosedVotes
from democracy.services.proceedings.divisions import Divisions, Handed, Way
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.proceedings.trials import Trials
from democracy.storage import statutes
from democracy.storage.tables.step import StepRow
from tests.deciding import Hall, at_passage
from tests.world import World
from workflows.engine import StepDenied
from workflows.proceedings import DivisionMethod, ProposalKind
from workflows.question import QuestionState
from workflows.statutes import packaged, resolve
from workflows.statutes.majority import Share

M = DivisionMethod
QUORUM = {"meetings.quorum.district_conference": Share(3, 4)}


async def between_two(world: World, settings: dict[str, Any]) -> Hall:
    """Two proposals of which the chair has found one, under statutes that say something more."""
    hall = await at_passage(world)
    own = packaged("vansterpartiet")
    changed = replace(own, settings={**own.settings, **settings})
    async with world.database.unit(hall.now) as unit:
        digest = await statutes.keep(unit.session, resolve(changed))
        (await unit.meetings.row(world.meeting)).statutes_digest = digest
    await hall.propose(ProposalKind.COUNTER, "En fond.", by=hall.ombud(1))
    await hall.ordered()
    await hall.name((await hall.proposals())["A"].id)
    return hall


async def closed(hall: Hall, *voters: int) -> None:
    """They ask for a closed vote."""
    (question,) = [row.id for row in await hall.questions() if row.level == 0]
    for index in voters:
        await hall.service(ClosedVotes).request(question, Handed(), actor=hall.ombud(index))


async def codes(act: Any) -> list[str]:
    with pytest.raises(StepDenied) as refused:
        await act
    return [each.code for each in refused.value.denials]


async def test_enough_voters_get_a_closed_vote_and_their_asking_is_a_division(world: World) -> None:
    hall = await between_two(world, {"minorities.secret_vote": 2})
    await closed(hall, 0)
    (question,) = await hall.questions()
    assert question.state is QuestionState.DIVIDING
    assert await codes(closed(hall, 0)) == ["secret_asked_before"]
    await closed(hall, 1)
    divisions = hall.service(Divisions)
    assert await codes(divisions.open(question.id, Way(M.SHOW_OF_CARDS), actor=hall.chair)) == ["secret_demanded"]
    assert await codes(hall.service(Trials).open(question.id, actor=hall.chair)) == ["secret_demanded"]
    await hall.count(await divisions.open(question.id, Way(M.SECRET), actor=hall.chair), 4, 2)


async def test_one_who_asks_alone_where_more_are_wanted_gets_an_open_vote(world: World) -> None:
    hall = await between_two(world, {"minorities.secret_vote": 2})
    await closed(hall, 0)
    await hall.vote(4, 2)


async def test_without_such_a_right_nobody_gets_one_by_asking(world: World) -> None:
    hall = await between_two(world, {"minorities.counted_vote": 1})
    assert await codes(closed(hall, 0)) == ["no_secret_right"]


@pytest.mark.parametrize("binds", [True, False])
async def test_too_few_present_stop_the_gavel_or_are_a_warning_as_the_statutes_say(world: World, binds: bool) -> None:
    hall = await between_two(world, {**QUORUM, "meetings.acclamation_needs_quorum": binds})
    for index in (4, 5):
        await hall.service(Presences).check_out(world.meeting, Door(), actor=hall.ombud(index))
    if binds:
        assert await codes(hall.gavel()) == ["too_few_present"]
        await hall.service(Presences).check_in(world.meeting, Door(), actor=hall.ombud(4))
    await hall.gavel()
    async with world.database.read() as reader:
        found = await reader.execute(
            select(StepRow.record).where(StepRow.workflow == "question", StepRow.rule == "gavel")
        )
    assert json.loads(found.scalars().all()[-1])["warnings"] == ([] if binds else ["quorum_doubtful"])
