"""Rows of the table for cases of the district's board."""

import base64
from collections.abc import Callable
from typing import Any, TypeVar

from schema.ids import global_id
from tests.schema.permissions.people import BRANCH_OFFICERS, DISTRICT, MACHINE, MEMBERS, case_id
from tests.schema.permissions.seeds import Seeded
from tests.world import BEFORE
from workflows.force import Role

R = TypeVar("R")
Input = Callable[[Seeded], dict[str, Any]]
_FOUNDERS = frozenset({"mover", "co_mover"})
_GONE = "yes, then unseen"
_OUTSIDE = dict.fromkeys(MACHINE | {"staff"}, "not found")


def _of(noun: str) -> Callable[..., Input]:
    return lambda case, **more: lambda seeded: {f"{noun}Id": case_id(seeded, case), **more}


_application, _ruling, _appeal = _of("application"), _of("ruling"), _of("appeal")


def _granvik(then: Input) -> Input:
    return lambda seeded: {"unitId": global_id("Unit", seeded.world.units["granvik"]), **then(seeded)}


def _neighbour(then: Input) -> Input:
    return lambda seeded: {"memberId": global_id("Member", seeded.world.members["neighbour"]), **then(seeded)}


def _by(those: frozenset[str], codes: str) -> dict[str, str]:
    return dict.fromkeys(those, codes)


def _founded(seeded: Seeded) -> dict[str, Any]:
    def member(name: str) -> str:
        return global_id("Member", seeded.world.members[name])

    return {
        "applicationId": case_id(seeded, "branch_called"), "name": "Ny", "decision": "§ 4",
        "heldAt": BEFORE.isoformat(), "board": [{"memberId": member("mover"), "role": "CHAIR"}],
        "auditorIds": [member("co_mover")], "nominationCommitteeIds": [member("neighbour")],
    }  # fmt: skip


def _recorded(seeded: Seeded) -> dict[str, Any]:
    return {"bodyId": global_id("Body", seeded.world.bodies["district/board"]), "kind": "BRANCH_REFUSED",
            "title": "Nej", "text": "Nej.", "decision": "DS § 9", "decidedOn": "2026-01-09"}  # fmt: skip


_PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(8)).decode()
_VERDICT = {"decision": "§ 9", "reasons": "Därför."}


