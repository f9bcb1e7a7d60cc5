"""Why and what next: the same for every kind of case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import strawberry

from democracy.storage.reads.history import StepView
from schema.language import Language
from schema.types.ledger import LedgerProof
from workflows.denial import Denial as Reason
from workflows.denial import Said
from workflows.engine import Awaiting, Option
from workflows.force import Force, Role
from workflows.statutes import Resolved, UnknownParagraphError
from workflows.words import explain, say


@strawberry.type(description="A paragraph of the statutes (stadgeparagraf) on which something rests.")
class Paragraph:
    """A paragraph as the case's own version of the statutes has it."""

    key: str = strawberry.field(description="What the rules call it; the same in every organisation's statutes.")
    number: str = strawberry.field(description="Its number in this organisation's statutes, such as `65`.")
    text: str = strawberry.field(description="In our own words, in Swedish or English.")
    version: str = strawberry.field(description="The day from which it applies (ISO 8601).")
    verified: bool = strawberry.field(description="Whether it was read in a source, or is our assumption.")
    source: str = strawberry.field(description="Where it was found.")


@strawberry.type(description="One reason why not. All reasons are given at once.")
class Denial:
    """A denial in words."""

    workflow: str = strawberry.field(description="The procedure whose rule it is: `motion`, `proposal` …")
    code: str = strawberry.field(description="Stable, for programs: `deadline_passed`, `wrong_state` …")
    message: str = strawberry.field(description="In words, with the remedy.")
    paragraph: Paragraph | None = strawberry.field(description="The paragraph that it rests on.")
    force: Force = strawberry.field(description="How strongly it binds.")
    allowed_from: datetime | None = strawberry.field(description="When this reason falls away by itself.")
    allowed_until: datetime | None = strawberry.field(description="The first moment at which it was or is too late.")
    next_chance: datetime | None = strawberry.field(
        description="Where it is too late: the same moment for the next occasion of the same kind."
    )
    who_may: list[Role] = strawberry.field(description="Those who may do this.")
    waivable_by: list[Role] = strawberry.field(
        description="Those who may record a decision to set this aside; empty when nobody can."
    )


@strawberry.type(description="Something that can be done with a case in its present state, by you or by somebody else.")
class Action:
    """An option in words."""

    name: str = strawberry.field(description="Stable name of the rule: `submit`, `admit` …")
    label: str = strawberry.field(description="In words.")
    allowed: bool = strawberry.field(description="Whether you may do it now.")
    denials: list[Denial] = strawberry.field(description="Every reason why not; empty when allowed.")
    warnings: list[Denial] = strawberry.field(description="Breaches of good order that stop nothing.")
    who_may: list[Role] = strawberry.field(description="Those who may do it.")
    opens_at: datetime | None = strawberry.field(description="From when it can be done.")
    closes_at: datetime | None = strawberry.field(description="The first moment at which it is too late.")


@strawberry.type(description="What a case waits for.")
class NextStep:
    """Who is to act."""

    what: str = strawberry.field(description="Name of the rule.")
    label: str = strawberry.field(description="In words.")
    who: Role = strawberry.field(description="Who is to act.")
    by: datetime | None = strawberry.field(description="The first moment at which it is too late, if there is one.")
    paragraph: Paragraph | None = strawberry.field(description="On what ground.")


@strawberry.type(description="A deadline with the way in which it was derived.")
class Deadline:
    """A derived time."""

    name: str = strawberry.field(description="`motions`, `notice`, `replies`, `completion` …")
    at: datetime = strawberry.field(description="The first moment at which it is too late.")
    derivation: str = strawberry.field(description="How it follows from the statutes, in words.")


@strawberry.type(description="A step that was taken (händelse).")
class HistoryStep:
    """One row of a case's history."""

    step: str = strawberry.field(description="Name of the rule that was followed.")
    label: str = strawberry.field(description="In words.")
    from_: str = strawberry.field(name="from", description="State before.")
    to: str = strawberry.field(description="State after.")
    by: list[Role] = strawberry.field(description="In what capacity it was done.")
    at: datetime = strawberry.field(description="When the request had been read.")
    paragraph: Paragraph | None = strawberry.field(description="On what ground.")
    proof: LedgerProof | None = strawberry.field(description="Null for the first second, until the ledger has it.")


@dataclass(frozen=True)
class Reading:
    """How this reader is spoken to: language, zone, and the statutes of the case."""

    language: Language
    zone: ZoneInfo
    rules: Resolved | None

    def paragraph(self, key: str | None) -> Paragraph | None:
        """A paragraph of the case's statutes."""
        if key is None or self.rules is None:
            return None
        try:
            found = self.rules.paragraph(key)
        except UnknownParagraphError:
            return None
        text = found.text_en if self.language == "en" and found.text_en else found.text
        return Paragraph(
            key=key,
            number=found.number,
            text=text,
            version=found.valid_from.isoformat(),
            verified=found.verified,
            source=found.source,
        )

    def denial(self, reason: Reason) -> Denial:
        """A reason in words."""
        return Denial(
            workflow=reason.workflow,
            code=reason.code,
            message=explain(reason, language=self.language, zone=self.zone),
            paragraph=self.paragraph(reason.paragraph),
            force=reason.force,
            allowed_from=reason.allowed_from,
            allowed_until=reason.allowed_until,
            next_chance=reason.next_chance,
            who_may=sorted(reason.who_may),
            waivable_by=sorted(reason.waivable_by),
        )

    def action(self, workflow: str, option: Option) -> Action:
        """An option in words."""
        return Action(
            name=option.name,
            label=self.say(f"{workflow}.action.{option.name}"),
            allowed=option.allowed,
            denials=[self.denial(reason) for reason in option.denials],
            warnings=[self.denial(reason) for reason in option.warnings],
            who_may=sorted(option.by),
            opens_at=option.opens_at,
            closes_at=option.closes_at,
        )

    def next_step(self, workflow: str, awaiting: Awaiting) -> NextStep:
        """What is awaited, in words."""
        return NextStep(
            what=awaiting.what,
            label=self.say(f"{workflow}.action.{awaiting.what}"),
            who=awaiting.who,
            by=awaiting.by,
            paragraph=self.paragraph(awaiting.paragraph),
        )

    def step(self, view: StepView) -> HistoryStep:
        """A step in words."""
        proof = LedgerProof(record=view.record, position=view.position) if view.position is not None else None
        return HistoryStep(
            step=view.rule,
            label=self.say(f"{view.workflow}.action.{view.rule}"),
            from_=view.source,
            to=view.dest,
            by=[Role(role) for role in view.roles],
            at=view.at,
            paragraph=self.paragraph(view.paragraph),
            proof=proof,
        )

    def say(self, key: str, params: Mapping[str, Said] | None = None) -> str:
        """A text of the messages."""
        return say(key, params or {}, language=self.language, zone=self.zone)
