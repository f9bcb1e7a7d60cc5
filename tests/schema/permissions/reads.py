"""One row or more for every root field that reads, and for every field that fewer see than its object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from schema.ids import global_id
from tests.schema.permissions.case_reads import case_reads
from tests.schema.permissions.minutes_seeds import SIGN
from tests.schema.permissions.people import (
    ASKED,
    BRANCH_OFFICERS,
    CHAIR,
    COMMITTEE,
    DISTRICT,
    EVERYBODY,
    GRANVIK,
    MACHINE,
    MEMBERS,
    OFFICE,
    PREPARERS,
    READS_PAPERS,
    SEES,
    SEES_AMENDMENT,
    SEES_BALLOT,
    SEES_CANDIDACY,
    SEES_COUNCIL,
    SEES_ELECTION,
    SEES_LIST,
    SEES_MEETING,
    SEES_MINUTES,
    SEES_MOTION,
    SEES_PAPER,
    SEES_ROLL,
    SIGNED_IN,
    case_id,
)
from tests.schema.permissions.post_seeds import MANDATES
from tests.schema.permissions.seeds import Seeded, mark

Expected = Callable[[str], Any]


@dataclass(frozen=True)
class Read:
    """A query asked by everybody. `found` takes out of its data what the cell shows."""

    field: str
    """`Query.motion`, `Motion.reply`."""
    case: str
    query: str
    variables: Callable[[Seeded], dict[str, Any]]
    found: Callable[[Any], Any]
    expected: Expected

    @property
    def label(self) -> str:
        """What stands in the table."""
        return f"`{self.field.removeprefix('Query.')}`" + (f" ({self.case})" if self.case else "")


def _among(those: frozenset[str]) -> Expected:
    return lambda role: role in those


def _count(cases: Mapping[str, frozenset[str]]) -> Expected:
    return lambda role: sum(role in those for those in cases.values())


def _id(case: str) -> Callable[[Seeded], dict[str, Any]]:
    return lambda seeded: {"id": case_id(seeded, case)}


def _cases(field: str, sees: Mapping[str, frozenset[str]]) -> list[Read]:
    query = f"query($id: ID!) {{ found: {field}(id: $id) {{ id }} }}"
    return [
        Read(f"Query.{field}", case, query, _id(case), lambda data: data["found"] is not None, _among(those))
        for case, those in sees.items()
    ]


def _part(field: str, case: str, those: frozenset[str], part: str | None = None, args: str = "") -> Read:
    """Whether a field of a motion holds anything. `part` selects inside it and finds itself by its innermost value."""
    name = field.removeprefix("Motion.").partition(" ")[0]
    query = f"query($id: ID!) {{ motion(id: $id) {{ {part or name} }} }}"
    return Read(field, case, query, _id(case), lambda data: _any(data["motion"]), _among(those))


def _vote(field: str, case: str, those: frozenset[str], part: str) -> Read:
    query = f"query($id: ID!) {{ division(id: $id) {{ {part} }} }}"
    return Read(field, case, query, _id(case), lambda data: _any(data["division"]), _among(those))


def _any(value: Any) -> bool:
    """Whether there is a value anywhere inside."""
    if isinstance(value, dict):
        return any(_any(each) for each in value.values())
    if isinstance(value, list):
        return any(_any(each) for each in value)
    return value is not None


def _unanswered(data: Any) -> bool:
    movers = (data["motion"] or {}).get("movers", [])
    return any(_any({"name": each["name"], "id": each["memberId"]}) for each in movers
               if each["confirmedAt"] is None)  # fmt: skip


def _confirmed(data: Any) -> bool:
    movers = (data["motion"] or {}).get("movers", [])
    return any(each["memberId"] and each["name"] for each in movers if each["confirmedAt"])


_MOVERS = "query($id: ID!) { motion(id: $id) { movers { name memberId confirmedAt } } }"
_ALL = SEES
_HANDED = ASKED | OFFICE
_SEEING_REPLY = PREPARERS | {"auditor"}


_FIRST_HUNDRED = dict(list(_ALL.items())[:100])


def _all_ids(seeded: Seeded) -> dict[str, Any]:
    return {"ids": [case_id(seeded, case) for case in _FIRST_HUNDRED]}


def _waits(case: str, those: frozenset[str]) -> Read:
    title = mark(case, "title")
    query = "{ inbox(first: 100) { items { case { ... on Motion { title } } } } }"
    return Read("Query.inbox", case, query, lambda _: {}, lambda data: title in str(data), _among(those))


_MINUTES_OF = "query($id: ID!) { meeting(id: $id) { minutes { id } } }"


def _any_minutes(data: Any) -> bool:
    return bool(data["meeting"] and data["meeting"]["minutes"])


def _minutes_wait(stage: str, those: frozenset[str]) -> Read:
    """Published ones wait for the signatures under a correction."""
    query = "{ inbox(first: 100) { items { case { ... on Minutes { text } } } } }"
    word = mark(f"minutes_{stage}", "wording")
    return Read("Query.inbox", f"minutes_{stage}", query, lambda _: {}, lambda data: word in str(data), _among(those))


def _unit(field: str, query: str, kind: str, those: frozenset[str]) -> Read:
    return Read(field, "", query, lambda seeded: {"id": global_id(kind, seeded.world.units["norrviken"])}, _any,
                _among(those))  # fmt: skip


def _person(field: str, name: str, those: frozenset[str]) -> Read:
    query = "query($id: ID!) { node(id: $id) { ... on Member { name } } }"

    def own_id(seeded: Seeded) -> dict[str, Any]:
        return {"id": global_id("Member", seeded.world.members[name])}

    return Read(field, f"the member {name}", query, own_id, _any, _among(those))


def _body(field: str, code: str, part: str, those: frozenset[str]) -> Read:
    query = f"query($id: ID!) {{ body(id: $id) {{ {part} }} }}"
    return Read(field, code, query, lambda seeded: {"id": global_id("Body", seeded.world.bodies[code])}, _any,
                _among(those))  # fmt: skip


def _urn(field: str, case: str, part: str, those: frozenset[str]) -> Read:
    query = f"query($id: ID!) {{ urn(id: $id) {{ {part} }} }}"
    return Read(field, case, query, lambda seeded: {"id": global_id("Urn", seeded.urns[case])}, _any, _among(those))


def _of_paper(field: str, case: str, part: str, those: frozenset[str]) -> Read:
    """Whether a field of a document holds anything."""
    query = f"query($id: ID!) {{ document(id: $id) {{ {part} }} }}"
    return Read(field, case, query, _id(case), lambda data: _any(data["document"]), _among(those))


def _of_correction(name: str) -> Read:
    query = f"query($id: ID!) {{ node(id: $id) {{ ... on MemberBallot {{ corrections {{ {name} }} }} }} }}"
    return Read(f"ElectorateCorrection.{name}", "ballot_announced", query, _id("ballot_announced"), _any,
                _among(OFFICE - MACHINE))  # fmt: skip


def _of_ballot(name: str, case: str, part: str, those: frozenset[str]) -> Read:
    """Whether a field of a ballot holds anything."""
    query = f"query($id: ID!) {{ node(id: $id) {{ ... on MemberBallot {{ {part} }} }} }}"
    return Read(f"MemberBallot.{name}", case, query, _id(case), _any, _among(those))


ELECTORS = DISTRICT - MACHINE - {"staff"}


def _of_meeting(part: str, case: str, those: frozenset[str]) -> Read:
    query = f"query($id: ID!) {{ meeting(id: $id) {{ {part} {{ title }} }} }}"
    return Read(f"Meeting.{part}", case, query, _id(case), lambda data: _any(data["meeting"]), _among(those))


_KNOWN = frozenset({"board", "secretary", "staff"}) | MACHINE
"""Those who see every member of the district: its board, the office, the machine."""


def _on_roll(field: str, case: str, part: str, those: frozenset[str]) -> Read:
    query = f"query($id: ID!) {{ meeting(id: $id) {{ {part} }} }}"
    return Read(field, case, query, _id(case), lambda data: _any(data["meeting"]), _among(those))


def _how_many(field: str, part: str, count: Callable[[Any], int], *cases: str) -> Read:
    query = f"query($id: ID!) {{ meeting(id: $id) {{ {part} }} }}"

    def found(data: Any) -> int:
        return count(data["meeting"]) if data["meeting"] else 0

    return Read(field, "attended", query, _id("attended"), found, _count({each: SEES_ROLL[each] for each in cases}))


_DOOR = frozenset({"secretary", "presidium", "meeting_secretary", "staff"}) | MACHINE
_ROLL_READS = (
    _on_roll("Meeting.delegates", "attended", "delegates(first: 9) { nodes { name } }",
                SEES_ROLL["place"] | SEES_ROLL["late"]),
    _how_many("DelegateConnection.totalCount", "delegates(first: 1) { totalCount }",
              lambda found: found["delegates"]["totalCount"], "place", "other_place", "late"),
    _on_roll("MeetingRoll.presences", "attended", "roll { presences(first: 9) { nodes { name } } }",
                SEES_ROLL["there"]),
    _how_many("PresenceConnection.totalCount", "roll { presences(first: 1) { totalCount } }",
              lambda found: found["roll"]["presences"]["totalCount"], "there"),
    _on_roll("Roll.entries", "attended", "roll { fixed { entries(first: 9) { nodes { name } } } }",
                SEES_ROLL["there"]),
    Read("Delegate.checkInCode", "place", "query($id: ID!) { node(id: $id) { ... on Delegate { checkInCode } } }",
         _id("place"), _any, _among(_DOOR | {"mover"})),
    _on_roll("MeetingAllotment.preview", "called", "allotment { preview { countedOn } }", PREPARERS),
    _on_roll("Meeting.remoteAccess", "attended", "remoteAccess", DISTRICT & MEMBERS),
    _on_roll("Meeting.viewerRights", "attended", "viewerRights { attend }", DISTRICT & MEMBERS),
)  # fmt: skip

_ELECTION_READS = (
    *_cases("election", SEES_ELECTION),
    Read("Query.elections", "how many", "{ elections(first: 100) { nodes { id } } }", lambda _: {},
         lambda data: len(data["elections"]["nodes"]), _count(SEES_ELECTION)),
    Read("ElectionConnection.totalCount", "", "{ elections(first: 1) { totalCount } }", lambda _: {},
         lambda data: data["elections"]["totalCount"], _count(SEES_ELECTION)),
    Read("Query.candidateLists", "called", "query($id: ID!) { candidateLists(meetingId: $id) { places { position } } }",
         _id("called"), lambda data: _any(data), _among(SEES_LIST["list_draft"])),
    Read("CandidateList.places", "list_draft",
         "query($id: ID!) { node(id: $id) { ... on CandidateList { places { name } } } }", _id("list_draft"),
         lambda data: _any(data["node"]), _among(SEES_LIST["list_draft"])),
    Read("Query.myCandidacies", "", "{ myCandidacies { id } }", lambda _: {}, _any,
         _among(frozenset({"mover", "member"}))),
    Read("Election.candidacies", "election_nominating",
         "query($id: ID!) { election(id: $id) { candidacies { name } } }", _id("election_nominating"),
         lambda data: _any(data["election"]), _among(SEES_CANDIDACY["candidacy_asked"])),
    Read("Election.committeeWork", "election_nominating",
         "query($id: ID!) { election(id: $id) { committeeWork { notes { text } draft { reasons } } } }",
         _id("election_nominating"), lambda data: _any(data["election"]), _among(COMMITTEE | MACHINE)),
)  # fmt: skip

_POST_READS = (
    _unit("Query.roleTemplates", "query($id: ID!) { roleTemplates(unitId: $id) { title } }", "Unit", SIGNED_IN),
    Read("Body.seatsByRight", "committee", "query($id: ID!) { body(id: $id) { seatsByRight { decision } } }",
         lambda seeded: {"id": global_id("Body", seeded.posts["committee"])}, _any, _among(SIGNED_IN)),
    Read("Mandate.handover", "mandate_board",
         "query($id: ID!) { node(id: $id) { ... on Mandate { handover { lines { text } } } } }", _id("mandate_board"),
         lambda data: _any(data["node"]), _among(MACHINE | {"board", "secretary"})),
    Read("Mandate.state", "mandate_board", "query($id: ID!) { node(id: $id) { ... on Mandate { state } } }",
         _id("mandate_board"), lambda data: _any(data["node"]), _among(frozenset({"board", "secretary", "clock"}))),
)  # fmt: skip


def _council(field: str, case: str, those: frozenset[str], part: str) -> Read:
    query = f"query($id: ID!) {{ councilDecision(id: $id) {{ {part} }} }}"
    return Read(f"CouncilDecision.{field}", case, query, _id(case),
                lambda data: _any(data["councilDecision"]), _among(those))  # fmt: skip


_KEEPER = frozenset({"secretary"})
_COUNCIL_READS = (
    *_cases("councilDecision", SEES_COUNCIL),
    Read("Query.councilDecisions", "how many", "{ councilDecisions(first: 100) { nodes { id } } }", lambda _: {},
         lambda data: len(data["councilDecisions"]["nodes"]), _count(SEES_COUNCIL)),
    Read("CouncilDecisionConnection.totalCount", "", "{ councilDecisions(first: 1) { totalCount } }", lambda _: {},
         lambda data: data["councilDecisions"]["totalCount"], _count(SEES_COUNCIL)),
    Read("Query.decisions", "council_decided", "query($words: String!) { decisions(first: 100, filter: "
         "{search: $words}) { nodes { title } } }", lambda _: {"words": mark("council_decided", "decision")},
         lambda data: bool(data["decisions"]["nodes"]), _among(DISTRICT)),
    Read("RegisteredDecisionConnection.totalCount", "council_asking", "query($words: String!) { decisions(first: 1, "
         "filter: {search: $words}) { totalCount } }", lambda _: {"words": mark("council_due", "decision")},
         lambda data: data["decisions"]["totalCount"], lambda role: int(role in READS_PAPERS)),
    Read("RegisteredDecision.case", "council_decided", "query($words: String!) { decisions(first: 1, filter: "
         "{search: $words}) { nodes { case { id } } } }", lambda _: {"words": mark("council_decided", "decision")},
         lambda data: _any(data["decisions"]["nodes"]), _among(DISTRICT)),
    Read("Query.unitPolicy", "", "query($id: ID!) { unitPolicy(unitId: $id) { unitId } }",
         lambda seeded: {"id": global_id("Unit", seeded.world.units["norrviken"])},
         lambda data: data["unitPolicy"] is not None, _among(DISTRICT)),
    _council("papers", "council_prepared", READS_PAPERS, "papers { title }"),
    _council("report", "council_prepared", READS_PAPERS, "report { text }"),
    _council("accessLog", "council_prepared", _KEEPER, "accessLog { paper }"),
    _council("asked", "council_asking", _KEEPER, "asked { name }"),
    _council("ownAnswer", "council_asking", frozenset({"board", "secretary"}), "ownAnswer { askedForMeeting }"),
    _council("conflicts", "council_due", frozenset({"board", "secretary"}), "conflicts { reason }"),
)  # fmt: skip

READS: tuple[Read, ...] = (
    *_COUNCIL_READS,
    *_ELECTION_READS,
    *_POST_READS,
    *case_reads(Read),
    *_cases("document", SEES_PAPER),
    Read("Query.documents", "how many", "{ documents(first: 100) { nodes { id } } }", lambda _: {},
         lambda data: len(data["documents"]["nodes"]), _count(SEES_PAPER)),
    Read("DocumentConnection.totalCount", "", "{ documents(first: 1) { totalCount } }", lambda _: {},
         lambda data: data["documents"]["totalCount"], _count(SEES_PAPER)),
    _of_paper("Document.amendments", "paper_laid", "amendments { text }", SEES_AMENDMENT["amendment_sent"]),
    _of_paper("Document.amendments", "paper_amended", "amendments { text }", DISTRICT),
    _of_paper("Document.meeting", "paper_laid", "meeting { name }", DISTRICT),
    _of_paper("DocumentVersion.notes", "paper_noted", "text { notes { message } }", PREPARERS | {"auditor"}),
    *_ROLL_READS,
    *_cases("motion", SEES_MOTION),
    *_cases("meeting", SEES_MEETING),
    *_cases("matter", {"deciding_open": DISTRICT, "deciding_settled": DISTRICT}),
    Read("AgendaItem.matters", "deciding", "query($id: ID!) { node(id: $id) { ... on AgendaItem { matters { id } } } }",
         lambda seeded: {"id": global_id("AgendaItem", seeded.debates.block)},
         lambda data: bool(data["node"] and data["node"]["matters"]), _among(DISTRICT)),
    *_cases("division", {"division_voting": DISTRICT, "division_counted": DISTRICT}),
    *_cases("node", _ALL),
    Read("Query.nodes", "how many of a hundred", "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", _all_ids,
         lambda data: sum(each is not None for each in data["nodes"]), _count(_FIRST_HUNDRED)),
    Read("Query.motions", "how many", "{ motions(first: 100) { nodes { id } } }", lambda _: {},
         lambda data: len(data["motions"]["nodes"]), _count(SEES_MOTION)),
    Read("MotionConnection.totalCount", "", "{ motions(first: 1) { totalCount } }", lambda _: {},
         lambda data: data["motions"]["totalCount"], _count(SEES_MOTION)),
    Read("MotionConnection.totalCount", "search", '{ motions(first: 1, filter: {search: "zq"}) { totalCount } }',
         lambda _: {}, lambda data: data["motions"]["totalCount"], _count(SEES_MOTION)),
    Read("Query.meetings", "how many", "{ meetings(first: 100) { nodes { id } } }", lambda _: {},
         lambda data: len(data["meetings"]["nodes"]), _count(SEES_MEETING)),
    Read("MeetingConnection.totalCount", "", "{ meetings(first: 1) { totalCount } }", lambda _: {},
         lambda data: data["meetings"]["totalCount"], _count(SEES_MEETING)),
    Read("Query.viewer", "", "{ viewer { name } }", lambda _: {}, _any, _among(MEMBERS | {"staff"})),
    Read("Query.splitMotionText", "", '{ splitMotionText(text: "Rubrik") { title } }', lambda _: {}, _any,
         _among(EVERYBODY)),
    Read("Query.statutes", "", "query($id: ID!) { statutes(unitId: $id) { digest } }",
         lambda seeded: {"id": global_id("Unit", seeded.world.units["norrviken"])}, _any, _among(SIGNED_IN)),
    Read("Query.ledger", "", "{ ledger { position } }", lambda _: {}, _any, _among(EVERYBODY)),
    Read("Meeting.minutes", "kept_signing", _MINUTES_OF, _id("kept_signing"), _any_minutes,
         _among(SEES_MINUTES["minutes_signing"])),
    Read("Meeting.minutes", "kept_published", _MINUTES_OF, _id("kept_published"), _any_minutes, _among(DISTRICT)),
    _minutes_wait("writing", frozenset({"meeting_secretary"})),
    _minutes_wait("signing", frozenset(SIGN)),
    _minutes_wait("verified", frozenset({"secretary"})),
    _minutes_wait("published", frozenset({"presidium", "neighbour", "invited"})),
    _waits("draft", ASKED),
    _waits("submitted", frozenset({"secretary", "staff"})),
    _waits("scheduled", frozenset({"meeting_secretary", "presidium", "secretary"})),
    _waits("assigned", BRANCH_OFFICERS | {"secretary"}),
    _unit("Query.unit", "query($id: ID!) { unit(id: $id) { name } }", "Unit", EVERYBODY),
    _unit("Query.units", "{ units(first: 100) { nodes { name } } }", "Unit", EVERYBODY),
    _unit("UnitConnection.totalCount", "{ units(first: 1) { totalCount } }", "Unit", EVERYBODY),
    _unit("Query.vacancies", "query($id: ID!) { vacancies(unitId: $id) { role } }", "Unit", SIGNED_IN),
    _person("Query.node", "member", _KNOWN | {"member"} | BRANCH_OFFICERS),
    _person("Query.node", "neighbour", _KNOWN | {"neighbour"}),
    _person("Query.node", "secretary", DISTRICT),
    _body("Query.body", "district/board", "name", EVERYBODY),
    _body("Body.mandates", "district/board", "mandates { role member { name } }", DISTRICT),
    _body("Body.mandates", "granvik/board", "mandates { role member { name } }", GRANVIK | {"board"}),
    _body("Mandate.member", "granvik/board", "mandates { member { name } }", GRANVIK | {"board"}),
    Read("Query.memberBallots", "how many", "{ memberBallots(first: 100) { nodes { id } } }", lambda _: {},
         lambda data: len(data["memberBallots"]["nodes"]), _count(SEES_BALLOT)),
    Read("MemberBallotConnection.totalCount", "", "{ memberBallots(first: 1) { totalCount } }", lambda _: {},
         lambda data: data["memberBallots"]["totalCount"], _count(SEES_BALLOT)),
    _urn("Query.urn", "ballot_announced", "origin", DISTRICT),
    _urn("Query.urn", "ballot_open", "origin", DISTRICT),
    _urn("Urn.myRoll", "ballot_open", "myRoll { slot }", ELECTORS),
    _of_correction("reason"),
    _of_correction("memberId"),
    _of_ballot("result", "ballot_counted", "result { electors }", OFFICE - MACHINE),
    _of_ballot("result", "ballot_published", "result { electors }", DISTRICT),
    _of_ballot("result", "ballot_closed", "result { electors }", frozenset()),
    _of_ballot("toSign", "ballot_due", "toSign { voids }", OFFICE - MACHINE - {"staff"}),
    Read("MemberBallot.viewerHasVoted", "ballot_due",
         "query($id: ID!) { node(id: $id) { ... on MemberBallot { viewerHasVoted } } }", _id("ballot_due"),
         lambda data: bool(data["node"] and data["node"]["viewerHasVoted"]), _among(frozenset({"presidium"}))),
    # Fields that fewer see than their object
    Read("Meeting.floor", "opened", "query($id: ID!) { meeting(id: $id) { floor { waiting { name } } } }",
         _id("opened"), lambda data: bool(data["meeting"] and data["meeting"]["floor"]["waiting"]), _among(DISTRICT)),
    Read("Meeting.now", "opened", "query($id: ID!) { meeting(id: $id) { now { item { title } } } }",
         _id("opened"), lambda data: bool(data["meeting"] and data["meeting"]["now"]["item"]), _among(DISTRICT)),
    Read("Meeting.now", "called", "query($id: ID!) { meeting(id: $id) { now { item { title } } } }",
         _id("called"), lambda data: bool(data["meeting"] and data["meeting"]["now"]), _among(frozenset())),
    Read("Meeting.floor", "called", "query($id: ID!) { meeting(id: $id) { floor { waiting { name } } } }",
         _id("called"), lambda data: bool(data["meeting"] and data["meeting"]["floor"]), _among(frozenset())),
    _part("Motion.reply", "prepared", _SEEING_REPLY, "reply { reasons reservations { text } }"),
    _part("Motion.reply", "papers", DISTRICT, "reply { reasons reservations { text } }"),
    _part("Clause.recommendation", "prepared", _SEEING_REPLY, "clauses { recommendation { outcome wording } }"),
    _part("Clause.recommendation", "papers", DISTRICT, "clauses { recommendation { outcome wording } }"),
    _part("Motion.faultNotes", "submitted", PREPARERS, "faultNotes { note }"),
    _part("Motion.completionNote", "returned", _HANDED),
    _part("Motion.meeting", "draft", ASKED | MACHINE, "meeting { name }"),
    _part("Motion.meeting", "abroad", MACHINE | {"mover"}, "meeting { name }"),
    _part("Motion.origin", "forwarded", BRANCH_OFFICERS | {"secretary", "auditor", "staff"} | MACHINE,
          "origin { title }"),
    _part("Motion.sentOn", "origin", (GRANVIK & OFFICE) | BRANCH_OFFICERS, "sentOn { title }"),
    _vote("Division.figures", "division_closed", CHAIR | {"co_mover"}, "figures { yes }"),
    _vote("Division.figures", "division_counted", DISTRICT, "figures { yes }"),
    _vote("Division.votesIn", "division_voting", CHAIR | {"co_mover"}, "votesIn"),
    _vote("Division.ownAnswer", "division_called", frozenset({"delegate"}), "ownAnswer"),
    _vote("Division.rollCall", "division_called", DISTRICT, "rollCall { name choice }"),
    _vote("Division.rollCall", "division_voting", frozenset(), "rollCall { name choice }"),
    _of_meeting("agenda", "called", OFFICE),
    _of_meeting("agenda", "agenda", DISTRICT),
    _of_meeting("openItem", "agenda", DISTRICT),
    Read("AgendaItem.motion", "item_of_scheduled",
         "query($id: ID!) { node(id: $id) { ... on AgendaItem { motion { title } } } }", _id("item_of_scheduled"),
         _any, _among(DISTRICT)),
    Read("Mover.name", "not answered", _MOVERS, _id("submitted"), _unanswered, _among(frozenset())),
    Read("Mover.name", "confirmed", _MOVERS, _id("submitted"), _confirmed, _among(_HANDED)),
)  # fmt: skip

CASE_EVENTS = "Subscription.caseEvents"
MEETING_EVENTS = "Subscription.meetingEvents"


def told_of(role: str) -> set[str]:
    """The cases whose events somebody hears. Nothing has happened to a place in the board."""
    return {case for case, those in _ALL.items() if role in those and case not in MANDATES}


def may_follow(role: str) -> set[str]:
    """The meetings that somebody can follow: whoever has a session, and sees them."""
    return {case for case, those in SEES_MEETING.items() if role in those - MACHINE}


WITH_THEIR_OBJECT = frozenset({
    # What they name besides, such as the amendments behind a passage, is only what the reader may see.
    "Document.coProposers", "Document.versions", "Document.text", "Document.proposedText", "Document.downloads",
    "Document.deadlines",
    "DocumentVersion.paragraphs", "DocumentVersion.removedBy", "DocumentParagraph.madeBy", "DocumentParagraph.wordDiff",
    "Subanchor.label", "Subanchor.madeBy", "Amendment.place", "Amendment.wordDiff", "Amendment.collisions",
    "UnitPolicy.councilPreview", "CouncilDecision.opinions", "CouncilDecision.figures", "CouncilDecision.reservations",
    # Fields with a resolver that are seen by whoever sees the object that they belong to
    "Motion.reasoningHtml", "Motion.movers", "Motion.clauses", "Motion.corrections",
    "Motion.deadlines", "BoardReply.reservations",
    "Clause.decision", "Clause.decisions", "Clause.followUp",
    "MemberBallot.questions", "MemberBallot.sides", "MemberBallot.supports",
    "MemberBallot.corrections", "MemberBallot.objections", "MemberBallot.turnout", "MemberBallot.turnoutByUnit",
    "MemberBallot.viewerMayVote", "MemberBallot.readability",
    "MemberBallot.deadlines",
    "Minutes.text", "Minutes.sections", "Minutes.signatories", "Minutes.signatures", "Minutes.addenda",
    "Minutes.downloads", "Minutes.meeting",
    "Meeting.deadlines", "Meeting.calledUnits",
    "Meeting.division", "Meeting.parts", "Meeting.partOf", "Division.corrections",
    "AgendaItem.divisions", "AgendaItem.statements",
    "Division.lotShares", "Division.urn", "Division.secretDemanded",
    "Matter.meeting", "Matter.proposals", "Matter.orders", "Matter.questions", "Matter.currentQuestion",
    "Matter.decisions",
    "Proposal.textHtml", "Proposal.receipt", "Proposal.movers", "Proposal.nominees",
    "Question.proposals",
    "Question.votingOrder",
    "Statement.actions", "Statement.history", "Statement.documentation",
    "Unit.parent", "Unit.ancestors",
    "Unit.children", "Unit.bodies", "Body.unit", "Body.rights",
    "Speech.endsAt", "Speech.remainingSeconds", "Speech.place", "Speech.actions", "Speech.nextSteps",
    "Speech.history", "Speech.documentation", "MeetingFloor.speaker", "MeetingFloor.waiting",
    "MeetingNow.question", "MeetingNow.division", "MeetingNow.speaker", "MeetingNow.speakersList",
    "MeetingNow.gavelMissing", "MeetingNow.viewerMay", "MeetingNow.nextSteps",
    "MeetingFloor.requests", "MeetingFloor.actions", "MeetingFloor.statistics",
    "BallotQuestion.options", "BallotSide.readability", "MemberBallot.urns", "Urn.manifest", "Urn.digest",
    "Urn.promise", "MemberBallot.promise", "Division.promise", "ElectionRound.promise",
    "Urn.checkpoint", "Urn.leaves", "Urn.inclusionProof", "Urn.consistencyProof", "Urn.turnout",
    "Urn.history",
    "Urn.documentation",
    # A proof says of a step what its history says; the ledger tells of no case.
    "LedgerProof.leaf", "LedgerProof.shown", "LedgerProof.inclusion", "Ledger.checkpoint", "Ledger.inclusionProof",
    "Ledger.consistencyProof",
    "Meeting.officers", "Meeting.gavelWith", "Meeting.waivers", "Meeting.interpretations", "Meeting.warnings",
    "AgendaItem.barred",
    # Counts and what everybody does next with it; whoever sees the case sees these.
    "BranchApplication.founderCount", "BranchApplication.countedFounders", "BranchApplication.neededFounders",
    "Ruling.appealInformation",
    "Appeal.appellantCount", "Appeal.quorum", "Appeal.finality",
    # Files follow their case: tests of their own, beside what they hold.
    "BranchApplication.attachments", "Appeal.attachments",
    # Figures and lots before they are announced: tests of their own, beside the count.
    "Election.referrals", "Election.rounds", "Election.lotNeeded", "Election.protocol",
    "Election.representationOfCandidates",
    "Election.representationOfProposal", "Election.representationOfElected", "Election.pledge", "Election.vacantSeats",
    "Candidacy.nominatingUnits", "Candidacy.nominatingMembers", "Candidacy.actions", "Candidacy.nextSteps",
    "NominationWork.draft", "NominationWork.notes", "Election.roleTemplate",
    "RoleTemplate.unit", "RoleTemplate.history", "Handover.lines", "Handover.actions", "Handover.history",
    "Mandate.documentation",
    # Told to whoever is told the state.
    "Mandate.leaveFrom", "Mandate.leaveUntil", "Mandate.actions", "Mandate.nextSteps", "Mandate.history",
    "Mandate.body", "Member.mandates", "Membership.unit", "Viewer.memberships",
    "Viewer.mandates", "Meeting.roll", "Meeting.allotment", "MeetingRoll.fixed", "MeetingRoll.current",
    "MeetingRoll.rolls", "MeetingRoll.actions", "MeetingRoll.documentation", "Roll.genderTotals", "Roll.history",
    "Roll.documentation",
    "Presence.state",
    "MeetingAllotment.working", "MeetingAllotment.seats", "MeetingAllotment.history", "MeetingAllotment.documentation",
})  # fmt: skip
