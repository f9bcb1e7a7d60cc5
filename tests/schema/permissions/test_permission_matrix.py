"""Who sees and may do what: every cell of the table is tried through the API, and the table is read in review.

`make docs` writes `permission_matrix.md` anew.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from strawberry.types.base import StrawberryObjectDefinition

from democracy.domain.ids import new_id
from democracy.storage.events import events_after
from democracy.storage.reads.audience import listening
from democracy.storage.reads.events import visible
from democracy.storage.reads.reader import Reader
from democracy.storage.sessions import open_session
from democracy.storage.tables.account import AccountRow
from schema.schema import schema
from schema.types.governed import Governed
from tests.schema.permissions.conftest import Installation
from tests.schema.permissions.edge import Edge
from tests.schema.permissions.mutations import GONE, NO, OPEN_TO_ALL, ROWS, UNSEEN, YES, Row
from tests.schema.permissions.people import MACHINE, ROLES, SIGNED_IN
from tests.schema.permissions.reads import CASE_EVENTS, MEETING_EVENTS, READS, WITH_THEIR_OBJECT, may_follow, told_of
from tests.schema.permissions.seeds import AT, Seeded

TABLE = Path(__file__).with_name("permission_matrix.md")
CHANGED = {
    "Motion", "Meeting", "Minutes", "Division", "Statement", "Speech", "MemberBallot", "ElectorateCorrection",
    "AgendaItem",
    "Document", "Amendment",
    "Delegate", "Presence", "Roll",
    "Matter", "Proposal", "Question",
    "Election", "Candidacy", "CandidatePledge", "CandidateList",
    "Mandate", "RoleTemplate", "Body", "SeatByRight",
    "CouncilDecision", "OpenedCouncilPaper",
    "UnitPolicy",
    "BranchApplication", "Ruling", "Appeal",
}  # fmt: skip
"""What a mutation that was carried out answers with."""
UNRECORDED = {
    "attachToAppeal",
    "attachToApplication",
    "castElectionVote",
    "castVote",
    "draftBranchDecision",
    "openCouncilPaper",
}
"""No step is taken: what was done shows in what comes back, or in a log of its own."""
CASTING = "castBallot"
"""Follows the electorate instead of roles, and records nothing that could be counted: test_casting.py."""
TURNOUT = "Subscription.ballotTurnout"
"""Has tests of its own beside the urn that it tells of."""
ROOTS = {"Query", "Mutation", "Subscription"}
"""Whose fields have rows of their own."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
async def test_a_mutation_is_for_those_whom_its_rule_names(installation: Installation, row: Row) -> None:
    wrong = {}
    async with installation.copied() as shared:
        before = await shared.steps()
        for role in tried_by(shared, row):
            expected = row.expected(role)
            if expected in {NO, UNSEEN}:
                answer = await tried(shared, row, role)
            else:
                async with installation.copied() as own:
                    answer = await tried(own, row, role)
            if answer != expected:
                wrong[role] = (answer, expected)
        assert await shared.steps() == before
    assert wrong == {}


@pytest.mark.parametrize("field", sorted({read.field for read in READS}))
async def test_a_read_gives_everybody_what_is_theirs_to_see(installation: Installation, field: str) -> None:
    async with installation.copied() as edge:
        for read in READS:
            if read.field == field:
                variables = read.variables(edge.seeded)
                found = {role: read.found(await edge.data(role, read.query, variables)) for role in ROLES}
                assert found == {role: read.expected(role) for role in ROLES}, read.label


async def test_everybody_hears_of_the_cases_that_they_see(installation: Installation) -> None:
    """What a subscription passes on; that it asks this of every event, its own tests show."""
    async with installation.copied() as edge:
        seeded, database = edge.seeded, edge.app.database
        names = {key: name for name, key in _keys(seeded).items()}
        events = await events_after(database, 0, 10_000)
        for role in ROLES:
            reader = Reader(seeded.world.actor(role), AT, edge.app.zone)
            async with database.read() as connection:
                heard = await visible(connection, reader, events)
            # A roll is fixed, and questions are put, in more cases than the tables name.
            told = {names[event.case_id] for event in heard if event.case_id in names}
            assert told == told_of(role), role


