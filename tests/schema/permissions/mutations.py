"""One row or more for every mutation: the rule that it follows, the case that it is tried on, and its input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schema.ids import global_id
from tests.schema.permissions.case_rows import case_rows
from tests.schema.permissions.floors import HERE
from tests.schema.permissions.people import (
    BRANCH_OFFICERS,
    CHAIR,
    DISTRICT,
    MEMBERS,
    case_id,
    clause_id,
    holds,
    paragraph_id,
    sees,
)
from tests.schema.permissions.rooms import SHARE
from tests.schema.permissions.seeds import BOARD_DECISION, Seeded
from workflows.addendum import ADDENDUM
from workflows.allotment import ALLOTMENT
from workflows.amendment import AMENDMENT
from workflows.appeal import APPEAL
from workflows.branch_application import BRANCH_APPLICATION
from workflows.candidacy import CANDIDACY
from workflows.candidate_list import CANDIDATE_LIST
from workflows.council_decision import COUNCIL_DECISION
from workflows.delegate import DELEGATE
from workflows.division import DIVISION
from workflows.document import DOCUMENT
from workflows.election import ELECTION
from workflows.engine import Workflow
from workflows.floor import FLOOR
from workflows.force import Role
from workflows.handover import HANDOVER
from workflows.item import ITEM
from workflows.mandate import MANDATE
from workflows.matter import MATTER
from workflows.meeting import MEETING
from workflows.member_ballot import MEMBER_BALLOT
from workflows.minutes import MINUTES
from workflows.motion import MOTION
from workflows.nomination_work import NOMINATION_WORK
from workflows.pledge import PLEDGE
from workflows.presence import AT_THE_DOOR, PRESENCE
from workflows.proposal import PROPOSAL
from workflows.question import QUESTION
from workflows.role_template import ROLE_TEMPLATE
from workflows.roll import ROLL
from workflows.ruling import RULING
from workflows.seat_by_right import SEAT_BY_RIGHT
from workflows.speech import SPEECH
from workflows.statement import STATEMENT
from workflows.unit_policy import UNIT_POLICY

YES, NO, UNSEEN, GONE = "yes", "no", "not found", "yes, then unseen"
Input = Callable[[Seeded], dict[str, Any]]
WORKFLOWS: Mapping[str, Workflow[Any, Any]] = {
    "matter": MATTER, "proposal": PROPOSAL, "question": QUESTION,
    "motion": MOTION, "meeting": MEETING, "division": DIVISION, "statement": STATEMENT, "member_ballot": MEMBER_BALLOT,
    "speech": SPEECH, "floor": FLOOR, "item": ITEM,
    "minutes": MINUTES, "addendum": ADDENDUM, "document": DOCUMENT, "amendment": AMENDMENT,
    "allotment": ALLOTMENT, "delegate": DELEGATE,
    "presence": PRESENCE, "roll": ROLL,
    "branch_application": BRANCH_APPLICATION, "ruling": RULING, "appeal": APPEAL,
    "mandate": MANDATE, "role_template": ROLE_TEMPLATE, "seat_by_right": SEAT_BY_RIGHT, "handover": HANDOVER,
    "election": ELECTION, "candidacy": CANDIDACY, "candidate_list": CANDIDATE_LIST,
    "nomination_work": NOMINATION_WORK, "pledge": PLEDGE,
    "council_decision": COUNCIL_DECISION, "unit_policy": UNIT_POLICY,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A mutation tried by everybody on one case."""

    name: str
    rule: str
    """`motion.submit`: workflow and rule."""
    case: str
    input: Input
    only: frozenset[Role] | None = None
    """The roles in which it can be done this way, where that is fewer than the rule's."""
    moves: frozenset[str] = frozenset()
    """Those who become movers by the very act."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """Answers that follow from something else than visibility and the rule's roles."""
    how: str = ""
    reason: str = "not_your_role"
    """Why those who see the case and may not do it are refused, where it is not only for want of a role."""

    @property
    def label(self) -> str:
        """What stands in the table."""
        return f"`{self.name}` {self.how}".strip() + f" ({self.case})"

    def by(self) -> frozenset[Role]:
        """The rule's own roles."""
        workflow, _, rule = self.rule.partition(".")
        declared = WORKFLOWS[workflow].rules[rule].by
        return declared if self.only is None else declared & self.only

    def expected(self, role: str) -> str:
        """What somebody is answered."""
        if role in self.instead:
            return self.instead[role]
        if not sees(role, self.case):
            return UNSEEN
        held = holds(role, self.case) | ({Role.MOVER} if role in self.moves else set())
        return YES if held & self.by() else NO


def _of_motion(case: str, **more: Any) -> Input:
    return lambda seeded: {"motionId": case_id(seeded, case), **more}


def _of_clause(case: str, **more: Any) -> Input:
    return lambda seeded: {"clauseId": clause_id(seeded, case), **more}


def _of_meeting(case: str, **more: Any) -> Input:
    return lambda seeded: {"meetingId": case_id(seeded, case), **more}


def _of_place(case: str, **more: Any) -> Input:
    return lambda seeded: {"delegateId": case_id(seeded, case), **more}


def _late_report(seeded: Seeded) -> dict[str, Any]:
    return {"meetingId": case_id(seeded, "attended"), "unitId": global_id("Unit", seeded.world.units["stenvika"]),
            "decision": "Möte § 3", "substitutes": [{"memberNumber": seeded.world.numbers["neighbour"]}]}  # fmt: skip


def _of_ballot(case: str, **more: Any) -> Input:
    return lambda seeded: {"ballotId": case_id(seeded, case), **more}


def _of_paper(case: str, **more: Any) -> Input:
    return lambda seeded: {"documentId": case_id(seeded, case), **more}


def _of_amendment(case: str, **more: Any) -> Input:
    return lambda seeded: {"amendmentId": case_id(seeded, case), **more}


def _change(case: str, **more: Any) -> Input:
    return lambda seeded: {
        "documentId": case_id(seeded, case),
        "change": {"operation": "INSERT", "paragraphId": paragraph_id(seeded, case), "text": "Nytt."},
        **more,
    }


def _spelt(seeded: Seeded) -> dict[str, Any]:
    right = {"paragraphId": paragraph_id(seeded, "paper_adopted"), "text": "Därför."}
    return {"documentId": case_id(seeded, "paper_adopted"), "paragraphs": [right], "reason": "Skrivfel."}


def _answered(seeded: Seeded) -> dict[str, Any]:
    answer = {"paragraphId": paragraph_id(seeded, "paper_confirmed"), "locked": False}
    return {"documentId": case_id(seeded, "paper_confirmed"), "locks": [answer]}


def _branch(name: str, then: Input) -> Input:
    return lambda seeded: {"branchId": global_id("Unit", seeded.world.units[name]), **then(seeded)}


def _ballot(seeded: Seeded, **more: Any) -> dict[str, Any]:
    body = global_id("Body", seeded.world.bodies["district/board"])
    return {"ballot": {"bodyId": body, "title": "Fråga", "questions": [{"text": "Ska vi?"}]}, **more}


