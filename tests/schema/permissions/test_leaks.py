"""Every text has a mark. Nobody gets a mark that is not theirs: by no field, search, count, cursor, id or error."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any

import pytest

from democracy.domain.ids import new_id
from democracy.storage.paging import MOST
from schema import http
from schema.documents import Documents
from schema.ids import global_id, parsed
from schema.limits import Limits
from schema.nodes import NODES
from tests.schema.permissions import edge as edges
from tests.schema.permissions.ballot_seeds import marked
from tests.schema.permissions.conftest import Installation
from tests.schema.permissions.document_seeds import stamped
from tests.schema.permissions.edge import Edge
from tests.schema.permissions.everything import CORE, of_root, selection
from tests.schema.permissions.mutations import ROWS, UNSEEN
from tests.schema.permissions.people import (
    BRANCH_OFFICERS,
    COMMITTEE,
    DISTRICT,
    MACHINE,
    MEMBERS,
    OFFICE,
    PREPARERS,
    READS_PAPERS,
    ROLES,
    SEES,
    SEES_AMENDMENT,
    SEES_APPEAL,
    SEES_APPLICATION,
    SEES_BALLOT,
    SEES_CANDIDACY,
    SEES_COUNCIL,
    SEES_ELECTION,
    SEES_LIST,
    SEES_MINUTES,
    SEES_MOTION,
    SEES_PAPER,
    SEES_RULING,
    SIGNED_IN,
    case_id,
    sees,
)
from tests.schema.permissions.seeds import mark
from tests.schema.permissions.test_permission_matrix import capital

MARK = re.compile(r"zq[a-z]+?qz")
GLOBAL_ID = re.compile(r"'(?:\w+_)?id': '([\w=+/-]+)'")
TEXTS = ("title", "reasoning", "first", "second")
BALLOT_TEXTS = ("title", "background", "question", "side")
OBJECTORS = OFFICE - MACHINE | {"member"}
"""An unanswered objection is read by those who keep the ballot, and by whoever made it."""
COUNCIL_TEXTS = {
    "council_prepared": ("asked",), "council_asking": ("question",), "council_due": ("question", "decision"),
    "council_decided": ("decision", "rationale", "minutes", "reservation"),
}  # fmt: skip
SIDES_IN = frozenset(SEES_BALLOT) - {"ballot_draft", "ballot_demanded"}
REPLY = ("reply", "wording", "reservation")
UNSENT = frozenset({"prepared"})
REPLIED = frozenset({"prepared", "papers", "scheduled", "decided", "assigned", "finished"})
WIDE = Limits(fields=100_000, tokens=1_000_000, cost=10**12, aliases=100_000, depth=60, repeats=100_000)
"""The question here is who sees what, not how much may be asked for at once."""

ROOTS = {
    # What each root field is given, and the kind of id that it is asked for; a new field fails until it stands here
    "inbox": ("(first: 100)", ""), "ledger": ("", ""), "viewer": ("", ""), "meetings": ("(first: 100)", ""),
    "motions": ("(first: 100)", ""), "units": ("(first: 100)", ""), "splitMotionText": ('(text: "Rubrik")', ""),
    "motion": ("(id: $id)", "Motion"), "meeting": ("(id: $id)", "Meeting"), "unit": ("(id: $id)", "Unit"),
    "body": ("(id: $id)", "Body"), "division": ("(id: $id)", "Division"),
    "statutes": ("(unitId: $id)", "Unit"), "vacancies": ("(unitId: $id)", "Unit"),
    "memberBallots": ("(first: 100)", ""), "urn": ("(id: $id)", "Urn"),
    "documents": ("(first: 100)", ""), "document": ("(id: $id)", "Document"),
    "matter": ("(id: $id)", "Matter"),
    "decisions": ("(first: 100)", ""),
    "unitPolicy": ("(unitId: $id)", "Unit"),
    "councilDecision": ("(id: $id)", "CouncilDecision"), "councilDecisions": ("(first: 100)", ""),
    "branchApplication": ("(id: $id)", "BranchApplication"), "branchApplications": ("(first: 100)", ""),
    "ruling": ("(id: $id)", "Ruling"), "rulings": ("(first: 100)", ""), "appeal": ("(id: $id)", "Appeal"),
    "appeals": ("(first: 100)", ""), "boardInbox": ("(bodyId: $id)", "Body"),
    "election": ("(id: $id)", "Election"), "elections": ("(first: 100)", ""),
    "candidateLists": ("(meetingId: $id)", "Meeting"), "myCandidacies": ("", ""),
    "roleTemplates": ("(unitId: $id)", "Unit"),
}  # fmt: skip
BY_ID = {"node", "nodes"}
"""Asked for every id that is found."""


def allowed(role: str) -> set[str]:
    """The marks that somebody may see: the organisation's words, not the code's."""
    found: set[str] = set()
    for case, those in SEES_MOTION.items():
        text = "origin" if case == "forwarded" else case  # what was sent on has the same text
        if role in those:
            found |= {mark(text, part) for part in TEXTS}
            found |= {mark("returned", "completion")} if case == "returned" else set()
            found |= {mark("stopped", "ground")} if case == "stopped" else set()
            found |= {mark("submitted", "fault")} if case == "submitted" and role in PREPARERS else set()
            if case in REPLIED and (case not in UNSENT or role in PREPARERS | {"auditor"}):
                found |= {mark(case, part) for part in REPLY}
    found |= allowed_papers(role)
    found |= allowed_ballots(role)
    found |= allowed_elections(role)
    found |= allowed_councils(role)
    found |= allowed_cases(role)
    for case, those in SEES_MINUTES.items():
        found |= {mark(case, "wording")} if role in those else set()
    if role in OBJECTORS:
        found.add(marked("ballot_due", "objection"))
    if role in SEES_BALLOT["ballot_decided"]:
        found.add(marked("ballot_decided", "outcome"))
    if role in OFFICE - MACHINE:
        found.add(marked("ballot_announced", "person"))
    if role in DISTRICT & MEMBERS:
        found.add(mark("attended", "remote"))
    if role in DISTRICT:
        found |= {mark("annulled", "reason"), mark("noted", "text"), mark("debate", "text")}
    return found


def allowed_ballots(role: str) -> set[str]:
    """The same for member ballots."""
    found: set[str] = set()
    for case, those in SEES_BALLOT.items():
        parts = BALLOT_TEXTS if case in SIDES_IN else BALLOT_TEXTS[:3]
        found |= {marked(case, part) for part in parts} if role in those else set()
    found |= {marked("ballot_due", "objection")} if role in OBJECTORS else set()
    found |= {marked("ballot_decided", "outcome")} if role in SEES_BALLOT["ballot_decided"] else set()
    return found | ({marked("ballot_announced", "person")} if role in OFFICE - MACHINE else set())


def allowed_elections(role: str) -> set[str]:
    """The same for elections of persons. The name and words of a protected identity that was asked: nobody's."""
    found = {mark(case, part) for case, those in SEES_ELECTION.items() if role in those
             for part in ("title", "expected")}  # fmt: skip
    found |= {mark(case, "title") for case, those in SEES_LIST.items() if role in those}
    found |= {mark("election_proposed", "referred")} if role in SEES_ELECTION["election_proposed"] else set()
    found |= {mark("asked", "presentation")} if role in SEES_CANDIDACY["candidacy_asked"] else set()
    found |= {mark("committee", part) for part in ("note", "reasons")} if role in COMMITTEE | MACHINE else set()
    found |= {mark("template", part) for part in ("title", "expected")} if role in SIGNED_IN else set()
    found |= {mark("seat", "decision")} if role in SIGNED_IN else set()
    found |= {mark("handover", "line")} if role in MACHINE | {"board", "secretary"} else set()
    return found | ({mark("pledge", "text")} if role in DISTRICT else set())


