"""Conditions that everything decided in a meeting shares, and who follows those rules."""

from typing import Any

from workflows.engine import Force, Guard, Role

BY_CHAIR = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY})
"""The chair says it; the meeting's secretary records what the chair has said."""
BY_PROPOSER = frozenset({Role.PROPOSER, Role.MEETING_SECRETARY})
"""Whoever has the right to propose; the meeting's secretary for one who hands in a slip."""

MEETING_SITS = Guard[Any](
    "meeting_not_sitting",
    lambda facts, now: facts.meeting_sits,
    paragraph="meeting-decision",
    force=Force.INTEGRITY,
)
ITEM_OPEN = Guard[Any](
    "item_not_open",
    lambda facts, now: facts.item_open,
    paragraph="meeting-decision",
    force=Force.INTEGRITY,
)
IN_SESSION: tuple[Guard[Any], ...] = (MEETING_SITS, ITEM_OPEN)
