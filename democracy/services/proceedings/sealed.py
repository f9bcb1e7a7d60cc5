"""A secret division in a sealed urn: opened with it, counted when it is closed. Nothing tells how anybody voted."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from democracy.ballotbox.manifest import Question
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.outcome import Count
from democracy.services.proceedings.tellers import figures
from democracy.services.urns.meeting import BallotForm, MeetingUrns, Vote
from democracy.storage.division_case import DivisionCase
from democracy.storage.rolls import Entry
from democracy.storage.tables.division import DivisionRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.words import phrase
from workflows.proceedings import DivisionMethod

YES, NO, ABSTAIN, BLANK = "ja", "nej", "avstar", ""
"""What stands on the sealed ballot."""
QUESTION = "1"


async def open_urn(
    unit: Unit, urns: MeetingUrns | None, row: DivisionRow, case: DivisionCase, entries: Sequence[Entry], actor: Actor
) -> UUID:
    """An urn for a division's roll. Raises InvalidInputError where the vote has to be taken on paper."""
    if urns is None or row.method is not DivisionMethod.SECRET:
        raise InvalidInputError(FieldError("sealed", "only_secret_in_urn"))
    if any(each.votes != 1 for each in entries):
        raise InvalidInputError(FieldError("sealed", "weights_in_urn"))
    says = phrase("sealed_question", "sv", yes=row.yes_means or "", no=row.no_means or "")
    question = Question(id=QUESTION, kind="one", options=[YES, NO, ABSTAIN], text=says)
    roll = [each.member_id for each in entries]
    vote = Vote(case.meeting_id, roll, BallotForm((question,)), case.statutes)
    return await urns.open_for(unit, vote, actor=actor)


async def count_urn(unit: Unit, urns: MeetingUrns | None, row: DivisionRow, actor: Actor) -> dict[str, Any]:
    """Close and open a division's urn, and let its figures stand. Returns what the ledger keeps of it."""
    if urns is None or row.urn_id is None:
        raise InvalidInputError(FieldError("sealed", "only_secret_in_urn"))
    opened = await urns.close_and_open(unit, row.urn_id, actor=actor)
    tally = json.loads(opened.protocol or b"{}")["questions"][QUESTION]["tally"]
    count = Count(tally.get(YES, 0), tally.get(NO, 0), tally.get(ABSTAIN, 0), tally.get(BLANK, 0))
    row.yes, row.no, row.abstained, row.blank = count.yes, count.no, count.abstained, count.blank
    return {"count": figures(count), "urn": opened.m.hex(), "spoilt": opened.spoilt}
