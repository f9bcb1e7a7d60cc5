"""Who there is, what they are in each case, and which cases they see: the organisation's words as sets.

Written by hand and on purpose: the tests hold the predicates and the roles of the code against these.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from schema.ids import global_id
from tests.schema.permissions.case_seeds import APPEALS, RULINGS
from tests.schema.permissions.debates import MATTERS as DECIDED_ON
from tests.schema.permissions.debates import PROPOSALS, QUESTIONS
from tests.schema.permissions.election_seeds import ELECTIONS
from tests.schema.permissions.floors import SPEECHES
from tests.schema.permissions.minutes_seeds import KEPT, OFFICERS, SIGN, STAGES
from tests.schema.permissions.post_seeds import MANDATES, SEATS, TEMPLATES
from tests.schema.permissions.rooms import DIVISIONS, ROOMS
from tests.schema.permissions.seeds import Seeded
from workflows.force import Role

ROLES = {
    # Name in the world: heading in the table
    "anonymous": "anonymous", "outsider": "other district", "neighbour": "other branch", "member": "member",
    "mover": "mover", "co_mover": "co-mover", "invited": "invited", "branch_chair": "branch chair",
    "branch_secretary": "branch secretary", "delegate": "delegate", "board": "board", "secretary": "secretary",
    "presidium": "presidium", "meeting_secretary": "meeting secretary", "auditor": "auditor", "staff": "staff",
    "clock": "clock", "operator": "operator",
}  # fmt: skip

EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {"anonymous"}
MEMBERS = SIGNED_IN - {"staff", "clock", "operator"}
MACHINE = frozenset({"clock", "operator"})
DISTRICT = EVERYBODY - {"anonymous", "outsider"}
OFFICE = frozenset({"board", "secretary", "auditor", "staff"}) | MACHINE
PREPARERS = frozenset({"board", "secretary", "staff"})
BRANCH_OFFICERS = frozenset({"branch_chair", "branch_secretary"})
CHAIR = frozenset({"presidium", "meeting_secretary", "secretary"})
STANDING = frozenset({"mover", "co_mover"}) | BRANCH_OFFICERS
ASKED = STANDING | {"invited"}
GRANVIK = frozenset({"mover", "member", "secretary", "auditor", "staff"}) | BRANCH_OFFICERS | MACHINE

SEES_MOTION: dict[str, frozenset[str]] = {
    "draft": ASKED | MACHINE,
    "withdrawn_draft": MACHINE | {"mover"},
    "abroad": MACHINE | {"mover", "outsider"},
    **dict.fromkeys(("submitted", "returned", "admitted", "prepared"), ASKED | OFFICE),
    "alone": OFFICE | {"mover"},
    **dict.fromkeys(("papers", "scheduled", "stopped", "decided", "assigned", "finished"), DISTRICT),
    **dict.fromkeys(("origin", "local", "waiting"), GRANVIK),
    "forwarded": OFFICE | BRANCH_OFFICERS,
}
SEES_MEETING: dict[str, frozenset[str]] = {
    "planned": OFFICE,
    **dict.fromkeys(
        (
            "called",
            "sent",
            "opened",
            "agenda",
            "paused",
            "idle",
            "closed",
            "deciding",
            *(f"room_{each}" for each in ROOMS),
            *KEPT,
        ),
        DISTRICT,
    ),
    "attended": DISTRICT,
    "branch": GRANVIK,
    "left": GRANVIK,
    "later": frozenset({"branch_chair", "branch_secretary", "staff"}) | MACHINE,
}
SEES_BALLOT: dict[str, frozenset[str]] = {
    **dict.fromkeys(("ballot_draft", "ballot_embargoed"), OFFICE),
    **dict.fromkeys(("ballot_demanded", "ballot_ordered", "ballot_announced", "ballot_open", "ballot_due"), DISTRICT),
    **dict.fromkeys(
        ("ballot_closed", "ballot_counted", "ballot_certified", "ballot_published", "ballot_decided"), DISTRICT
    ),
}
DEBATED = (
    *(f"deciding_{each}" for each in (*DECIDED_ON, *QUESTIONS)), *(f"proposal_{each}" for each in PROPOSALS),
    *(f"question_{each}" for each in QUESTIONS),
)  # fmt: skip
"""Matters of a meeting that decides, with what is proposed and asked there."""
_BEHIND = {
    "proposal_mine": {"delegate": Role.MOVER},
    "proposal_other": {"co_mover": Role.MOVER},
    "proposal_first": {"board": Role.MOVER, "secretary": Role.MOVER},
    "proposal_waiting": {"delegate": Role.INVITED, "co_mover": Role.MOVER},
}
"""Those who stand behind a proposal, or are asked whether they accept it."""
SEES_ROOM: dict[str, frozenset[str]] = {
    **dict.fromkeys(DEBATED, DISTRICT),
    **dict.fromkeys((f"division_{each}" for each in DIVISIONS), DISTRICT),
    "statement_noted": DISTRICT,
}
"""What belongs to a meeting in which something is voted on, by its kind."""
SEES_MINUTES: dict[str, frozenset[str]] = {
    **{f"minutes_{each}": OFFICE | frozenset(OFFICERS) for each in STAGES},
    "minutes_published": DISTRICT,
}
"""Until they are published, minutes are seen by the office and by whoever has a task at the meeting."""
MATTERS = frozenset({"matter_asking", "matter_noting"})
"""Matters of such a meeting: seen with it."""
SEES_SPEECH: dict[str, frozenset[str]] = dict.fromkeys(SPEECHES, DISTRICT)
SEES_ITEM: dict[str, frozenset[str]] = {
    # As the papers: until they are out, whoever prepares the meeting.
    "item_drafted": OFFICE,
    **dict.fromkeys(("item_waiting", "item_closed", "item_open", "item_struck"), DISTRICT),
    **{f"item_of_{name}": SEES_MOTION[name] for name in
       ("scheduled", "decided", "assigned", "finished", "origin", "local", "waiting")},
}  # fmt: skip
SEES_PAPER: dict[str, frozenset[str]] = {
    **dict.fromkeys(("paper_imported", "paper_confirmed"), OFFICE),
    **dict.fromkeys(
        ("paper_laid", "paper_ready", "paper_amended", "paper_group", "paper_adopted", "paper_noted"), DISTRICT
    ),
}
SEES_AMENDMENT: dict[str, frozenset[str]] = {
    "amendment_sent": OFFICE | {"mover"},
    **dict.fromkeys(("amendment_open", "amendment_decided"), DISTRICT),
}
_NAMED = OFFICE | {"delegate", "presidium", "meeting_secretary", "mover"}
"""Those who prepare the meeting `attended`, hold a place in its body, or have been reported to it."""
SEES_ROLL: dict[str, frozenset[str]] = {
    "place": _NAMED | BRANCH_OFFICERS,
    "other_place": _NAMED,
    "late": _NAMED | BRANCH_OFFICERS | {"member"},
    "there": _NAMED,
    "roll": DISTRICT,
}
ROLL_KINDS = {"place": "Delegate", "other_place": "Delegate", "late": "Delegate", "there": "Presence", "roll": "Roll"}
SEES_ELECTION: dict[str, frozenset[str]] = dict.fromkeys(ELECTIONS, DISTRICT)
COMMITTEE = frozenset({"auditor"})
"""The nomination committee of `election_nominating`."""
SEES_CANDIDACY: dict[str, frozenset[str]] = {
    # Until the names are out: the nominee, whoever nominated, and the committee.
    "candidacy_asked": frozenset({"mover", "branch_chair"}) | COMMITTEE | MACHINE,
    **dict.fromkeys(("candidacy_stands", "candidacy_voted"), DISTRICT),
}
_LISTS_DRAFT = frozenset({"secretary", "meeting_secretary", "mover"}) | MACHINE
SEES_LIST: dict[str, frozenset[str]] = {"list_draft": _LISTS_DRAFT, "list_proposed": DISTRICT}
"""Whoever prepares it, and who is asked; everybody in the district once it is public."""
_OF_MANDATE = {"board": {Role.RESPONSIBLE}, "secretary": {Role.SECRETARY}, "clock": {Role.CLOCK}}
SEES_POST: dict[str, frozenset[str]] = {
    "mandate_board": DISTRICT,
    "template_auditor": SIGNED_IN,
    "seat_auditor": SIGNED_IN,
}
"""A place in the board, a role template, and a seat by right."""
SEES_COUNCIL: dict[str, frozenset[str]] = {
    # No level yet: whoever raised it, and the officers of the body that decides.
    "council_raised": frozenset({"mover", "secretary"}) | MACHINE,
    # Those who hold a place in the body, and the branch that is asked for its opinion.
    "council_prepared": frozenset({"mover", "secretary", "board"}) | BRANCH_OFFICERS | MACHINE,
    **dict.fromkeys(("council_asking", "council_due"), frozenset({"mover", "secretary", "board"}) | MACHINE),
    **dict.fromkeys(("council_called", "council_decided"), DISTRICT),
}
READS_PAPERS = frozenset({"mover", "secretary", "board"}) | MACHINE
"""Of a matter that is prepared: an opinion is asked for without them."""
_FOUNDERS = frozenset({"mover", "co_mover"})
_BOARD = frozenset({"board", "secretary"})
SEES_APPLICATION: dict[str, frozenset[str]] = {
    "branch_gathering": _FOUNDERS | {"invited"} | MACHINE,
    **dict.fromkeys(("branch_hearing", "branch_ready"), _FOUNDERS | _BOARD | BRANCH_OFFICERS | {"staff"} | MACHINE),
    **dict.fromkeys(("branch_approved", "branch_called", "branch_formed"), DISTRICT),
}
"""While names are gathered its founders'; then also the board's and that of those who are heard; then everybody's."""
SEES_RULING: dict[str, frozenset[str]] = {
    name: _BOARD | {"staff"} | MACHINE | (frozenset() if name == "ruling_new" else {"mover"}) for name in RULINGS
}
"""Those who decided, and whom it concerns once it has been told. The party's board, too: nobody here sits in it."""
SEES_APPEAL: dict[str, frozenset[str]] = dict.fromkeys(APPEALS, _BOARD | {"mover"} | MACHINE)
SEES_CASE = SEES_APPLICATION | SEES_RULING | SEES_APPEAL
SEES = (
    SEES_CASE | SEES_COUNCIL | SEES_ELECTION | SEES_CANDIDACY | SEES_PAPER | SEES_AMENDMENT | SEES_MOTION | SEES_MEETING
    | SEES_BALLOT | SEES_ROOM | SEES_POST | SEES_LIST
    | SEES_SPEECH | SEES_ITEM | SEES_MINUTES | SEES_ROLL
)  # fmt: skip

