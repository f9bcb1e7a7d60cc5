"""What waits for you."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.actors import Member
from democracy.errors import FieldError, InvalidInputError
from democracy.services.ballots.own_vote import has_voted
from democracy.storage.appeal_case import AppealCase
from democracy.storage.ballot_case import BallotCase
from democracy.storage.branch_case import BranchApplicationCase
from democracy.storage.council_case import CouncilCase
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.minutes_case import MinutesCase
from democracy.storage.motion_case import MotionCase
from democracy.storage.paging import MOST
from democracy.storage.reads import appeals, branch_applications, inbox
from democracy.storage.ruling_case import RulingCase
from schema.context import Context, Info
from schema.queries.board_cases import shown_case
from schema.queries.inbox_posts import posts_asked, posts_waiting
from schema.reading import reading_of
from schema.types.appeal import Appeal, Ruling
from schema.types.branch_application import BranchApplication
from schema.types.case import NextStep
from schema.types.council_decision import CouncilDecision
from schema.types.election import Election
from schema.types.election_parts import Candidacy
from schema.types.mandate import Mandate
from schema.types.meeting import Meeting
from schema.types.member_ballot import MemberBallot
from schema.types.motion import Motion
from schema.types.proceedings.minutes import Minutes
from workflows.addendum import ADDENDUM, AddendumFacts
from workflows.appeal import APPEAL
from workflows.branch_application import BRANCH_APPLICATION
from workflows.council_decision import COUNCIL_DECISION
from workflows.engine import Awaiting, Workflow
from workflows.meeting import MEETING
from workflows.member_ballot import MEMBER_BALLOT
from workflows.minutes import MINUTES
from workflows.motion import MOTION
from workflows.ruling import RULING

Case: TypeAlias = Annotated[
    Motion
    | Meeting
    | Minutes
    | MemberBallot
    | CouncilDecision
    | BranchApplication
    | Ruling
    | Appeal
    | Election
    | Candidacy
    | Mandate,
    strawberry.union("Case", description="Any kind of case."),
]
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@strawberry.type(description="Something that waits for you.")
class InboxItem:
    """One case and what is asked of you in it."""

    case: Case = strawberry.field(description="The case.")
    next_step: NextStep = strawberry.field(description="What is asked of you, until when, on what ground.")
    since: datetime | None = strawberry.field(description="Since when it waits.")


@strawberry.type(description="What waits for you: the most urgent first.")
class Inbox:
    """A list of work."""

    items: list[InboxItem] = strawberry.field(description="At most as many as you asked for.")
    total_count: int = strawberry.field(description="How many there are in all.")


@strawberry.type
class InboxQueries:
    """Root fields."""

    @strawberry.field(
        description="Your inbox (inkorg): every case that waits for you, by the roles that you have in it. Sorted by "
        "deadline, then by how long it has waited. `first` is 1 to 100."
    )
    async def inbox(self, info: Info, first: int = 50) -> Inbox:
        """Cases whose next step is the reader's."""
        if not 1 <= first <= MOST:
            raise InvalidInputError(FieldError("first", "page_size", {"most": MOST}))
        context = info.context
        async with context.app.database.read() as connection:
            motions = await inbox.motions(connection, context.reader)
            meetings = await inbox.meetings(connection, context.reader)
            minutes = await inbox.minutes(connection, context.reader)
            corrected = await inbox.corrections(connection, context.reader)
            ballots = await inbox.ballots(connection, context.reader)
            councils = await inbox.councils(connection, context.reader)
            posts = await posts_waiting(connection, context.reader)
            cases = [*motions, *meetings, *minutes, *ballots, *councils, *posts.every()]
            since = await inbox.since(connection, cases)
        items = [
            *await _waiting(context, MOTION, await context.loaders.motion_case.load_many(motions), since),
            *await _waiting(context, MEETING, await context.loaders.meeting_case.load_many(meetings), since),
            *await _waiting(context, MINUTES, await context.loaders.minutes.case.load_many(minutes), since),
            *await _waiting(context, MEMBER_BALLOT, await context.loaders.ballots.case.load_many(ballots), since),
            *await _waiting(context, COUNCIL_DECISION, await context.loaders.council.case.load_many(councils), since),
            *await _to_correct(context, corrected),
            *await _of_boards(context),
            *[
                InboxItem(case=case, next_step=step, since=since.get(key))
                for key, case, step in await posts_asked(context, posts)
            ],
        ]
        items.sort(key=lambda item: (item.next_step.by or END_OF_TIME, item.since or END_OF_TIME))
        return Inbox(items=items[:first], total_count=len(items))


