"""`democracy verify minutes`: a meeting that its services held, and what somebody with the database can do to it."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text, update

from democracy.cli import commands
from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.minutes_verdict import MinutesFault
from democracy.services.people import People
from democracy.services.proceedings.minutes import Minutes
from democracy.services.proceedings.minutes_addenda import Correction, MinutesAddenda
from democracy.services.proceedings.minutes_reading import shown
from democracy.services.proceedings.minutes_signing import MinutesSigning, Signature
from democracy.services.proceedings.minutes_text import written
from democracy.services.verifying.minutes import verify_minutes, verify_within
from democracy.storage.tables.agenda import MeetingOfficerRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.minutes import MinutesAddendumRow
from tests import frauds
from tests.services.test_minutes_story import Room, play, room
from tests.world import World
from workflows.meeting import MeetingState
from workflows.proceedings import OfficerRole

F = MinutesFault
OFFICERS = {
    "presidium": OfficerRole.CHAIR, "meeting_secretary": OfficerRole.SECRETARY, "member": OfficerRole.VERIFIER,
    "neighbour": OfficerRole.VERIFIER,
}  # fmt: skip


async def verified(hall: Room) -> UUID:
    """Close the meeting, let everybody sign, and put a slip of the pen right."""
    world, secretary = hall.world, hall.world.actor("meeting_secretary")
    async with world.database.unit(hall.now) as unit:
        unit.session.add_all(
            MeetingOfficerRow(id=new_id(), meeting_id=world.meeting, member_id=world.members[name], role=role,
                              position=1, since=hall.now)
            for name, role in OFFICERS.items()
        )  # fmt: skip
        over = {"state": MeetingState.CLOSED, "closed_at": hall.now}
        await unit.session.execute(update(MeetingRow).where(MeetingRow.id == world.meeting).values(over))
        minutes = await unit.minutes.of_meeting(world.meeting)
    assert minutes is not None
    await hall.service(Minutes).edit(minutes, hall.item, "Debatten blev lång.", actor=secretary)
    await hall.service(Minutes).open_signing(minutes, actor=secretary)
    async with world.database.unit(hall.now) as unit:
        digest = (await unit.minutes.row(minutes)).digest or ""
    for name in OFFICERS:
        given = Signature(digest, dissent="Nja." if name == "member" else None)
        await hall.service(MinutesSigning).sign(minutes, given, actor=world.actor(name))
    error = Correction(hall.item, "lång", "långvarig", "Skrivfel.")
    await hall.service(MinutesAddenda).propose(minutes, error, actor=secretary)
    async with world.database.read() as connection:
        (addendum,) = (await connection.execute(select(MinutesAddendumRow.id))).scalars()
    for name in ("presidium", "member", "neighbour"):
        await hall.service(MinutesAddenda).sign(addendum, Signature(""), actor=world.actor(name))
    return minutes


@pytest.fixture
async def hall(world: World) -> Room:
    made = await room(world)
    await play(made)
    await verified(made)
    return made


async def faults(hall: Room) -> set[MinutesFault]:
    report = await verify_minutes(hall.world.database)
    return {each.fault for each in report.findings}


async def test_minutes_that_nobody_has_touched_say_what_happened(hall: Room) -> None:
    report = await verify_minutes(hall.world.database, "Distriktsårskonferens 2026")
    assert report.findings == []
    assert (report.minutes, report.fixed, report.signatures) == (1, 1, 7)
    assert report.rows > 15


def of(label: str) -> str:
    return f"(SELECT id FROM proposal WHERE label = '{label}')"


def person(family: str) -> str:
    return f"(SELECT id FROM member WHERE family_name = '{family}')"


WHOLE = "addendum_id IS NULL AND role = 'CHAIR'"
EVENTS = {F.EVENTS_DIFFER}
FRAUDS: dict[str, tuple[str, set[MinutesFault]]] = {
    "figures": ("UPDATE division SET yes = 30, no = 26 WHERE role = 'main'", EVENTS | {F.FIGURES_DIFFER}),
    "the outcome of a question": (
        f"UPDATE question SET winner_id = {of('C')} WHERE kind = 'RIVALS' AND level = 0", EVENTS | {F.OUTCOME_DIFFERS},
    ),
    "the decision": (f"UPDATE matter_decision SET proposal_id = {of('C')}", EVENTS | {F.OUTCOME_DIFFERS}),
    "words of a proposal": ("UPDATE proposal SET text = 'fem' WHERE label = 'A'", EVENTS | {F.WORDS_DIFFER}),
    "a mover": (
        f"UPDATE proposal_mover SET member_id = {person('Norrbåge')} WHERE proposal_id = {of('D')}", EVENTS,
    ),
    "a voter in the roll": (f"DELETE FROM roll_entry WHERE member_id = {person('Ombud 040')}", EVENTS),
    "a reservation": ("DELETE FROM statement WHERE kind = 'RESERVATION'", EVENTS),
    "a note": ("UPDATE statement SET text = 'Nej' WHERE kind = 'MINUTE_NOTE'", {F.WORDS_DIFFER}),
    "the secretary's words": ("UPDATE minutes_wording SET text = 'Ingen debatt.'", EVENTS),
    "the text": ("UPDATE minutes SET text = replace(text, '27', '29')", EVENTS | {F.TEXT_ALTERED}),
    "the digest": ("UPDATE minutes SET digest = 'x'", {F.DIGEST_ALTERED}),
    "the state": ("UPDATE minutes SET state = 'PUBLISHED'", {F.STATE_ALTERED}),
    "a signature removed": (f"DELETE FROM minutes_signature WHERE {WHOLE}", {F.SIGNATURE_MISSING}),
    "a signature moved": (
        f"UPDATE minutes_signature SET member_id = {person('Ombud 040')} WHERE {WHOLE}", {F.SIGNATURE_ALTERED},
    ),
    "a dissent": ("UPDATE minutes_signature SET dissent = NULL", {F.SIGNATURE_ALTERED}),
    "a correction": ("UPDATE minutes_addendum SET after = 'kort'", {F.ADDENDUM_ALTERED}),
}  # fmt: skip


async def test_every_fraud_is_found_and_named(hall: Room) -> None:
    database, found = hall.world.database, {}
    for name, (statement, _) in FRAUDS.items():
        async with database.writer.connect() as connection:
            await connection.execute(text(statement))
            report = await verify_within(connection, database.zone)
            await connection.rollback()
        found[name] = {each.fault for each in report.findings}
    assert found == {name: expected for name, (_, expected) in FRAUDS.items()}
    assert await faults(hall) == set()


async def test_a_name_changed_behind_the_signatures_is_found(hall: Room) -> None:
    changed = "UPDATE kept_text SET content = replace(content, 'Kvistmark', 'Kvastmark') WHERE noun = 'minutes_name'"
    frauds.commit(hall.world.database.url, changed)
    assert await faults(hall) == {F.RECORD_ALTERED}


async def test_figures_text_and_digest_changed_together_are_found_against_the_ledger(hall: Room) -> None:
    frauds.commit(hall.world.database.url, FRAUDS["figures"][0])
    async with hall.world.database.unit(hall.now) as unit:
        minutes = await unit.minutes.of_meeting(hall.world.meeting)
        assert minutes is not None
        now = await written(unit.session, hall.world.meeting, minutes, unit.zone)
        row = await unit.minutes.row(minutes)
        row.text, row.digest = now.text, now.digest
    assert await faults(hall) == {F.TEXT_ALTERED, F.DIGEST_ALTERED, F.FIGURES_DIFFER}


async def test_what_has_been_erased_is_no_fraud(hall: Room) -> None:
    operator: Actor = hall.world.actor("operator")
    service = People(hall.world.database, hall.now + timedelta(days=30))
    for member in (hall.conference.ombud[0], hall.world.members["board"], hall.world.members["member"]):
        await service.erase(member, "Begäran.", actor=operator)
    assert await faults(hall) == set()
    async with hall.world.database.unit(hall.now) as unit:
        minutes = await unit.minutes.of_meeting(hall.world.meeting)
        assert minutes is not None
        text = (await shown(unit.session, minutes, unit.zone)).markdown
    assert "Kvistmark" not in text
    assert "[namnet borttaget] låter anteckna till protokollet:\n\n> [texten borttagen]" in text
    assert "Nja." not in text


async def test_the_command_names_what_differs_and_where(hall: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMOCRACY_DATABASE_URL", hall.world.database.url)

    def invoke(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(commands, ["verify", "minutes", *arguments])
        return result.exit_code, result.output

    code, said = await asyncio.to_thread(invoke)
    assert code == 0
    assert said.startswith("Protokollen säger det som hände. 1 protokoll prövade")
    frauds.commit(hall.world.database.url, FRAUDS["figures"][0])
    code, said = await asyncio.to_thread(invoke, "2026")
    assert code == 1
    assert "Distriktsårskonferens 2026, § 14 Verksamhetsplanen: det som hände säger något annat än texten" in said
    assert "JA = A 27, NEJ = B 29" in said
    assert "JA = A 30, NEJ = B 26" in said
    code, said = await asyncio.to_thread(invoke, "Ingenstans")
    assert code == 1
    assert "Det finns inget protokoll från något möte som heter Ingenstans." in said