def _redraft(seeded: Seeded) -> dict[str, Any]:
    return _ballot(seeded, ballotId=case_id(seeded, "ballot_draft"))


def _correct_electorate(seeded: Seeded) -> dict[str, Any]:
    member = global_id("Member", seeded.world.members["member"])
    return {"ballotId": case_id(seeded, "ballot_announced"), "memberId": member, "kind": "REMOVE", "reason": "Utträde"}


def _envelope(case: str) -> Input:
    return lambda seeded: {"memberId": global_id("Member", seeded.world.members["neighbour"]),
                           **_of_ballot(case)(seeded)}  # fmt: skip


def _answer_objection(seeded: Seeded) -> dict[str, Any]:
    return {"objectionId": global_id("BallotObjection", seeded.objection), "finding": "DISMISSED", "answer": "Nej.",
            "decision": "DS § 8"}  # fmt: skip


def _approve_correction(seeded: Seeded) -> dict[str, Any]:
    return {"correctionId": global_id("ElectorateCorrection", seeded.correction)}


def _of_item(case: str, **more: Any) -> Input:
    return lambda seeded: {"itemId": case_id(seeded, case), **more}


def _ordered(seeded: Seeded) -> dict[str, Any]:
    return {"meetingId": case_id(seeded, "called"), "itemIds": [case_id(seeded, "item_drafted")]}


def _of_question(name: str, **more: Any) -> Input:
    return lambda seeded: {"questionId": global_id("Question", seeded.rooms.matters[name].question), **more}


def _of_matter(name: str, **more: Any) -> Input:
    return lambda seeded: {"matterId": case_id(seeded, f"matter_{name}"), **more}


def _of_division(name: str, **more: Any) -> Input:
    return lambda seeded: {"divisionId": case_id(seeded, f"division_{name}"), **more}


def _of_minutes(stage: str, **more: Any) -> Input:
    return lambda seeded: {"minutesId": case_id(seeded, f"minutes_{stage}"), **more}


def _of_section(then: Input, stage: str = "writing") -> Input:
    return lambda seeded: {**then(seeded), "itemId": global_id("AgendaItem", seeded.kept.items[stage])}


def _signed(seeded: Seeded) -> dict[str, Any]:
    return {"minutesId": case_id(seeded, "minutes_signing"), "digest": seeded.kept.digests["signing"]}


def _absent(**more: Any) -> Input:
    return lambda seeded: {
        "minutesId": case_id(seeded, "minutes_signing"), "decision": "DS § 4",
        "memberId": global_id("Member", seeded.world.members["neighbour"]), **more,
    }  # fmt: skip


def _of_addendum(**more: Any) -> Input:
    return lambda seeded: {"addendumId": global_id("MinutesAddendum", seeded.kept.addendum), **more}


def _deciding(case: str, **more: Any) -> Input:
    """A matter, a proposal or a question of the meeting that decides."""
    path = {"deciding": "matterId", "proposal": "proposalId", "question": "questionId"}[case.partition("_")[0]]
    return lambda seeded: {path: case_id(seeded, case), **more}


def _of_block(seeded: Seeded) -> dict[str, Any]:
    return {"itemId": global_id("AgendaItem", seeded.debates.block)}


def _stop(seeded: Seeded) -> dict[str, Any]:
    return {**_of_block(seeded), "closesAt": "2027-01-01T10:00:00Z", "decided": True}


def _of_blocked(seeded: Seeded) -> dict[str, Any]:
    return {"itemId": global_id("AgendaItem", seeded.debates.blocked)}


def _jamkning(seeded: Seeded) -> dict[str, Any]:
    mine = case_id(seeded, "proposal_mine")
    return {"matterId": case_id(seeded, "deciding_open"), "proposalIds": [mine], "kind": "AMENDMENT", "text": "Jämkat."}


def _heard(seeded: Seeded) -> dict[str, Any]:
    return {"matterId": case_id(seeded, "deciding_open"), "proposalId": case_id(seeded, "proposal_first")}


def _number(name: str, then: Input, path: str = "memberNumber") -> Input:
    return lambda seeded: {**then(seeded), path: seeded.world.numbers[name]}


def _of_speech(name: str) -> Input:
    return lambda seeded: {"speechId": case_id(seeded, f"speech_{name}")}


def _next_speaker(seeded: Seeded) -> dict[str, Any]:
    return {"meetingId": case_id(seeded, "opened"), "endsId": case_id(seeded, "speech_speaking")}


def _plan(seeded: Seeded) -> dict[str, Any]:
    bodies = seeded.world.bodies
    return {
        "bodyId": global_id("Body", bodies["district/conference"]),
        "boardId": global_id("Body", bodies["district/board"]),
        "kind": "DISTRICT_CONFERENCE", "name": "Konferens", "startsAt": "2027-05-01T10:00:00Z",
    }  # fmt: skip


def _part(seeded: Seeded) -> dict[str, Any]:
    unit = global_id("Unit", seeded.world.units["granvik"])
    return {"meetingId": case_id(seeded, "called"), "name": "Delmöte", "unitIds": [unit]}


def _task(seeded: Seeded) -> dict[str, Any]:
    body = global_id("Body", seeded.world.bodies["district/board"])
    return {"clauseId": clause_id(seeded, "decided"), "bodyId": body, "dueOn": "2026-10-01"}


def _block(seeded: Seeded) -> dict[str, Any]:
    return {"meetingId": case_id(seeded, "opened"), "motionIds": [case_id(seeded, "scheduled")]}


def _sending(seeded: Seeded) -> dict[str, Any]:
    return {"motionId": case_id(seeded, "local"), "meetingId": case_id(seeded, "called"), "sentAs": "SUPPORTED",
            "decision": "§ 13", "decidedOn": "2026-01-09"}  # fmt: skip


def _carrying(seeded: Seeded) -> dict[str, Any]:
    return {"motionId": case_id(seeded, "waiting"), "meetingId": case_id(seeded, "later")}


def _cancelling(seeded: Seeded) -> dict[str, Any]:
    return {"meetingId": case_id(seeded, "called"), "successorId": case_id(seeded, "planned"), "reason": "Snö."}


def _correction(seeded: Seeded) -> dict[str, Any]:
    return {"recordId": case_id(seeded, "submitted"), "part": "TITLE", "after": "Rättad", "reason": "Skrivfel",
            "approvedBy": "motionären"}  # fmt: skip


_TEXT = {"title": "Nytt", "reasoning": "Därför.", "clauses": [{"text": "att så ske."}]}
_GROUND = {"fault": "CATEGORY", "note": "Fel möte.", "decision": BOARD_DECISION}
_REPLY = {"reasons": "Bra.", "decision": BOARD_DECISION, "present": 3,
          "recommendations": [{"clause": 1, "outcome": "APPROVE"}, {"clause": 2, "outcome": "REJECT"}]}  # fmt: skip
