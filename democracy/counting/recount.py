#!/usr/bin/env python3
"""Recount an exported protocol, with nothing but this file and Python's standard library.

    python recount.py PROTOCOL.json [BALLOTS.blt|.cvotes|.csv] [SECOND-BALLOT]

It reads the rule from the protocol and the ballots from their export, counts from the beginning by itself, and compares
every stage, every lot and the outcome. It shares no code with the program that made the protocol: change neither to
please the other.
"""

import csv
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

FORMAT = "democracy-count/1"
Data = dict[str, Any]
Votes = dict[str, Fraction]
Paper = list[Any]  # preferences, number of papers, place reached, number of its value
Read = tuple[list[str], list[tuple[list[list[str]], int]], bool]


class PendingError(Exception):
    """The count cannot go on without this."""


class Count:
    """One recount: the protocol's rule, the ballots, and what has been found so far."""

    def __init__(self, protocol: Data, ballots: Data | None = None, second: Data | None = None) -> None:
        self.p, self.rule, self.names = protocol, protocol["rule"], protocol["candidates"]
        self.ballots, self.second = ballots or {}, second or {}
        self.stages: list[Data] = []
        self.elected: list[str] = []
        self.lots: list[Data] = []
        self.more: Data = {}
        self.checked: list[tuple[Data, int, Counter[str]]] = []
        self.given = {lot["label"]: lot for lot in protocol["lots"]}
        self.seed = next((bytes.fromhex(lot["seed"]) for lot in protocol["lots"] if lot["by"] == "seed"), None)

    def run(self) -> Data:
        """Count, and return what came out in the protocol's own words."""
        pending = None
        try:
            METHODS[self.p["method"]](self)
        except PendingError as need:
            pending = need.args[0]
        return {
            "stages": self.stages,
            "elected": self.elected,
            "lots": self.lots,
            "pending": pending,
            "complete": pending is None,
            "outcome": "settled" if pending is None else "pending",
            **self.more,
            "seats": seats_of(self, pending),
            "notes": noted(self, pending),
        }

    def stage(self, **data: Any) -> Data:
        """Write down a stage."""
        self.stages.append({"stage": len(self.stages) + 1, **data})
        return self.stages[-1]

    def lot(self, label: str, items: Iterable[str]) -> list[str]:
        """The order that a lot gives: as entered by hand, or drawn from the seed."""
        items, entry = sorted(items), self.given.get(label)
        if entry and entry["by"] == "hand":
            people = {entry["chair"], *entry["witnesses"]}
            if sorted(entry["order"]) != items or len(entry["witnesses"]) != 2 or len(people) != 3:
                raise ValueError(f"the lot by hand {label!r} is not in order")
            self.lots.append(entry)
            return list(entry["order"])
        if self.seed is None:
            raise PendingError({"kind": "lot", "label": label, "between": items})
        order = drawn(self.seed, label, items)
        self.lots.append({"label": label, "items": items, "order": order, "by": "seed", "seed": self.seed.hex()})
        return order

    def top(self, votes: dict[str, int], number: int, label: str, least: int = 1) -> tuple[list[str], Data | None]:
        """The first so many by votes, and the tie at the last place."""
        ranked = sorted((name for name in votes if votes[name] >= least), key=lambda name: -votes[name])
        if len(ranked) <= number or not number:
            return ranked[:number], None
        last = votes[ranked[number - 1]]
        above = [name for name in ranked if votes[name] > last]
        level = [name for name in ranked if votes[name] == last]
        left = number - len(above)
        if len(level) == left:
            return above + level, None
        return above + self.lot(label, level)[:left], {"between": level, "places": left, "lot": label}


def drawn(seed: bytes, label: str, items: Iterable[str]) -> list[str]:
    """LOT1: SHA-256 over seed, label and counter; values that would favour someone are drawn again."""
    left, order, counter = sorted(items), list[str](), 0
    while left:
        block = b"LOT1\0" + seed + b"\0" + label.encode() + b"\0" + counter.to_bytes(4, "big")
        value, counter = int(hashlib.sha256(block).hexdigest(), 16), counter + 1
        if value < 2**256 - 2**256 % len(left):
            order.append(left.pop(value % len(left)))
    return order


# -- ballots: [(places, number), ...], a place being a list of names ---------------------------------------------------


def read_ballots(path: str) -> Data:
    """Read an export: names, ballots, blanks, and whether those not ranked stand last."""
    text = Path(path).read_text(encoding="utf-8")
    reader = {".blt": read_blt, ".cvotes": read_cvotes, ".csv": read_csv}.get(Path(path).suffix.lower())
    if reader is None:
        raise ValueError(f"{path}: not .blt, .cvotes or .csv")
    names, ballots, implicit = reader(text)
    kept = [(places, number) for places, number in ballots if places]
    return {"names": names, "ballots": kept, "implicit": implicit, "blank": sum(n for p, n in ballots if not p)}