_DISTRICT_ROLES = {
    "board": {Role.BOARD},
    # The board's secretary keeps the minutes too until the meeting has elected somebody.
    "secretary": {Role.BOARD, Role.SECRETARY, Role.MEETING_SECRETARY},
    "delegate": {Role.DELEGATE},
    "presidium": {Role.PRESIDIUM},
    "meeting_secretary": {Role.MEETING_SECRETARY},
    "auditor": {Role.AUDITOR},
    "staff": {Role.STAFF},
    "clock": {Role.CLOCK},
    "operator": {Role.OPERATOR},
}
_BRANCH_ROLES = {
    # The board's chair opens, and presides until the meeting has elected somebody.
    "branch_chair": {Role.BOARD, Role.PRESIDIUM},
    "branch_secretary": {Role.BOARD, Role.SECRETARY, Role.MEETING_SECRETARY},
    **{name: _DISTRICT_ROLES[name] for name in ("staff", "clock", "operator")},
}
_MOVERS = {
    **dict.fromkeys(("alone", "abroad", "withdrawn_draft", "origin", "local", "waiting"), frozenset({"mover"})),
    "forwarded": BRANCH_OFFICERS,
}
"""Where they are not all of those who stand."""


def holds(role: str, case: str) -> frozenset[Role]:
    """What somebody is in a case: a motion or a meeting by its name."""
    for cases, of in (
        (SEES_BALLOT, lambda role, _: _in_ballot(role)),
        (SEES_ROLL, _on_roll),
        (SEES_ELECTION | SEES_CANDIDACY, _in_election),
        (SEES_LIST, _on_list),
        (MANDATES, _of_mandate),
        (SEES_COUNCIL, _in_council),
        (SEES_CASE, _in_case),
    ):
        if case in cases:
            return of(role, case)
    held = set((dict.fromkeys(("branch", "left", "later", "local", "origin", "waiting"), _BRANCH_ROLES)).get(
        case, _DISTRICT_ROLES).get(role, set()))  # fmt: skip
    if SPEECHES.get(case) == role:
        held |= {Role.REQUESTER}
    if case in SEES_ITEM and role in MEMBERS:
        held |= {Role.MEMBER}
    if case in SEES_MOTION:
        held |= {Role.MOVER} if role in _MOVERS.get(case, STANDING) else set()
        held |= {Role.INVITED} if role == "invited" and case not in _MOVERS else set()
        held |= {Role.RESPONSIBLE} if case in {"assigned", "finished"} and role in BRANCH_OFFICERS else set()
    if case in SEES_MINUTES:
        return _of_minutes(role, case)
    if case in SEES_AMENDMENT and role == "mover":
        held |= {Role.MOVER}
    if case in SEES_ROOM or case in MATTERS:
        held |= {"delegate": {Role.VOTER}, "co_mover": {Role.TELLER}}.get(role, set())
    if case in DEBATED:
        held |= {Role.VOTER, Role.PROPOSER} if role in {"delegate", "co_mover"} else set()
        held |= {behind} if (behind := _BEHIND.get(case, {}).get(role)) else set()
    return frozenset(held)