def allowed_councils(role: str) -> set[str]:
    """The same for matters before the board. No paper's text is read without being logged."""
    found = {mark(case, part) for case, those in SEES_COUNCIL.items() if role in those
             for part in ("title", "summary", *COUNCIL_TEXTS.get(case, ()))}  # fmt: skip
    if role in READS_PAPERS:
        found |= {mark(f"council_{stage}", part) for stage in ("prepared", "asking", "due")
                  for part in ("paper", "report")}  # fmt: skip
    return found


def allowed_cases(role: str) -> set[str]:
    """The same for cases of boards."""
    found = {mark(case, part) for case, those in SEES_APPLICATION.items() if role in those
             for part in ("name", "reasons")}  # fmt: skip
    found |= {mark(case, part) for case, those in SEES_RULING.items() if role in those for part in ("text", "reasons")}
    board, sides = {"board", "secretary"}, {"board", "secretary", "mover"}
    found |= {mark(case, "draft") for case in SEES_APPLICATION if role in board} - {mark("branch_gathering", "draft")}
    found |= {mark("branch_ready", "answer")} if role in sides | BRANCH_OFFICERS | {"co_mover", "staff"} else set()
    found |= {mark(case, "grounds") for case in SEES_APPEAL if role in sides}
    return found | ({mark("appeal_answering", "statement")} if role in sides else set())