def read_blt(text: str) -> Read:
    """Candidates by number; names at the end."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    end, number = lines.index("0"), int(lines[0].split()[0])
    names = [line.strip()[1:-1] for line in lines[end + 1 : end + 1 + number]]
    ballots = []
    for line in lines[1:end]:
        times, *order = [int(each) for each in line.split()]
        if times < 1 or order.pop() != 0 or len(set(order)) != len(order):
            raise ValueError(f"not a ballot: {line}")
        ballots.append(([[names[each - 1]] for each in order], times))
    return names, ballots, True


def read_cvotes(text: str) -> Read:
    """Rankings by name, several at one place."""
    names, implicit, ballots = list[str](), True, list[tuple[list[list[str]], int]]()
    for line in text.splitlines():
        if line.startswith("#/Candidates:"):
            names = [name.strip() for name in line.split(":", 1)[1].split(";")]
        elif line.startswith("#/Implicit Ranking:"):
            implicit = line.split(":", 1)[1].strip() == "true"
        elif line.strip() and not line.startswith("#"):
            ranking, times = re.findall(r"^(.*) \* (\d+)$", line)[0]
            places = [] if ranking == "/EMPTY/" else [place.split(" = ") for place in ranking.split(" > ")]
            if not {name for place in places for name in place} <= set(names):
                raise ValueError(f"not a ballot: {line}")
            ballots.append((places, int(times)))
    return names, ballots, implicit


def read_csv(text: str) -> Read:
    """Ranks under the candidates' names."""
    (_, *names), *rows = csv.reader(text.splitlines(), delimiter=";")
    ballots = []
    for times, *ranks in rows:
        by_rank: dict[int, list[str]] = {}
        for name, rank in zip(names, ranks, strict=True):
            if rank:
                by_rank.setdefault(int(rank), []).append(name)
        ballots.append(([by_rank[rank] for rank in sorted(by_rank)], int(times)))
    return names, ballots, True


def digest(ballots: Data) -> str:
    """The digest of accepted ballots that a protocol names."""
    at = {name: str(number) for number, name in enumerate(ballots["names"])}
    grouped: Counter[str] = Counter()
    for places, number in ballots["ballots"]:
        grouped[">".join("=".join(sorted((at[n] for n in place), key=int)) for place in places)] += number
    lines = sorted(f"{order}*{number}" for order, number in grouped.items())
    facts = [ballots["names"], ballots["implicit"], ballots["blank"]]
    head = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256("\n".join(["BALLOTS1", head, *lines]).encode()).hexdigest()


# -- rankings ----------------------------------------------------------------------------------------------------------


def stv(c: Count) -> None:
    """Scottish STV and IRV: every paper is moved by itself, and every total is added up anew at every stage."""
    papers: list[Paper] = [[[name for (name,) in places], number, 0, 0] for places, number in c.ballots["ballots"]]
    valid = sum(number for _, number, _, _ in papers)
    quota, values = valid // (c.rule["seats"] + 1) + 1, [Fraction(1)]
    hopeful, surplus, kept, history = list(c.names), list[str](), dict[str, Fraction](), list[Votes]()
    lost: Counter[int] = Counter()
    action: Data = {"action": "first_preferences", "of": None, "transfers": {}, "exhausted": Fraction(0), "tie": None}
    c.more["quota"] = quota
    while True:
        votes = stv_totals(c, papers, values, kept)
        history.append(votes)
        gone = sum((number * values[value] for value, number in lost.items()), Fraction(0))
        state = {"votes": votes, "non_transferable": gone, "loss": valid - gone - sum(votes.values())}
        stage = c.stage(**action, **state, elected=[], last_vacancies=[])
        if not valid or stv_elect(c, stage, quota, hopeful, surplus):
            return
        kind, best, among = ("surplus", max, surplus) if surplus else ("exclusion", min, hopeful)
        who, tie = stv_pick(c, kind, best, among, history)
        among.remove(who)
        ratio = (votes[who] - quota) / votes[who] if kind == "surplus" else None
        moved, exhausted = stv_move(papers, values, who, hopeful, ratio, c.rule["transfer"] == "exact", lost)
        action = {"action": kind, "of": who, "transfers": moved, "exhausted": exhausted, "tie": tie}
        if ratio is not None:
            kept[who], action["ratio"] = Fraction(quota), ratio


def stv_totals(c: Count, papers: list[Paper], values: list[Fraction], kept: Votes) -> Votes:
    """Add up every paper at the candidate who holds it."""
    held: Counter[tuple[str, int]] = Counter()
    for order, number, place, value in papers:
        if place < len(order):
            held[order[place], value] += number
    votes = {name: kept.get(name, Fraction(0)) for name in c.names}
    for (name, value), number in held.items():
        votes[name] += number * values[value]
    return votes


def stv_elect(c: Count, stage: Data, quota: int, hopeful: list[str], surplus: list[str]) -> bool:
    """Declare who has reached the quota; true when nothing more is to be done."""
    votes, seats = stage["votes"], c.rule["seats"]
    ranked = sorted(hopeful, key=lambda name: (-votes[name], c.names.index(name)))
    stage["elected"] = [name for name in ranked if votes[name] >= quota]
    surplus += [name for name in stage["elected"] if votes[name] > quota]
    c.elected += stage["elected"]
    hopeful[:] = [name for name in hopeful if votes[name] < quota]
    if len(c.elected) < seats and len(hopeful) <= seats - len(c.elected):
        stage["last_vacancies"] = [name for name in ranked if name in hopeful]
        c.elected += stage["last_vacancies"]
        return True
    return bool(len(c.elected) == seats)


def stv_pick(c: Count, kind: str, best: Any, among: list[str], history: list[Votes]) -> tuple[str, Data | None]:
    """The largest surplus or the lowest candidate; a tie goes by earlier stages, then by lot."""
    wanted = best(history[-1][name] for name in among)
    tied = [name for name in c.names if name in among and history[-1][name] == wanted]
    if len(tied) == 1:
        return tied[0], None
    tie: Data = {"between": list(tied), "narrowed": [], "lot": None}
    for number in range(len(history) - 1, 0, -1):
        votes = history[number - 1]
        left = [name for name in tied if votes[name] == best(votes[each] for each in tied)]
        if len(left) < len(tied):
            tie["narrowed"].append({"stage": number, "left": left})
            tied = left
        if len(tied) == 1:
            return tied[0], tie
    tie["lot"] = f"{kind} stage {len(history) + 1}"
    return c.lot(tie["lot"], tied)[0], tie


