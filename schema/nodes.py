"""Every kind of object that `node(id:)` finds: where it is read, and what it becomes in the API."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from schema.context import Context
from schema.loaders import Loaders
from schema.types.amendment import Amendment
from schema.types.appeal import Appeal, Ruling
from schema.types.branch_application import BranchApplication
from schema.types.candidate_list import CandidateList
from schema.types.council_decision import CouncilDecision
from schema.types.decision import RegisteredDecision
from schema.types.document import Document
from schema.types.election import Election
from schema.types.election_parts import Candidacy
from schema.types.mandate import Mandate, Member
from schema.types.meeting import Meeting
from schema.types.member_ballot import MemberBallot
from schema.types.motion import Motion
from schema.types.node import Node
from schema.types.post import RoleTemplate
from schema.types.proceedings.agenda_item import AgendaItem
from schema.types.proceedings.delegate import Delegate
from schema.types.proceedings.division import Division
from schema.types.proceedings.matter import Matter
from schema.types.proceedings.minutes import Minutes
from schema.types.proceedings.presence import Presence
from schema.types.proceedings.proposal import Proposal
from schema.types.proceedings.question import Question
from schema.types.proceedings.roll import Roll
from schema.types.proceedings.speech import Speech
from schema.types.proceedings.statement import Statement
from schema.types.seat_by_right import SeatByRight
from schema.types.unit import Body, Unit
from schema.types.urn import Urn

_Reads = Callable[[Loaders], DataLoader[UUID, Any]]
_Makes = Callable[[Any, Context], Node]


def _plainly(kind: Any) -> _Makes:
    def make(view: Any, _: Context) -> Node:
        made: Node = kind.of(view)
        return made

    return make


NODES: Mapping[str, tuple[_Reads, _Makes]] = {
    "Motion": (lambda loaders: loaders.motion, _plainly(Motion)),
    "Meeting": (lambda loaders: loaders.meeting, _plainly(Meeting)),
    "Election": (lambda loaders: loaders.elections.election, _plainly(Election)),
    "CandidateList": (lambda loaders: loaders.elections.candidate_list, _plainly(CandidateList)),
    "Candidacy": (lambda loaders: loaders.elections.candidacy, _plainly(Candidacy)),
    "CouncilDecision": (lambda loaders: loaders.council.decision, _plainly(CouncilDecision)),
    "RegisteredDecision": (lambda loaders: loaders.council.registered, _plainly(RegisteredDecision)),
    "MemberBallot": (lambda loaders: loaders.ballots.ballot, _plainly(MemberBallot)),
    "Urn": (lambda loaders: loaders.ballots.urn, _plainly(Urn)),
    "AgendaItem": (lambda loaders: loaders.agenda.item, _plainly(AgendaItem)),
    "Minutes": (lambda loaders: loaders.minutes.minutes, _plainly(Minutes)),
    "Matter": (lambda loaders: loaders.deciding.matter, _plainly(Matter)),
    "Proposal": (lambda loaders: loaders.deciding.proposal, _plainly(Proposal)),
    "Question": (lambda loaders: loaders.deciding.question, _plainly(Question)),
    "Division": (lambda loaders: loaders.divisions.division, _plainly(Division)),
    "Statement": (lambda loaders: loaders.divisions.statement, _plainly(Statement)),
    "Speech": (lambda loaders: loaders.floor.speech, lambda view, context: Speech.of(view, context.at)),
    "Delegate": (lambda loaders: loaders.roll.delegate, _plainly(Delegate)),
    "Presence": (lambda loaders: loaders.roll.presence, _plainly(Presence)),
    "Roll": (lambda loaders: loaders.roll.roll, _plainly(Roll)),
    "Document": (lambda loaders: loaders.documents.document, _plainly(Document)),
    "Amendment": (lambda loaders: loaders.documents.amendment, _plainly(Amendment)),
    "BranchApplication": (lambda loaders: loaders.cases.application, _plainly(BranchApplication)),
    "Ruling": (lambda loaders: loaders.cases.ruling, _plainly(Ruling)),
    "Appeal": (lambda loaders: loaders.cases.appeal, _plainly(Appeal)),
    "Unit": (lambda loaders: loaders.register.unit, _plainly(Unit)),
    "Body": (lambda loaders: loaders.register.body, _plainly(Body)),
    "Mandate": (lambda loaders: loaders.register.mandate, _plainly(Mandate)),
    "SeatByRight": (lambda loaders: loaders.posts.seat, _plainly(SeatByRight)),
    "RoleTemplate": (lambda loaders: loaders.posts.template, _plainly(RoleTemplate)),
    "Member": (lambda loaders: loaders.register.member, _plainly(Member)),
}


async def node_of(context: Context, kind: str, key: UUID) -> Node | None:
    """The object, or None where there is none that may be seen."""
    found = NODES.get(kind)
    if found is None:
        return None
    reads, makes = found
    view = await reads(context.loaders).load(key)
    return None if view is None else makes(view, context)
