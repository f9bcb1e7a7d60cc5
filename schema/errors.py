"""Expected exceptions become members of a mutation's union."""

from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from democracy.errors import ConflictError, InvalidInputError, NotFoundError
from democracy.formats.documents.faults import DocumentFileError
from democracy.texts.words import phrase
from schema.context import Info
from schema.mutations.casting import CastBefore
from schema.reading import reading_of
from schema.sign_in_errors import SignInDenied
from schema.types.refusals import Conflict, FieldFault, InvalidInput, NotAllowed, NotFound
from workflows.denial import StepDenied


class Denied(strawberry.ExceptionHandler[StepDenied, NotAllowed]):
    """The rules said no."""

    async def handle(self, exception: StepDenied, *, field: StrawberryField, info: Info) -> NotAllowed:
        """Every reason in the reader's words, with the paragraph of the statutes that the case follows."""
        reading = await reading_of(info.context, exception.statutes)
        denials = [reading.denial(reason) for reason in exception.denials]
        return NotAllowed(message=" ".join(denial.message for denial in denials), denials=denials)


class Missing(strawberry.ExceptionHandler[NotFoundError, NotFound]):
    """There is no such thing, or it may not be seen."""

    def handle(self, exception: NotFoundError, *, field: StrawberryField, info: Info) -> NotFound:
        """Always the same words."""
        return NotFound(message=phrase("not_found", info.context.language))


class Unreadable(strawberry.ExceptionHandler[InvalidInputError, InvalidInput]):
    """The input cannot be used."""

    def handle(self, exception: InvalidInputError, *, field: StrawberryField, info: Info) -> InvalidInput:
        """Every fault in the reader's words."""
        language = info.context.language
        faults = [
            FieldFault(path=each.path, code=each.code, message=phrase(each.code, language, **each.params))
            for each in exception.fields
        ]
        return InvalidInput(message=" ".join(fault.message for fault in faults), fields=faults)


class Unfit(strawberry.ExceptionHandler[DocumentFileError, InvalidInput]):
    """A file is no document that can be read."""

    def handle(self, exception: DocumentFileError, *, field: StrawberryField, info: Info) -> InvalidInput:
        """What is wrong with it, and the remedy."""
        message = exception.words(info.context.language)
        return InvalidInput(message=message, fields=[FieldFault(path="file", code=exception.code, message=message)])


class Outrun(strawberry.ExceptionHandler[ConflictError, Conflict]):
    """Somebody else was first."""

    def handle(self, exception: ConflictError, *, field: StrawberryField, info: Info) -> Conflict:
        """With the version that is current."""
        message = phrase(exception.code, info.context.language)
        return Conflict(code=exception.code, message=message, current=exception.current)


HANDLERS: tuple[Any, ...] = (Denied(), Missing(), Unreadable(), Unfit(), Outrun(), SignInDenied(), CastBefore())