def stv_move(
    papers: list[Paper],
    values: list[Fraction],
    who: str,
    hopeful: list[str],
    ratio: Fraction | None,
    exact: bool,
    lost: Counter[int],
) -> tuple[Votes, Fraction]:
    """Move the papers of one candidate on; what each received, and what nobody could receive."""
    new: dict[int, int] = {}
    received: Counter[tuple[str, int]] = Counter()
    for paper in papers:
        order, number, place, value = paper
        if place >= len(order) or order[place] != who:
            continue
        if value not in new:
            worth = values[value] if ratio is None else values[value] * ratio
            values.append(worth if exact or ratio is None else Fraction(int(worth * 100000), 100000))
            new[value] = len(values) - 1
        place = next((at for at in range(place, len(order)) if order[at] in hopeful), len(order))
        paper[2:] = [place, new[value]]
        lost[new[value]] += number if place == len(order) else 0
        received[order[place] if place < len(order) else "", new[value]] += number
    moved: Votes = {}
    for (name, value), number in received.items():
        moved[name] = moved.get(name, Fraction(0)) + number * values[value]
    exhausted = moved.pop("", Fraction(0))
    return moved, exhausted


def schulze(c: Count) -> None:
    """Schulze by its definition: a path is as strong as its weakest link."""
    table = {a: {b: 0 for b in c.names if b != a} for a in c.names}
    for places, number in c.ballots["ballots"]:
        rank = {name: at for at, place in enumerate(places) for name in place}
        for a in rank:
            for b in c.names if c.ballots["implicit"] else rank:
                if a != b and rank[a] < rank.get(b, len(places)):
                    table[a][b] += number
    c.stage(kind="pairwise", table=table)
    margins = c.rule["strength"] == "margins"
    power = {
        a: {b: (n - table[b][a] if margins else n) if n > table[b][a] else 0 for b, n in row.items()}
        for a, row in table.items()
    }
    changed = True
    while changed:
        changed = False
        for a in power:
            for b in power[a]:
                best = max([power[a][b], *(min(power[a][v], power[v][b]) for v in power if v not in {a, b})])
                changed, power[a][b] = changed or best > power[a][b], best
    c.stage(kind="paths", table=power)
    winners = [a for a in c.names if all(power[a][b] >= power[b][a] for b in power[a])] if c.ballots["ballots"] else []
    beats = [a for a in c.names if all(n > table[b][a] for b, n in table[a].items())]
    c.stage(kind="winners", winners=winners, condorcet=beats[0] if beats else None)
    c.elected += c.lot("winner", winners)[:1] if len(winners) > 1 else winners


def positional(c: Count) -> None:
    """Place k goes to the most votes on places 1 to k."""
    for place in range(1, c.rule["seats"] + 1):
        votes = {name: 0 for name in c.names if name not in c.elected}
        for places, number in c.ballots["ballots"]:
            for (name,) in places[:place]:
                if name in votes:
                    votes[name] += number
        level = [name for name in votes if votes[name] == max(votes.values())]
        if not level or not votes[level[0]]:
            return
        stage = c.stage(place=place, votes=votes, elected=[], tie=None)
        if len(level) > 1:
            stage["tie"] = {"between": level, "lot": f"place {place}"}
            level = c.lot(f"place {place}", level)[:1]
        stage["elected"] = level
        c.elected += level


# -- votes for names ---------------------------------------------------------------------------------------------------


def tally(
    c: Count, source: Data, figures: Data | None, allowed: list[str], seats: int, exactly: bool = False
) -> tuple[dict[str, int], int, int]:
    """Votes on valid ballots, or the figures as they were typed in; and how many ballots were valid."""
    if figures:
        votes = {name: figures["votes"].get(name, 0) for name in allowed}
        return votes, figures["ballots"], figures["blank"]
    votes, valid, aside = dict.fromkeys(allowed, 0), 0, Counter[str]()
    for places, number in source["ballots"]:
        named = {name for place in places for name in place}
        if not named <= set(allowed):
            aside["not_on_the_list"] += number
        elif len(named) > seats or (exactly and len(named) < seats):
            aside["too_many_names" if len(named) > seats else "too_few_names"] += number
        else:
            valid += number
            votes.update({name: votes[name] + number for name in named})
    c.checked.append((source, valid, aside))
    return votes, valid, source["blank"]


def levels(votes: dict[str, int], least: int = 1) -> list[list[str]]:
    """Names with the same number of votes together, the most first."""
    numbers = sorted({number for number in votes.values() if number >= least}, reverse=True)
    return [[name for name in votes if votes[name] == number] for number in numbers]


def walk(
    c: Count, votes: dict[str, int], pool: list[str], seats: int, start: list[str], label: str, least: int
) -> tuple[list[str], list[Data]]:
    """Take names in order, and skip one only if taking them makes the quota's minimum impossible."""
    quota, taken, log = c.rule["quota"], list(start), list[Data]()

    def group(names: Iterable[str]) -> Counter[str]:
        return Counter(quota["groups"].get(name, "") for name in names)

    def possible(names: list[str]) -> bool:
        have, can = group(taken + names), group(name for name in pool if name not in taken + names)
        lack = sum(min(max(0, n - have[g]), can[g]) for g, n in quota["minimum"].items())
        return bool(lack <= seats - len(taken) - len(names))

    def skip(name: str) -> None:
        lack = {g: n - group(taken)[g] for g, n in sorted(quota["minimum"].items()) if n > group(taken)[g]}
        log.append({"skipped": name, "seats_left": seats - len(taken), "still_wanted": lack})

    for number, level in enumerate(levels(votes, least), start=1):
        if len(taken) == seats:
            break
        can = [name for name in level if possible([name])]
        for name in (name for name in level if name not in can):
            skip(name)
        for name in can if len(can) < 2 or possible(can) else c.lot(f"{label} block {number}", can):
            if len(taken) < seats:
                taken.append(name) if possible([name]) else skip(name)
    return taken[len(start) :], log


