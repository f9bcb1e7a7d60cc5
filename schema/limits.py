"""How much one request may ask for, and the refusal that says which limit was met.

The numbers are meant to be far above what a screen needs and far below what hurts: the page of fifty motions with
movers, clauses, replies and actions costs about a fifth of the ceiling, and the standard introspection query is 17
levels deep with 220 fields.
"""

from dataclasses import dataclass
from typing import Any

from graphql.validation.validate import ValidationAbortedError


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one request. A request at the ceiling is still served."""

    depth: int = 20
    """Nested braces, fragments written out."""
    aliases: int = 50
    """Aliases in the document, fragments written out."""
    fields: int = 500
    """Fields in the document, fragments written out, each counted once however long its list is."""
    repeats: int = 20
    """How often one field may be written out again in the same braces."""
    fragments: int = 60
    """Named fragments in one document."""
    operations: int = 20
    """Operations in one document."""
    root_field: int = 10
    """How often one root field may be asked for in one operation; introspection may be asked for once."""
    cost: int = 25_000
    """Objects in the answer, by estimate: list sizes multiply."""
    list_size: int = 5
    """What a list without a size argument is taken to hold."""
    page_size: int = 100
    """What a connection without `first` or `last` is taken to hold: the largest page."""
    tokens: int = 4_000
    """Lexical tokens in a document."""
    comments: int = 200
    """Comments in a document."""
    body: int = 1_048_576
    """Bytes in a request's body, a WebSocket message or a query string."""


REMEDIES: dict[str, tuple[str, str]] = {
    "DEPTH_LIMIT": (
        "Frågan är djupare än {limit} nivåer. Dela den i flera frågor.",
        "The query nests deeper than {limit} levels. Split it into several queries.",
    ),
    "ALIAS_LIMIT": (
        "Frågan har fler än {limit} alias. Dela den i flera frågor, eller använd nodes(ids:).",
        "The query has more than {limit} aliases. Split it into several queries, or use nodes(ids:).",
    ),
    "FIELD_LIMIT": (
        "Frågan har fler än {limit} fält när fragmenten skrivs ut. Be bara om de fält du visar.",
        "The query has more than {limit} fields with its fragments written out. Ask only for the fields you show.",
    ),
    "REPEAT_LIMIT": (
        "Samma fält står fler än {limit} gånger på ett ställe. Skriv det en gång.",
        "The same field stands more than {limit} times in one place. Write it once.",
    ),
    "FRAGMENT_LIMIT": (
        "Dokumentet har fler än {limit} fragment. Skicka bara de fragment som frågan använder.",
        "The document has more than {limit} fragments. Send only those that the query uses.",
    ),
    "FRAGMENT_CYCLE": (
        "Fragmentet {name} innehåller sig självt. Ta bort den spridning som sluter cirkeln.",
        "The fragment {name} contains itself. Remove the spread that closes the circle.",
    ),
    "OPERATION_LIMIT": (
        "Dokumentet har fler än {limit} operationer. Skicka dem i flera anrop.",
        "The document has more than {limit} operations. Send them in several requests.",
    ),
    "ROOT_FIELD_LIMIT": (
        "Fältet {name} får begäras högst {limit} gånger i ett anrop. Skicka flera anrop.",
        "The field {name} may be asked for at most {limit} times in one request. Send several requests.",
    ),
    "COST_LIMIT": (
        "Frågan beräknas kosta {requested} och får kosta {limit}. Be om kortare sidor eller färre nästlade listor.",
        "The query is estimated to cost {requested} and may cost {limit}. Ask for shorter pages or fewer nested lists.",
    ),
    "TOKEN_LIMIT": (
        "Frågan är för lång: högst {limit} ord och tecken. Lägg värden i variabler och dela frågan.",
        "The query is too long: at most {limit} tokens. Put values into variables and split the query.",
    ),
    "BODY_LIMIT": (
        "Anropet är större än {limit} byte. Dela det i flera.",
        "The request is larger than {limit} bytes. Split it into several.",
    ),
}
"""Code → what it means and what to do about it, in Swedish and English."""


class LimitReachedError(ValidationAbortedError):
    """A limit was met before anything ran. Ends validation at once, so that no costlier rule sees the document."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(REMEDIES[code][1].format(**params), extensions={"code": code, **params})
        self.code = code
        self.params = params

    def words(self, language: str) -> str:
        """The message in `sv` or `en`."""
        return REMEDIES[self.code][0 if language == "sv" else 1].format(**self.params)