def case_rows(make: Callable[..., R]) -> tuple[R, ...]:
    """One row for each mutation."""
    return (
        # Whoever belongs to the district may begin an application; the office hands none in of its own.
        make("applyForBranch", "branch_application.edit", "called",
            lambda seeded: {"unitId": global_id("Unit", seeded.world.units["norrviken"]), "name": "Ny"},
            instead=_by(DISTRICT & MEMBERS, "yes") | _OUTSIDE),
        make("editBranchApplication", "branch_application.edit", "branch_gathering",
            _application("branch_gathering", name="Ny", area="Byn")),
        make("inviteFounder", "branch_application.invite", "branch_gathering",
            _neighbour(_application("branch_gathering"))),
        make("confirmFounding", "branch_application.confirm", "branch_gathering", _application("branch_gathering"),
            instead=_by(_FOUNDERS, "not_invited")),
        make("declineFounding", "branch_application.decline", "branch_gathering", _application("branch_gathering"),
             instead=_by(frozenset({"invited"}), _GONE)),
        make("leaveFounding", "branch_application.leave", "branch_gathering", _application("branch_gathering"),
             instead=_by(_FOUNDERS, _GONE)),
        make("submitBranchApplication", "branch_application.submit", "branch_gathering",
             _application("branch_gathering"),
            instead=_by(_FOUNDERS, "founders_missing")),
        make("withdrawBranchApplication", "branch_application.withdraw", "branch_gathering",
            _application("branch_gathering"), instead=_by(_FOUNDERS, "others_stand")),
        make("consultBranches", "branch_application.consult", "branch_hearing", _application("branch_hearing")),
        make("skipBranchHearing", "branch_application.skip_hearing", "branch_hearing",
            _application("branch_hearing", reason="Ingen berörs."),
            instead=_by(frozenset({"secretary"}), "wrong_state, branches_affected")),
        make("answerBranchConsultation", "branch_application.answer", "branch_hearing",
            _granvik(_application("branch_hearing", position="SUPPORTS", text="Ja.", decision="§ 2"))),
        make("meetConsultationAnswer", "branch_application.meet", "branch_ready",
            _granvik(_application("branch_ready", text="Jo."))),
        make("closeBranchHearing", "branch_application.close_hearing", "branch_hearing", _application("branch_hearing"),
            instead=_by(frozenset({"secretary", "clock"}), "answers_awaited")),
        # A draft is no step that anybody could hear of.
        make("draftBranchDecision", "branch_application.draft", "branch_ready",
            _application("branch_ready", text="Kanske.")),
        make("barFromBranchApplication", "branch_application.bar", "branch_ready",
            _neighbour(_application("branch_ready", ground="OTHER"))),
        make("decideBranchApplication", "branch_application.approve", "branch_ready",
            _application("branch_ready", approve=True, **_VERDICT)),
        make("callFoundingMeeting", "branch_application.call", "branch_approved",
            _application("branch_approved", at="2026-05-01T12:00:00Z")),
        make("cancelFoundingMeeting", "branch_application.cancel_call", "branch_called",
            _application("branch_called", reason="Snö.")),
        make("holdFoundingMeeting", "branch_application.found", "branch_called", _founded),
        make("joinFoundedBranch", "branch_application.join", "branch_formed", _application("branch_formed")),
        make("recordRuling", "ruling.record", "ruling_new", _recorded, instead=_OUTSIDE),
        make("notifyRuling", "ruling.notify", "ruling_new", _ruling("ruling_new")),
        make("confirmRulingNotice", "ruling.confirm_notice", "ruling_open",
            _ruling("ruling_open", receivedAt=BEFORE.isoformat()), instead=_by(frozenset({"secretary"}), "not_told")),
        make("verifyRulingMinutes", "ruling.verify_minutes", "ruling_open", _ruling("ruling_open", on="2026-01-09")),
        make("lodgeAppeal", "appeal.lodge", "ruling_open", _ruling("ruling_open", grounds="Fel.")),
        make("leaveAppeal", "appeal.leave", "appeal_stating", _appeal("appeal_stating"),
            instead=_by(frozenset({"mover"}), "last_appellant")),
        make("withdrawAppeal", "appeal.withdraw", "appeal_stating", _appeal("appeal_stating")),
        make("requestAppealStatement", "appeal.request_statement", "appeal_stating", _appeal("appeal_stating"),
            instead=_by(frozenset({"clock"}), "wrong_state")),
        make("stateOnAppeal", "appeal.submit_statement", "appeal_stating",
            _appeal("appeal_stating", text="Nej.", decision="§ 5")),
        make("replyToStatement", "appeal.reply", "appeal_answering", _appeal("appeal_answering", text="Jo.")),
        make("reconsiderRuling", "appeal.reconsider", "appeal_stating", _appeal("appeal_stating", **_VERDICT)),
        make("requestStay", "appeal.request_stay", "appeal_stating", _appeal("appeal_stating", text="Vänta.")),
        make("decideStay", "appeal.decide_stay", "appeal_stating",
            _appeal("appeal_stating", granted=True, decision="§ 8")),
        make("goOnWithAppeal", "appeal.silence", "appeal_stating", _appeal("appeal_stating"),
            instead=_by(frozenset({"clock"}), "statement_awaited"), only=frozenset({Role.CLOCK})),
        make("hearAppeal", "appeal.hear", "appeal_answering", _appeal("appeal_answering", text="Alla hördes.")),
        make("barFromAppeal", "appeal.bar", "appeal_stating", _neighbour(_appeal("appeal_stating", ground="OTHER"))),
        make("handOverAppeal", "appeal.hand_over", "appeal_stating", _appeal("appeal_stating")),
        make("decideAppeal", "appeal.grant", "appeal_answering",
            _appeal("appeal_answering", outcome="GRANTED", **_VERDICT)),
        make("dismissAppeal", "appeal.dismiss", "appeal_stating", _appeal("appeal_stating", ground="LATE", **_VERDICT)),
        # Whoever has no part in the case is answered as if there were none.
        make("attachToApplication", "branch_application.draft", "branch_ready",
             _application("branch_ready", name="karta.png", content=_PNG),
             instead=_by(_FOUNDERS, "yes") | _by(BRANCH_OFFICERS | MACHINE | {"staff"}, "not found")),
        make("attachToAppeal", "appeal.reply", "appeal_answering",
             _appeal("appeal_answering", name="karta.png", content=_PNG),
             instead=_by(frozenset({"secretary"}), "yes") | _by(MACHINE | {"board"}, "not found")),
        make("reportAppeal", "appeal.report", "appeal_answering",
             _appeal("appeal_answering", decision="Kongressen § 5")),
    )  # fmt: skip