def fill(c: Count, stage: Data, votes: Any, seats: int, label: str, line: int = 1, pool_from: int = 1) -> list[str]:
    """Who is taken up to so many in all: by votes alone, or by walking with the quota."""
    if c.rule["quota"] is None:
        found, stage["tie"] = c.top(votes, seats - len(c.elected), label, line)
        return found
    pool = [*c.elected, *(name for name in votes if votes[name] >= pool_from)]
    found, log = walk(c, votes, pool, seats, c.elected, label, line)
    stage["skipped"] = stage["skipped"] + log
    return found


def majority(c: Count) -> None:
    """Absolute majority of approved ballots, then a second ballot among twice the seats left."""
    seats, quota = c.rule["seats"], c.rule["quota"]
    first, valid, blank = tally(c, c.ballots, c.p["figures"], c.names, seats, c.rule["names"] == "exactly")
    votes = first
    approved = valid + (blank if c.rule["blank_counts"] else 0)
    line = approved // 2 + 1
    stage = c.stage(ballot="first", approved=approved, threshold=line, votes=votes, elected=[], tie=None)
    stage.update(skipped=[], second=[], second_tie=None)
    over = 1 if quota and quota["overrides_majority"] else line
    stage["elected"] = fill(c, stage, votes, seats, "first ballot", line, over)
    c.elected += stage["elected"]
    left = seats - len(c.elected)
    rest = {name: number for name, number in votes.items() if name not in c.elected}
    if left:
        tie = stage["tie"]
        stage["second"] = fill(c, stage, rest, c.rule["second_factor"] * left + len(c.elected), "second ballot")
        stage.update(tie=tie, second_tie=stage["tie"])
    c.more["substitutes"] = []
    if stage["second"]:
        runoff(c, stage["second"], left)
    substitutes(c, first)


def runoff(c: Count, candidates: list[str], left: int) -> None:
    """The second ballot."""
    second = c.p.get("second")
    if second is None:
        raise PendingError({"kind": "second_ballot", "candidates": candidates, "seats": left})
    number, exactly = min(left, len(candidates)), c.rule["names"] == "exactly"
    votes, valid, _ = tally(c, c.second, second.get("figures"), candidates, number, exactly)
    stage = c.stage(ballot="second", approved=valid, votes=votes, elected=[], tie=None, skipped=[])
    stage["elected"] = fill(c, stage, votes, c.rule["seats"], "second ballot result")
    c.elected += stage["elected"]


def relative(c: Count) -> None:
    """The most votes win; substitutes follow."""
    seats, exactly = c.rule["seats"], c.rule["names"] == "exactly"
    votes, _, _ = tally(c, c.ballots, c.p["figures"], c.names, seats, exactly)
    c.more["substitutes"] = []
    stage = c.stage(votes=votes, elected=[], tie=None, skipped=[])
    stage["elected"] = fill(c, stage, votes, seats, "last place")
    c.elected += stage["elected"]
    substitutes(c, votes)


def substitutes(c: Count, votes: dict[str, int]) -> None:
    """The next in the order of the votes."""
    wanted, found = c.rule["substitutes"], list[str]()
    if not wanted:
        return
    stage = c.stage(substitutes=found, ties=[])
    for number, level in enumerate(levels(votes), start=1):
        left = [name for name in level if name not in c.elected]
        if left and len(found) < wanted:
            if len(left) > 1:
                stage["ties"].append({"between": left, "lot": f"substitutes block {number}"})
                left = c.lot(f"substitutes block {number}", left)
            found += left[: wanted - len(found)]
    c.more["substitutes"] = found


# -- votes on matters --------------------------------------------------------------------------------------------------


def compare(threshold: Data, figures: Data) -> Data:
    """Yes votes times the denominator against the numerator times the base."""
    cast = figures["yes"] + figures["no"] + figures["blank"]
    bases = {"yes_no": figures["yes"] + figures["no"], "cast": cast}
    base: int = bases[threshold["base"]] if threshold["base"] in bases else figures[threshold["base"]]
    left, right = figures["yes"] * threshold["denominator"], threshold["numerator"] * base
    holds = base > 0 and (left > right or (left == right and not threshold["strict"]))
    return {**threshold, "of": base, "left": left, "right": right, "holds": holds}


def threshold(c: Count) -> None:
    """A yes-or-no question at one meeting or several."""
    carried, result = 0, None
    for figures in c.p["figures"]:
        stage = c.stage(figures=figures, quorum=None, tests=[], tie=None, result=None)
        stage["result"] = result = meeting(c, stage, figures, before=result)
        carried += result == "carried"
        if result not in {"carried", "deferred"}:
            break
    if result == "carried" and carried < c.rule["meetings"]:
        raise PendingError({"kind": "meeting", "number": len(c.p["figures"]) + 1})
    c.more["outcome"] = result
    c.elected += {"carried": ["ja"], "deferred": []}.get(str(result), ["nej"])


