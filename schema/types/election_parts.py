"""What belongs to an election in the API: candidacies, ballots, the committee's work, representation, the pledge."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import strawberry

from democracy.domain.kinds import Gender
from democracy.domain.representation import Composition, least_of_each
from democracy.storage.reads.election_parts import (
    CandidacyView,
    DraftView,
    NoteView,
    PledgeView,
    ReferralView,
    RoundView,
    WorkView,
)
from democracy.texts.words import phrase
from schema.context import Info
from schema.ids import global_id, maybe_global_id
from schema.types import promises
from schema.types.case import Action, NextStep
from schema.types.governed import actions_in, next_steps_in
from schema.types.node import Node
from workflows.candidacy import CANDIDACY, CandidacyState
from workflows.election import VoteMethod
from workflows.nomination_work import NominationWorkState
from workflows.statutes.parameters.elections import GenderRule


@strawberry.type(description="A version of the candidate pledge (kandidatförsäkran).")
class CandidatePledge:
    """What a candidate signs."""

    id: strawberry.ID = strawberry.field(description="Its id: give it to `acceptNomination` when it has been read.")
    number: int = strawberry.field(description="Its version, 1 for the first.")
    text: str = strawberry.field(description="Markdown.")
    decision: str = strawberry.field(description="The decision that adopted it: meeting and paragraph.")
    adopted_at: datetime = strawberry.field(description="When it was recorded.")

    @classmethod
    def of(cls, view: PledgeView) -> "CandidatePledge":
        """From what was read."""
        return cls(
            id=global_id("CandidatePledge", view.id),
            number=view.number,
            text=view.text,
            decision=view.decision,
            adopted_at=view.adopted_at,
        )


@strawberry.type(
    description="A candidacy (kandidatur). Until the names are out it is seen by the nominee, by whoever nominated, "
    "and by the nomination committee."
)
class Candidacy(Node):
    """Somebody who has been nominated."""

    view: strawberry.Private[CandidacyView]
    state: CandidacyState = strawberry.field(description="Where it stands.")
    name: str = strawberry.field(description="The candidate's name; `skyddad identitet` without their consent.")
    member_id: strawberry.ID = strawberry.field(description="The candidate.")
    election_id: strawberry.ID = strawberry.field(description="The election.")
    from_floor: bool = strawberry.field(description="Added by the meeting itself.")
    asked_at: datetime = strawberry.field(description="When they were asked.")
    answered_at: datetime | None = strawberry.field(description="When they accepted or declined.")
    presentation: str | None = strawberry.field(description="Markdown, by the candidate.")
    pledge_signed: bool = strawberry.field(description="The candidate pledge was signed with the acceptance.")
    proposed: int | None = strawberry.field(
        description="Place in the nomination committee's proposal: those for the seats first, then substitutes."
    )
    proposed_reasons: str | None = strawberry.field(description="The committee's reasons.")
    position: int | None = strawberry.field(description="Place among those elected, or among the substitutes.")

    @strawberry.field(description="Units that have nominated, by name.", metadata={"list_size": 5})
    async def nominating_units(self, info: Info) -> list[str]:
        """By the loader."""
        found = await info.context.loaders.elections.nominators.load(self.view.id)
        return [view.unit_name for view in found if view.unit_name is not None]

    @strawberry.field(description="How many members have nominated. Their names are told to nobody.")
    async def nominating_members(self, info: Info) -> int:
        """By the loader."""
        found = await info.context.loaders.elections.nominators.load(self.view.id)
        return sum(view.unit_name is None for view in found)

    @strawberry.field(description="Everything that can be done in this state: by you or not, why not, and when.")
    async def actions(self, info: Info) -> list[Action]:
        """The workflow's options."""
        case = await info.context.loaders.elections.candidacy_case.load(self.view.id)
        return await actions_in(info.context, CANDIDACY, case)

    @strawberry.field(description="What the candidacy waits for; empty when it is over.")
    async def next_steps(self, info: Info) -> list[NextStep]:
        """Who is to act."""
        case = await info.context.loaders.elections.candidacy_case.load(self.view.id)
        return await next_steps_in(info.context, CANDIDACY, case)

    @classmethod
    def of(cls, view: CandidacyView) -> "Candidacy":
        """From what was read."""
        return cls(
            id=global_id("Candidacy", view.id),
            view=view,
            state=view.state,
            name=view.name,
            member_id=global_id("Member", view.member_id),
            election_id=global_id("Election", view.election_id),
            from_floor=view.from_floor,
            asked_at=view.asked_at,
            answered_at=view.answered_at,
            presentation=None if view.hidden else view.presentation,
            pledge_signed=view.pledge_id is not None,
            proposed=view.proposed,
            proposed_reasons=None if view.hidden else view.proposed_reasons,
            position=view.position,
        )


@strawberry.type(description="A meeting's decision to refer an election to a coming one (hänskjuta).")
class ElectionReferral:
    """From one meeting to another."""

    from_meeting_id: strawberry.ID = strawberry.field(description="The meeting that did not hold it.")
    to_meeting_id: strawberry.ID = strawberry.field(description="The meeting that took it over.")
    reason: str = strawberry.field(description="Why.")
    at: datetime = strawberry.field(description="When it was decided.")

    @classmethod
    def of(cls, view: ReferralView) -> "ElectionReferral":
        """From what was read."""
        return cls(
            from_meeting_id=global_id("Meeting", view.from_meeting_id),
            to_meeting_id=global_id("Meeting", view.to_meeting_id),
            reason=view.reason,
            at=view.at,
        )


