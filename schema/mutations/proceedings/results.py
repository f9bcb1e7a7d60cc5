"""What mutations of a meeting's proceedings answer with, and what their inputs name."""

from typing import Protocol
from uuid import UUID

import strawberry

from democracy.errors import NotFoundError
from democracy.services.proceedings.persons import Person
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.types.proceedings.agenda_item import AgendaItem

MEMBER = strawberry.field(default=None, description="The person, by id.")
NUMBER = strawberry.field(default=None, description="The person, by membership number.")


class OfItem(Protocol):
    """An input that names an item of the agenda."""

    item_id: strawberry.ID


class OfPerson(Protocol):
    """An input that names a person, in one of two ways."""

    member_id: strawberry.ID | None
    member_number: str | None


def item_key(given: OfItem) -> UUID:
    """The item that an input names."""
    return key_of(given.item_id, "AgendaItem", path="itemId")


def person(given: OfPerson) -> Person:
    """The person that an input names."""
    return Person(maybe_key(given.member_id, "Member", path="memberId"), given.member_number)


async def read_item(info: Info, key: UUID) -> AgendaItem:
    """The item as it is now."""
    info.context.fresh()
    view = await info.context.loaders.agenda.item.load(key)
    if view is None:
        raise NotFoundError("item", key)
    return AgendaItem.of(view)
