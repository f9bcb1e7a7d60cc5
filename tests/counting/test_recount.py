import ast
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from democracy.counting import recount as script
from democracy.counting.analysis import analyse, decide_by_rankings
from democracy.counting.ballots import Ballots
from democracy.counting.contra import Vote, decide_rivals
from democracy.counting.lots import Lots, commit, reveal
from democracy.counting.plan import Plan
from democracy.counting.protocol import Protocol
from democracy.counting.quota import Quota
from democracy.counting.recount import recount
from democracy.counting.relative import RelativeRule, count_relative
from democracy.counting.stv import StvRule, count_irv, count_stv
from democracy.counting.tally import Tally
from democracy.counting.threshold import Figures
from democracy.formats.ballots_csv import write_ballots_csv
from democracy.formats.blt import write_blt
from democracy.formats.cvotes import write_cvotes
from tests.counting.build import SEED, ballots, dice_of, random_ballots
from tests.counting.elections import METHODS, NAMES, Election, by_hand, rankings

SCRIPT = Path(script.__file__)
EXAMPLE = ballots("ABCD", "5 A>B", "4 A>C", "4 B", "3 C", "3 D>C", blank=2)


def exported(known: Ballots | None) -> dict[str, Any] | None:
    """Ballots as recount reads them from the project's own export."""
    if known is None:
        return None
    names, found, implicit = script.read_cvotes(write_cvotes(known))
    kept = [(places, number) for places, number in found if places]
    return {"names": names, "ballots": kept, "implicit": implicit, "blank": known.blank}


def differences(protocol: Protocol, known: Ballots | None = None, second: Ballots | None = None) -> list[str]:
    return recount(json.loads(protocol.canonical()), exported(known), exported(second))


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
def test_recount_equals_count_on_random_elections_of_all_sizes(method: Callable[[Random], Election]) -> None:
    lots = pending = 0
    for number in range(500):
        protocol, known, second = method(dice_of(number))
        assert differences(protocol, known, second) == [], f"election {number}"
        lots += bool(protocol.lots)
        pending += protocol.pending is not None
    assert lots > 3
    assert pending > 3


def test_recount_equals_count_on_a_large_election() -> None:
    known = random_ballots(5, candidates=12, number=4000, full=False)
    assert differences(count_stv(known, StvRule(5, exact=True), Lots(SEED)), known) == []
    assert differences(count_stv(known, StvRule(5), Lots(SEED)), known) == []


def test_a_lot_by_hand_is_recounted_as_it_was_entered() -> None:
    known = ballots("ABC", "5 A", "3 B>A", "3 C>A")
    lots = Lots(physical=by_hand(count_irv(known)))
    protocol = count_irv(known, lots)
    assert protocol.elected == ("A",)
    assert differences(protocol, known) == []
    forged = json.loads(protocol.canonical())
    forged["lots"][0]["witnesses"] = ["Per Ek", "Per Ek"]
    with pytest.raises(ValueError, match="not in order"):
        recount(forged, exported(known))


def test_the_seed_is_recomputed_from_its_shares() -> None:
    known = ballots("ABC", "5 A", "3 B>A", "3 C>A")
    shares = [b"a" * 32, b"b" * 32]
    lots = reveal([commit(share) for share in shares], shares[:1], bytes.fromhex(known.digest()))
    protocol = count_irv(known, lots)
    assert differences(protocol, known) == []
    forged = json.loads(protocol.canonical())
    forged["draw"]["withheld"], forged["draw"]["shares"] = [], {commit(b"c"): b"c".hex()}
    assert len(recount(forged, exported(known))) == 2


FORGERIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "another winner": lambda data: data["elected"].__setitem__(0, "B"),
    "another figure": lambda data: data["stages"][1]["votes"]["B"].update(exact="47/9", decimal="5.22222"),
    "a stage left out": lambda data: data["stages"].pop(2),
    "another quota": lambda data: data.update(quota=6),
    "another rule": lambda data: data["rule"].update(seats=1),
    "another digest": lambda data: data["ballots"].update(digest="0" * 64),
    "another number of ballots": lambda data: data["ballots"].update(valid=20),
    "an invented lot": lambda data: data["lots"].append({"label": "x", "by": "seed", "seed": "00" * 32}),
    "said to be unfinished": lambda data: data.update(complete=False),
    "other seats": lambda data: data.update(seats=3),
    "ballots that nobody accounts for": lambda data: data["ballots"].update(cast=25),
    "a note that nothing calls for": lambda data: data["notes"].append("seats_left_vacant"),
    "figures beside the ballots": lambda data: data.update(figures={"votes": {"B": 21}}),
    "no ballots named": lambda data: data.update(ballots=None),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_protocol_is_found_out(forgery: str) -> None:
    data = json.loads(count_stv(EXAMPLE, StvRule(2, exact=True)).canonical())
    FORGERIES[forgery](data)
    assert recount(data, exported(EXAMPLE)) != []