@strawberry.type(description="Votes for one candidate in one ballot.")
class CandidateVotes:
    """A figure."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidate.")
    votes: int = strawberry.field(description="Ballots that name them.")


@strawberry.type(description="The figures of one ballot.")
class ElectionFigures:
    """How it was voted; never by whom."""

    ballots: int = strawberry.field(description="Ballots with at least one name.")
    blank: int = strawberry.field(description="Blank ones.")
    invalid: int = strawberry.field(description="Those that the tellers set aside.")
    candidates: list[CandidateVotes] = strawberry.field(description="The most votes first.")


@strawberry.type(description="One ballot (omröstning) of an election: the first, or the second.")
class ElectionRound:
    """A ballot."""

    number: int = strawberry.field(description="1 or 2.")
    method: VoteMethod = strawberry.field(description="Devices, papers, or a sealed urn.")
    secret: bool = strawberry.field(description="Secret (sluten): on papers, or in a sealed urn.")
    urn_id: strawberry.ID | None = strawberry.field(
        description="The sealed urn (förseglad urna) of a secret ballot: ask `urn` for it and vote with `castBallot`. "
        "Its one question has the hexadecimal keys of the candidacies as alternatives."
    )
    entitled: int = strawberry.field(description="Votes in the roll that was fixed for it.")
    seats: int = strawberry.field(description="How many were to be elected, and names on a ballot at most.")
    candidate_ids: list[strawberry.ID] = strawberry.field(description="The candidacies on the ballot.")
    opened_at: datetime = strawberry.field(description="When it opened.")
    closed_at: datetime | None = strawberry.field(description="When it closed.")
    figures: ElectionFigures | None = strawberry.field(
        description="The figures; until the chair goes on or declares, for those who count and preside."
    )

    @strawberry.field(description=promises.DESCRIPTION)
    def promise(self, info: Info) -> str:
        """By how it is taken."""
        return phrase(promises.of_election(self.method), info.context.language)

    @classmethod
    def of(cls, view: RoundView, *, shown: bool) -> "ElectionRound":
        """From what was read."""
        return cls(
            number=view.number,
            method=view.method,
            secret=view.secret,
            urn_id=maybe_global_id("Urn", view.urn_id),
            entitled=view.entitled,
            seats=view.seats,
            candidate_ids=[global_id("Candidacy", UUID(name)) for name in json.loads(view.candidates)],
            opened_at=view.opened_at,
            closed_at=view.closed_at,
            figures=_figures(view) if shown and view.content is not None else None,
        )


def _figures(view: RoundView) -> ElectionFigures:
    data, votes = json.loads(view.content or "{}"), Counter[str]()
    for each in data["ballots"]:
        votes.update(dict.fromkeys(each["names"], each["number"]))
    order = sorted(json.loads(view.candidates), key=lambda name: -votes[name])
    return ElectionFigures(
        ballots=sum(each["number"] for each in data["ballots"]),
        blank=data["blank"],
        invalid=data["invalid"],
        candidates=[CandidateVotes(candidacy_id=global_id("Candidacy", UUID(n)), votes=votes[n]) for n in order],
    )


@strawberry.type(description="How the genders are represented (könsfördelning). Totals only, and of large sets only.")
class Representation:
    """Checked against the statutes' rule."""

    total: int = strawberry.field(description="How many people it is about.")
    required: int | None = strawberry.field(description="At least so many of each gender; null without such a rule.")
    met: bool = strawberry.field(description="Whether the rule is met, as far as people have said what they are.")
    women: int | None = strawberry.field(description="Null for a small set.")
    men: int | None = strawberry.field(description="Null for a small set.")
    others: int | None = strawberry.field(description="Null for a small set.")
    undeclared: int | None = strawberry.field(description="Have not said. Null for a small set.")

    @classmethod
    def of(cls, genders: Iterable[Gender | None], rule: GenderRule | None, smallest: int) -> "Representation":
        """Measured."""
        people = list(genders)
        found = Composition.of(people)
        least = least_of_each(len(people), rule.minimum.numerator, rule.minimum.denominator) if rule else None
        shown = len(people) >= smallest
        return cls(
            total=len(people),
            required=least,
            met=least is None or found.meets(least),
            women=found.women if shown else None,
            men=found.men if shown else None,
            others=found.others if shown else None,
            undeclared=found.undeclared if shown else None,
        )


@strawberry.type(description="One place of the nomination committee's draft.")
class NominationDraftLine:
    """A line."""

    candidacy_id: strawberry.ID = strawberry.field(description="The candidate.")
    reasons: str = strawberry.field(description="Why.")

    @classmethod
    def of(cls, view: DraftView) -> "NominationDraftLine":
        """From what was read."""
        return cls(candidacy_id=global_id("Candidacy", view.candidacy_id), reasons=view.reasons)


@strawberry.type(description="A note of the nomination committee's.")
class NominationNote:
    """A note."""

    text: str = strawberry.field(description="What was noted.")
    by: str = strawberry.field(description="Who noted it.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, view: NoteView) -> "NominationNote":
        """From what was read."""
        return cls(text=view.text, by=f"{view.given_name} {view.family_name}", at=view.at)


@strawberry.type(description="The nomination committee's work (valberedningens arbete): its members' own, always.")
class NominationWork:
    """Draft and notes."""

    view: strawberry.Private[WorkView]
    state: NominationWorkState = strawberry.field(description="Whether it still works.")

    @strawberry.field(description="The draft in its order.", metadata={"list_size": 10})
    async def draft(self, info: Info) -> list[NominationDraftLine]:
        """By the loader."""
        return [NominationDraftLine.of(each) for each in await info.context.loaders.elections.drafts.load(self.view.id)]

    @strawberry.field(description="The notes, the oldest first.", metadata={"list_size": 10})
    async def notes(self, info: Info) -> list[NominationNote]:
        """By the loader."""
        return [NominationNote.of(each) for each in await info.context.loaders.elections.notes.load(self.view.id)]