def meeting(c: Count, stage: Data, figures: Data, before: str | None) -> str:
    """What one meeting decided."""
    quorum, tie = c.rule["quorum"], c.rule["tie"]
    if quorum:
        share = quorum["numerator"] * (figures["entitled"] if quorum["numerator"] else 0)
        have = figures["present"] * quorum["denominator"]
        met = (have > share or (have == share and not quorum["strict"])) and figures["present"] >= quorum["least"]
        stage["quorum"] = {**quorum, "present": figures["present"], "met": met}
        if not met:
            return "no_quorum"
    stage["tests"] = [compare(each, figures) for each in c.rule["thresholds"]]
    yes = all(test["holds"] for test in stage["tests"])
    halves = [(t["base"], t["strict"], 2 * t["numerator"]) for t in c.rule["thresholds"]]
    simple = halves == [("yes_no", True, t["denominator"]) for t in c.rule["thresholds"]]
    if simple and figures["yes"] == figures["no"] > 0:
        stage["tie"] = "lot" if (tie, before) == ("defer_then_lot", "deferred") else tie
        if stage["tie"].startswith("defer"):
            return "deferred"
        yes = settle(c, stage["tie"], figures, "ja", "nej", f"vote {stage['stage']}") == "ja"
    return "carried" if yes else "not_carried"


def settle(c: Count, rule: str, figures: Data, yes: str, no: str, label: str) -> str:
    """Who wins a tie."""
    if rule == "lot":
        return c.lot(label, [yes, no])[0]
    if rule == "casting":
        if figures["casting"] is None:
            raise PendingError({"kind": "casting_vote", "between": [yes, no]})
        return yes if figures["casting"] == "ja" else no
    return yes if rule == "main_stands" else no


def contra(c: Count) -> None:
    """The approved order of votes, from the innermost pair outwards."""
    plan, gone = c.p["figures"]["plan"], set(c.p["figures"]["withdrawn"])
    order, level = plan["order"], plan["acclaimed"]
    c.more["annulled"] = [[vote["yes"], vote["no"]] for vote in c.p["figures"]["votes"]]
    put = len(order) if level is None else level + 1
    for at in range(max(put - (level is None), 1) if plan["form"] == "nested" else 0):
        c.stage(kind="question", put=order[at:], named=order[at], division=len(order[at:]) > 1 and at != level)
    left = [name for name in order[level or 0 :] if name not in gone]
    if level is not None and order[level] in gone and left:
        raise PendingError({"kind": "question", "put": left})
    winners = [] if plan["pairs"] else [next((name for name in order[:put] if name not in gone), None)]
    for number, pair in enumerate(plan["pairs"], start=1):
        sides = [side if isinstance(side, str) else winners[side - 1] for side in pair]
        yes, no = (None if name in gone else name for name in sides)
        winners.append(pair_vote(c, yes, no, "main" if number == len(plan["pairs"]) else "preparatory"))
        if c.more.get("outcome") == "deferred":
            return
    winner = winners[-1]
    if winner is not None and c.rule["qualified"]:
        figures = taken(c, winner, c.rule["unchanged"], "qualified")
        test = compare(c.rule["qualified"], figures)
        stage = c.stage(kind="qualified", yes=winner, no=c.rule["unchanged"], figures=figures, test=test)
        stage["winner"] = winner = winner if test["holds"] else c.rule["unchanged"]
    c.elected += [] if winner is None else [winner]
    if winner is None:
        c.more["outcome"] = "all_withdrawn"


def taken(c: Count, yes: str, no: str, role: str) -> Data:
    """The figures of a vote, if it has been taken."""
    figures = [vote["figures"] for vote in c.p["figures"]["votes"] if (vote["yes"], vote["no"]) == (yes, no)]
    if not figures:
        raise PendingError({"kind": "vote", "role": role, "yes": yes, "no": no})
    c.more["annulled"].remove([yes, no])
    found: Data = figures[0]
    if c.ballots:
        above = {pair: ranked_above(c.ballots, *pair) for pair in ((yes, no), (no, yes))}
        rest = sum(number for _, number in c.ballots["ballots"]) + c.ballots["blank"] - sum(above.values())
        mine = {
            "yes": above[yes, no],
            "no": above[no, yes],
            "blank": 0,
            "abstain": rest,
            "present": None,
            "entitled": None,
        }
        if any(found[key] != mine[key] for key in mine):
            raise ValueError(f"the rankings give {above} for {yes} against {no}")
    return found


def ranked_above(ballots: Data, one: str, other: str) -> int:
    """How many rank the one above the other."""
    total = 0
    for places, number in ballots["ballots"]:
        rank = {name: at for at, place in enumerate(places) for name in place}
        last = len(places) if ballots["implicit"] else -1
        total += number if one in rank and rank[one] < rank.get(other, last) else 0
    return total


def pair_vote(c: Count, yes: str | None, no: str | None, role: str) -> str | None:
    """The winner of one vote."""
    if yes is None or no is None:
        c.stage(kind="withdrawn", winner=yes or no)
        return yes or no
    figures = taken(c, yes, no, role)
    stage = c.stage(kind=role, yes=yes, no=no, figures=figures, tie=None, winner=None)
    winner = yes if figures["yes"] > figures["no"] else no
    if figures["yes"] == figures["no"]:
        stage["tie"] = c.rule["final" if role == "main" else "preparatory"]
        if stage["tie"] == "defer":
            c.more["outcome"] = "deferred"
            return None
        winner = settle(c, stage["tie"], figures, yes, no, f"vote {stage['stage']}")
    stage["winner"] = winner
    return winner


