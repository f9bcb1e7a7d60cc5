"""The engine: a workflow is a value that is given facts and a time, and answers with a step or every reason why not.

`step()` and `options()` share one evaluator, so what a person is told that they may do is what they may do.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from transitions import Machine

from workflows.checks import check_workflow
from workflows.denial import Denial, StepDenied
from workflows.force import Force, Role
from workflows.rule import Guard, Rule
from workflows.step import Awaited, Awaiting, Option, Step, plain_facts

__all__ = [
    "Awaited",
    "Awaiting",
    "Denial",
    "Force",
    "Guard",
    "Option",
    "Role",
    "Rule",
    "Step",
    "StepDenied",
    "Workflow",
]

S = TypeVar("S", bound=Enum)
F = TypeVar("F")


class _Attempt(Generic[S, F]):
    """One question to the machine. `transitions` sees this throw-away value, never a row."""

    __slots__ = ("denials", "facts", "now", "roles", "state", "waived", "warnings")

    def __init__(self, state: S, facts: F, roles: frozenset[Role], now: datetime, waived: frozenset[str]) -> None:
        self.state = state
        self.facts = facts
        self.roles = roles
        self.now = now
        self.waived = waived
        self.denials: tuple[Denial, ...] = ()
        self.warnings: tuple[Denial, ...] = ()


class Workflow(Generic[S, F]):
    """The procedure of one kind of case.

    Refuses, when it is made, to be a procedure in which a case can be lost: every state can be reached, and each that
    is not final has a way out and names who is to act (a role, or the clock) and by which rule.
    """

    def __init__(
        self,
        *,
        name: str,
        states: type[S],
        initial: S,
        rules: tuple[Rule[S, F], ...],
        awaits: Mapping[S, Awaited],
        invites: Mapping[S, tuple[Awaited, ...]] | None = None,
        final: frozenset[S] = frozenset(),
    ) -> None:
        """`awaits` is what moves a case on from a state; `invites` is what others are asked for meanwhile."""
        self.name = name
        self.states = states
        self.initial = initial
        self.rules: Mapping[str, Rule[S, F]] = {rule.name: rule for rule in rules}
        self.awaits = awaits
        self.invites: Mapping[S, tuple[Awaited, ...]] = invites or {}
        self.final = final
        check_workflow(name, states, initial, rules, awaits, final)
        self._machine = self._build(rules)

    def _build(self, rules: tuple[Rule[S, F], ...]) -> Machine:
        machine = Machine(model=None, states=self.states, initial=self.initial, auto_transitions=False, send_event=True)
        for rule in rules:
            # From every state: the machine would raise in a wrong one, the evaluator gives it as a reason.
            machine.add_transition(
                rule.name,
                source="*",
                dest="=" if rule.dest is None else rule.dest,
                conditions=lambda event, rule=rule: self._may(rule, event.model),
            )
        return machine

    def _may(self, rule: Rule[S, F], attempt: _Attempt[S, F]) -> bool:
        attempt.denials, attempt.warnings = self._evaluate(rule, attempt)
        return not attempt.denials

    def _evaluate(self, rule: Rule[S, F], attempt: _Attempt[S, F]) -> tuple[tuple[Denial, ...], tuple[Denial, ...]]:
        """Every reason why not, and every warning. The one place where a rule is judged."""
        denials: list[Denial] = []
        warnings: list[Denial] = []
        if attempt.state not in rule.source:
            denials.append(self._own(rule, "wrong_state", {"state": f"{self.name}.state.{attempt.state.name}"}))
        if not rule.open_to(attempt.roles):
            denials.append(self._own(rule, "not_your_role", {}))
        for guard in rule.guards:
            if guard.code in attempt.waived and guard.waivable_by(attempt.facts):
                continue
            holds = guard.holds(attempt.facts, attempt.now)
            if holds is not True and holds is not False:
                raise TypeError(f"{self.name}.{rule.name}: guard {guard.code} answered {holds!r}, not True or False")
            if not holds:
                reasons = warnings if guard.force is Force.CUSTOM else denials
                reasons.append(guard.denial(self.name, rule, attempt.facts, attempt.now))
        return tuple(denials), tuple(warnings)

    def _own(self, rule: Rule[S, F], code: str, params: dict[str, str]) -> Denial:
        return Denial(
            workflow=self.name,
            rule=rule.name,
            code=code,
            force=Force.INTEGRITY if code == "wrong_state" else Force.STATUTE,
            paragraph=rule.paragraph,
            params={"action": f"{self.name}.action.{rule.name}", **params},
            who_may=rule.by,
        )

    def wrong_role(self, name: str) -> StepDenied:
        """The refusal of somebody with none of the rule's roles, before anything has been looked up for them."""
        return StepDenied((self._own(self.rules[name], "not_your_role", {}),))

    def step(
        self,
        name: str,
        state: S,
        facts: F,
        *,
        roles: frozenset[Role],
        now: datetime,
        waived: frozenset[str] = frozenset(),
    ) -> Step[S]:
        """The step by rule `name`; raises StepDenied with every reason, KeyError for a rule that does not exist."""
        rule = self.rules[name]
        attempt = _Attempt(state, facts, roles, now, waived)
        if not self._machine.events[name].trigger(attempt):
            raise StepDenied(attempt.denials)
        held_off = frozenset(
            guard.code for guard in rule.guards if guard.code in waived and not guard.holds(facts, now)
        )
        return Step(
            workflow=self.name,
            rule=name,
            source=state,
            dest=attempt.state,
            paragraph=rule.paragraph,
            roles=roles & rule.by,
            now=now,
            facts=plain_facts(facts),
            waived=held_off,
            warnings=attempt.warnings,
        )

    def options(
        self,
        state: S,
        facts: F,
        *,
        roles: frozenset[Role],
        now: datetime,
        waived: frozenset[str] = frozenset(),
    ) -> tuple[Option, ...]:
        """Every rule out of `state`: allowed or not, why, by whom, and when it opens and closes."""
        attempt = _Attempt(state, facts, roles, now, waived)
        return tuple(self._option(rule, attempt) for rule in self.rules.values() if state in rule.source)

    def _option(self, rule: Rule[S, F], attempt: _Attempt[S, F]) -> Option:
        denials, warnings = self._evaluate(rule, attempt)
        # What only warns shuts no door, and so opens none.
        doors = [guard for guard in rule.guards if guard.force is not Force.CUSTOM]
        opens = [at for guard in doors if (at := guard.opens_at(attempt.facts)) is not None]
        closes = [at for guard in doors if (at := guard.closes_at(attempt.facts)) is not None]
        return Option(
            name=rule.name,
            allowed=not denials,
            denials=denials,
            warnings=warnings,
            by=rule.by,
            paragraph=rule.paragraph,
            opens_at=max(opens, default=None),
            closes_at=min(closes, default=None),
        )

    def next_steps(self, state: S, facts: F, *, now: datetime) -> tuple[Awaiting, ...]:
        """What the case waits for: first what moves it on, then what others are asked for; nothing in a final state.

        An invitation is left out where whoever is invited could not follow it now.
        """
        awaited = self.awaits.get(state)
        open_invitations = (each for each in self.invites.get(state, ()) if self._could(each, state, facts, now))
        return tuple(self._awaiting(each, facts) for each in (*filter(None, (awaited,)), *open_invitations))

    def _could(self, invited: Awaited, state: S, facts: F, now: datetime) -> bool:
        attempt = _Attempt(state, facts, frozenset({invited.who}), now, frozenset())
        return not self._evaluate(self.rules[invited.what], attempt)[0]

    def _awaiting(self, awaited: Awaited, facts: F) -> Awaiting:
        rule = self.rules[awaited.what]
        closes = [at for guard in rule.guards if (at := guard.closes_at(facts)) is not None]
        return Awaiting(awaited.who, awaited.what, min(closes, default=None), rule.paragraph)

    def paragraphs(self) -> frozenset[str]:
        """Every key of a paragraph that a rule or a guard names: each must exist in every statutes file."""
        own = {rule.paragraph for rule in self.rules.values()}
        guards = {guard.paragraph for rule in self.rules.values() for guard in rule.guards if guard.paragraph}
        return frozenset(own | guards)

    def message_keys(self) -> frozenset[str]:
        """Every key that the messages must have words for."""
        codes = {f"{self.name}.{code}" for rule in self.rules.values() for code in rule.codes}
        actions = {f"{self.name}.action.{rule}" for rule in self.rules}
        states = {f"{self.name}.state.{state.name}" for state in self.states}
        return frozenset(codes | actions | states)

    def replay(self, recorded: Mapping[str, Any], facts: F) -> tuple[Denial, ...]:
        """What today's rules would say of a step taken under yesterday's: empty when they still allow it."""
        attempt = _Attempt(
            self.states[recorded["source"]],
            facts,
            frozenset(Role(name) for name in recorded["roles"]),
            datetime.fromisoformat(recorded["now"]),
            frozenset(recorded.get("waived", ())),
        )
        return self._evaluate(self.rules[recorded["rule"]], attempt)[0]