def _of_mandate(role: str, case: str) -> frozenset[Role]:
    """The holder, and whoever keeps the board's papers."""
    return frozenset(_OF_MANDATE.get(role, ()))


def _of_minutes(role: str, case: str) -> frozenset[Role]:
    """Whoever the meeting elected has their task, and the board's secretary no longer keeps its minutes."""
    elected = {
        "neighbour": {Role.VERIFIER}, "invited": {Role.VERIFIER}, "delegate": {Role.DELEGATE, Role.TELLER},
        "secretary": {Role.BOARD, Role.SECRETARY},
    }.get(role, _DISTRICT_ROLES.get(role, set()))  # fmt: skip
    signs = {Role.SIGNATORY} if role in SIGN and case != "minutes_writing" else set()
    return frozenset(elected | signs)


def _on_roll(role: str, case: str) -> frozenset[Role]:
    """In the meeting, in one's own place, and in the branch that it is a place of."""
    concerned = {"place": "mover", "other_place": "delegate", "late": "member", "there": "delegate"}.get(case)
    granvik = {Role.BRANCH_OFFICER} if role in BRANCH_OFFICERS and case in {"place", "late"} else set()
    own = {Role.CONCERNED} if role == concerned else set()
    return frozenset(_DISTRICT_ROLES.get(role, set()) | granvik | own)