def allowed_papers(role: str) -> set[str]:
    """The same for documents and amendments."""
    papers = {stamped(case, part) for case, those in SEES_PAPER.items() if role in those for part in ("title", "text")}
    sent = {
        stamped(case, part) for case, those in SEES_AMENDMENT.items() if role in those for part in ("text", "reasons")
    }
    return papers | sent | ({stamped("paper_noted", "note")} if role in PREPARERS | {"auditor"} else set())


def ids(edge: Edge) -> Iterator[str]:
    """Ids that somebody could guess or keep, and that no answer to an officer holds."""
    seeded = edge.seeded
    yield from (case_id(seeded, case) for case in SEES)
    yield global_id("Clause", seeded.clauses["draft"][0])
    yield global_id("AgendaItem", seeded.debates.blocked)
    yield global_id("Staff", seeded.world.staff)
    yield from (global_id("DocumentParagraph", each) for each in seeded.papers.paragraphs.values())
    # The key of a hidden motion under every other kind
    yield from (global_id(kind, seeded.motions["draft"]) for kind in NODES)


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edges, "LIMITS", WIDE)
    monkeypatch.setattr(http, "Documents", partial(Documents, keep=10**9))  # long documents are read once


async def walked(edge: Edge, role: str, start: frozenset[str]) -> tuple[set[str], set[str]]:
    """The marks and the ids that somebody is given who asks for everything, and for every id in the answers."""
    marks: set[str] = set()
    asked: set[str] = set()
    waiting = set(start)

    async def ask(query: str, variables: dict[str, Any]) -> None:
        answer = await edge.ask(role, query, variables)
        assert "errors" not in answer, (query[:90], answer["errors"])
        text = str(answer)
        marks.update(MARK.findall(text))
        waiting.update(GLOBAL_ID.findall(text))

    for name, (arguments, kind) in ROOTS.items():
        head = "query($id: ID!) { one: node(id: $id) { id } found: "
        of_kind = [each for each in start if _kind(each) == kind] or sorted(start)[:1]
        for each in of_kind:
            await ask(f"{head}{name}{arguments} {of_root(name, 0 if kind else 1)} }}", {"id": each})
    while now := sorted(waiting - asked):
        asked.update(now)
        for kind, those in groupby(sorted(now, key=_kind), key=_kind):
            every = list(those)
            shown = f"... on {kind} {selection(CORE.type_map[kind])}" if kind in NODES else "id"
            for at in range(0, len(every), MOST):
                await ask(f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ {shown} }} }}", {"ids": every[at : at + MOST]})
    return marks, asked


async def leaked(installation: Installation, roles: Iterable[str]) -> dict[str, tuple[set[str], set[str]]]:
    """What some of them are given that is not theirs, and what is theirs and they are not given.

    Asked for: all that the schema has, of every id that could be guessed and every id that others were given.
    """
    wrong = {}
    async with installation.copied() as edge:
        known = frozenset(ids(edge))
        for role in ("auditor", "mover"):
            known |= (await walked(edge, role, known))[1]
        for role in roles:
            marks, _ = await walked(edge, role, known)
            if marks != allowed(role):
                wrong[role] = (marks - allowed(role), allowed(role) - marks)
    return wrong


async def test_whoever_asks_for_everything_gets_only_the_marks_that_are_theirs(seeded_sqlite: Installation) -> None:
    assert await leaked(seeded_sqlite, ("outsider", "neighbour", "board")) == {}


