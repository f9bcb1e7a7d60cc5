"""Refusals before GraphQL is reached: what is wrong with the HTTP request, in the shape of a GraphQL error."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import HTTPConnection
from starlette.responses import Response

from schema.language import Language, language_of
from schema.limits import REMEDIES

WORDS: dict[str, tuple[int, str, str]] = {
    "METHOD_NOT_ALLOWED": (
        405,
        "Adressen tar inte emot den metoden. Huvudet Allow säger vilka den tar.",
        "This address does not take that method. The header Allow says which it takes.",
    ),
    "MUTATION_BY_GET": (405, "Ändringar skickas med POST.", "Mutations are sent by POST."),
    "NOT_ACCEPTABLE": (
        406,
        "Svaret finns som application/graphql-response+json, application/json eller text/event-stream.",
        "The answer can be application/graphql-response+json, application/json or text/event-stream.",
    ),
    "SUBSCRIPTION_NEEDS_STREAM": (
        406,
        "Prenumerationer går över WebSocket (graphql-transport-ws) eller med Accept: text/event-stream.",
        "Subscriptions go by WebSocket (graphql-transport-ws) or with Accept: text/event-stream.",
    ),
    "UNSUPPORTED_MEDIA_TYPE": (
        415,
        "Skicka Content-Type: application/json i UTF-8, utan komprimering.",
        "Send Content-Type: application/json in UTF-8, not compressed.",
    ),
    "BODY_LIMIT": (413, *REMEDIES["BODY_LIMIT"]),
    "INVALID_JSON": (400, "Anropet går inte att läsa som JSON.", "The request cannot be read as JSON."),
    "BATCHING_OFF": (
        400,
        "Skicka en operation i taget: ett JSON-objekt, inte en lista.",
        "Send one operation at a time: a JSON object, not a list.",
    ),
    "MISSING_QUERY": (400, "Parametern query saknas.", "The parameter query is missing."),
    "INVALID_PARAMETER": (
        400,
        "Parametern {name} har fel typ: den ska vara {expected}.",
        "The parameter {name} has the wrong type: it should be {expected}.",
    ),
    "NUL_CHARACTER": (
        400,
        "Texten innehåller tecknet NUL (U+0000), som inte hör hemma i någon text. Ta bort det.",
        "The text holds the character NUL (U+0000), which belongs in no text. Remove it.",
    ),
    "OPERATION_NOT_FOUND": (
        400,
        "Ange med operationName en av operationerna i dokumentet.",
        "Name one of the document's operations in operationName.",
    ),
    "CSRF_HEADER_MISSING": (
        403,
        "Skicka huvudet X-Democracy-Client när du är inloggad med en kaka.",
        "Send the header X-Democracy-Client when signed in by a cookie.",
    ),
    "ORIGIN_NOT_ALLOWED": (
        403,
        "Sidans ursprung (Origin) får inte använda den här anslutningen. Lägg till det i DEMOCRACY_ALLOWED_ORIGINS.",
        "The page's Origin may not use this connection. Add it to DEMOCRACY_ALLOWED_ORIGINS.",
    ),
    "UNAUTHENTICATED": (
        401,
        "Inloggningen gäller inte längre. Logga in igen.",
        "The session has ended. Sign in again.",
    ),
    "NOT_FOUND": (404, "Det finns ingen sådan sida.", "There is no such page."),
    "PDF_UNAVAILABLE": (
        503,
        "Servern kan inte göra PDF. Hämta .html eller .md. Den som sköter servern kan installera democracy[pdf].",
        "This server makes no PDF. Fetch .html or .md. Whoever runs it can install democracy[pdf].",
    ),
    "INTERNAL": (
        500,
        "Något gick fel hos oss. Uppge händelsen {incident} om du hör av dig.",
        "Something went wrong on our side. Mention incident {incident} if you write to us.",
    ),
}
"""Code → HTTP status, and what is wrong in Swedish and English."""


class RefusedError(Exception):
    """The request is refused as a whole. A context factory may raise it too, for instance with `UNAUTHENTICATED`."""

    def __init__(self, code: str, *, headers: Mapping[str, str] | None = None, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params
        self.status = WORDS[code][0]
        self.headers = dict(headers or {})

    def words(self, language: Language) -> str:
        """The message in `sv` or `en`."""
        _, swedish, english = WORDS[self.code]
        return (swedish if language == "sv" else english).format(**self.params)

    def body(self, language: Language) -> dict[str, Any]:
        """The answer's JSON: one error with its code."""
        return {"errors": [{"message": self.words(language), "extensions": {"code": self.code, **self.params}}]}


def refusal_response(
    connection: HTTPConnection, refusal: RefusedError, media_type: str = "application/json"
) -> Response:
    """A refusal as JSON, in the reader's language."""
    language = language_of(connection)
    headers = {**refusal.headers, "content-language": language, "vary": "accept, accept-language"}
    body = orjson.dumps(refusal.body(language))
    return Response(body, refusal.status, headers, media_type=f"{media_type}; charset=utf-8")