# -- seats for units ---------------------------------------------------------------------------------------------------


def allotment(c: Count) -> None:
    """Seats by members."""
    rule, asked, least = c.rule, c.p["figures"]["seats"], c.rule["minimum"]
    members = {unit: c.p["figures"]["members"][unit] for unit in c.names if c.p["figures"]["members"][unit]}
    seats = dict.fromkeys(c.names, 0)
    c.more.update(allotted=seats, next=[])
    inside = 0 if rule["outside"] else least
    method = rule["method"]
    if method in {"per-started", "brackets"}:
        for unit, size in members.items():
            started = (size + rule["per"] - 1) // rule["per"] if method == "per-started" else None
            fitting = [n for end, n in rule["brackets"] if end is None or size <= end]
            seats[unit] = max(inside, fitting[0] if started is None else started)
        c.stage(kind="by_members", seats=dict(seats))
    elif method == "largest-remainder":
        remainders(c, members, seats, asked, inside)
    else:
        divide(c, members, seats, asked, inside)
    for unit in members if rule["outside"] else ():
        seats[unit] += least


def give(c: Count, seats: dict[str, int], key: Fraction, kind: str, level: list[str], left: int) -> int:
    """One seat each to those with the same key, or by lot to as many as are left."""
    chosen, lot = level, None
    if len(level) > left:
        chosen, lot = c.lot("last seat", level)[:left], "last seat"
    for unit in chosen:
        seats[unit] += 1
    c.stage(kind=kind, key=key, between=level, to=chosen, lot=lot)
    return left - len(chosen)


def divide(c: Count, members: dict[str, int], seats: dict[str, int], asked: int, inside: int) -> None:
    """Seat by seat to the largest quotient."""
    dhondt, first = c.rule["method"] == "dhondt", Fraction(c.rule["first"])

    def highest() -> tuple[Fraction, list[str]]:
        divisors = {n: Fraction(n + 1) if dhondt else Fraction(2 * n + 1) if n else first for n in seats.values()}
        keys = {unit: members[unit] / divisors[seats[unit]] for unit in members}
        return max(keys.values()), [unit for unit in keys if keys[unit] == max(keys.values())]

    if inside:
        seats.update(dict.fromkeys(members, inside))
        c.stage(kind="minimum", seats=dict(seats))
    left = asked - sum(seats.values())
    while left:
        key, level = highest()
        left = give(c, seats, key, "seats", level, left)
    c.more["next"] = highest()[1]


def remainders(c: Count, members: dict[str, int], seats: dict[str, int], asked: int, inside: int) -> None:
    """Whole quotas first, then the largest remainders."""
    units, left = dict(members), asked
    while True:
        quotas = {unit: Fraction(size * left, sum(units.values())) for unit, size in units.items()}
        small = [unit for unit in quotas if quotas[unit] < inside]
        if not small:
            break
        seats.update(dict.fromkeys(small, inside))
        units, left = {unit: size for unit, size in units.items() if unit not in small}, left - inside * len(small)
    seats.update({unit: int(quota) for unit, quota in quotas.items()})
    over = asked - sum(seats.values())
    c.stage(kind="quotas", quotas=quotas, seats=dict(seats), left=over)
    rest = {unit: quota - int(quota) for unit, quota in quotas.items()}
    for key in sorted(set(rest.values()), reverse=True):
        if over:
            over = give(c, seats, key, "remainder", [unit for unit in rest if rest[unit] == key], over)


METHODS: dict[str, Callable[[Count], None]] = {
    "scottish-stv": stv,
    "irv": stv,
    "schulze": schulze,
    "positional": positional,
    "majority": majority,
    "relative": relative,
    "threshold": threshold,
    "contra": contra,
    "allotment": allotment,
}


# -- comparing ---------------------------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """Numbers as fractions however they are written. A decimal that does not belong to its fraction is refused."""
    if isinstance(value, dict) and set(value) == {"exact", "decimal"}:
        number = Fraction(value["exact"])
        if abs(Fraction(value["decimal"]) - number) * 200000 > 1:
            raise ValueError(f"{value['decimal']} is not {value['exact']}")
        return number
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def seed_differences(draw: Data) -> Iterator[str]:
    """Whether the seed follows from the shares that were committed to."""
    shares = {key: bytes.fromhex(share) for key, share in draw["shares"].items()}
    wrong = [key for key, share in shares.items() if hashlib.sha256(b"LOT1-COMMIT\0" + share).hexdigest() != key]
    if wrong or set(shares) & set(draw["withheld"]) or {*shares, *draw["withheld"]} != set(draw["commitments"]):
        yield "the shares are not those that were committed to"
    for key in draw["withheld"]:
        shares[key] = hashlib.sha256(b"LOT1-WITHHELD\0" + bytes.fromhex(key)).digest()
    mixed = b"LOT1-SEED\0" + b"\0".join(sorted(shares.values())) + b"\0" + bytes.fromhex(draw["result"])
    yield from (
        () if hashlib.sha256(mixed).hexdigest() == draw.get("seed") else ["the seed does not follow from the shares"]
    )


