"""Casting a sealed ballot (lägga en förseglad röst)."""

import base64
import binascii
from typing import Annotated, TypeAlias

import strawberry
from graphql import VariableNode
from strawberry.types.field import StrawberryField

from democracy.errors import FieldError, InvalidInputError
from democracy.services.urns.casting_refusal import AlreadyCastError
from democracy.texts.words import phrase
from schema.context import Info
from schema.ids import key_of
from schema.types.refusals import InvalidInput, NotAllowed, NotFound


@strawberry.input(
    description="Input of `castBallot`. Send it as one variable: a ballot written in the query is refused."
)
class CastBallotInput:
    """A sealed ballot."""

    urn: strawberry.ID = strawberry.field(description="The urn.")
    manifest: str = strawberry.field(description="M, the digest of the manifest that it was sealed to, in hex.")
    sealed: str = strawberry.field(description="The sealed ballot b_1 in base64.")


@strawberry.type(description="The server's signed promise that the ballot is in the log before the urn closes.")
class BallotReceipt:
    """Canonical JSON, to be kept."""

    receipt: str = strawberry.field(description="{t, v, m, slot, seq, digest, sig}: keep it with the voter file.")


@strawberry.type(description="Your slot has voted with another ballot, and this urn does not let a vote be changed.")
class AlreadyCast:
    """AlreadyCastError."""

    message: str = strawberry.field(description="In words.")


CastBallotResult: TypeAlias = Annotated[
    BallotReceipt | AlreadyCast | NotAllowed | NotFound | InvalidInput, strawberry.union("CastBallotResult")
]


class CastBefore(strawberry.ExceptionHandler[AlreadyCastError, AlreadyCast]):
    """The first ballot stands."""

    def handle(self, exception: AlreadyCastError, *, field: StrawberryField, info: Info) -> AlreadyCast:
        """In the reader's words."""
        return AlreadyCast(message=phrase("already_cast", info.context.language))


@strawberry.type
class CastingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Cast a sealed ballot. An answer means that it is durably stored; nothing else is stored beside "
        "it. The same bytes again get the same receipt, so send them again whenever an answer was lost."
    )
    async def cast_ballot(self, info: Info, input: CastBallotInput) -> CastBallotResult:
        """By the desk, together with those that come at the same time."""
        _by_variable(info)
        urn = key_of(input.urn, "Urn", path="urn")
        m, box = _hex(input.manifest), _base64(input.sealed)
        answer = await info.context.app.desk.cast(urn, m, box, actor=info.context.actor)
        return BallotReceipt(receipt=answer.receipt.decode())


def _by_variable(info: Info) -> None:
    """What stands in a query lands in caches and traces."""
    arguments = [each for node in info._raw_info.field_nodes for each in node.arguments or ()]
    if not all(isinstance(each.value, VariableNode) for each in arguments):
        raise InvalidInputError(FieldError("sealed", "literal_ballot"))


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise InvalidInputError(FieldError("manifest", "hex")) from None


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInputError(FieldError("sealed", "not_base64")) from None
