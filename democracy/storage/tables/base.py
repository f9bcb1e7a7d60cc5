"""What every table shares: naming of constraints, and how Python types are stored."""

from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Date, Integer, MetaData, String, Text, Uuid
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import DeclarativeBase

from democracy.domain import kinds
from democracy.storage.types import UtcDateTime
from workflows import ballot_kinds, council_kinds, proceedings
from workflows.amendment_facts import AmendmentState
from workflows.appeal_facts import AppealOutcome, AppealState, ConflictGround, DismissalGround, StayState
from workflows.branch_application_facts import BranchApplicationState, Position
from workflows.candidacy import CandidacyState
from workflows.candidate_list import CandidateListState
from workflows.council_decision_facts import CouncilDecisionState
from workflows.delegate import DelegateState
from workflows.division import DivisionState
from workflows.document_facts import DocumentState, Editor, VersionKind
from workflows.election_facts import ElectionState, VoteMethod
from workflows.handover import HandoverState
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.meeting import MeetingState
from workflows.member_ballot_facts import MemberBallotState
from workflows.minutes_facts import AddendumState, MinutesState
from workflows.motion import MotionState
from workflows.nomination_work import NominationWorkState
from workflows.pledge import PledgeState
from workflows.proposal import ProposalState
from workflows.question import QuestionState
from workflows.role_template import RoleTemplateState
from workflows.ruling import RulingState
from workflows.seat_by_right import SeatByRightState
from workflows.speech import SpeechState
from workflows.statutes.kinds import Participant
from workflows.statutes.parameters.appeals import Decision
from workflows.statutes.parameters.ballots import Effect
from workflows.statutes.parameters.order import DocumentKind
from workflows.urn import UrnState

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _by_name(kind: type[Enum]) -> SqlEnum:
    return SqlEnum(kind, native_enum=False, create_constraint=False, length=40, validate_strings=True)


_ENUMS = (
    kinds.UnitKind, kinds.BodyKind, kinds.MandateRole, kinds.MeetingKind, kinds.Gender, kinds.Channel, kinds.Category,
    kinds.Fault, kinds.Outcome, kinds.SentAs, MotionState, MeetingState, ItemState, MatterState, ProposalState,
    QuestionState, DivisionState, DelegateState, SpeechState, MinutesState, AddendumState, Participant,
    proceedings.ItemKind,
    proceedings.MatterKind, proceedings.Formality, proceedings.OfficerRole, proceedings.NoticeKind,
    proceedings.ProposalKind, proceedings.PlaceOperation, proceedings.QuestionKind, proceedings.DivisionMethod,
    proceedings.Choice, proceedings.SpeechKind, proceedings.StatementKind,
    MemberBallotState, UrnState, Effect, ballot_kinds.QuestionForm, ballot_kinds.SecrecyLevel,
    ballot_kinds.CorrectionKind,
    DocumentState, VersionKind, Editor, AmendmentState, DocumentKind,
    ElectionState, VoteMethod, CandidacyState, NominationWorkState, PledgeState,
    CandidateListState,
    RoleTemplateState, SeatByRightState, HandoverState, kinds.HandoverKind,
    CouncilDecisionState, council_kinds.MatterSort, council_kinds.Route, council_kinds.Initiative,
    council_kinds.Confidentiality, council_kinds.CouncilAnswer, council_kinds.CouncilOutcome,
    council_kinds.PoliticalPosition,
    BranchApplicationState, Position, RulingState, Decision,
    AppealState, AppealOutcome, DismissalGround, StayState, ConflictGround,
)  # fmt: skip


class Table(DeclarativeBase):
    """A row that is written. Reads select columns; relations are never followed."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Uuid(),
        datetime: UtcDateTime(),
        date: Date(),
        str: Text(),
        int: Integer(),
        **{kind: _by_name(kind) for kind in _ENUMS},
    }


BigInt = BigInteger().with_variant(Integer(), "sqlite")
"""A large counter: SQLite numbers its rows only through INTEGER."""

Code = String(80)
"""A short machine-readable word."""

SortKey = Text().with_variant(Text(collation="C"), "postgresql")
"""What `domain.swedish.sort_key` made: compared byte by byte, whatever the database's own idea of Swedish."""
