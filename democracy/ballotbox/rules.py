"""How the opened ballots are counted, as the manifest's `rule` fixed it before the first vote, and the recount.

    ja-nej/1                        one question of kind `one`: {"tally": {"ja": 3, "nej": 2, "": 1}}
    tally/1                         any questions but ranked ones: {"questions": {"1": {"tally": {…}}, "2": …}}
    count/1 METHOD {…the rule…}     one question: a protocol of democracy/counting with exactly this rule
    counts/1 {"1": RULE, "2": …}    several, each by one of the two above: {"questions": {"1": …, "2": …}}

"" is blank; what nobody chose is not named. A protocol may hold `paper` beside (paper.py). A text counts as its number.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from democracy.ballotbox.ballot import Body
from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.manifest import Manifest, Question
from democracy.counting.ballots import Ballots, Ranking
from democracy.counting.protocol import Protocol
from democracy.counting.protocol import canonical as rule_text
from democracy.counting.recount import recount

YES_NO = "ja-nej/1"
TALLY = "tally/1"
COUNT = "count/1"
COUNTS = "counts/1"
_YES_NO_OPTIONS = 2


def count_rule(protocol: Protocol) -> str:
    """What to write in a manifest so that only this method with this rule can be counted."""
    return f"{COUNT} {protocol.method} {rule_text(dict(protocol.rule))}"


def counts_rule(rules: Mapping[str, str]) -> str:
    """What to write in a manifest whose questions, by their ids, are counted by different rules."""
    return f"{COUNTS} {canonical(dict(rules)).decode()}"


def rules_of(manifest: Manifest) -> dict[str, str]:
    """The rule of each question, by its id; raises ValueError for a manifest that does not give every one its own."""
    kind, _, rest = manifest.rule.partition(" ")
    ids = [each.id for each in manifest.questions]
    if kind == COUNT and len(ids) == 1:
        return {ids[0]: manifest.rule}
    rules = json.loads(rest) if kind == COUNTS else None
    if not isinstance(rules, dict) or sorted(rules) != sorted(ids) or not all(map(_by_question, rules.values())):
        raise ValueError(f"no such rule: {manifest.rule}")
    return rules


def _by_question(rule: Any) -> bool:
    return rule == TALLY or (isinstance(rule, str) and rule.startswith(COUNT + " "))


def count(manifest: Manifest, ballots: Sequence[Body], paper: dict[str, Any] | None = None) -> bytes:
    """The protocol by `ja-nej/1` or `tally/1`, canonical; raises ValueError for a rule that counting has to count."""
    found = _tallied(manifest, ballots)
    if found is None:
        raise ValueError(f"{manifest.rule} is counted by democracy/counting, from ballots_of()")
    return canonical(found | ({} if paper is None else {"paper": paper}))


def ballots_of(question: Question, ballots: Sequence[Body]) -> Ballots:
    """The ballots on one question, as counting takes them."""
    at = {option: number for number, option in enumerate(question.options)}
    orders: Counter[Ranking] = Counter(tuple((at[name],) for name in each.choices[question.id]) for each in ballots)
    blank = orders.pop((), 0)
    return Ballots(tuple(question.options), orders, blank)


def differences(manifest: Manifest, ballots: Sequence[Body], protocol: bytes) -> Iterator[str]:
    """Where a protocol differs from a count of these ballots by the manifest's rule; nothing if it agrees."""
    try:
        stated = json.loads(protocol)
        stated.pop("paper", None)
        found = _tallied(manifest, ballots)
        if found is None:
            yield from _recounted(manifest, ballots, stated)
        elif stated != found:
            yield f"the recount gives {canonical(found).decode()}"
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        yield f"the protocol cannot be recounted: {error!r}"


def _tallied(manifest: Manifest, ballots: Sequence[Body]) -> dict[str, Any] | None:
    if manifest.rule == YES_NO and len(manifest.questions) == 1:
        return {"tally": tally(manifest.questions[0], ballots)}
    if manifest.rule == TALLY:
        return {"questions": {each.id: {"tally": tally(each, ballots)} for each in manifest.questions}}
    return None


def tally(question: Question, ballots: Sequence[Body]) -> dict[str, int]:
    """How many ballots hold each alternative; "" is blank, and a free answer counts as one."""
    if question.kind == "rank":
        raise ValueError(f"question {question.id} is ranked and cannot be tallied")
    chosen = (each.choices[question.id] for each in ballots)
    if question.kind == "text":
        return dict(Counter("text" if each else "" for each in chosen))
    return dict(Counter(option for each in chosen for option in (each or ("",))))


def _recounted(manifest: Manifest, ballots: Sequence[Body], stated: dict[str, Any]) -> Iterator[str]:
    rules, questions = rules_of(manifest), {each.id: each for each in manifest.questions}
    if manifest.rule.startswith(COUNT + " "):
        yield from _by_method(manifest.questions[0], manifest.rule, ballots, stated)
        return
    if stated.keys() != {"questions"} or stated["questions"].keys() != rules.keys():
        yield "the protocol does not hold each question once"
        return
    for name, rule in rules.items():
        counted = stated["questions"][name]
        if rule != TALLY:
            yield from _by_method(questions[name], rule, ballots, counted)
        elif counted != (found := {"tally": tally(questions[name], ballots)}):
            yield f"question {name}: the recount gives {canonical(found).decode()}"


def _by_method(question: Question, given: str, ballots: Sequence[Body], stated: dict[str, Any]) -> Iterator[str]:
    method, _, rule = given.removeprefix(COUNT + " ").partition(" ")
    if stated["method"] != method or rule_text(stated["rule"]) != rule:
        yield "counted by another rule than the manifest's"
    if method == "threshold":
        yield from _threshold(question, ballots, stated)
    else:
        yield from recount(stated, _plain(question, ballots))


def _threshold(question: Question, ballots: Sequence[Body], stated: dict[str, Any]) -> Iterator[str]:
    if len(question.options) != _YES_NO_OPTIONS or len(stated["figures"]) != 1:
        raise ValueError(
            "a threshold is held against one question with yes and no, in this order, and one set of figures"
        )
    found, figures = tally(question, ballots), stated["figures"][0]
    wanted = [found.get(each, 0) for each in (*question.options, "")]
    if [figures["yes"], figures["no"], figures["blank"]] != wanted:
        yield f"the recount gives {wanted}"
    yield from recount(stated)


def _plain(question: Question, ballots: Sequence[Body]) -> dict[str, Any]:
    """The ballots as the independent script reads them."""
    orders = Counter(each.choices[question.id] for each in ballots)
    blank = orders.pop((), 0)
    ranked = [([[name] for name in order], number) for order, number in sorted(orders.items())]
    return {"names": list(question.options), "ballots": ranked, "implicit": True, "blank": blank}