_FIGURES = {"yes": 0, "no": 1}
_AT_NOON = "2026-01-10T11:00:00Z"
_PAPER = {"text": _TEXT, "channel": "PAPER", "receivedAt": _AT_NOON}


def _of_election(case: str, **more: Any) -> Input:
    return lambda seeded: {"electionId": case_id(seeded, case), **more}


def _of_list(case: str, **more: Any) -> Input:
    return lambda seeded: {"listId": case_id(seeded, case), **more}


def _of_candidacy(case: str, **more: Any) -> Input:
    return lambda seeded: {"candidacyId": case_id(seeded, case), **more}


def _of_council(case: str, **more: Any) -> Input:
    return lambda seeded: {"decisionId": case_id(seeded, f"council_{case}"), **more}


def _under(case: str, **more: Any) -> Input:
    return lambda seeded: {"decisionId": case_id(seeded, f"council_{case}"),
                           "itemId": case_id(seeded, "item_closed"), **more}  # fmt: skip


def _by(those: frozenset[str], codes: str) -> dict[str, str]:
    """Those who may, where something else is in the way."""
    return dict.fromkeys(those, codes)


_SEATED = frozenset({"board", "secretary"})
_COUNCIL_ROWS = (
    Row("raiseCouncilMatter", "council_decision.raise", "council_decided",
        lambda seeded: {"bodyId": global_id("Body", seeded.world.bodies["district/board"]), "title": "Busskort",
                        "summary": "Gratis.", "sort": "POLICY", "initiative": "MEMBER"}),
    Row("attachCouncilPaper", "council_decision.attach", "council_raised",
        _of_council("raised", title="Underlag", text="Så är det.")),
    Row("prepareCouncilMatter", "council_decision.prepare", "council_raised",
        _of_council("raised", text="Så.", alternatives=["Ja", "Nej"], costs="Inga.", consequences="Inga.")),
    Row("declareCouncilMatter", "council_decision.declare", "council_raised",
        _of_council("raised", decision="AU § 2", reason="Stort.", principle=True)),
    Row("setCouncilConfidentiality", "council_decision.set_level", "council_raised",
        _of_council("raised", level="MEMBERS")),
    Row("openCouncilPaper", "council_decision.open_paper", "council_prepared",
        lambda seeded: {"paperId": global_id("CouncilPaper", seeded.councils.paper)},
        instead=_by(BRANCH_OFFICERS, "paper_closed")),
    Row("declareCouncilConflict", "council_decision.declare_conflict", "council_prepared",
        _of_council("prepared", reason="Jag är anställd där.")),
    Row("withdrawCouncilMatter", "council_decision.withdraw", "council_raised",
        _of_council("raised", reason="Ångrat.")),
    Row("soundCouncilMatter", "council_decision.sound", "council_raised",
        lambda seeded: {"decisionId": case_id(seeded, "council_raised"), "question": "Vad anser ni?",
                        "unitIds": [global_id("Unit", seeded.world.units["stenvika"])]}),
    Row("answerSounding", "council_decision.give_opinion", "council_prepared",
        lambda seeded: {"decisionId": case_id(seeded, "council_prepared"), "text": "Bra.",
                        "unitId": global_id("Unit", seeded.world.units["granvik"])}),
    Row("summariseSounding", "council_decision.summarise", "council_prepared", _of_council("prepared", summary="Ja.")),
    Row("openWrittenProcedure", "council_decision.open_procedure", "council_prepared",
        _of_council("prepared", question="Godkänns?", closesAt="2026-01-13T12:00:00Z", decision="DS § 8")),
    Row("logContactAttempt", "council_decision.seek", "council_asking",
        _number("board", _of_council("asking", channel="TELEPHONE"))),
    Row("answerWrittenProcedure", "council_decision.answer", "council_asking", _of_council("asking", answer="YES")),
    Row("requestCouncilMeeting", "council_decision.ask_meeting", "council_asking", _of_council("asking")),
    Row("reserveInWriting", "council_decision.reserve", "council_asking", _of_council("asking", text="Nej."),
        instead=_by(_SEATED, "took_no_part")),
    Row("closeWrittenProcedure", "council_decision.leave_to_meeting", "council_due", _of_council("due")),
    Row("callCouncilMeeting", "council_decision.call_meeting", "council_prepared", _of_council("prepared")),
    Row("decideCouncilMatter", "council_decision.decide", "council_called",
        _under("called", outcome="APPROVED", text="Ja."), instead={"secretary": "item_elsewhere"}),
    Row("signWrittenMinutes", "council_decision.sign_minutes", "council_decided", _of_council("decided")),
    Row("reportCouncilDecision", "council_decision.report", "council_decided", _under("decided"),
        instead={"secretary": "item_elsewhere"}),
    Row("assignCouncilDecision", "council_decision.assign", "council_decided",
        _number("member", _of_council("decided", reportBy="2026-05-01"))),
    Row("reportBackCouncilDecision", "council_decision.report_back", "council_decided",
        _of_council("decided", text="Klart.")),
    Row("explainCouncilDecision", "council_decision.explain", "council_decided",
        _of_council("decided", rationale="Därför.")),
    Row("setDecisionRoute", "unit_policy.set_route", "council_decided",
        lambda seeded: {"unitId": global_id("Unit", seeded.world.units["norrviken"]), "sort": "POLICY",
                        "route": "COUNCIL", "closed": True, "decision": "DS § 3"}),
    Row("setPoliticalPosition", "unit_policy.set_position", "council_decided",
        lambda seeded: {"bodyId": global_id("Body", seeded.world.bodies["district/board"]), "position": "NONE",
                        "startsOn": "2026-02-01", "decision": "DS § 4"},
        instead={"secretary": "not_a_council"}),
    Row("closeCouncilMatter", "council_decision.finish", "council_decided", _of_council("decided"),
        instead={"secretary": "not_verified, not_reported, not_reported_back"}),
)  # fmt: skip
_KEEPS = frozenset({"secretary", "meeting_secretary"})
_ELECTION_ROWS = (
    Row("prepareElection", "election.prepare", "called",
        lambda seeded: {"meetingId": case_id(seeded, "called"), "title": "Ledamot", "seats": 1,
                        "bodyId": global_id("Body", seeded.world.bodies["district/board"])}),
    Row("adoptCandidatePledge", "pledge.adopt", "called",
        lambda seeded: {"unitId": global_id("Unit", seeded.world.units["norrviken"]), "text": "Jag lovar.",
                        "decision": "DS § 4"}),
    Row("nominate", "candidacy.nominate", "election_nominating",
        _number("co_mover", _of_election("election_nominating"))),
    Row("addCandidate", "candidacy.add", "election_proposed", _number("neighbour", _of_election("election_proposed"))),
    Row("presentCandidate", "candidacy.present", "candidacy_asked", _of_candidacy("candidacy_asked", text="Jag.")),
    Row("acceptNomination", "candidacy.accept", "candidacy_asked", _of_candidacy("candidacy_asked"),
        instead=_by(frozenset({"mover", "auditor"}), "pledge_unsigned")),
    Row("declineNomination", "candidacy.decline", "candidacy_asked", _of_candidacy("candidacy_asked")),
    Row("withdrawCandidacy", "candidacy.withdraw", "candidacy_stands", _of_candidacy("candidacy_stands")),
    Row("noteInCommittee", "nomination_work.note", "election_nominating",
        _of_election("election_nominating", text="Ring henne.")),
    Row("draftNominations", "nomination_work.propose", "election_nominating",
        _of_election("election_nominating", lines=list[str]())),
    Row("publishNominations", "election.publish", "election_nominating", _of_election("election_nominating"),
        instead={"auditor": "nominations_open", **_by(_KEEPS, "committee_publishes, nominations_open")}),
    Row("decideElectionNumbers", "election.decide_numbers", "election_proposed",
        _of_election("election_proposed", seats=2)),
    Row("exceptFromRepresentation", "election.except_representation", "election_proposed",
        _of_election("election_proposed", reason="Ingen annan.")),
    Row("cancelElection", "election.cancel", "election_proposed", _of_election("election_proposed", reason="Fel.")),
    Row("referElection", "election.refer", "election_proposed",
        lambda seeded: {"electionId": case_id(seeded, "election_proposed"), "reason": "Tiden tog slut.",
                        "meetingId": case_id(seeded, "called")}),
    Row("electByAcclamation", "election.acclaim", "election_proposed",
        lambda seeded: {"electionId": case_id(seeded, "election_proposed"),
                        "memberCandidacyIds": [case_id(seeded, "candidacy_stands")]}),
    Row("requestSecretElection", "election.ask_secret", "election_proposed", _of_election("election_proposed")),
    Row("commitElectionLot", "election.commit_lot", "election_proposed",
        _of_election("election_proposed", commitment="ab" * 32)),
    Row("openElection", "election.open", "election_proposed", _of_election("election_proposed", method="DEVICES")),
    Row("castElectionVote", "election.cast", "election_voting",
        lambda seeded: {"electionId": case_id(seeded, "election_voting"),
                        "candidacyIds": [case_id(seeded, "candidacy_voted")]}),
    Row("enterElectionPapers", "election.enter_papers", "election_voting",
        _of_election("election_voting", ballots=list[str](), blank=1),
        instead=_by(CHAIR | {"co_mover"}, "voted_on_devices")),
    Row("closeElection", "election.close", "election_voting", _of_election("election_voting")),
    Row("revealElectionLot", "election.reveal_lot", "election_voting", _of_election("election_voting", share="ab" * 16),
        instead={"delegate": "wrong_state, no_lot_due, share_unknown"}),
    Row("drawElectionLot", "election.draw_lot", "election_voting", _of_election("election_voting"),
        instead=_by(CHAIR, "wrong_state, no_lot_due, lot_does_not_fit")),
    Row("goOnToSecondBallot", "election.go_on", "election_voting", _of_election("election_voting"),
        instead=_by(CHAIR, "wrong_state, no_second_due")),
    Row("declareElection", "election.declare", "election_voting", _of_election("election_voting"),
        instead=_by(CHAIR, "wrong_state")),
    Row("prepareCandidateList", "candidate_list.prepare", "called",
        lambda seeded: {"meetingId": case_id(seeded, "called"), "title": "Lista", "assembly": "Norrvik", "most": 3},
        instead=_by(_KEEPS, "no_election_conference")),
    Row("placeOnList", "candidate_list.place", "list_draft",
        lambda seeded: {"listId": case_id(seeded, "list_draft"), "memberNumbers": [seeded.world.numbers["co_mover"]]}),
    Row("consentToList", "candidate_list.consent", "list_draft", _of_list("list_draft"),
        instead=_by(_KEEPS, "not_on_it")),
    Row("declineList", "candidate_list.decline", "list_draft", _of_list("list_draft"),
        instead=_by(_KEEPS, "not_on_it")),
    Row("publishCandidateList", "candidate_list.publish", "list_draft", _of_list("list_draft"),
        instead=_by(_KEEPS, "consents_missing")),
    Row("decideCandidateList", "candidate_list.decide", "list_proposed", _of_list("list_proposed")),
    Row("cancelCandidateList", "candidate_list.cancel", "list_draft", _of_list("list_draft", reason="Ingen lista.")),
    Row("signCandidatePledge", "candidacy.sign", "candidacy_stands",
        lambda seeded: {"candidacyId": case_id(seeded, "candidacy_stands"),
                        "pledgeId": global_id("CandidatePledge", seeded.elected.pledge)},
        instead=_by(_KEEPS | {"member"}, "pledge_signed_before")),
    Row("declareAcceptance", "candidacy.declare_acceptance", "candidacy_stands", _of_candidacy("candidacy_stands"),
        instead=_by(_KEEPS | {"member"}, "wrong_state")),
    Row("chooseOtherPost", "candidacy.choose_other", "candidacy_stands",
        lambda seeded: {"candidacyId": case_id(seeded, "candidacy_stands"),
                        "otherCandidacyId": case_id(seeded, "candidacy_voted")},
        instead=_by(_KEEPS | {"member"}, "wrong_state, elected_once")),
    Row("stepInSubstitute", "election.step_in", "election_voting", _of_election("election_voting"),
        instead=_by(_KEEPS, "wrong_state, no_vacancy, no_substitute")),
)  # fmt: skip