async def test_everybody_follows_the_meetings_that_they_see(installation: Installation) -> None:
    """Of all who have a session, asked about together; the machine has none."""
    async with installation.copied() as edge:
        seeded, database = edge.seeded, edge.app.database
        sessions = await signed_in(edge, sorted(SIGNED_IN - MACHINE))
        heard: dict[str, set[str]] = {role: set() for role in ROLES}
        for name, meeting in seeded.meetings.items():
            async with database.read() as connection:
                found = await listening(connection, meeting, list(sessions), AT, edge.app.zone)
            for session in found:
                heard[sessions[session]].add(name)
        assert heard == {role: may_follow(role) for role in ROLES}


async def signed_in(edge: Edge, roles: list[str]) -> dict[UUID, str]:
    """A session for each of them, by its id."""
    opened: dict[UUID, str] = {}
    async with edge.app.database.unit(AT) as unit:
        for role in roles:
            key, account = getattr(edge.seeded.world.actor(role), "id"), new_id()  # noqa: B009 - an actor may have none
            is_staff = role == "staff"
            unit.session.add(
                AccountRow(id=account, member_id=None if is_staff else key, staff_id=key if is_staff else None)
            )
            await unit.session.flush()
            opened[await open_session(unit.session, account, account.bytes, AT, AT + timedelta(days=1))] = role
    return opened


@pytest.mark.parametrize("name", OPEN_TO_ALL)
async def test_the_way_in_answers_everybody_alike(installation: Installation, name: str) -> None:
    given, kind = OPEN_TO_ALL[name]
    query = f"mutation {{ {name} {{ __typename }} }}"
    if given is not None:
        query = f"mutation($input: {capital(name)}Input!) {{ {name}(input: $input) {{ __typename }} }}"
    async with installation.copied() as edge:
        for role in ROLES:
            answer = await edge.data(role, query, {"input": given})
            assert answer[name]["__typename"] == kind, role


def test_every_root_field_has_a_row() -> None:
    reads = {read.field for read in READS}
    rows = {row.name for row in ROWS} | set(OPEN_TO_ALL) | {CASTING}
    assert {f"Query.{name}" for name in fields_of("Query")} - reads == set()
    assert fields_of("Mutation") ^ rows == set()
    assert {f"Subscription.{name}" for name in fields_of("Subscription")} == {CASE_EVENTS, MEETING_EVENTS, TURNOUT}


OF_EVERY_CASE = {"actions", "next_steps", "history", "documentation"}
"""What every case answers of itself: seen by whoever sees the case."""


def test_every_field_that_is_resolved_has_a_row_or_is_seen_with_its_object() -> None:
    resolved = {
        f"{definition.name}.{schema.config.name_converter.get_graphql_name(field)}"
        for kind in schema.schema_converter.type_map.values()
        if isinstance(definition := kind.definition, StrawberryObjectDefinition) and definition.name not in ROOTS
        for field in definition.fields
        if field.base_resolver is not None
        and not (field.python_name in OF_EVERY_CASE and issubclass(definition.origin, Governed))
    }
    assert resolved - {read.field for read in READS} == WITH_THEIR_OBJECT


def test_the_table_that_was_reviewed_is_the_one_that_is_tried() -> None:
    if os.environ.get("DEMOCRACY_WRITE"):
        TABLE.write_text(table(), "utf-8")
    assert TABLE.read_text("utf-8") == table()


def tried_by(edge: Edge, row: Row) -> list[str]:
    """Everybody on SQLite. On PostgreSQL, where a copy costs more, one for each answer: who sees what, reads show."""
    if edge.app.database.dialect == "sqlite":
        return list(ROLES)
    return list({row.expected(role): role for role in ROLES}.values())


