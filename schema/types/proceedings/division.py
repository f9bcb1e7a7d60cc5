"""A division (votering) in the API."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.storage.reads.divisions import AnswerView, CorrectionView, DivisionView, StatementView
from democracy.storage.reads.members import PROTECTED
from democracy.texts.words import phrase
from schema.context import Context, Info
from schema.ids import global_id
from schema.types import promises
from schema.types.governed import Governed, Standing
from schema.types.urn import Urn
from workflows.division import DIVISION, DivisionState
from workflows.division_guards import COUNTERS
from workflows.proceedings import Choice, DivisionMethod


@strawberry.type(description="The figures of a division, in votes: weights and proxies are counted in.")
class Figures:
    """Figures."""

    yes: int = strawberry.field(description="Ja.")
    no: int = strawberry.field(description="Nej.")
    abstained: int = strawberry.field(description="Avstår.")
    blank: int = strawberry.field(description="Blank ballots; none in an open vote.")


@strawberry.type(description="Announced figures that were put right (rättade röstsiffror): both stand.")
class FiguresCorrection:
    """A correction."""

    before: Figures = strawberry.field(description="As they were announced.")
    after: Figures = strawberry.field(description="As they are now.")
    reason: str = strawberry.field(description="Why.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, view: CorrectionView) -> "FiguresCorrection":
        """From what was read."""
        before = Figures(
            yes=view.yes_before, no=view.no_before, abstained=view.abstained_before, blank=view.blank_before
        )
        after = Figures(yes=view.yes, no=view.no, abstained=view.abstained, blank=view.blank)
        return cls(before=before, after=after, reason=view.reason, at=view.at)


@strawberry.type(description="What somebody answered in a roll call (namnupprop): it stands in the minutes.")
class RollCallAnswer:
    """A name and an answer."""

    name: str | None = strawberry.field(
        description="Null for somebody who has been erased; `skyddad identitet` for one whose name is protected."
    )
    choice: Choice = strawberry.field(description="The answer.")


@strawberry.type(description="A share of a lot that somebody committed to before the votes were counted.")
class LotShare:
    """A share."""

    commitment: str = strawberry.field(description="SHA-256 of it, in hex.")
    share: str | None = strawberry.field(description="In hex, once it is revealed.")


@strawberry.type(
    description="A division (votering): one pair of proposals, or one question that is answered by ja or nej. Open "
    "votes leave figures and no names, except in a roll call that the meeting has decided on."
)
class Division(Governed):
    """A division."""

    workflow: ClassVar = DIVISION
    view: strawberry.Private[DivisionView]
    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    item_id: strawberry.ID = strawberry.field(description="The item of the agenda.")
    matter_id: strawberry.ID = strawberry.field(description="The matter that is voted on.")
    question_id: strawberry.ID = strawberry.field(description="The question that it settles, or helps to settle.")
    state: DivisionState = strawberry.field(description="Where it stands.")
    number: int | None = strawberry.field(
        description="1 for the first vote on the matter, rising; null until it is opened, and for a trial vote."
    )
    role: str | None = strawberry.field(
        description="`preparatory` (kontrapropositionsvotering), `main` (huvudvotering), `qualified` or `single`."
    )
    yes_proposal_id: strawberry.ID | None = strawberry.field(description="The proposal that ja supports.")
    no_proposal_id: strawberry.ID | None = strawberry.field(description="The proposal that nej supports.")
    yes_means: str | None = strawberry.field(description="What ja means, as the chair reads it out.")
    no_means: str | None = strawberry.field(description="What nej means.")
    method: DivisionMethod | None = strawberry.field(description="How it is taken; null until it is opened.")
    trial: bool = strawberry.field(description="Försöksvotering: a show of cards that nobody counts.")
    asked: int = strawberry.field(description="How many have asked for it.")
    entitled: int | None = strawberry.field(description="Votes in the roll, without those of whoever is barred (jäv).")
    opened_at: datetime | None = strawberry.field(description="When it was opened.")
    closed_at: datetime | None = strawberry.field(description="When it was closed: nobody answers any more.")
    announced_at: datetime | None = strawberry.field(description="When the chair announced it.")
    winner: Choice | None = strawberry.field(
        description="YES or NO, once it is announced; null where equal figures have deferred the matter."
    )
    settled_by: str | None = strawberry.field(
        description="`majority`, `minority` (a right of the few), or what settled equal figures: `casting_vote`, "
        "`lot`, `status_quo`, `deferred`."
    )
    casting_vote: Choice | None = strawberry.field(
        description="The chair's casting vote (utslagsröst), if one was given."
    )
    lot: str | None = strawberry.field(
        description="The lot that settled equal figures, as JSON that can be drawn again."
    )
    annulled_at: datetime | None = strawberry.field(description="When it was annulled (ogiltigförklarad).")
    annulled_reason: str | None = strawberry.field(description="Why.")
    version: int = strawberry.field(description="Grows with every change.")

    @strawberry.field(description=f"{promises.DESCRIPTION} Null until it is opened.")
    def promise(self, info: Info) -> str | None:
        """By how it is taken."""
        if self.method is None:
            return None
        return phrase(promises.of_division(self.method, urn=self.view.urn_id is not None), info.context.language)

    @strawberry.field(
        description="As many have asked for a closed vote (sluten omröstning) as the statutes want: it can only be "
        "opened with SECRET. The same holds for every other vote on the matter."
    )
    async def secret_demanded(self, info: Info) -> bool:
        """By the loader."""
        case = await info.context.loaders.divisions.case.load(self.key)
        return case is not None and case.facts.secret_demanded

    @strawberry.field(description="The sealed urn of a secret vote; null where it is taken in another way.")
    async def urn(self, info: Info) -> Urn | None:
        """By the urn's own rules."""
        found = await info.context.loaders.ballots.urn.load(self.view.urn_id) if self.view.urn_id else None
        return Urn.of(found) if found else None

    @strawberry.field(
        description="Null until the chair has announced them; the presidium, the secretary and the tellers see them "
        "from the closing."
    )
    async def figures(self, info: Info) -> Figures | None:
        """Announced, or for those who count."""
        view = self.view
        if view.announced_at is None:
            return await self._counted(info)
        if view.yes is None:
            return None
        return Figures(yes=view.yes, no=view.no or 0, abstained=view.abstained or 0, blank=view.blank or 0)

    async def _counted(self, info: Info) -> Figures | None:
        case = await info.context.loaders.divisions.case.load(self.key)
        if case is None or case.state is not DivisionState.CLOSED or not case.roles & COUNTERS:
            return None
        facts = case.facts
        if facts.counts_missing or not facts.counts_agree:
            return None
        return Figures(yes=facts.yes, no=facts.no, abstained=facts.abstained, blank=facts.blank)

    @strawberry.field(description="What you have answered yourself; null once an open vote is closed: it is not kept.")
    async def own_answer(self, info: Info) -> Choice | None:
        """By the loader."""
        return await info.context.loaders.divisions.own_answer.load(self.key)

    @strawberry.field(
        description="How many votes have come in, whatever they say: for the presidium and the secretary, while it is "
        "open."
    )
    async def votes_in(self, info: Info) -> int | None:
        """By the loader."""
        case = await info.context.loaders.divisions.case.load(self.key)
        if case is None or case.state is not DivisionState.OPEN or not case.roles & COUNTERS:
            return None
        return await info.context.loaders.divisions.answered.load(self.key) or 0

    @strawberry.field(
        description="Who answered what in an announced roll call; empty otherwise.", metadata={"list_size": 250}
    )
    async def roll_call(self, info: Info) -> list[RollCallAnswer]:
        """By the loader."""
        found = await info.context.loaders.divisions.roll_call.load(self.key)
        return [RollCallAnswer(name=named(each), choice=each.choice) for each in found]

    @strawberry.field(
        description="Figures that were put right after they had been announced.", metadata={"list_size": 2}
    )
    async def corrections(self, info: Info) -> list[FiguresCorrection]:
        """By the loader."""
        return [FiguresCorrection.of(each) for each in await info.context.loaders.divisions.corrections.load(self.key)]

    @strawberry.field(description="Shares of a lot that were committed to.", metadata={"list_size": 3})
    async def lot_shares(self, info: Info) -> list[LotShare]:
        """By the loader."""
        found = await info.context.loaders.divisions.shares.load(self.key)
        return [LotShare(commitment=each.commitment, share=each.share) for each in found]

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.divisions.case.load(self.key)

    @property
    def key(self) -> UUID:
        """The division's own id."""
        return self.view.id

    @classmethod
    def of(cls, view: DivisionView) -> "Division":
        """From what was read."""
        return cls(
            id=global_id("Division", view.id),
            view=view,
            meeting_id=global_id("Meeting", view.meeting_id),
            item_id=global_id("AgendaItem", view.item_id),
            matter_id=global_id("Matter", view.matter_id),
            question_id=global_id("Question", view.question_id),
            yes_proposal_id=global_id("Proposal", view.yes_id) if view.yes_id else None,
            no_proposal_id=global_id("Proposal", view.no_id) if view.no_id else None,
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "state", "number", "role", "yes_means", "no_means", "method", "trial", "asked", "entitled", "opened_at",
    "closed_at",
    "announced_at", "winner", "settled_by", "casting_vote", "lot", "annulled_at", "annulled_reason", "version",
)  # fmt: skip


def named(view: AnswerView | StatementView) -> str | None:
    """A person's name in the minutes: protected, or nobody's once it is erased."""
    if view.erased_at is not None:
        return None
    return PROTECTED if view.protected else f"{view.given_name} {view.family_name}"
