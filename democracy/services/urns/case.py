"""What the use cases of an urn share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from democracy.ballotbox.faults import UrnError
from democracy.ballotbox.story import Story, check_order, check_signatures, read_log
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.urns.seeds import Seeds
from democracy.services.use_case import Service
from democracy.storage import urn_log, urns
from democracy.storage.ledger import Text
from democracy.storage.unit_of_work import Unit
from democracy.storage.urns import UrnCase
from workflows.engine import StepDenied
from workflows.urn import URN, UrnFacts


@dataclass(frozen=True)
class UrnService(Service):
    """Use cases of urns, with the folder where the installation's seeds lie."""

    seeds: Seeds = field(kw_only=True)


async def take(
    unit: Unit,
    case: UrnCase,
    rule: str,
    *,
    actor: Actor,
    facts: UrnFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
) -> None:
    """Follow a rule, write the state that it leads to, and record it. Raises StepDenied with every reason."""
    try:
        step = URN.step(rule, case.state, facts or case.facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.row.statutes_digest) from None
    await urns.apply(unit, step, case.row)
    unit.record(
        step, case.row.id, by=actor, statutes=case.row.statutes_digest, outcome=outcome, texts=texts,
        meeting=case.row.meeting_id,
    )  # fmt: skip


async def longer(unit: Unit, case: UrnCase, leaf: bytes) -> Story:
    """The log's signed leaves with one more, if it is signed and stands in order; raises InvalidInputError.

    Ballots are left out: they are many, and nothing that is signed depends on them here.
    """
    held = await urn_log.leaves_but_ballots(unit.session, case.row.id)
    try:
        story = read_log([*held, leaf])
        check_order(story)
        check_signatures(story)
    except UrnError as error:
        raise InvalidInputError(FieldError("leaf", "unsound", {"message": str(error)})) from None
    return story
