"""Errors as a client sees them: a code that never changes, words in their language, and nothing about our insides.

Syntax and validation errors keep their message; limits and expected failures get words in the reader's language; a
fault of ours gets `INTERNAL` and an incident id, under which its traceback is logged.
"""

from collections.abc import Callable

from graphql import GraphQLError, GraphQLSyntaxError

from democracy.errors import ConflictError, DemocracyError, InvalidInputError, NotFoundError
from schema.language import Language
from schema.limits import LimitReachedError
from schema.refusals import RefusedError

EXPECTED: dict[type[Exception], tuple[str, str, str]] = {
    NotFoundError: (
        "NOT_FOUND",
        "Det finns inget sådant, eller så får du inte se det.",
        "There is no such thing, or it is not yours to see.",
    ),
    InvalidInputError: (
        "INVALID_INPUT",
        "Uppgifterna går inte att använda: {error}.",
        "The input cannot be used: {error}.",
    ),
    ConflictError: (
        "CONFLICT",
        "Någon annan hann före. Läs om och försök igen.",
        "Somebody else was first. Read again and retry.",
    ),
    DemocracyError: ("REFUSED", "Det går inte just nu.", "This is not possible now."),
}
"""Failures that a field without a union of results may still raise: code, Swedish, English."""

Report = Callable[[BaseException], str]
"""Logs a fault of ours and returns its incident id."""


def describe(error: GraphQLError, language: Language, report: Report) -> GraphQLError:
    """The error to send in place of this one."""
    cause = error.original_error
    if isinstance(error, LimitReachedError):
        return _rewritten(error, error.code, error.words(language), **error.params)
    if isinstance(error, GraphQLSyntaxError):
        return _rewritten(error, "GRAPHQL_PARSE_FAILED")
    if isinstance(cause, RefusedError):
        return _rewritten(error, cause.code, cause.words(language), **cause.params)
    if isinstance(cause, DemocracyError):
        return _expected(error, cause, language)
    if cause is None or isinstance(cause, GraphQLError) or error.path is None:
        return error if (error.extensions or {}).get("code") else _rewritten(error, _code(error))
    return internal(cause, language, report, error)


def internal(
    fault: BaseException, language: Language, report: Report, error: GraphQLError | None = None
) -> GraphQLError:
    """The error to send for a fault of ours; it is reported first."""
    incident = report(fault)
    words = RefusedError("INTERNAL", incident=incident).words(language)
    return _rewritten(error or GraphQLError(words), "INTERNAL", words, incident=incident)


def _expected(error: GraphQLError, cause: DemocracyError, language: Language) -> GraphQLError:
    code, swedish, english = next(words for kind, words in EXPECTED.items() if isinstance(cause, kind))
    return _rewritten(error, code, (swedish if language == "sv" else english).format(error=cause))


def _code(error: GraphQLError) -> str:
    return "GRAPHQL_VALIDATION_FAILED" if error.path is None else "FIELD_ERROR"


def _rewritten(error: GraphQLError, code: str, message: str | None = None, **params: object) -> GraphQLError:
    extensions = {**(error.extensions or {}), "code": code, **params}
    return GraphQLError(
        message or error.message, error.nodes, error.source, error.positions, error.path, extensions=extensions
    )