def _of_mandate(**more: Any) -> Input:
    return lambda seeded: {"mandateId": case_id(seeded, "mandate_board"), **more}


def _of_board(**more: Any) -> Input:
    return lambda seeded: {"bodyId": global_id("Body", seeded.world.bodies["district/board"]),
                           "decision": "Konferensen § 4", **more}  # fmt: skip


_OWN_PLACE = frozenset({"board", "secretary"})
_POST_ROWS = (
    Row("takeLeave", "mandate.take_leave", "mandate_board",
        _of_mandate(firstDay="2026-02-01", lastDay="2026-03-01")),
    Row("endLeave", "mandate.end_leave", "mandate_board", _of_mandate(lastDay="2026-03-01"),
        instead=_by(_OWN_PLACE, "no_leave")),
    Row("resignMandate", "mandate.resign", "mandate_board", _of_mandate()),
    Row("withdrawResignation", "mandate.stay", "mandate_board", _of_mandate(), instead=_by(_OWN_PLACE, "wrong_state")),
    Row("grantResignation", "mandate.release", "mandate_board",
        _of_mandate(firstFreeDay="2026-02-01", decision="Konferensen § 4"), instead={"secretary": "wrong_state"}),
    Row("endMandate", "mandate.end", "mandate_board", _of_mandate(lastDay="2026-02-01", decision="Konferensen § 4")),
    Row("coOpt", "mandate.co_opt", "called", _number("neighbour", _of_board(firstDay="2026-02-01"))),
    Row("extendMandates", "mandate.extend", "called",
        lambda seeded: {"mandateIds": [case_id(seeded, "mandate_board")],
                        **_of_board(lastDay="2027-02-01")(seeded)}, instead={"secretary": "no_last_day"}),
    Row("adoptRoleTemplate", "role_template.adopt", "called",
        lambda seeded: {"unitId": global_id("Unit", seeded.world.units["norrviken"]), "title": "Ledamot",
                        "bodyKind": "BOARD", "role": "MEMBER", "decision": "DS § 4"}),
    Row("grantSeatByRight", "seat_by_right.grant", "called",
        lambda seeded: {"bodyId": global_id("Body", seeded.posts["committee"]), "fromRole": "CHAIR",
                        "fromBodyId": global_id("Body", seeded.world.bodies["district/board"]),
                        "decision": "DÅK § 7"}),
    Row("endSeatByRight", "seat_by_right.end", "called",
        lambda seeded: {"seatId": case_id(seeded, "seat_auditor"), "lastDay": "2026-06-30", "decision": "DÅK § 7"}),
    Row("drawUpHandover", "handover.draw_up", "mandate_board", _of_mandate()),
    Row("addHandoverLine", "handover.add", "mandate_board", _of_mandate(text="Nycklar.")),
    Row("tickHandoverLine", "handover.tick", "mandate_board",
        lambda seeded: {"lineId": global_id("HandoverLine", seeded.posts["line"])}),
    Row("finishHandover", "handover.finish", "mandate_board", _of_mandate(),
        instead=_by(_OWN_PLACE, "lines_left")),
    Row("withdrawRoleTemplate", "role_template.withdraw", "called",
        lambda seeded: {"templateId": case_id(seeded, "template_auditor"), "decision": "DS § 4"}),
)  # fmt: skip

