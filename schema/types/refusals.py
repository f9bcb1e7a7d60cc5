"""Expected refusals: the members of every mutation's union beside the changed object."""

import strawberry

from schema.types.case import Denial


@strawberry.type(description="The rules say no. Every reason is given, each with its paragraph.")
class NotAllowed:
    """StepDenied."""

    message: str = strawberry.field(description="All reasons in words, to be shown as they are.")
    denials: list[Denial] = strawberry.field(description="Reason by reason.")


@strawberry.type(description="There is no such thing, or it is not yours to see: the two are never told apart.")
class NotFound:
    """NotFoundError."""

    message: str = strawberry.field(description="In words.")


@strawberry.type(description="One field of the input that cannot be used.")
class FieldFault:
    """FieldError."""

    path: str = strawberry.field(description="Where in the input, such as `clauses.0.text`.")
    code: str = strawberry.field(description="Stable, for programs.")
    message: str = strawberry.field(description="In words, with the remedy.")


@strawberry.type(description="The input cannot be understood, whatever the rules say.")
class InvalidInput:
    """InvalidInputError."""

    message: str = strawberry.field(description="All faults in words.")
    fields: list[FieldFault] = strawberry.field(description="Fault by fault.")


@strawberry.type(description="Somebody else was first: another version is current, or the key has been used.")
class Conflict:
    """ConflictError."""

    code: str = strawberry.field(description="`version_changed` or `idempotency_key_reused`.")
    message: str = strawberry.field(description="In words, with the remedy.")
    current: int | None = strawberry.field(description="The version that is current, where it is about versions.")
