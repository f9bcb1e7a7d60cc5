"""Statutes (stadgar) in the API."""

from datetime import date

import strawberry

from schema.types.case import Paragraph


@strawberry.type(description="An interpretation (tolkning) that stands in the statutes and settles a parameter.")
class StandingInterpretation:
    """One of them."""

    parameter: str = strawberry.field(description="The parameter that it settles.")
    paragraph: str = strawberry.field(description="Key of the paragraph that is read.")
    decided_by: str = strawberry.field(description="The body or meeting that decided it.")
    decided_on: date = strawberry.field(description="Its day.")
    text: str = strawberry.field(description="How the paragraph is read.")


@strawberry.type(description="The statutes that are in force in a unit: its own under those of the levels above.")
class Statutes:
    """A resolved set."""

    digest: str = strawberry.field(description="SHA-256 of the canonical text of every level: what a case keeps.")
    levels: list[str] = strawberry.field(description="Names of the sets it is made of, the highest level first.")
    paragraphs: list[Paragraph] = strawberry.field(description="Every paragraph that a rule may rest on.")
    interpretations: list[StandingInterpretation] = strawberry.field(
        description="Interpretations of unclear paragraphs, each the source of the parameter that it settles."
    )