async def _waiting(
    context: Context,
    workflow: Workflow[Any, Any],
    cases: Sequence[Any],
    since: dict[UUID, datetime],
) -> list[InboxItem]:
    items = []
    for case in filter(None, cases):
        asked = workflow.next_steps(case.state, case.facts, now=context.at)
        mine = [each for each in asked if each.who in case.roles and await _is_asked(context, case, each)]
        shown = await _shown(context, case) if mine else None
        if shown is None:
            continue
        reading = await reading_of(context, case.statutes)
        items += [InboxItem(case=shown, next_step=reading.next_step(workflow.name, each), since=since.get(case.id))
                  for each in mine]  # fmt: skip
    return items


async def _of_boards(context: Context) -> list[InboxItem]:
    """Applications, decisions and appeals that wait for the reader in any of their parts."""
    async with context.app.database.read() as connection:
        applied = await branch_applications.waiting(connection, context.reader, inbox.MOST)
        decided = await appeals.rulings_waiting(connection, context.reader, inbox.MOST)
        appealed = await appeals.waiting(connection, context.reader, inbox.MOST)
        since = await inbox.since(connection, [*applied, *decided, *appealed])
    cases = context.loaders.cases
    return [
        *await _waiting(context, BRANCH_APPLICATION, await cases.application_case.load_many(applied), since),
        *await _waiting(context, RULING, await cases.ruling_case.load_many(decided), since),
        *await _waiting(context, APPEAL, await cases.appeal_case.load_many(appealed), since),
    ]


async def _to_correct(context: Context, minutes: Sequence[UUID]) -> list[InboxItem]:
    """Corrections of minutes that wait for the reader's signature, each under its minutes."""
    items = []
    (asked,) = ADDENDUM.next_steps(ADDENDUM.initial, AddendumFacts(), now=context.at)
    for view in filter(None, await context.loaders.minutes.minutes.load_many(minutes)):
        reading = await reading_of(context, view.statutes_digest)
        items.append(InboxItem(case=Minutes.of(view), next_step=reading.next_step(ADDENDUM.name, asked), since=None))
    return items


async def _shown(context: Context, case: Any) -> Any:
    if isinstance(case, BranchApplicationCase):
        return await shown_case(context, BRANCH_APPLICATION.name, case.id)
    if isinstance(case, RulingCase):
        return await shown_case(context, RULING.name, case.id)
    if isinstance(case, AppealCase):
        return await shown_case(context, APPEAL.name, case.id)
    return await _shown_of_meetings(context, case)


async def _shown_of_meetings(
    context: Context, case: MotionCase | MeetingCase | MinutesCase | BallotCase | CouncilCase
) -> Motion | Meeting | Minutes | MemberBallot | CouncilDecision | None:
    if isinstance(case, CouncilCase):
        council = await context.loaders.council.decision.load(case.id)
        return CouncilDecision.of(council) if council else None
    if isinstance(case, BallotCase):
        ballot = await context.loaders.ballots.ballot.load(case.id)
        return MemberBallot.of(ballot) if ballot else None
    if isinstance(case, MinutesCase):
        minutes = await context.loaders.minutes.minutes.load(case.id)
        return Minutes.of(minutes) if minutes else None
    if isinstance(case, MotionCase):
        motion = await context.loaders.motion.load(case.id)
        return Motion.of(motion) if motion else None
    meeting = await context.loaders.meeting.load(case.id)
    return Meeting.of(meeting) if meeting else None


async def _is_asked(context: Context, case: Any, each: Awaiting) -> bool:
    """Whoever has voted, or has no vote, is not asked to; the server tells nobody but themselves."""
    if isinstance(case, CouncilCase):
        return not _done(case, each.what)
    if not isinstance(case, BallotCase) or each.what != "cast" or not isinstance(context.actor, Member):
        return True
    if not case.facts.is_elector or case.facts.slot_void:
        return False
    return not await has_voted(context.app.database, context.app.seeds, case.id, context.actor.id)


def _done(case: CouncilCase, what: str) -> bool:
    """Whoever has answered, or takes no part, is asked for nothing more."""
    facts = case.facts
    done = {
        "answer": facts.has_answered or facts.barred or not facts.entitled,
        "report_back": facts.reported_back or not facts.assigned,
        "give_opinion": not facts.asked,
    }
    return done.get(what, False)
