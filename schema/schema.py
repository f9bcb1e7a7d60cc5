"""The schema: roots, handlers, and the types that nothing else names."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.context import Context, Info
from schema.errors import HANDLERS
from schema.mutations.admission import AdmissionMutations
from schema.mutations.amendments import AmendmentMutations
from schema.mutations.appeal_trying import AppealTryingMutations
from schema.mutations.appeals import AppealMutations
from schema.mutations.attachments import AttachmentMutations
from schema.mutations.ballot_holding import BallotHoldingMutations
from schema.mutations.ballot_objections import BallotObjectionMutations
from schema.mutations.ballot_ordering import BallotOrderingMutations
from schema.mutations.ballot_outcomes import BallotOutcomeMutations
from schema.mutations.ballot_preparing import BallotPreparingMutations
from schema.mutations.ballot_voting import BallotVotingMutations
from schema.mutations.branch_founding import BranchFoundingMutations
from schema.mutations.branch_gathering import BranchGatheringMutations
from schema.mutations.branch_hearing import BranchHearingMutations
from schema.mutations.candidate_lists import CandidateListMutations
from schema.mutations.casting import CastingMutations
from schema.mutations.corrections import CorrectionsMutations
from schema.mutations.council_asking import CouncilAskingMutations
from schema.mutations.council_deciding import CouncilDecidingMutations
from schema.mutations.council_raising import CouncilRaisingMutations
from schema.mutations.decisions import DecisionsMutations
from schema.mutations.document_adoption import DocumentAdoptingMutations
from schema.mutations.documents import DocumentPreparingMutations
from schema.mutations.drafting import DraftingMutations
from schema.mutations.election_accepting import ElectionAcceptingMutations
from schema.mutations.election_committee import NominationCommitteeMutations
from schema.mutations.election_declaring import ElectionDeclaringMutations
from schema.mutations.election_ending import ElectionEndingMutations
from schema.mutations.election_holding import ElectionHoldingMutations
from schema.mutations.election_nominating import ElectionNominatingMutations
from schema.mutations.election_preparing import ElectionPreparingMutations
from schema.mutations.follow_ups import FollowUpsMutations
from schema.mutations.forwarding import ForwardingMutations
from schema.mutations.handovers import HandoverMutations
from schema.mutations.mandates import MandateMutations
from schema.mutations.meetings import MeetingsMutations
from schema.mutations.parts import PartsMutations
from schema.mutations.proceedings.agenda import AgendaMutations
from schema.mutations.proceedings.blocks import BlockMutations
from schema.mutations.proceedings.counting import CountingMutations
from schema.mutations.proceedings.delegates import DelegateMutations
from schema.mutations.proceedings.divisions import DivisionMutations
from schema.mutations.proceedings.floor import FloorMutations
from schema.mutations.proceedings.items import ItemsMutations
from schema.mutations.proceedings.matters import MatterMutations
from schema.mutations.proceedings.minutes import MinutesMutations
from schema.mutations.proceedings.minutes_afterwards import MinutesAfterwardsMutations
from schema.mutations.proceedings.officers import OfficersMutations
from schema.mutations.proceedings.presence import PresenceMutations
from schema.mutations.proceedings.proposals import ProposalMutations
from schema.mutations.proceedings.questions import QuestionMutations
from schema.mutations.proceedings.statements import StatementMutations
from schema.mutations.proceedings.waivers import WaiverMutations
from schema.mutations.replies import RepliesMutations
from schema.mutations.role_templates import RoleTemplateMutations
from schema.mutations.sign_in import SignInMutations
from schema.mutations.unit_policy import UnitPolicyMutations
from schema.queries.board_cases import BoardCaseQueries
from schema.queries.candidate_lists import CandidateListQueries
from schema.queries.council import CouncilQueries
from schema.queries.decisions import DecisionQueries
from schema.queries.divisions import DivisionQueries
from schema.queries.documents import DocumentQueries
from schema.queries.elections import ElectionQueries
from schema.queries.inbox import InboxQueries
from schema.queries.ledger import LedgerQueries
from schema.queries.matters import MatterQueries
from schema.queries.meetings import MeetingQueries
from schema.queries.member_ballots import MemberBallotQueries
from schema.queries.motions import MotionQueries
from schema.queries.posts import PostQueries
from schema.queries.register import RegisterQueries
from schema.queries.rules import RuleQueries
from schema.queries.urns import UrnQueries
from schema.queries.viewer import ViewerQueries
from schema.subscriptions.cases import CaseSubscriptions
from schema.subscriptions.meetings import MeetingSubscriptions
from schema.subscriptions.turnout import TurnoutSubscriptions
from schema.types import enums

__all__ = ["Context", "Info", "enums", "schema"]


@strawberry.type(description="Reading. Nothing that you may not see is ever shown, counted or hinted at.")
class Query(
    ViewerQueries,
    InboxQueries,
    MotionQueries,
    MeetingQueries,
    MatterQueries,
    DivisionQueries,
    MemberBallotQueries,
    UrnQueries,
    DocumentQueries,
    RegisterQueries,
    RuleQueries,
    ElectionQueries,
    CandidateListQueries,
    PostQueries,
    LedgerQueries,
    CouncilQueries,
    BoardCaseQueries,
    DecisionQueries,
):
    """Every root field for reading."""


@strawberry.type(
    description="Changing. Root fields of one request are carried out one after the other, each in a transaction of "
    "its own: a later one may fail while the earlier ones stand. An answer means that the change is durably stored."
)
class Mutation(
    SignInMutations,
    DraftingMutations,
    AdmissionMutations,
    RepliesMutations,
    DecisionsMutations,
    FollowUpsMutations,
    ForwardingMutations,
    CorrectionsMutations,
    MeetingsMutations,
    PartsMutations,
    AgendaMutations,
    ItemsMutations,
    OfficersMutations,
    WaiverMutations,
    DelegateMutations,
    PresenceMutations,
    BallotOrderingMutations,
    BallotPreparingMutations,
    BallotHoldingMutations,
    BallotVotingMutations,
    BallotObjectionMutations,
    BallotOutcomeMutations,
    MatterMutations,
    ProposalMutations,
    QuestionMutations,
    BlockMutations,
    DivisionMutations,
    CountingMutations,
    StatementMutations,
    FloorMutations,
    CastingMutations,
    MinutesMutations,
    MinutesAfterwardsMutations,
    DocumentPreparingMutations,
    AmendmentMutations,
    DocumentAdoptingMutations,
    ElectionPreparingMutations,
    ElectionNominatingMutations,
    NominationCommitteeMutations,
    ElectionHoldingMutations,
    ElectionDeclaringMutations,
    ElectionAcceptingMutations,
    MandateMutations,
    RoleTemplateMutations,
    HandoverMutations,
    ElectionEndingMutations,
    CouncilRaisingMutations,
    CouncilAskingMutations,
    CouncilDecidingMutations,
    UnitPolicyMutations,
    BranchGatheringMutations,
    BranchHearingMutations,
    BranchFoundingMutations,
    AppealMutations,
    AppealTryingMutations,
    AttachmentMutations,
    CandidateListMutations,
):
    """Every root field for changing."""


@strawberry.type(description="Being told. Events carry a sequence number, so that whoever comes back misses nothing.")
class Subscription(CaseSubscriptions, MeetingSubscriptions, TurnoutSubscriptions):
    """Every root field for listening."""


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    exception_handlers=HANDLERS,
    config=StrawberryConfig(auto_camel_case=True),
)