def test_ballots_cannot_be_replaced_by_figures() -> None:
    known, rule = ballots("AB", "7 A", "3 B"), RelativeRule(1)
    honest = json.loads(count_relative(known, rule).canonical())
    forged = json.loads(count_relative(Tally.figures({"A": 3, "B": 7}, 10, 1), rule).canonical())
    assert recount(forged) == []
    forged["ballots"] = honest["ballots"]
    assert recount(forged, exported(known)) == ["either ballots or figures are needed, and not both"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"ballots": 11}, "digest"),
        ({"votes": {"A": 3, "B": 8}, "ballots": 7}, "more votes"),
        ({"votes": {"A": 3, "B": 7, "C": 0}}, "candidates"),
    ],
)
def test_figures_that_were_changed_or_cannot_be_are_found_out(change: dict[str, Any], told: str) -> None:
    data = json.loads(count_relative(Tally.figures({"A": 3, "B": 7}, 10, 1), RelativeRule(1)).canonical())
    data["figures"].update(change)
    assert any(told in each for each in recount(data))


def test_a_hidden_shortfall_of_the_quota_is_found_out() -> None:
    rule = RelativeRule(2, quota=Quota({"kvinna": 1}, {"A": "man", "B": "man"}))
    protocol = count_relative(Tally.figures({"A": 3, "B": 7}, 10, 2), rule)
    assert protocol.notes == ("quota_unmet",)
    assert differences(protocol) == []
    assert differences(replace(protocol, notes=())) == ["notes: ['quota_unmet']"]


def test_votes_that_do_not_follow_from_the_order_are_found_out() -> None:
    votes = [Vote("Q", "R", Figures(40, 35)), Vote("P", "Q", Figures(48, 52))]
    data = json.loads(decide_rivals(Plan.nested("PQR"), votes).canonical())
    assert recount(data) == []
    swapped = {**data, "figures": {**data["figures"], "plan": {**data["figures"]["plan"], "order": ["R", "Q", "P"]}}}
    assert "the votes do not follow from the order" in recount(swapped)
    stranger = {**data, "figures": {**data["figures"], "withdrawn": ["X"]}}
    assert "a proposal that was withdrawn is not in the order" in recount(stranger)


ANALYSES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a winner left out": lambda data: data["analysis"]["by_main"]["M"].pop("C"),
    "an order that leads elsewhere": lambda data: data["analysis"]["by_main"]["M"].update(A=["M", "C", "B", "A"]),
    "no warning in it": lambda data: data["analysis"].update(order_decides=False),
    "no warning beside it": lambda data: data["notes"].clear(),
    "fewer winners": lambda data: data["analysis"]["winners"].pop(),
}


def test_the_analysis_of_orders_is_recounted() -> None:
    for number in range(200):
        dice = dice_of(number)
        known = rankings(dice, ties=True, names=NAMES[:5])
        protocol = with_analysis(known)
        assert differences(protocol, known) == [], f"election {number}"


@pytest.mark.parametrize("forgery", ANALYSES)
def test_a_forged_analysis_is_found_out(forgery: str) -> None:
    known = ballots("MABC", "34 A>B>C>M", "33 B>C>A>M", "32 C>A>B>M")
    data = json.loads(with_analysis(known).canonical())
    assert recount(data, exported(known)) == []
    ANALYSES[forgery](data)
    assert recount(data, exported(known)) != []


def with_analysis(known: Ballots) -> Protocol:
    protocol, orders = decide_by_rankings(Plan.nested(known.candidates), known, lots=Lots(SEED)), analyse(known)
    decides = {"order_decides": orders.order_decides, "main_decides": orders.main_decides}
    notes = tuple(code for code, it in decides.items() if it)
    return replace(protocol, notes=notes, more={**protocol.more, "analysis": orders.data()})


def test_a_decimal_that_does_not_belong_to_its_fraction_is_refused() -> None:
    data = json.loads(count_stv(EXAMPLE, StvRule(2, exact=True)).canonical())
    data["stages"][1]["votes"]["B"]["decimal"] = "5.2"
    with pytest.raises(ValueError, match="is not 46/9"):
        recount(data, exported(EXAMPLE))


def test_other_ballots_are_found_out() -> None:
    protocol = count_stv(EXAMPLE, StvRule(2))
    other = ballots("ABCD", "5 A>B", "4 A>C", "4 B>A", "3 C", "3 D>C", blank=2)
    assert any("digest" in each for each in differences(protocol, other))
    assert differences(protocol) == ["the ballots are needed for this protocol"]


@pytest.mark.parametrize(
    ("suffix", "write"),
    [("blt", lambda known: write_blt(known, 2)), ("cvotes", write_cvotes), ("csv", write_ballots_csv)],
)
def test_the_script_runs_alone_from_any_folder(tmp_path: Path, suffix: str, write: Callable[[Ballots], str]) -> None:
    alone = tmp_path / "recount.py"
    alone.write_bytes(SCRIPT.read_bytes())
    (tmp_path / "protocol.json").write_text(count_stv(EXAMPLE, StvRule(2)).canonical(), encoding="utf-8")
    (tmp_path / f"ballots.{suffix}").write_text(write(EXAMPLE), encoding="utf-8", newline="")
    arguments = [sys.executable, "-I", str(alone), "protocol.json", f"ballots.{suffix}"]
    run = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "agrees" in run.stdout


def test_it_says_when_it_cannot_read_or_does_not_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "protocol.json"
    file.write_text('{"format": "something else"}', encoding="utf-8")
    assert script.main([str(file)]) == 1
    file.write_text("not json", encoding="utf-8")
    assert script.main([str(file)]) == 2
    assert script.main([]) == 2
    assert script.main([str(tmp_path / "missing.json")]) == 2
    assert "cannot recount" in capsys.readouterr().err


def test_it_imports_the_standard_library_only() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(str(node.module).partition(".")[0])
    assert imported <= sys.stdlib_module_names
