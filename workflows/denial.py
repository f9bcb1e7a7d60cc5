"""Why something may not be done: code, ground and remedy. The words are found in `messages`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from workflows.force import Force, Role

Said: TypeAlias = str | int | datetime | bool | None
"""What a message's placeholder may hold. Times are aware and in UTC; the reader's language decides their form."""


@dataclass(frozen=True)
class Denial:
    """One reason why not. All reasons are given at once, each resting on its own paragraph."""

    workflow: str
    rule: str
    code: str
    """Stable, for programs: `wrong_state`, `deadline_passed` …"""
    force: Force
    paragraph: str | None = None
    """Key of the paragraph in the statutes that the case follows."""
    params: Mapping[str, Said] = field(default_factory=dict)
    allowed_from: datetime | None = None
    """When this reason falls away by itself, if it does."""
    allowed_until: datetime | None = None
    """When the door closed or closes."""
    next_chance: datetime | None = None
    """Where the door has closed: the last moment for the next occasion of the same kind."""
    who_may: frozenset[Role] = frozenset()
    """Those who may do this."""
    waivable_by: frozenset[Role] = frozenset()
    """Those who may record a decision to set this aside; empty when nobody can."""

    @property
    def key(self) -> str:
        """Where its words are: `motion.deadline_passed`, or `engine.wrong_state` for the engine's own."""
        return f"{'engine' if self.code in ENGINE_CODES else self.workflow}.{self.code}"


ENGINE_CODES = frozenset({"wrong_state", "not_your_role"})
"""Reasons that the engine itself gives, in every workflow."""


class StepDenied(Exception):  # noqa: N818 - it is a refusal, not an error
    """The rules say no. Carries every reason."""

    def __init__(self, denials: tuple[Denial, ...]) -> None:
        super().__init__(", ".join(denial.key for denial in denials))
        self.denials = denials
        self.statutes: str | None = None
        """Digest of the statutes that the case is tried by, where whoever asked has said it."""

    def under(self, statutes: str | None) -> "StepDenied":
        """Itself, telling under which statutes it was refused."""
        self.statutes = statutes
        return self
