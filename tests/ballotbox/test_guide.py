"""The page for client developers: its examples run, and its vectors are those that the code makes."""

import json
import os
import re
from typing import Any

import pytest

from democracy.ballotbox.claims import judge, make_claim, read_claim
from democracy.ballotbox.faults import UrnError
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.leaves import ballot_leaf
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.mixing import list_digest
from democracy.ballotbox.receipt import make_receipt
from democracy.ballotbox.verifier import verify_so_far
from tests.architecture.checkout import ROOT
from tests.ballotbox.urns import Played, Voter, body
from tests.ballotbox.voters import row

PAGE = ROOT / "docs" / "guides" / "sealing.md"
VECTORS = ROOT / "docs" / "guides" / "sealing-vectors.json"


def played() -> Played:
    urn = Played("exempel").accept()
    for slot in range(8):
        urn.cast(slot, body(slot, ((), ("ja",), ("nej",))[slot % 3]))
    urn.checkpoint()
    return urn.close().mix()


def ballot(urn: Played, voter: Voter) -> dict[str, Any]:
    return {
        "slot": voter.slot,
        "seed": sha256(f"{urn.name} voter {voter.slot} 1".encode()).hex(),
        "body": voter.body.text.decode(),
        "message": voter.message.hex(),
        "layers": [{"i": each.i, "ekm": each.ekm.hex(), "b": each.box.hex()} for each in voter.layers],
    }


def made() -> dict[str, Any]:
    urn = played()
    one, voter, tree = row(urn, 3), urn.voters[3], Tree(leaf_hash(each) for each in urn.leaves[:11])
    claim = make_claim(2, 3, voter.layers, voter.message)
    bent = claim.text.replace(claim.ekm.encode(), b"0" * 64)
    verdict = verify_so_far(urn.bundle, urn.trust)
    return {
        "about": "Test vectors for sealing.md, with all secrets. Bytes are in lower-case hex.",
        "manifest": urn.leaves[0].decode(),
        "m": urn.m.hex(),
        "trust": urn.trust.data(),
        "mixer_secrets": [each.hpke.hex() for each in urn.mixing],
        "urn_secret": urn.lock.hpke.hex(),
        "roll": {"member": one.member, "slot": 3, "salt": one.salt, "path": [each.hex() for each in one.path]},
        "ballots": [ballot(urn, each) for each in urn.voters],
        "receipt": make_receipt(urn.api.sign, urn.m, 3, 1, voter.layers[0].box).decode(),
        "inclusion": {"leaf": urn.leaves[6].decode(), "index": 6, "path": [each.hex() for each in tree.inclusion(6)]},
        "checkpoint": urn.notes[2],
        "log": [each.decode() for each in urn.leaves],
        "lists": [
            {"digest": list_digest(urn.m, i, records), "records": [each.hex() for each in records]}
            for i, records in sorted(urn.lists.items())
        ],
        "claims": [
            {"claim": claim.text.decode(), "answer": judge(verdict.story, verdict.lists, claim)},
            {"claim": bent.decode(), "answer": answer(verdict, bent)},
        ],
    }


def answer(verdict: Any, raw: bytes) -> str:
    with pytest.raises(UrnError) as refused:
        judge(verdict.story, verdict.lists, read_claim(raw))
    return str(refused.value)


def test_the_published_vectors_are_those_that_the_code_makes() -> None:
    text = json.dumps(made(), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("DEMOCRACY_WRITE"):
        VECTORS.write_text(text, "utf-8")
    assert VECTORS.read_text("utf-8") == text, "run this test with DEMOCRACY_WRITE=1"


def test_every_example_on_the_page_runs() -> None:
    vectors = json.loads(VECTORS.read_text("utf-8"))
    urn = played()
    one = row(urn, 3)
    scope: dict[str, Any] = {
        "vectors": vectors, "trust_file": json.dumps(vectors["trust"]), "manifest": vectors["manifest"].encode(),
        "roll_salt": one.salt, "roll_path": one.path,
    }  # fmt: skip
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)):
        if "take_receipt" in code:
            scope["receipt"] = make_receipt(urn.api.sign, urn.m, 3, 1, scope["box"])
        if "check_logged" in code:
            fresh = Played("exempel").accept()
            fresh.leaves.append(ballot_leaf(3, 1, sha256(scope["box"]).hex()))
            fresh.checkpoint()
            scope |= {"leaves": fresh.leaves, "checkpoint": fresh.notes[-1]}
        if "check_lists" in code:
            scope["lists"] = {1: urn.lists[1], 2: urn.lists[2]}
        if "check_opened" in code:
            scope["codes"] = code_line(scope)
        exec(compile(code, f"sealing.md, example {number}", "exec"), scope)  # noqa: S102  # the page's own examples
    claim = json.loads(scope["evidence"])
    assert claim["mixer"] == 1, "the ballot of the example is not in the lists of the vectors"


def code_line(scope: dict[str, Any]) -> bytes:
    said = json.loads(scope["voter_file"].body)
    return f"{said['code']} {said['own']}\n".encode()


def test_the_page_tells_what_each_level_promises_and_what_not() -> None:
    page = PAGE.read_text("utf-8")
    for words in (
        "Den som driver servern och har urnans nyckel kan se hur du röstat; andra kan det inte.",
        "Ingen kan se hur du röstat så länge en nyckelhållare är ärlig och ditt röstprogram inte är manipulerat.",
        "Kontrollera din kod: så upptäcks fusk. Kvittot visar hur du röstat.",
    ):
        assert words in page
