"""From an amendment as it is sent or stored to the change that it means in the text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from democracy.domain.numbered_text.amendments import BEGINNING, Amendment, Fault, FaultCode, Operation, Side, faults
from democracy.domain.numbered_text.paragraphs import Paragraph, Place
from workflows.amendment import AmendmentFacts
from workflows.proceedings import PlaceOperation

_NOWHERE = Place(-1)


class Placed(Protocol):
    """A change to one place, wherever it is kept."""

    @property
    def operation(self) -> PlaceOperation:
        """What is done."""

    @property
    def paragraph_id(self) -> UUID | None:
        """Where; None: before the first paragraph."""

    @property
    def letter(self) -> str:
        """The point under it."""

    @property
    def text(self) -> str:
        """The text that is wanted."""

    @property
    def to_paragraph_id(self) -> UUID | None:
        """Moving: beside what."""

    @property
    def to_letter(self) -> str:
        """Moving: beside which point."""

    @property
    def to_beginning(self) -> bool:
        """Moving: before the first paragraph."""

    @property
    def before(self) -> bool:
        """Put before the place, not after it."""


@dataclass(frozen=True)
class Change:
    """A change to one place. Without a paragraph: before the first one."""

    operation: PlaceOperation
    paragraph_id: UUID | None
    letter: str = ""
    text: str = ""
    to_paragraph_id: UUID | None = None
    to_letter: str = ""
    to_beginning: bool = False
    before: bool = False


def meaning(change: Placed, text: Mapping[UUID, Paragraph], words: str | None = None) -> Amendment:
    """What it means in the text; `words` are those that were approved in place of its own."""
    to = BEGINNING if change.to_beginning else None
    if change.to_paragraph_id is not None:
        to = _place(text, change.to_paragraph_id, change.to_letter)
    return Amendment(
        operation=Operation(change.operation.value),
        place=_place(text, change.paragraph_id, change.letter),
        text=change.text if words is None else words,
        to=to,
        side=Side.BEFORE if change.before else Side.AFTER,
    )


def judged(
    facts: AmendmentFacts, amendment: Amendment, text: Mapping[UUID, Paragraph]
) -> tuple[AmendmentFacts, str | None]:
    """The facts with what is wrong about the place; and what the place quotes, where it is locked."""
    found = faults(list(text.values()), amendment)
    codes = {each.code for each in found}
    told: dict[str, Any] = {
        "place_known": FaultCode.PLACE_UNKNOWN not in codes,
        "locked": FaultCode.LOCKED in codes,
        "has_text": FaultCode.TEXT_MISSING not in codes,
        "changes": FaultCode.UNCHANGED not in codes,
        "destination_given": FaultCode.DESTINATION_MISSING not in codes,
        "destination_known": FaultCode.DESTINATION_UNKNOWN not in codes,
    }
    return replace(facts, **told), _provenance(found)


def _provenance(found: tuple[Fault, ...]) -> str | None:
    return next((each.provenance for each in found if each.code is FaultCode.LOCKED), None)


def _place(text: Mapping[UUID, Paragraph], paragraph_id: UUID | None, letter: str) -> Place:
    if paragraph_id is None:
        return BEGINNING
    paragraph = text.get(paragraph_id)
    return replace(paragraph.place, letter=letter) if paragraph else _NOWHERE
