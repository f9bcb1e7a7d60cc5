"""The statutes in force."""

import strawberry

from democracy.domain.actors import Anonymous
from democracy.errors import NotFoundError
from democracy.storage import statutes
from schema.context import Info
from schema.ids import parsed
from schema.types.case import Reading
from schema.types.statutes import StandingInterpretation, Statutes


@strawberry.type
class RuleQueries:
    """Root fields."""

    @strawberry.field(
        description="The statutes (stadgar) in force today in a unit; null where none have been adopted, and for "
        "whoever is not signed in."
    )
    async def statutes(self, info: Info, unit_id: strawberry.ID) -> Statutes | None:
        """Resolved from the unit's level and those above."""
        context, found = info.context, parsed(unit_id)
        if found is None or found[0] != "Unit" or isinstance(context.actor, Anonymous):
            return None
        try:
            async with context.app.database.read() as connection:
                rules = await statutes.in_force(connection, found[1], context.reader.today)
        except NotFoundError:
            return None
        reading = Reading(context.language, context.app.zone, rules)
        paragraphs = [reading.paragraph(key) for key in sorted(rules.paragraphs)]
        return Statutes(
            digest=rules.digest,
            levels=[level.name for level in rules.levels],
            paragraphs=[each for each in paragraphs if each is not None],
            interpretations=[
                StandingInterpretation(
                    parameter=each.parameter,
                    paragraph=each.paragraph,
                    decided_by=each.decided_by,
                    decided_on=each.decided_on,
                    text=each.text,
                )
                for level in rules.levels
                for each in level.interpretations
            ],
        )