def _in_election(role: str, case: str) -> frozenset[Role]:
    """What they are in the meeting, and in the candidacy; those in the room may vote, propose and count there."""
    held = _DISTRICT_ROLES.get(role, set()) | ({Role.MEMBER} if role in MEMBERS else set())
    if case in {"election_nominating", "candidacy_asked"}:
        held = held | ({Role.NOMINATION_COMMITTEE} if role in COMMITTEE else set())
    else:
        held = held | {"delegate": {Role.VOTER, Role.PROPOSER}, "co_mover": {Role.TELLER}}.get(role, set())
    concerned = {"candidacy_asked": "mover", "candidacy_stands": "member", "candidacy_voted": "member"}.get(case)
    return frozenset(held | ({Role.CONCERNED} if role == concerned else set()))


def _in_council(role: str, case: str) -> frozenset[Role]:
    """The board decides; its secretary keeps its records."""
    held = {
        "board": {Role.BOARD, Role.DELEGATE}, "secretary": {Role.BOARD, Role.DELEGATE, Role.SECRETARY},
        "mover": {Role.MOVER}, "staff": {Role.STAFF}, "clock": {Role.CLOCK}, "operator": {Role.OPERATOR},
    }.get(role, set())  # fmt: skip
    asked = {Role.BRANCH_OFFICER} if case == "council_prepared" and role in BRANCH_OFFICERS else set()
    carries = {Role.RESPONSIBLE} if case == "council_decided" and role == "member" else set()
    return frozenset(held | asked | carries | ({Role.MEMBER} if role in MEMBERS else set()))