async def tried(edge: Edge, row: Row, role: str) -> str:
    """The answer in the table's words; the type of anything that has none."""
    query = f"""mutation($input: {capital(row.name)}Input!) {{ found: {row.name}(input: $input) {{
        __typename ... on NotAllowed {{ denials {{ code }} }} ... on InvalidInput {{ fields {{ path code }} }} }} }}"""
    before = await edge.steps()
    found = (await edge.data(role, query, {"input": row.input(edge.seeded)}))["found"]
    changed = await edge.steps() > before
    kind = found["__typename"]
    # An answer to a division is no step: that it was taken shows in the division that comes back.
    if kind in CHANGED and (changed or row.name in UNRECORDED):
        return YES
    if kind == "NotFound":
        return GONE if changed else UNSEEN
    if kind == "NotAllowed" and any(denial["code"] in {"not_your_role", row.reason} for denial in found["denials"]):
        return NO
    if kind == "NotAllowed" and not changed:
        return ", ".join(denial["code"] for denial in found["denials"])
    return f"{found} {changed}"


def _keys(seeded: Seeded) -> dict[str, UUID]:
    """Every case by its name, as the tables of people name it."""
    divisions = {f"division_{name}": key for name, key in seeded.rooms.divisions.items()}
    statements = {f"statement_{name}": key for name, key in seeded.rooms.statements.items()}
    minutes = {f"minutes_{stage}": key for stage, key in seeded.kept.minutes.items()}
    debates = {
        **{f"deciding_{name}": key for name, key in seeded.debates.matters.items()},
        **{f"proposal_{name}": key for name, key in seeded.debates.proposals.items()},
        **{f"question_{name}": key for name, key in seeded.debates.questions.items()},
    }
    cases = seeded.motions | seeded.meetings | seeded.ballots | seeded.items | seeded.speeches | seeded.roll
    papers = seeded.papers.documents | seeded.papers.amendments
    elected = seeded.elected.elections | seeded.elected.candidacies | seeded.elected.lists
    elected = elected | seeded.posts | seeded.councils.matters
    boards = seeded.cases.applications | seeded.cases.rulings | seeded.cases.appeals
    return boards | elected | cases | divisions | statements | minutes | debates | papers


def fields_of(kind: str) -> set[str]:
    """The names of a root's fields."""
    definition: Any = schema.get_type_by_name(kind)
    return {schema.config.name_converter.get_graphql_name(field) for field in definition.fields}


def capital(name: str) -> str:
    return name[0].upper() + name[1:]


def table() -> str:
    """The expected answers, which the tests above hold the API to."""
    seen = [(read.label, [_read(read.expected(role)) for role in ROLES]) for read in READS]
    seen.append(("`caseEvents` (of how many cases)", [str(len(told_of(role)) or "") for role in ROLES]))
    seen.append(("`meetingEvents` (of how many meetings)", [str(len(may_follow(role)) or "") for role in ROLES]))
    done = [(row.label, [_done(row.expected(role)) for role in ROLES]) for row in ROWS]
    way_in = [_line([f"`{name}`", f"`{kind}`"]) for name, (_, kind) in OPEN_TO_ALL.items()]
    return "\n".join(
        [
            "# Who sees and may do what",
            "",
            "Generated; every cell is tried by `test_permission_matrix.py`. In brackets: the case that it is tried on.",
            "",
            "## Reading",
            "",
            "● is seen; a number is how many are seen; an empty cell is nothing at all.",
            "",
            *_lines(seen),
            "",
            "## Changing",
            "",
            "● done; ○ done, and afterwards not theirs to see; `no` seen but not allowed, with the reason where it",
            "is another than their role; an empty cell is not found.",
            "",
            *_lines(done),
            "",
            "## The way in",
            "",
            "Tried by everybody without valid credentials.",
            "",
            _line(["", "everybody is answered"]),
            _line(["---", "---"]),
            *way_in,
            "",
        ]
    )


def _lines(rows: list[tuple[str, list[str]]]) -> list[str]:
    head = ["", *ROLES.values()]
    return [_line(head), _line(["---"] * len(head)), *(_line([label, *cells]) for label, cells in rows)]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _read(value: Any) -> str:
    if isinstance(value, bool):
        return "●" if value else ""
    return str(value or "")


def _done(answer: str) -> str:
    return {YES: "●", GONE: "○", NO: "no", UNSEEN: ""}.get(answer, "no: " + answer)
