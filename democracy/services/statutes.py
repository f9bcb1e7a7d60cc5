"""Adopting statutes: a unit's own version, checked under the levels above it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from democracy.domain.actors import Actor, Operator
from democracy.domain.kinds import UnitKind
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.use_case import Service, use_case
from democracy.storage.statutes import adopt, levels_above, unit_kind
from democracy.storage.unit_of_work import Unit
from workflows.statutes import Level, Statutes
from workflows.statutes.finding import Severity
from workflows.statutes.lint import lint

_LEVELS = {UnitKind.PARTY: Level.NATIONAL, UnitKind.DISTRICT: Level.DISTRICT}
"""What is not here is local."""


class StatutesService(Service):
    """Use cases of statutes."""

    @use_case
    async def adopt(
        self, unit: Unit, unit_id: UUID, statutes: Statutes, *, valid_from: date | None = None, actor: Actor
    ) -> UUID:
        """Store a version that the unit's highest body has adopted, in force from its first day (or `valid_from`).

        Adopting the same version again changes nothing. Raises InvalidInputError with every error that a check under
        the levels above finds, NotFoundError for whoever does not run the installation.
        """
        kind = await unit_kind(unit.session, unit_id)
        if kind is None or not isinstance(actor, Operator):
            raise NotFoundError("unit", unit_id)
        version = statutes if valid_from is None else replace(statutes, valid_from=valid_from)
        above = await levels_above(unit.session, unit_id, version.valid_from)
        _require_sound(version, above, _LEVELS.get(kind, Level.LOCAL))
        return await adopt(unit.session, unit_id, version, unit.now)


def _require_sound(statutes: Statutes, above: list[Statutes], level: Level) -> None:
    if statutes.level is not level:
        raise InvalidInputError(
            FieldError("level", "wrong_level", {"level": statutes.level.value, "unit": level.value})
        )
    errors = [each for each in lint(statutes, above=above) if each.severity is Severity.ERROR]
    if errors:
        raise InvalidInputError(*(FieldError(each.key, each.code, {"message": each.message}) for each in errors))
