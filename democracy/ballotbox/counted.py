"""What the manifest's rule says, and the protocol by it, where a question is ranked: Schulze's method.

count/1 schulze {…}                                         the only question is ranked
counts/1 {"1":"tally/1","2":"count/1 schulze {…}"}          several questions, each by its own rule
"""

from collections.abc import Sequence
from typing import Any

from democracy.ballotbox.ballot import Body
from democracy.ballotbox.manifest import Manifest, Question
from democracy.ballotbox.rules import (
    COUNT,
    TALLY,
    YES_NO,
    ballots_of,
    count,
    count_rule,
    counts_rule,
    rules_of,
    tally,
)
from democracy.counting.ballots import Ballots
from democracy.counting.protocol import Protocol
from democracy.counting.protocol import canonical as text
from democracy.counting.schulze import SchulzeRule, count_schulze

_YES_NO_OPTIONS = ["ja", "nej"]


def rule_for(questions: Sequence[Question], paragraph: str = "") -> str:
    """How ballots on these questions are counted: fixed before the first of them is cast."""
    rules = {each.id: _rule(each, paragraph) for each in questions}
    ranked = any(rule != TALLY for rule in rules.values())
    if len(rules) > 1:
        return counts_rule(rules) if ranked else TALLY
    only = questions[0]
    return YES_NO if only.kind == "one" and only.options == _YES_NO_OPTIONS else rules[only.id]


def protocol_of(manifest: Manifest, ballots: Sequence[Body], paper: dict[str, Any] | None = None) -> bytes:
    """The protocol by the manifest's rule, its text canonical, with the papers' figures beside where there are any."""
    if not manifest.rule.startswith("count"):
        return count(manifest, ballots, paper)
    beside = {} if paper is None else {"paper": paper}
    questions = {each.id: each for each in manifest.questions}
    found = {each: _counted(questions[each], rule, ballots) for each, rule in rules_of(manifest).items()}
    if manifest.rule.startswith(COUNT):
        return text(next(iter(found.values())) | beside).encode()
    return text({"questions": found} | beside).encode()


def schulze(ballots: Ballots, paragraph: str = "") -> Protocol:
    """One winner among ranked alternatives, or several whom nobody's vote tells apart."""
    return count_schulze(ballots, SchulzeRule(paragraph=paragraph))


def _rule(question: Question, paragraph: str) -> str:
    if question.kind != "rank":
        return TALLY
    return count_rule(schulze(Ballots(tuple(question.options), {}), paragraph))


def _counted(question: Question, rule: str, ballots: Sequence[Body]) -> dict[str, Any]:
    if rule == TALLY:
        return {"tally": tally(question, ballots)}
    protocol = schulze(ballots_of(question, ballots))
    paragraph = rule.partition(" schulze ")[2]
    made = count_rule(protocol)
    if made != rule:
        raise ValueError(f"no rule that ballots are counted by here: {paragraph or rule}")
    return protocol.data()
