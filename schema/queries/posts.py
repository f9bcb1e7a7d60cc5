"""Queries for posts: role templates and vacancies."""

import strawberry

from democracy.domain.actors import Anonymous
from democracy.errors import NotFoundError
from democracy.storage import statutes
from democracy.storage.reads import role_templates, units, vacancies
from schema.context import Info
from schema.ids import key_of
from schema.types.post import RoleTemplate, Vacancy


@strawberry.type
class PostQueries:
    """Root fields."""

    @strawberry.field(
        description="Posts that must be filled in a unit and in every unit below it, and that nobody fills today "
        "(vakanser): roles that the statutes require in a board, posts whose role template or election says so, "
        "roles of the office. For those who are signed in."
    )
    async def vacancies(self, info: Info, unit_id: strawberry.ID) -> list[Vacancy]:
        """By the statutes in force in that unit."""
        context, key = info.context, key_of(unit_id, "Unit", path="unitId")
        if isinstance(context.actor, Anonymous):
            return []
        async with context.app.database.read() as connection:
            try:
                rules = await statutes.in_force(connection, key, context.reader.today)
            except NotFoundError:
                return []
            below = await vacancies.within(connection, key)
            required = rules.parameters.boards.required_roles
            found = await vacancies.report(connection, context.reader, below, required)
            shown = await units.by_ids(connection, list({each.unit_id for each in found}))
        return [Vacancy.of(each, shown[each.unit_id]) for each in found]

    @strawberry.field(
        description="The role templates (uppdragsmallar) in force for posts of a unit, and those that it has declared "
        "for units below it. For those who are signed in.",
        metadata={"list_size": 10},
    )
    async def role_templates(self, info: Info, unit_id: strawberry.ID) -> list[RoleTemplate]:
        """Its own and from above."""
        key = key_of(unit_id, "Unit", path="unitId")
        async with info.context.app.database.read() as connection:
            found = await role_templates.for_unit(connection, info.context.reader, key)
        for view in found:
            info.context.loaders.posts.template.prime(view.id, view)
        return [RoleTemplate.of(view) for view in found]