@pytest.mark.long
async def test_nobody_at_all_gets_a_mark_that_is_not_theirs(seeded_sqlite: Installation) -> None:
    assert await leaked(seeded_sqlite, ROLES) == {}


async def test_search_finds_and_counts_nothing_that_is_hidden(installation: Installation) -> None:
    query = """query($words: String!) { motions(first: 1, filter: {search: $words}) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor } nodes { title } } }"""
    async with installation.copied() as edge:
        for role in ROLES:
            hidden = [case for case, those in SEES_MOTION.items() if role not in those and case != "forwarded"]
            none = (await edge.data(role, query, {"words": "finnsinte"}))["motions"]
            for case in hidden:
                if case == "origin" and role in SEES_MOTION["forwarded"]:
                    continue
                for words in (mark(case, "title"), mark(case, "first")[:-3], f"motion {mark(case, 'reasoning')}"):
                    page = (await edge.data(role, query, {"words": words}))["motions"]
                    assert page == none, (role, words)


async def test_pages_one_by_one_hold_what_one_page_holds_and_no_gap_tells_of_more(installation: Installation) -> None:
    query = (
        "query($after: String) { motions(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }"
    )
    async with installation.copied() as edge:
        for role in ("outsider", "member", "mover", "auditor"):
            after, count, more = None, 0, True
            while more:
                page = (await edge.data(role, query, {"after": after}))["motions"]
                after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
                count += len(page["nodes"])
                assert not more or page["nodes"]
            assert count == sum(role in those for those in SEES_MOTION.values())


async def test_what_is_hidden_is_refused_in_the_words_for_what_does_not_exist(installation: Installation) -> None:
    """Every mutation, on a case that the asker does not see and on one that nobody has."""
    async with installation.copied() as edge:
        for row in ROWS:
            query = f"""mutation($input: {capital(row.name)}Input!) {{ found: {row.name}(input: $input) {{
                __typename ... on NotFound {{ message }} }} }}"""
            given = row.input(edge.seeded)
            for role in ("anonymous", "outsider") if edge.app.database.dialect == "sqlite" else ("outsider",):
                assert row.expected(role) == UNSEEN
                hidden = await edge.ask(role, query, {"input": given})
                absent = await edge.ask(role, query, {"input": _nowhere(given)})
                assert hidden == absent, (row.label, role)


async def test_reading_what_is_hidden_is_answered_like_reading_what_does_not_exist(installation: Installation) -> None:
    async with installation.copied() as edge:
        for role, case in (("outsider", "draft"), ("member", "submitted"), ("anonymous", "papers"), ("board", "draft")):
            assert not sees(role, case)
            hidden = {"id": case_id(edge.seeded, case)}
            absent = {"id": _absent(hidden["id"])}
            for name in ("motion", "meeting", "node"):
                query = f"query($id: ID!) {{ found: {name}(id: $id) {{ id }} }}"
                assert await edge.ask(role, query, hidden) == await edge.ask(role, query, absent)


async def test_one_actors_key_repeats_nothing_for_another(installation: Installation) -> None:
    create = """mutation($input: CreateMotionInput!) { createMotion(input: $input) {
        __typename ... on Motion { id title } } }"""
    text = {"title": "Min egen", "reasoning": "Därför.", "clauses": [{"text": "att så ske."}]}
    async with installation.copied() as edge:
        given = {"meetingId": case_id(edge.seeded, "called"), "text": text, "idempotencyKey": "samma"}
        made = {role: (await edge.data(role, create, {"input": given}))["createMotion"] for role in sorted(MEMBERS)
                if sees(role, "called")}  # fmt: skip
        assert len({each["id"] for each in made.values()}) == len(made)
        again = (await edge.data("mover", create, {"input": given}))["createMotion"]
        assert again == made["mover"]


def _kind(given: str) -> str:
    found = parsed(given)
    assert found is not None
    return found[0]


def _nowhere(given: dict[str, Any]) -> dict[str, Any]:
    """The same input about things that nobody has."""
    return {name: _absent(value) if name.endswith("Id") else value for name, value in given.items()}


def _absent(given: str) -> str:
    found = parsed(given)
    return global_id(found[0], new_id()) if found else given


def test_every_root_field_is_asked_for_everything() -> None:
    assert CORE.query_type is not None
    assert set(CORE.query_type.fields) == set(ROOTS) | BY_ID