ROWS = (
    *_ELECTION_ROWS,
    *_POST_ROWS,
    *_COUNCIL_ROWS,
    *case_rows(Row),
    Row("createMotion", "motion.edit", "called", _of_meeting("called", text=_TEXT), only=frozenset({Role.MOVER}),
        moves=MEMBERS),
    Row("updateMotion", "motion.edit", "draft", _of_motion("draft", text=_TEXT)),
    Row("updateMotion", "motion.edit", "returned", _of_motion("returned", text=_TEXT, asked="brev")),
    Row("inviteCoMover", "motion.invite", "draft", _number("member", _of_motion("draft"))),
    # The office may record an answer, but has none of its own to give.
    Row("confirmCoMover", "motion.confirm", "draft", _of_motion("draft")),
    Row("confirmCoMover", "motion.confirm", "returned", _number("invited", _of_motion("returned", channel="PAPER")),
        only=frozenset({Role.SECRETARY}), how="for another"),
    Row("declineCoMover", "motion.decline", "draft", _of_motion("draft"), instead={"invited": GONE}),
    # Whoever has left a motion that is not in the papers no longer sees it; a unit's name is not its officer's own.
    Row("leaveMotion", "motion.leave", "submitted", _of_motion("submitted"), only=frozenset({Role.MOVER}),
        instead={"mover": GONE, "co_mover": GONE, "branch_chair": UNSEEN, "branch_secretary": UNSEEN}),
    Row("submitMotion", "motion.submit", "draft", _of_motion("draft")),
    Row("submitMotion", "motion.submit", "returned", _of_motion("returned", asked="brev")),
    Row("recordMotion", "motion.record", "called", _number("member", _of_meeting("called", **_PAPER))),
    Row("withdrawMotion", "motion.withdraw", "alone", _of_motion("alone", asked="brev")),
    Row("noteFault", "motion.note_fault", "submitted", _of_motion("submitted", fault="LATE", note="Sen?")),
    Row("admitMotion", "motion.admit", "submitted", _of_motion("submitted")),
    Row("returnMotion", "motion.return", "submitted",
        _of_motion("submitted", note="Komplettera.", dueAt="2026-01-20T12:00:00Z")),
    Row("refuseMotion", "motion.refuse", "submitted", _of_motion("submitted", ground=_GROUND)),
    Row("refuseClause", "motion.refuse_clause", "submitted", _of_clause("submitted", ground=_GROUND)),
    Row("correctRecord", "motion.correct", "submitted", _correction),
    Row("adoptBoardReply", "motion.adopt_reply", "admitted", _of_motion("admitted", **_REPLY)),
    Row("recordReplyReservation", "motion.reserve", "prepared", _of_motion("prepared", text="Nej.")),
    Row("recordReplyReservation", "motion.reserve", "prepared", _number("board", _of_motion("prepared", text="Nej.")),
        only=frozenset({Role.SECRETARY}), how="for another"),
    Row("scheduleMotion", "motion.schedule", "prepared", _of_motion("prepared")),
    Row("takeUpMotion", "motion.take_up", "stopped", _of_motion("stopped")),
    Row("layAsideMotion", "motion.lay_aside", "stopped", _of_motion("stopped")),
    Row("decideClause", "motion.decide_clause", "scheduled", _of_clause("scheduled", outcome="APPROVE")),
    Row("decideAsRecommended", "motion.decide_clause", "scheduled", _block),
    Row("reopenClause", "motion.reopen_clause", "decided", _of_clause("decided", reason="Nya uppgifter.")),
    Row("assignFollowUp", "motion.assign_follow_up", "decided", _task),
    Row("reportFollowUp", "motion.report_follow_up", "assigned", _of_clause("assigned", report="Klart.")),
    Row("closeMotion", "motion.close", "finished", _of_motion("finished")),
    Row("sendMotionOn", "motion.send_on", "local", _sending),
    Row("carryMotionOver", "motion.carry_over", "waiting", _carrying),
    # Whoever sees the meeting may ask, and is told why they are not heard: most have not been checked in.
    Row("requestFloor", "speech.request", "opened", _of_meeting("opened"),
        instead={**dict.fromkeys((DISTRICT & MEMBERS) - set(HERE), "not_checked_in"), **dict.fromkeys(HERE, YES)}),
    Row("requestFloor", "speech.request", "opened", _number("delegate", _of_meeting("opened")),
        only=frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY}), how="for another"),
    Row("withdrawRequest", "speech.withdraw", "speech_waiting", _of_speech("waiting")),
    Row("giveFloor", "speech.give", "opened", _next_speaker),
    Row("endSpeech", "speech.end", "speech_speaking", _of_speech("speaking")),
    Row("putSpeechBack", "speech.put_back", "speech_speaking", _of_speech("speaking")),
    Row("decideFloorRules", "floor.decide_rules", "opened", _of_meeting("opened", speechSeconds=120)),
    Row("setSpeechTime", "floor.set_speech_time", "opened", _of_meeting("opened", seconds=60)),
    Row("drawStreck", "floor.draw_streck", "opened", _of_meeting("opened")),
    Row("liftStreck", "floor.lift_streck", "opened", _of_meeting("opened")),
    Row("planMeeting", "meeting.plan", "planned", _plan),
    Row("planSubAssembly", "meeting.plan_part", "called", _part),
    Row("callMeeting", "meeting.call", "planned", _of_meeting("planned")),
    Row("moveMeeting", "meeting.move", "called",
        _of_meeting("called", startsAt="2027-04-01T10:00:00Z", reason="Lokalen.")),
    Row("cancelMeeting", "meeting.cancel", "called", _cancelling),
    Row("sendPapers", "meeting.send_papers", "called", _of_meeting("called")),
    Row("openMeeting", "meeting.open", "called", _of_meeting("called")),
    Row("makeProposal", "proposal.make", "deciding_open", _deciding("deciding_open", kind="COUNTER", text="Nytt."),
        only=frozenset({Role.PROPOSER}), reason="mover_without_right"),
    Row("makeProposal", "proposal.make", "deciding_open", _number(
        "delegate", _deciding("deciding_open", kind="COUNTER", text="Nytt.")),
        only=frozenset({Role.MEETING_SECRETARY}), how="for another"),
    Row("joinProposal", "proposal.join", "proposal_first", _deciding("proposal_first"),
        only=frozenset({Role.PROPOSER}), reason="mover_without_right"),
    Row("withdrawProposal", "proposal.withdraw", "proposal_mine", _deciding("proposal_mine"),
        only=frozenset({Role.MOVER}), reason="not_a_mover"),
    Row("withdrawProposal", "proposal.withdraw", "proposal_mine", _number("delegate", _deciding("proposal_mine")),
        only=frozenset({Role.MEETING_SECRETARY}), how="for another"),
    Row("takeOverProposal", "proposal.take_over", "proposal_withdrawn", _deciding("proposal_withdrawn"),
        only=frozenset({Role.PROPOSER}), reason="mover_without_right"),
    Row("reconcileProposals", "proposal.reconcile", "proposal_mine", _jamkning,
        only=frozenset({Role.PROPOSER, Role.MEETING_SECRETARY})),
    Row("acceptReconciliation", "proposal.accept", "proposal_waiting", _deciding("proposal_waiting"),
        only=frozenset({Role.INVITED}), reason="not_asked"),
    Row("declineReconciliation", "proposal.decline", "proposal_waiting", _deciding("proposal_waiting")),
    Row("closeDebate", "matter.close_debate", "deciding_open", _deciding("deciding_open")),
    Row("reopenDebate", "matter.reopen_debate", "deciding_over", _deciding("deciding_over")),
    Row("lapseMatter", "matter.lapse", "deciding_empty", _deciding("deciding_empty")),
    Row("setQuestionOrder", "matter.propose_order", "deciding_ordering", _deciding("deciding_ordering")),
    Row("approveQuestionOrder", "matter.approve_order", "deciding_ordering", _deciding("deciding_ordering")),
    Row("recordDecision", "matter.decide_at_once", "deciding_open", _heard),
    Row("reopenMatter", "matter.reopen", "deciding_settled", _deciding("deciding_settled", reason="Ny siffra.")),
    Row("decideBlock", "matter.decide_in_block", "deciding_blocked", _of_block),
    Row("setProposalDeadline", "item.stop_proposals", "deciding_blocked", _stop),
    Row("liftFromBlock", "matter.lift", "deciding_blocked", _of_blocked),
    Row("declareAcclamation", "question.name", "question_put", _deciding("question_put", answer="YES")),
    Row("approveVotingOrder", "question.approve_voting", "question_divided", _deciding("question_divided")),
    Row("gavel", "question.gavel", "question_named", _deciding("question_named")),
    Row("confirmOutcome", "question.confirm", "question_named", _deciding("question_named")),
    Row("requestDivision", "division.request", "matter_asking", _of_question("asking"), only=frozenset({Role.VOTER})),
    Row("requestDivision", "division.request", "matter_asking", _number("delegate", _of_question("asking")),
        only=frozenset({Role.MEETING_SECRETARY}), how="for another"),
    Row("requestSecretVote", "division.request_secret", "matter_asking", _of_question("asking"),
        only=frozenset({Role.VOTER})),
    Row("openDivision", "division.open", "matter_asking", _of_question("asking", method="DEVICES")),
    Row("openTrialVote", "division.open_trial", "matter_asking", _of_question("asking")),
    Row("countTrialVote", "division.count_instead", "division_trying", _of_division("trying"),
        only=frozenset({Role.VOTER})),
    Row("announceTrialVote", "division.announce_trial", "division_trying", _of_division("trying", winner="YES")),
    Row("castVote", "division.cast", "division_voting", _of_division("voting", choice="NO"),
        only=frozenset({Role.VOTER})),
    Row("castVote", "division.cast", "division_voting", _number("delegate", _of_division("voting", choice="NO")),
        only=frozenset({Role.MEETING_SECRETARY}), how="for another"),
    Row("closeDivision", "division.close", "division_voting", _of_division("voting")),
    Row("enterFigures", "division.enter_figures", "division_counting", _of_division("counting", figures=_FIGURES)),
    Row("announceDivision", "division.announce", "division_closed", _of_division("closed")),
    Row("annulDivision", "division.annul", "division_counted", _of_division("counted", reason="Räknat fel.")),
    Row("correctFigures", "division.correct_figures", "division_counted", _number("co_mover", _of_division(
        "counted", figures=_FIGURES, reason="Skrivfel."), "tellerNumber")),
    Row("commitLotShare", "division.commit_lot", "division_ordered", _of_division("ordered", commitment="ab" * 32)),
    Row("revealLotShare", "division.reveal_lot", "division_closed", _of_division("closed", share=SHARE.hex())),
    # Everybody who sees the meeting may ask; who was there, and with a vote, the rules look at themselves.
    Row("recordReservation", "statement.reserve", "matter_noting", _of_matter("noting"), only=frozenset({Role.VOTER}),
        instead={"delegate": YES}, reason="took_no_part"),
    Row("recordReservation", "statement.reserve", "matter_noting", _number("delegate", _of_matter("noting")),
        only=frozenset({Role.MEETING_SECRETARY}), how="for another"),
    Row("recordMinuteNote", "statement.note", "matter_noting", _of_matter("noting", text="Till protokollet."),
        only=frozenset({Role.VOTER}), instead={"delegate": YES}, reason="not_at_the_meeting"),
    Row("recordSpecialStatement", "statement.explain", "matter_noting", _of_matter("noting", text="Så här."),
        only=frozenset({Role.VOTER}), instead={"delegate": YES}, reason="not_at_the_meeting"),
    Row("withdrawStatement", "statement.withdraw", "statement_noted",
        lambda seeded: {"statementId": case_id(seeded, "statement_noted")},
        only=frozenset({Role.MEETING_SECRETARY}), instead={"delegate": YES}, reason="not_yours"),
    Row("editMinutes", "minutes.edit", "minutes_writing", _of_minutes("writing", text="Nytt.")),
    Row("editMinutes", "minutes.edit", "minutes_writing", _of_section(_of_minutes("writing", text="Nytt.")),
        how="of a §"),
    Row("verifyItemAtOnce", "minutes.verify_item_at_once", "minutes_writing", _of_section(_of_minutes("writing"))),
    Row("openSigning", "minutes.open_signing", "minutes_writing", _of_minutes("writing")),
    Row("verifyMinutes", "minutes.sign", "minutes_signing", _signed),
    Row("verifyMinutes", "minutes.sign", "minutes_signing", _number("invited", _signed), only=frozenset(),
        instead={"secretary": YES, "meeting_secretary": YES}, how="for another"),
    Row("takeBackMinutes", "minutes.take_back", "minutes_signing", _of_minutes("signing", reason="Fel namn.")),
    Row("leaveOutSignatory", "minutes.leave_out", "minutes_signing", _absent()),
    Row("replaceSignatory", "minutes.replace", "minutes_signing", _number("delegate", _absent(), "byMemberNumber")),
    Row("publishMinutes", "minutes.publish", "minutes_verified", _of_minutes("verified")),
    Row("correctMinutes", "addendum.propose", "minutes_verified",
        _of_minutes("verified", before="Protokoll", after="Protokollet", reason="Skrivfel.")),
    # The secretary signs the minutes, not their corrections.
    Row("signMinutesCorrection", "addendum.sign", "minutes_published", _of_addendum(),
        instead={"meeting_secretary": NO}),
    Row("withdrawMinutesCorrection", "addendum.drop", "minutes_published", _of_addendum(reason="Rätt som det var.")),
    Row("closeMeeting", "meeting.close", "idle", _of_meeting("idle")),
    Row("adjournMeeting", "meeting.adjourn", "agenda", _of_meeting("agenda")),
    Row("resumeMeeting", "meeting.resume", "paused", _of_meeting("paused")),
    Row("judgeNotice", "meeting.judge_notice", "agenda", _of_meeting("agenda", proper=True)),
    Row("addAgendaItem", "item.add", "called", _of_meeting("called", kind="REPORT", title="Rapport")),
    Row("addAgendaItem", "item.add_late", "agenda", _of_meeting("agenda", kind="REPORT", title="Rapport")),
    Row("editAgendaItem", "item.edit", "item_drafted", _of_item("item_drafted", title="Rapport")),
    Row("strikeAgendaItem", "item.remove", "item_drafted", _of_item("item_drafted")),
    Row("strikeAgendaItem", "item.strike", "item_waiting", _of_item("item_waiting", reason="Hinns inte med.")),
    Row("restoreAgendaItem", "item.restore", "item_struck", _of_item("item_struck")),
    Row("orderAgenda", "meeting.draft_agenda", "called", _ordered),
    Row("setAgenda", "meeting.set_agenda", "agenda", _of_meeting("agenda")),
    Row("openItem", "item.open", "item_waiting", _of_item("item_waiting")),
    Row("adjournItem", "item.adjourn", "item_open", _of_item("item_open")),
    Row("closeItem", "item.close", "item_open", _of_item("item_open")),
    Row("reopenItem", "item.reopen", "item_closed", _of_item("item_closed", reason="Nya uppgifter.")),
    Row("electOfficer", "meeting.elect_officer", "agenda", _number("member", _of_meeting("agenda", role="VERIFIER"))),
    Row("releaseOfficer", "meeting.release_officer", "agenda",
        _number("neighbour", _of_meeting("agenda", role="TELLER"))),
    Row("passGavel", "meeting.pass_gavel", "agenda", _number("auditor", _of_meeting("agenda"))),
    Row("declareConflict", "item.declare_conflict", "item_waiting", _of_item("item_waiting", reason="Egen sak.")),
    Row("declareConflict", "item.bar", "item_open", _number("member", _of_item("item_open", reason="Egen sak.")),
        how="for another"),
    Row("waiveRule", "meeting.waive", "agenda",
        _of_meeting("agenda", workflow="meeting", code="items_left", reason="Tiden är ute.")),
    Row("endWaiver", "meeting.end_waiver", "agenda", lambda seeded: {"waiverId": global_id("Waiver", seeded.waiver)}),
    Row("recordInterpretation", "meeting.interpret", "agenda",
        _of_meeting("agenda", paragraph="motion-late", text="Poststämpeln gäller.")),
    Row("liftConflict", "item.lift_bar", "item_open", _number("delegate", _of_item("item_open", reason="Nej."))),
    Row("importDocument", "document.import", "called",
        _of_meeting("called", kind="ACTIVITY_PLAN", title="Plan", file={"markdown": "1. Vi möts."})),
    Row("importDocumentAgain", "document.import_again", "paper_imported",
        _of_paper("paper_imported", file={"plainText": "1. Vi möts."})),
    Row("confirmLocks", "document.confirm_locks", "paper_confirmed", _answered),
    Row("proposeDocument", "document.propose", "paper_confirmed", _of_paper("paper_confirmed", decision="DS § 4")),
    Row("withdrawDocument", "document.withdraw", "paper_laid", _of_paper("paper_laid", reason="Ny version.")),
    Row("submitAmendment", "amendment.submit", "paper_laid", _change("paper_laid"), moves=MEMBERS),
    Row("recordAmendment", "amendment.record", "paper_laid",
        _number("member", _change("paper_laid", channel="PAPER", receivedAt=_AT_NOON))),
    Row("withdrawAmendment", "amendment.withdraw", "amendment_sent", _of_amendment("amendment_sent", asked="brev")),
    Row("decideAmendment", "amendment.approve", "amendment_open",
        _of_amendment("amendment_open", approved=True, decision="§ 14")),
    Row("reopenAmendment", "amendment.reopen", "amendment_decided",
        _of_amendment("amendment_decided", reason="Fel klubbat.")),
    Row("adoptDocument", "document.adopt", "paper_ready", _of_paper("paper_ready", decision="§ 16")),
    Row("adoptDocumentByBoard", "document.adopt_by_board", "paper_group",
        _of_paper("paper_group", decision="DS § 9")),
    Row("enterAdoptedDocument", "document.enter_adopted", "paper_confirmed",
        _of_paper("paper_confirmed", decision="Kongressen 2016")),
    Row("rejectDocument", "document.reject", "paper_ready", _of_paper("paper_ready", decision="§ 16")),
    Row("authoriseEditor", "document.authorise", "paper_adopted", _of_paper("paper_adopted", editor="PRESIDIUM")),
    # The meeting authorised the board.
    Row("recordEditorialChange", "document.edit", "paper_adopted",
        _spelt, instead={"presidium": "not_authorised", "meeting_secretary": "not_authorised"}),
    Row("publishDocument", "document.publish", "paper_adopted", _of_paper("paper_adopted")),
    Row("freezeAllotment", "allotment.freeze", "called", _of_meeting("called")),
    # For the branch that the report is about: the others are its neighbours' officers.
    Row("reportDelegates", "delegate.announce", "attended", _late_report,
        only=frozenset({Role.STAFF, Role.SECRETARY, Role.MEETING_SECRETARY})),
    Row("acceptDelegate", "delegate.accept", "late", _of_place("late")),
    Row("refuseDelegate", "delegate.refuse", "late", _of_place("late", reason="Inget beslut.")),
    Row("resignDelegate", "delegate.resign", "late", _of_place("late")),
    Row("resignDelegate", "delegate.resign", "place", _of_place("place")),
    Row("correctDelegate", "delegate.correct", "place",
        _number("auditor", _of_place("place", reason="Fel person.")),
        instead=dict.fromkeys(BRANCH_OFFICERS, "roll_is_fixed")),
    Row("checkIn", "presence.check_in", "attended", _of_meeting("attended"), how="oneself",
        # The office keeps the door and has no place of its own; the machine neither.
        instead={**dict.fromkeys(MEMBERS & DISTRICT, YES), "delegate": "wrong_state", "staff": UNSEEN}),
    Row("checkIn", "presence.check_in", "attended", _number("neighbour", _of_meeting("attended")), how="for another",
        only=AT_THE_DOOR - {Role.CONCERNED}),
    Row("checkOut", "presence.check_out", "attended", _number("delegate", _of_meeting("attended")), how="for another",
        only=AT_THE_DOOR - {Role.CONCERNED}),
    Row("correctPresence", "presence.correct", "there",
        lambda seeded: {"presenceId": case_id(seeded, "there"), "outAt": "2026-01-10T12:00:00Z", "reason": "Fel."}),
    Row("adjustVoterRoll", "roll.adjust", "attended", _of_meeting("attended")),
    Row("draftMemberBallot", "member_ballot.edit", "ballot_draft", _ballot),
    Row("editMemberBallot", "member_ballot.edit", "ballot_draft", _redraft),
    # The district's board may write one down; by the statutes only the party board orders.
    Row("orderMemberBallot", "member_ballot.order", "ballot_draft", _of_ballot("ballot_draft", decision="DS § 4"),
        instead={"secretary": "body_may_not_order"}),
    Row("demandMemberBallot", "member_ballot.demand", "ballot_draft",
        _branch("granvik", _of_ballot("ballot_draft", decision="§ 2", decidedOn="2026-01-05")),
        only=frozenset({Role.SECRETARY})),
    Row("supportBallotDemand", "member_ballot.support", "ballot_demanded",
        _branch("granvik", _of_ballot("ballot_demanded", decision="§ 2", decidedOn="2026-01-05"))),
    # For another branch than their own, only the office records.
    Row("withdrawBallotSupport", "member_ballot.withdraw_support", "ballot_demanded",
        _branch("norrmark", _of_ballot("ballot_demanded", decision="§ 3")), only=frozenset({Role.SECRETARY})),
    Row("cancelMemberBallot", "member_ballot.cancel", "ballot_demanded",
        _of_ballot("ballot_demanded", decision="DS § 4", reason="Frågan är löst.")),
    Row("informMemberBallot", "member_ballot.inform", "ballot_ordered",
        _of_ballot("ballot_ordered", side="Ja-sidan", text="Ja.", author="Tora")),
    Row("fixElectorate", "member_ballot.fix_electorate", "ballot_ordered",
        _of_ballot("ballot_ordered", countedOn="2026-01-01")),
    Row("announceMemberBallot", "member_ballot.announce", "ballot_ordered", _of_ballot("ballot_ordered")),
    Row("proposeElectorateCorrection", "member_ballot.propose_correction", "ballot_announced", _correct_electorate),
    Row("approveElectorateCorrection", "member_ballot.correct_electorate", "ballot_announced", _approve_correction,
        only=frozenset({Role.BOARD, Role.SCRUTINEER}), instead={"secretary": "second_officer_missing"}),
    Row("openMemberBallot", "member_ballot.open", "ballot_announced", _of_ballot("ballot_announced")),
    Row("extendMemberBallot", "member_ballot.extend", "ballot_open",
        _of_ballot("ballot_open", closesAt="2026-03-30T12:00:00Z", decision="DS § 4", reason="Servern stod still.")),
    Row("closeMemberBallot", "member_ballot.close", "ballot_due", _of_ballot("ballot_due")),
    Row("checkMemberBallot", "member_ballot.check", "ballot_announced", _of_ballot("ballot_announced")),
    Row("markPostalVote", "member_ballot.mark_postal", "ballot_open", _envelope("ballot_open")),
    Row("setEnvelopeAside", "member_ballot.set_aside", "ballot_open", _of_ballot("ballot_open", fault="LATE")),
    Row("remindVoters", "member_ballot.remind", "ballot_open", _of_ballot("ballot_open")),
    Row("objectToBallot", "member_ballot.object", "ballot_open", _of_ballot("ballot_open", text="Frågan är vinklad."),
        only=frozenset({Role.MEMBER})),
    Row("answerBallotObjection", "member_ballot.answer_objection", "ballot_due", _answer_objection),
    Row("countBallotPapers", "member_ballot.count_papers", "ballot_closed",
        _of_ballot("ballot_closed", papers=[{"answers": [{"number": 1, "options": ["ja"]}], "number": 1}])),
    Row("countMemberBallot", "member_ballot.count", "ballot_closed", _of_ballot("ballot_closed"),
        instead=dict.fromkeys(("secretary", "staff", "auditor"), "urn_not_opened, paper_uncounted")),
    # What has no urn to verify is certified by nobody.
    Row("certifyBallot", "member_ballot.certify", "ballot_counted", _of_ballot("ballot_counted", decision="DS § 9"),
        instead={"secretary": "bundle_unverified"}),
    Row("publishBallotResult", "member_ballot.publish", "ballot_certified", _of_ballot("ballot_certified")),
    Row("decideOnBallot", "member_ballot.decide", "ballot_published",
        _of_ballot("ballot_published", outcome="Så gör vi.", decision="DS § 10")),
    Row("annulMemberBallot", "member_ballot.annul", "ballot_closed",
        _of_ballot("ballot_closed", decision="DS § 9", reason="Fel fråga.")),
    Row("finishMemberBallot", "member_ballot.finish", "ballot_decided", _of_ballot("ballot_decided")),
)  # fmt: skip

OPEN_TO_ALL: Mapping[str, tuple[dict[str, Any] | None, str]] = {
    # The same answer for everybody who has no credentials: input, and the type of the answer
    "signIn": ({"memberNumber": "999999", "password": "inte det rätta"}, "SignInRefused"),
    "signOut": (None, "SignedOut"),
    "signOutEverywhere": (None, "SignedOut"),
    "requestPasswordLink": ({"memberNumber": "999999"}, "PasswordLinkRequested"),
    "setPassword": ({"code": "AAAA-BBBB-CCCC-DDDD", "password": "sju gula kaniner"}, "SignInRefused"),
}
