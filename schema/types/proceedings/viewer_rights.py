"""What the reader may do at a meeting, in the API."""

from uuid import UUID

import strawberry

from democracy.domain.actors import Member
from democracy.services.proceedings.viewer import ViewerRights as Rights
from democracy.services.proceedings.viewer import viewer_rights
from democracy.texts.words import phrase
from schema.context import Info
from schema.reading import reading_of
from schema.types.case import Paragraph
from workflows.statutes import Participant


@strawberry.type(description="Why a right is missing, or does not hold yet.")
class RightsReason:
    """A reason in words."""

    code: str = strawberry.field(
        description="Stable, for programs: `not_checked_in`, `substitute_waits`, `roll_fixed_before_you_came` …"
    )
    message: str = strawberry.field(description="In words, with the remedy.")


@strawberry.type(
    description="What you may do at the meeting now (närvaro-, yttrande-, förslags- och rösträtt): the statutes' "
    "matrix "
    "joined with what you are. Whoever has not checked in may only attend."
)
class ViewerRights:
    """The reader's four rights."""

    participant: Participant = strawberry.field(description="In what capacity you take part.")
    capacities: list[Participant] = strawberry.field(description="Everything that you are in relation to the meeting.")
    checked_in: bool = strawberry.field(description="Whether you are checked in.")
    attend: bool = strawberry.field(description="You may attend.")
    speak: bool = strawberry.field(description="You may ask for the floor on every item.")
    speak_on_own_motion: bool = strawberry.field(description="You may on the item of a motion of your own.")
    propose: bool = strawberry.field(description="You may make proposals.")
    vote: bool = strawberry.field(description="You may vote: by the roll that was fixed last, where there is one.")
    votes: int = strawberry.field(description="How many votes you have; 0 without any.")
    why: list[RightsReason] = strawberry.field(description="Why something is missing, and what you can do.")
    paragraph: Paragraph | None = strawberry.field(description="The paragraph that gives the rights.")


async def rights_of_viewer(info: Info, meeting: UUID) -> ViewerRights | None:
    """The reader's rights at a meeting that they see; None for whoever is no member."""
    if not isinstance(info.context.actor, Member):
        return None
    case = await info.context.loaders.meeting_case.load(meeting)
    place = await info.context.loaders.roll.own_place.load(meeting)
    if case is None or place is None:
        return None
    reading = await reading_of(info.context, case.statutes)
    if reading.rules is None:
        return None
    found: Rights = viewer_rights(case, reading.rules, place, info.context.reader.today)
    words = [RightsReason(code=code, message=phrase(code, info.context.language)) for code in found.why]
    return ViewerRights(
        why=words,
        paragraph=reading.paragraph("rights-matrix"),
        capacities=list(found.capacities),
        **{name: getattr(found, name) for name in _SAME},
    )


_SAME = ("participant", "checked_in", "attend", "speak", "speak_on_own_motion", "propose", "vote", "votes")
