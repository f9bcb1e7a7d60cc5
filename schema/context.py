"""What one operation has at hand: who asks, when, in which language, the services and the loaders."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias, TypeVar

import strawberry
from starlette.requests import HTTPConnection

from democracy.app import Application
from democracy.domain.actors import Actor, Anonymous
from democracy.services.accounts import Accounts, SignedIn
from democracy.services.ballots.certifying import BallotCertifying
from democracy.services.ballots.counting import BallotCounting
from democracy.services.ballots.finishing import BallotFinishing
from democracy.services.ballots.holding import BallotHolding
from democracy.services.ballots.objecting import Objecting
from democracy.services.ballots.ordering import BallotOrdering
from democracy.services.ballots.papers import PaperCounting
from democracy.services.ballots.postal import PostalChannel
from democracy.services.ballots.preparing import BallotPreparing
from democracy.services.ballots.reminding import BallotReminding
from democracy.services.meetings import Meetings
from democracy.services.motions.admission import Admission
from democracy.services.motions.carrying import Carrying
from democracy.services.motions.corrections import Corrections
from democracy.services.motions.decisions import Decisions
from democracy.services.motions.drafting import Drafting
from democracy.services.motions.follow_ups import FollowUps
from democracy.services.motions.forwarding import Forwarding
from democracy.services.motions.replies import Replies
from democracy.services.password_links import PasswordLinks
from democracy.services.proceedings.allotment import Allotments
from democracy.services.proceedings.announcing import Announcing
from democracy.services.proceedings.blocks import Blocks
from democracy.services.proceedings.delegate_changes import DelegateChanges
from democracy.services.proceedings.delegates import Delegations
from democracy.services.proceedings.divisions import Divisions
from democracy.services.proceedings.door import CodeDoor
from democracy.services.proceedings.floor import Floor
from democracy.services.proceedings.floor_rules import FloorRules
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.lots import LotShares
from democracy.services.proceedings.matters import Matters
from democracy.services.proceedings.minutes import Minutes
from democracy.services.proceedings.minutes_addenda import MinutesAddenda
from democracy.services.proceedings.minutes_at_once import MinutesAtOnce
from democracy.services.proceedings.minutes_signing import MinutesSigning
from democracy.services.proceedings.orders import Orders
from democracy.services.proceedings.presence import Presences
from democracy.services.proceedings.proposal_deadline import ProposalStop
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.reconciling import Reconciling
from democracy.services.proceedings.recording import Recording
from democracy.services.proceedings.reopening import Reopening
from democracy.services.proceedings.roll import Rolls
from democracy.services.proceedings.statements import Statements
from democracy.services.proceedings.tellers import Tellers
from democracy.services.proceedings.trials import Trials
from democracy.services.proceedings.votes import Votes
from democracy.services.urns.closing import UrnClosing
from democracy.services.use_case import Service
from democracy.storage.reads.reader import Reader
from schema.credentials import session_token
from schema.language import Language, language_of
from schema.loaders import Loaders

S = TypeVar("S", bound=Service)


@dataclass
class Context:
    """One operation. Services are made for each use case with the time at which the request had been read."""

    app: Application
    connection: HTTPConnection
    actor: Actor
    at: datetime
    language: Language
    signed_in: SignedIn | None = None
    _loaders: Loaders | None = field(init=False, default=None)

    @property
    def loaders(self) -> Loaders:
        """What this operation has read, and what reads more. Most mutations never ask for it."""
        if self._loaders is None:
            self._loaders = Loaders(self.app.database, self.reader)
        return self._loaders

    @property
    def reader(self) -> Reader:
        """Who reads, and when."""
        return Reader(self.actor, self.at, self.app.zone)

    def fresh(self) -> None:
        """Forget what has been read: a mutation may have changed it."""
        self._loaders = None

    @property
    def secure(self) -> bool:
        """People reach the server by https."""
        return self.app.settings.base_url.startswith("https:")

    def service(self, kind: type[S], key: str | None = None) -> S:
        """The use cases of a kind, for this request and its idempotency key."""
        return kind(self.app.database, self.at, key)

    def accounts(self) -> Accounts:
        """Signing in and out."""
        return self.app.accounts(self.at, address_of(self.connection))

    def password_links(self) -> PasswordLinks:
        """One-time links."""
        return self.app.password_links(self.at, address_of(self.connection))

    def drafting(self, key: str | None = None) -> Drafting:
        """Writing and handing in."""
        return Drafting(self.app.database, self.at, key)

    def admission(self, key: str | None = None) -> Admission:
        """Formal checks."""
        return Admission(self.app.database, self.at, key)

    def replies(self, key: str | None = None) -> Replies:
        """The board's replies."""
        return Replies(self.app.database, self.at, key)

    def decisions(self, key: str | None = None) -> Decisions:
        """Agenda and decisions."""
        return Decisions(self.app.database, self.at, key)

    def follow_ups(self, key: str | None = None) -> FollowUps:
        """Tasks and reports."""
        return FollowUps(self.app.database, self.at, key)

    def forwarding(self, key: str | None = None) -> Forwarding:
        """Sending on."""
        return Forwarding(self.app.database, self.at, key)

    def carrying(self, key: str | None = None) -> Carrying:
        """From one meeting to another."""
        return Carrying(self.app.database, self.at, key)

    def corrections(self, key: str | None = None) -> Corrections:
        """Clerical errors."""
        return Corrections(self.app.database, self.at, key)

    def floor(self, key: str | None = None) -> Floor:
        """The speakers' list."""
        return Floor(self.app.database, self.at, key)

    def floor_rules(self, key: str | None = None) -> FloorRules:
        """What a meeting decides about speaking."""
        return FloorRules(self.app.database, self.at, key)

    def minutes(self, key: str | None = None) -> Minutes:
        """Minutes as they are written."""
        return Minutes(self.app.database, self.at, key)

    def minutes_signing(self, key: str | None = None) -> MinutesSigning:
        """Signatures under minutes."""
        return MinutesSigning(self.app.database, self.at, key)

    def minutes_at_once(self, key: str | None = None) -> MinutesAtOnce:
        """One § verified at once."""
        return MinutesAtOnce(self.app.database, self.at, key)

    def minutes_addenda(self, key: str | None = None) -> MinutesAddenda:
        """Corrections of verified minutes."""
        return MinutesAddenda(self.app.database, self.at, key)

    def allotments(self, key: str | None = None) -> Allotments:
        """Sharing out seats."""
        return Allotments(self.app.database, self.at, key)

    def delegations(self, key: str | None = None) -> Delegations:
        """A unit's report of its delegates."""
        return Delegations(self.app.database, self.at, key)

    def delegate_changes(self, key: str | None = None) -> DelegateChanges:
        """What becomes of a report."""
        return DelegateChanges(self.app.database, self.at, key)

    def presences(self, key: str | None = None) -> Presences:
        """Coming and going."""
        return Presences(self.app.database, self.at, key)

    def code_door(self, key: str | None = None) -> CodeDoor:
        """Coming with a code; wrong ones are counted by address where the installation does so."""
        counted = address_of(self.connection) if self.app.settings.throttle_addresses else None
        return CodeDoor(self.app.database, self.at, key, address=counted)

    def rolls(self, key: str | None = None) -> Rolls:
        """Fixing the roll."""
        return Rolls(self.app.database, self.at, key)

    def meetings(self, key: str | None = None) -> Meetings:
        """Meetings."""
        return Meetings(self.app.database, self.at, key)

    def ballot_ordering(self, key: str | None = None) -> BallotOrdering:
        """How a member ballot comes about."""
        return BallotOrdering(self.app.database, self.at, key)

    def ballot_preparing(self, key: str | None = None) -> BallotPreparing:
        """Information and electorate of a member ballot."""
        return BallotPreparing(self.app.database, self.at, key)

    def ballot_holding(self, key: str | None = None) -> BallotHolding:
        """A member ballot while it is open."""
        return BallotHolding(self.app.database, self.at, key)

    def postal_channel(self, key: str | None = None) -> PostalChannel:
        """Envelopes of a member ballot."""
        return PostalChannel(self.app.database, self.at, key, seeds=self.app.seeds)

    def ballot_reminding(self, key: str | None = None) -> BallotReminding:
        """Reminders to those who have not voted."""
        return BallotReminding(self.app.database, self.at, key, seeds=self.app.seeds)

    def objecting(self, key: str | None = None) -> Objecting:
        """Objections against a member ballot."""
        return Objecting(self.app.database, self.at, key)

    def paper_counting(self, key: str | None = None) -> PaperCounting:
        """Papers of a member ballot."""
        return PaperCounting(self.app.database, self.at, key)

    def ballot_counting(self, key: str | None = None) -> BallotCounting:
        """The count of a member ballot."""
        return BallotCounting(self.app.database, self.at, key)

    def ballot_certifying(self, key: str | None = None) -> BallotCertifying:
        """What the body decides upon a member ballot."""
        return BallotCertifying(self.app.database, self.at, key, seeds=self.app.seeds)

    def ballot_finishing(self, key: str | None = None) -> BallotFinishing:
        """The end of a member ballot."""
        return BallotFinishing(self.app.database, self.at, key, seeds=self.app.seeds)

    def urn_closing(self, key: str | None = None) -> UrnClosing:
        """A ballot's urn once its time is over."""
        return UrnClosing(self.app.database, self.at, key, seeds=self.app.seeds)

    def matters(self, key: str | None = None) -> Matters:
        """Debates."""
        return Matters(self.app.database, self.at, key)

    def proposals(self, key: str | None = None) -> Proposals:
        """Proposals."""
        return Proposals(self.app.database, self.at, key)

    def proposal_stop(self, key: str | None = None) -> ProposalStop:
        """Yrkandestopp."""
        return ProposalStop(self.app.database, self.at, key)

    def reconciling(self, key: str | None = None) -> Reconciling:
        """One text instead of several."""
        return Reconciling(self.app.database, self.at, key)

    def orders(self, key: str | None = None) -> Orders:
        """Orders of questions."""
        return Orders(self.app.database, self.at, key)

    def gavel(self, key: str | None = None) -> Gavel:
        """Questions and the gavel."""
        return Gavel(self.app.database, self.at, key)

    def recording(self, key: str | None = None) -> Recording:
        """What the room decided."""
        return Recording(self.app.database, self.at, key)

    def reopening(self, key: str | None = None) -> Reopening:
        """What is taken up again."""
        return Reopening(self.app.database, self.at, key)

    def blocks(self, key: str | None = None) -> Blocks:
        """Several motions at once."""
        return Blocks(self.app.database, self.at, key)

    def divisions(self, key: str | None = None) -> Divisions:
        """Divisions."""
        return Divisions(self.app.database, self.at, key, urns=self.app.meeting_urns)

    def votes(self) -> Votes:
        """Answers to a division: no key is kept of them."""
        return Votes(self.app.database, self.at)

    def tellers(self, key: str | None = None) -> Tellers:
        """Figures typed in."""
        return Tellers(self.app.database, self.at, key)

    def announcing(self, key: str | None = None) -> Announcing:
        """What a division came to."""
        return Announcing(self.app.database, self.at, key)

    def trials(self, key: str | None = None) -> Trials:
        """Trial votes."""
        return Trials(self.app.database, self.at, key)

    def lot_shares(self, key: str | None = None) -> LotShares:
        """Shares of a lot."""
        return LotShares(self.app.database, self.at, key)

    def statements(self, key: str | None = None) -> Statements:
        """Reservations and notes."""
        return Statements(self.app.database, self.at, key)


Info: TypeAlias = strawberry.Info[Context, None]


def context_factory_of(app: Application) -> "ContextMaker":
    """The factory that the edge awaits once for every operation."""
    return ContextMaker(app)


@dataclass(frozen=True)
class ContextMaker:
    """Makes contexts for one application."""

    app: Application

    async def __call__(self, connection: HTTPConnection, received_at: datetime) -> Context:
        """Find out who asks. A token that signs nobody in is nobody's: the rules say what an unknown person may do."""
        token = session_token(connection)
        who = await self.app.accounts(received_at).resolve(token) if token else None
        actor: Actor = who.actor if who else Anonymous()
        return Context(self.app, connection, actor, received_at, language_of(connection), who)


def address_of(connection: HTTPConnection) -> str | None:
    """The network address that a request came from, as far as the server can see."""
    return connection.client.host if connection.client else None