def ballot_differences(
    summary: Data, ballots: Data, valid: int | None = None, aside: Counter[str] | None = None
) -> Iterator[str]:
    """Whether these are the ballots that the protocol counted."""
    cast = sum(number for _, number in ballots["ballots"])
    if summary["digest"] not in {None, digest(ballots)}:
        yield f"the ballots are others: digest {digest(ballots)}, protocol {summary['digest']}"
    if (summary["valid"], summary["blank"]) != (cast if valid is None else valid, ballots["blank"]):
        yield f"valid and blank ballots: {summary['valid']} and {summary['blank']} in the protocol"
    aside = aside or Counter()
    if summary["cast"] != summary["valid"] + summary["blank"] + sum(summary["set_aside"].values()):
        yield f"{summary['cast']} ballots cast are not the valid, the blank and those set aside"
    wrong = [reason for reason in aside if summary["set_aside"].get(reason) != aside[reason]]
    yield from (f"set aside as {reason}: {aside[reason]}" for reason in wrong)


def alternated(names: list[str], groups: dict[str, str]) -> list[str]:
    """The list with neighbours from different groups as far as it lasts."""
    left, order = list(names), list[str]()
    while left:
        last = groups.get(order[-1]) if order else None
        other = [name for name in left if not last or groups.get(name) != last]
        order.append((other or left)[0])
        left.remove(order[-1])
    return order


CAST_BY_NAME = {"majority", "relative"}
RANKED = {"scottish-stv", "irv", "schulze", "positional"}
OTHER_NOTES = {"seats_differ", "order_from_file"}  # about the file that was read, which an export does not show


def source_differences(protocol: Data, ballots: Data | None, second: Data | None) -> Iterator[str]:
    """Whether the protocol rests on ballots or on figures as its method does, and never on both by choice."""
    method, figures = protocol["method"], protocol["figures"]
    runoff_source = protocol.get("second") or {}
    if method in RANKED and figures is not None:
        yield "figures beside the ballots"
    if method in CAST_BY_NAME and (protocol["ballots"] is None) == (figures is None):
        yield "either ballots or figures are needed, and not both"
    if runoff_source and (runoff_source.get("ballots") is None) == (runoff_source.get("figures") is None):
        yield "second: either ballots or figures are needed, and not both"
    named = (protocol["ballots"], runoff_source.get("ballots"))
    if any(given and not summary for given, summary in zip((ballots, second), named, strict=True)):
        yield "the protocol names no such ballots"
    if method in CAST_BY_NAME:
        seats = protocol["rule"]["seats"]
        left = seats - len(protocol["stages"][0]["elected"]) if protocol["stages"] else seats
        yield from figures_differences(figures, seats)
        yield from figures_differences(runoff_source.get("figures"), left)


def figures_differences(figures: Data | None, seats: int) -> Iterator[str]:
    """Whether figures counted by hand have their digest and can be."""
    if not figures:
        return
    told = {key: figures[key] for key in ("votes", "ballots", "blank")}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if hashlib.sha256(text.encode()).hexdigest() != figures["digest"]:
        yield "the figures are others: their digest differs"
    votes = list(figures["votes"].values())
    if max(votes, default=0) > figures["ballots"] or sum(votes) > figures["ballots"] * seats:
        yield "the figures hold more votes than the ballots could"


def named_differences(protocol: Data) -> Iterator[str]:
    """Whether the candidates are those that the figures are about."""
    method, figures = protocol["method"], protocol["figures"]
    wanted: Iterable[str] = protocol["candidates"]
    if method == "threshold":
        wanted = ["ja", "nej"]
    elif method == "contra":
        wanted = figures["plan"]["order"]
    elif method == "allotment":
        wanted = figures["members"]
    elif method in CAST_BY_NAME and figures:
        wanted = figures["votes"]
    if sorted(wanted) != sorted(protocol["candidates"]):
        yield "the candidates are others than the figures name"
    if method == "contra":
        yield from plan_differences(figures["plan"], figures["withdrawn"])


def plan_differences(plan: Data, withdrawn: list[str]) -> Iterator[str]:
    """Whether the pairs follow from the order, and every proposal and every winner stands once."""
    put = plan["order"] if plan["acclaimed"] is None else plan["order"][: plan["acclaimed"] + 1]
    inner = [[put[-2], put[-1]]] if len(put) > 1 else []
    outer = [[name, number] for number, name in enumerate(reversed(put[:-2]), start=1)]
    sides = [side for pair in plan["pairs"] for side in pair]
    late = any(isinstance(side, int) and side > at for at, pair in enumerate(plan["pairs"]) for side in pair)
    names = sorted(side for side in sides if isinstance(side, str))
    whole = names == sorted(put) if len(put) > 1 else not sides
    winners = sorted(side for side in sides if isinstance(side, int)) == list(range(1, len(plan["pairs"])))
    if (plan["form"] == "nested" and plan["pairs"] != inner + outer) or late or not (whole and winners):
        yield "the votes do not follow from the order"
    if not set(withdrawn) <= set(plan["order"]):
        yield "a proposal that was withdrawn is not in the order"


def noted(c: Count, pending: Data | None) -> set[str]:
    """What must be noted beside the result."""
    rule, method, notes = c.rule, c.p["method"], set[str]()
    if method in {"scottish-stv", "irv", "schulze"} and not c.ballots["ballots"]:
        return {"no_valid_ballots"}
    if pending is not None and not str(pending.get("label", "")).startswith("substitutes block"):
        return notes
    if method in CAST_BY_NAME | RANKED - {"schulze"} and len(c.elected) < rule["seats"]:
        notes.add("seats_left_vacant")
    quota = rule.get("quota") or {"minimum": {}, "groups": {}}
    have = Counter(quota["groups"].get(name, "") for name in c.elected)
    if any(have[group] < least for group, least in quota["minimum"].items()):
        notes.add("quota_unmet")
    if method == "allotment" and not all(c.p["figures"]["members"].values()):
        notes.add("unit_without_members")
    return notes


