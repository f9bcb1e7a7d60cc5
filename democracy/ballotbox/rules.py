"""How the opened ballots are counted, as the manifest's `rule` fixed it before the first vote, and the recount.

    ja-nej/1                        one question of kind `one`: {"tally": {"ja": 3, "nej": 2, "": 1}}
    tally/1                         any questions but ranked ones: {"questions": {"1": {"tally": {…}}, "2": …}}
    count/1 METHOD {…the rule…}     one question: a protocol of democracy/counting with exactly this rule

"" is blank; what nobody chose is not named. A protocol may hold `paper` beside (paper.py). A text counts as its number.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
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
_YES_NO_OPTIONS = 2


def count_rule(protocol: Protocol) -> str:
    """What to write in a manifest so that only this method with this rule can be counted."""
    return f"{COUNT} {protocol.method} {rule_text(dict(protocol.rule))}"


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
        return {"tally": _tally(manifest.questions[0], ballots)}
    if manifest.rule == TALLY:
        return {"questions": {each.id: {"tally": _tally(each, ballots)} for each in manifest.questions}}
    return None


def _tally(question: Question, ballots: Sequence[Body]) -> dict[str, int]:
    if question.kind == "rank":
        raise ValueError(f"question {question.id} is ranked and cannot be tallied")
    chosen = (each.choices[question.id] for each in ballots)
    if question.kind == "text":
        return dict(Counter("text" if each else "" for each in chosen))
    return dict(Counter(option for each in chosen for option in (each or ("",))))


def _recounted(manifest: Manifest, ballots: Sequence[Body], stated: dict[str, Any]) -> Iterator[str]:
    kind, _, rest = manifest.rule.partition(" ")
    method, _, rule = rest.partition(" ")
    if kind != COUNT or len(manifest.questions) != 1:
        raise ValueError(f"no such rule: {manifest.rule}")
    if stated["method"] != method or rule_text(stated["rule"]) != rule:
        yield "counted by another rule than the manifest's"
    question = manifest.questions[0]
    if method == "threshold":
        yield from _threshold(question, ballots, stated)
    else:
        yield from recount(stated, _plain(question, ballots))


def _threshold(question: Question, ballots: Sequence[Body], stated: dict[str, Any]) -> Iterator[str]:
    if len(question.options) != _YES_NO_OPTIONS or len(stated["figures"]) != 1:
        raise ValueError(
            "a threshold is held against one question with yes and no, in this order, and one set of figures"
        )
    tally, figures = _tally(question, ballots), stated["figures"][0]
    wanted = [tally.get(each, 0) for each in (*question.options, "")]
    if [figures["yes"], figures["no"], figures["blank"]] != wanted:
        yield f"the recount gives {wanted}"
    yield from recount(stated)


def _plain(question: Question, ballots: Sequence[Body]) -> dict[str, Any]:
    """The ballots as the independent script reads them."""
    orders = Counter(each.choices[question.id] for each in ballots)
    blank = orders.pop((), 0)
    ranked = [([[name] for name in order], number) for order, number in sorted(orders.items())]
    return {"names": list(question.options), "ballots": ranked, "implicit": True, "blank": blank}