def _in_case(role: str, case: str) -> frozenset[Role]:
    """What they are at a board: founders, those asked and heard, those whom a decision concerns, the board itself."""
    held: set[Role] = {Role.MEMBER} if role in MEMBERS else set()
    held |= {"clock": {Role.CLOCK}, "operator": {Role.OPERATOR}}.get(role, set())
    if case in APPEALS:
        return frozenset(held | {"mover": {Role.APPELLANT}, "secretary": {Role.RESPONDENT}}.get(role, set()))
    held |= {"board": {Role.BOARD}, "secretary": {Role.BOARD, Role.SECRETARY}, "staff": {Role.STAFF}}.get(role, set())
    if case in RULINGS:
        return frozenset(held | ({Role.CONCERNED} if role == "mover" else set()))
    held |= {Role.APPLICANT} if role in _FOUNDERS else set()
    held |= {Role.INVITED} if role == "invited" and case == "branch_gathering" else set()
    heard = {Role.BRANCH_OFFICER} if role in BRANCH_OFFICERS and case in {"branch_hearing", "branch_ready"} else set()
    return frozenset(held | heard)


def _on_list(role: str, case: str) -> frozenset[Role]:
    """What they are in the meeting, and on the list."""
    own = {Role.CONCERNED} if role == {"list_draft": "mover", "list_proposed": "member"}[case] else set()
    return frozenset(_DISTRICT_ROLES.get(role, set()) | own)


def _in_ballot(role: str) -> frozenset[Role]:
    """The members of the district's board, its auditors and its branches' officers."""
    held = {
        "board": {Role.BOARD}, "secretary": {Role.BOARD, Role.SECRETARY}, "auditor": {Role.SCRUTINEER},
        "staff": {Role.STAFF}, "clock": {Role.CLOCK}, "operator": {Role.OPERATOR},
    }.get(role, set())  # fmt: skip
    held = held | ({Role.BRANCH_OFFICER} if role in BRANCH_OFFICERS else set())
    return frozenset(held | ({Role.MEMBER} if role in MEMBERS else set()))


def sees(role: str, case: str) -> bool:
    """Whether they see it."""
    return role in DISTRICT if case in MATTERS else role in SEES[case]


KINDS: dict[str, tuple[str, Callable[[Seeded], Mapping[str, UUID]]]] = {
    "deciding": ("Matter", lambda seeded: seeded.debates.matters),
    "proposal": ("Proposal", lambda seeded: seeded.debates.proposals),
    "question": ("Question", lambda seeded: seeded.debates.questions),
    "minutes": ("Minutes", lambda seeded: seeded.kept.minutes),
    "division": ("Division", lambda seeded: seeded.rooms.divisions),
    "statement": ("Statement", lambda seeded: seeded.rooms.statements),
    "matter": ("Matter", lambda seeded: {name: put.matter for name, put in seeded.rooms.matters.items()}),
}
"""What belongs to meetings, by the first word of a case's name."""


def case_id(seeded: Seeded, case: str) -> str:
    """The global id of a motion, a meeting, an item, what is voted on there, or a ballot by its name."""
    for noun, cases in (
        ("Speech", seeded.speeches), ("AgendaItem", seeded.items), ("MemberBallot", seeded.ballots),
        ("Document", seeded.papers.documents), ("Amendment", seeded.papers.amendments), ("Motion", seeded.motions),
        ("Meeting", seeded.meetings), ("Election", seeded.elected.elections),
        ("Candidacy", seeded.elected.candidacies), ("CandidateList", seeded.elected.lists),
        ("Mandate", {name: seeded.posts[name] for name in MANDATES}),
        ("SeatByRight", {name: seeded.posts[name] for name in SEATS}),
        ("RoleTemplate", {name: seeded.posts[name] for name in TEMPLATES}),
        ("CouncilDecision", seeded.councils.matters),
        ("BranchApplication", seeded.cases.applications),
        ("Ruling", seeded.cases.rulings), ("Appeal", seeded.cases.appeals),
    ):  # fmt: skip
        if case in cases:
            return global_id(noun, cases[case])
    if case in ROLL_KINDS:
        return global_id(ROLL_KINDS[case], seeded.roll[case])
    kind, _, name = case.partition("_")
    noun, found = KINDS[kind]
    return global_id(noun, found(seeded)[name])


def paragraph_id(seeded: Seeded, case: str) -> str:
    """The global id of the second paragraph of a document."""
    return global_id("DocumentParagraph", seeded.papers.paragraphs[case])


def clause_id(seeded: Seeded, case: str, number: int = 1) -> str:
    """The global id of an att-sats."""
    return global_id("Clause", seeded.clauses[case][number - 1])