def note_differences(protocol: Data, mine: set[str]) -> Iterator[str]:
    """Whether the protocol notes what it must and nothing else."""
    analysed = {"main_decides", "order_decides"} if protocol.get("analysis") else set[str]()
    if sorted(mine) != sorted(set(protocol["notes"]) - OTHER_NOTES - analysed):
        yield f"notes: {sorted(mine)}"


def seats_of(c: Count, pending: Data | None) -> Any:
    """The number of seats that the rule gives."""
    if c.p["method"] == "allotment":
        return sum(c.more["allotted"].values()) if pending is None else c.p["figures"]["seats"]
    return c.rule["seats"] if c.p["method"] in {"scottish-stv", "positional"} | CAST_BY_NAME else 1


# -- what another order would have led to ------------------------------------------------------------------------------


def meets(above: dict[tuple[str, str], int], one: str, others: Iterable[str]) -> set[str]:
    """Who can win when the one meets each of the others; a tie can go either way."""
    found = set[str]()
    for other in others:
        lead = above[one, other] - above[other, one]
        found |= {one} if lead > 0 else {other} if lead < 0 else {one, other}
    return found


def analysis_differences(protocol: Data, ballots: Data | None) -> Iterator[str]:
    """Whether the analysis of orders names everyone who can win, each with an order that leads there."""
    told, notes = protocol.get("analysis"), protocol["notes"]
    if not told or ballots is None:
        yield from ["the ballots are needed for the analysis"] if told else ()
        return
    names, known = ballots["names"], dict[frozenset[str], set[str]]()
    if len(names) > 10:
        raise ValueError("an analysis of more than ten proposals")
    above = {(a, b): ranked_above(ballots, a, b) for a in names for b in names if a != b}

    def select(left: frozenset[str]) -> set[str]:
        if left not in known:
            ways = [meets(above, one, select(left - {one})) if len(left) > 1 else {one} for one in left]
            known[left] = set().union(*ways)
        return known[left]

    def ends(order: list[str]) -> set[str]:
        last = {order[-1]}
        for name in reversed(order[:-1]):
            last = meets(above, name, last)
        return last

    mine = {n: meets(above, n, select(frozenset(names) - {n})) if len(names) > 1 else {n} for n in names}
    by_main = {main: set(found) for main, found in told["by_main"].items()}
    orders = [(main, *each) for main, found in told["by_main"].items() for each in found.items()]
    wrong = any(o[0] != m or sorted(o) != sorted(names) or w not in ends(o) for m, w, o in orders)
    main, order = len({frozenset(each) for each in mine.values()}) > 1, any(len(each) > 1 for each in mine.values())
    decides = {"main_decides": main, "order_decides": order}
    winners = sorted(set[str]().union(*mine.values()))
    if by_main != mine or wrong or told["winners"] != winners or any(told[key] != decides[key] for key in decides):
        yield f"analysis: { ({name: sorted(each) for name, each in mine.items()}) }"
    if {key for key in decides if key in notes} != {key for key, it in decides.items() if it}:
        yield f"the warnings differ: {decides}"


# -- the whole protocol ------------------------------------------------------------------------------------------------


def same_names(protocol: Data, names: list[str]) -> bool:
    """Whether the ballots are about these candidates; an order of questions may leave some proposals out."""
    wanted = protocol["candidates"]
    return set(wanted) <= set(names) if protocol["method"] == "contra" else wanted == names


def recount(protocol: Data, ballots: Data | None = None, second: Data | None = None) -> list[str]:
    """Every difference between the protocol and a count of one's own; none if they agree."""
    if protocol.get("format") != FORMAT:
        return [f"not a protocol in the format {FORMAT}"]
    summaries = [protocol["ballots"], (protocol.get("second") or {}).get("ballots")]
    sources = [ballots, second]
    if any(summary and source is None for summary, source in zip(summaries, sources, strict=True)):
        return ["the ballots are needed for this protocol"]
    found = (count := Count(protocol, ballots, second)).run()
    differences = [*source_differences(protocol, ballots, second), *named_differences(protocol)]
    differences += seed_differences(protocol["draw"]) if protocol.get("draw") else ()
    differences += analysis_differences(protocol, ballots)
    if ballots and protocol["ballots"] and not same_names(protocol, ballots["names"]):
        differences.append("the candidates are others")
    for summary, source in zip(summaries, sources, strict=True):
        if summary and source:
            checked = [each[1:] for each in count.checked if each[0] is source]
            differences += ballot_differences(summary, source, *checked[0] if checked else ())
    if protocol.get("list"):
        found["list"] = {**protocol["list"], "order": alternated(found["elected"], protocol["list"]["groups"])}
    differences += note_differences(protocol, found.pop("notes"))
    for key, mine in found.items():
        if plain(mine) != plain(protocol.get(key)):
            differences.append(f"{key}: {json.dumps(mine, ensure_ascii=False, default=str)}")
    return differences


def main(arguments: list[str]) -> int:
    """Recount from the command line: 0 if the protocol agrees, 1 if it does not, 2 if it cannot be read."""
    if not 1 <= len(arguments) <= 3:
        sys.stderr.write(str(__doc__))
        return 2
    try:
        protocol = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        differences = recount(protocol, *[read_ballots(path) for path in arguments[1:]])
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError) as fault:
        sys.stderr.write(f"cannot recount: {fault!r}\n")
        return 2
    if differences:
        sys.stdout.write("The recount differs from the protocol.\n" + "".join(f"- {each}\n" for each in differences))
        return 1
    sys.stdout.write(f"The recount agrees: {protocol['method']}, {len(protocol['stages'])} stages.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
