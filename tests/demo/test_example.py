"""What the living example holds, and who can do something in it."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text
from starlette.applications import Starlette

from democracy.demo import parts, times
from democracy.demo.build import PASSWORD
from democracy.demo.cast import cast
from democracy.demo.content import Treated, load
from democracy.demo.folder import DemoFolder
from democracy.demo.server import settings_of
from democracy.services.replay import replay_ledger
from democracy.services.verify import verify_ledger
from democracy.storage.unit_of_work import Database
from schema.asgi import create_app
from workflows.motion import MotionState

CONTENT = load()
PEOPLE = parts.playable(cast(CONTENT), CONTENT)
GOING_ON = CONTENT.conference


def treated(title: str) -> str:
    left = [each.motion for each in GOING_ON.sitting.items if each.motion and not each.block and each.treated is None]
    return "SCHEDULED" if title in left else "DECIDED"


OPEN = next(each for each in GOING_ON.sitting.items if each.treated is Treated.OPEN)
DECIDED_NOW = sum(len(each.clauses) for each in GOING_ON.motions if treated(each.title) == "DECIDED")
SENT_ON = [each for each in CONTENT.motions if each.sent_as]

ASK = """{
  viewer { name }
  inbox(first: 100) { totalCount items { nextStep { label } case { __typename } } }
  motions(first: 100) { totalCount nodes { title actions { name allowed } } }
  meetings(first: 50) { nodes { name actions { name allowed } } }
}"""
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { ... on Session { token } } }"


@pytest.fixture
async def database(built_example: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{built_example / 'democracy.db'}")
    yield database
    await database.close()


@pytest.fixture
async def app(example_folder: Path) -> AsyncIterator[Starlette]:
    app = create_app(settings_of(DemoFolder(example_folder), 8000))
    async with app.router.lifespan_context(app):
        yield app


async def rows(database: Database, statement: str) -> list[Any]:
    async with database.read() as connection:
        return list((await connection.execute(text(statement))).all())


async def test_the_81_motions_stand_where_the_content_says_and_two_have_their_original_below(
    database: Database,
) -> None:
    found = Counter(tuple(each) for each in await rows(database, "SELECT title, state FROM motion"))
    assert found == Counter(
        [(each.title, each.state.name) for each in CONTENT.motions]
        + [(each.title, "CLOSED") for each in SENT_ON]
        + [(each.title, treated(each.title)) for each in GOING_ON.motions]
    )
    assert {state for _, state in found} == {each.name for each in MotionState}
    assert len(CONTENT.motions) == 81
    assert len(SENT_ON) == 2


async def test_the_district_has_its_2000_members_in_25_branches_and_there_is_another_district(
    database: Database,
) -> None:
    counted = await rows(
        database,
        "SELECT u.name, count(*) FROM membership m JOIN unit u ON u.id = m.unit_id "
        "WHERE m.voting AND m.ended_on IS NULL GROUP BY u.name",
    )
    sizes = {each.name: each.members for each in CONTENT.district.branches}
    assert {name: count for name, count in counted if name in sizes} == sizes
    assert sum(sizes.values()) == 2000
    assert len(sizes) == 25
    assert set(dict(map(tuple, counted))) - set(sizes)


async def test_replies_reservations_decisions_and_reports_are_those_of_the_content(database: Database) -> None:
    clauses = [clause for each in (*CONTENT.motions, *GOING_ON.motions) for clause in each.clauses]
    begun = sum(len(each.clauses) for each in SENT_ON)
    wanted = {
        "recommendation": sum(each.recommendation is not None for each in clauses) + begun,
        "decision": sum(each.decision is not None for each in clauses) + begun + DECIDED_NOW,
        "follow_up": sum(each.follow_up is not None for each in clauses) + begun,
        "reservation": sum(len(each.reservations) for each in CONTENT.motions),
    }
    for table, count in wanted.items():
        assert (await rows(database, f"SELECT count(*) FROM {table}"))[0][0] == count, table
    against = await rows(database, "SELECT count(*) FROM decision WHERE NOT as_recommended AND votes_for > 0")
    assert against[0][0] > 0


async def test_the_chain_of_a_motion_that_was_sent_on_is_kept(database: Database) -> None:
    chain = await rows(
        database,
        "SELECT m.title, m.sent_as, o.title, o.state FROM motion m JOIN motion o ON o.id = m.origin_id",
    )
    assert {(each[0], each[1]) for each in chain} == {
        (each.title, each.sent_as.name) for each in SENT_ON if each.sent_as
    }
    assert all(each[0] == each[2] and each[3] == "CLOSED" for each in chain)


async def test_no_deadline_of_the_called_meetings_has_passed_when_the_story_begins(database: Database) -> None:
    called = await rows(database, "SELECT motions_close_at FROM meeting WHERE state = 'CALLED'")
    assert len(called) == 5
    assert all(each[0] > times.BEGINS.strftime("%Y-%m-%d %H:%M") for each in called)


async def test_the_ledger_is_whole_in_the_order_of_the_story_and_todays_rules_allow_it(database: Database) -> None:
    report = await verify_ledger(database)
    assert (report.first, report.waiting) == (None, 0)
    assert report.steps > 400
    assert (await replay_ledger(database)).refused == []
    told = [each[0] for each in await rows(
        database, "SELECT s.at FROM step s JOIN chain c ON c.step_id = s.id ORDER BY c.position"
    )]  # fmt: skip
    assert told == sorted(told)


async def test_the_district_board_has_cases_in_every_stage_and_one_is_before_the_party_board(
    database: Database,
) -> None:
    applied = dict(tuple(each) for each in await rows(database, "SELECT name, state FROM branch_application"))
    assert sorted(applied.values()) == ["APPROVED", "GATHERING", "HEARING", "READY", "REFUSED", "REFUSED"]
    assert await rows(database, "SELECT state FROM appeal") == [("READY",)]
    assert sorted(each[0] for each in await rows(database, "SELECT state FROM ruling")) == ["APPEALED", "OPEN"]
    signed = await rows(
        database,
        "SELECT count(*) FROM founder f JOIN branch_application a ON a.id = f.application_id "
        "WHERE a.state = 'GATHERING' AND f.confirmed_at IS NOT NULL",
    )
    assert signed == [(8,)]


async def test_whoever_seemed_a_member_in_time_was_not(database: Database) -> None:
    found = await rows(
        database,
        "SELECT m.effective_on FROM membership m JOIN member p ON p.id = m.member_id "
        "WHERE p.given_name || ' ' || p.family_name = 'Kaveh Solmyr'",
    )
    assert found[0][0] == "2026-02-26"


async def test_everybody_in_a_role_signs_in_and_has_something_to_do(app: Starlette) -> None:
    waits: dict[str, int] = {}
    for part in PEOPLE:
        answer = await ask(app, part.login)
        assert answer["viewer"]["name"] == part.name
        cases = [*answer["motions"]["nodes"], *answer["meetings"]["nodes"]]
        may = {action["name"] for case in cases for action in case["actions"] if action["allowed"]}
        waits[part.english] = answer["inbox"]["totalCount"]
        assert waits[part.english] or may or part.name == str(part_named(parts.WRITER)) or "another" in part.english
    with_inbox = {
        "member with a draft", "invited co-mover", "delegate", "district board's secretary", "district board member",
        "conference's secretary", "auditor", "leads a body that has to report", "branch's chair", "branch's secretary",
        "party board's secretary",
    }  # fmt: skip
    assert {name for name, count in waits.items() if count} >= with_inbox


async def test_a_member_of_another_district_sees_the_congress_and_their_own_conference(app: Starlette) -> None:
    answer = await ask(app, next(each.login for each in PEOPLE if "another" in each.english))
    assert {each["name"] for each in answer["meetings"]["nodes"]} == {"Kongress 2026", GOING_ON.sitting.meeting.title}
    assert {each["title"] for each in answer["motions"]["nodes"]} == {each.title for each in GOING_ON.motions}


async def test_a_member_reads_last_years_motions_and_not_this_years_before_the_papers_are_out(app: Starlette) -> None:
    answer = await ask(app, part_named(parts.WRITER).number)
    seen = {each["title"] for each in answer["motions"]["nodes"]}
    last_year = {each.title for each in CONTENT.motions if each.meeting == "district_conference_2025"}
    own = {each.title for each in CONTENT.motions if parts.WRITER in each.movers}
    sent = {each.title for each in SENT_ON if each.meeting == "congress_2026"}
    assert seen == last_year | own | sent


async def test_the_conference_has_220_delegates_allotted_reported_and_present(database: Database) -> None:
    seats = await rows(database, "SELECT seats FROM seats")
    assert sum(each[0] for each in seats) == 220
    assert len(seats) == len(GOING_ON.sitting.branches)
    voting = await rows(
        database, "SELECT participant, count(*) FROM presence WHERE voting AND out_at IS NULL GROUP BY participant"
    )
    assert dict(map(tuple, voting)) == {"DELEGATE": 219, "SUBSTITUTE": 1}


async def test_the_conference_is_half_way_through_its_agenda(database: Database) -> None:
    found = await rows(
        database,
        "SELECT i.title, i.state FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.state = 'OPENED'",
    )
    states = dict(map(tuple, found))
    assert states["Budgetram 2026"] == "ADJOURNED"
    assert [title for title, state in states.items() if state == "OPEN"] == [OPEN.title]
    counted = Counter(states.values())
    assert counted["CLOSED"] > 10
    assert counted["PLANNED"] >= 3
    elected = await rows(database, "SELECT role, count(*) FROM meeting_officer GROUP BY role")
    assert dict(map(tuple, elected)) == {"CHAIR": 1, "SECRETARY": 1, "VERIFIER": 2, "TELLER": 2}


async def test_a_division_has_been_taken_and_the_speakers_list_is_alive(database: Database) -> None:
    divisions = await rows(database, "SELECT state, yes, no, abstained FROM division")
    assert [(each[0], sum(each[1:])) for each in divisions] == [("ANNOUNCED", 220)]
    speeches = Counter(each[0] for each in await rows(database, "SELECT state FROM speech"))
    assert speeches["WAITING"] == 3
    assert speeches["SPEAKING"] == 1


def part_named(name: str) -> Any:
    return cast(CONTENT).named(name)


async def ask(app: Starlette, login: str) -> dict[str, Any]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        key = "email" if "@" in login else "memberNumber"
        signed = await client.post(
            "/graphql", json={"query": SIGN_IN, "variables": {"input": {key: login, "password": PASSWORD}}}
        )
        token = signed.json()["data"]["signIn"]["token"]
        found = await client.post("/graphql", json={"query": ASK}, headers={"Authorization": f"Bearer {token}"})
        data: dict[str, Any] = found.json()["data"]
        return data
