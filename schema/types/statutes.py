"""Statutes (stadgar) in the API."""

import strawberry

from schema.types.case import Paragraph


@strawberry.type(description="The statutes that are in force in a unit: its own under those of the levels above.")
class Statutes:
    """A resolved set."""

    digest: str = strawberry.field(description="SHA-256 of the canonical text of every level: what a case keeps.")
    levels: list[str] = strawberry.field(description="Names of the sets it is made of, the highest level first.")
    paragraphs: list[Paragraph] = strawberry.field(description="Every paragraph that a rule may rest on.")
