"""How the reader of one operation is spoken to."""

from schema.context import Context
from schema.types.case import Reading


async def reading_of(context: Context, statutes: str | None) -> Reading:
    """Language, zone and the statutes that a case is tried by, from their digest."""
    rules = await context.loaders.rules.load(statutes) if statutes else None
    return Reading(context.language, context.app.zone, rules)
