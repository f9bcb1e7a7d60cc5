"""The page about the ledger for client developers: its code runs, its vectors are those that the code makes."""

import json
import os
import re
from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from democracy.ballotbox.checkpoint import Checkpoint, cosign, cosigned_at, read
from democracy.ballotbox.keys import Seed
from democracy.ballotbox.merkle import Tree, count, extends, grow, includes, number
from democracy.ballotbox.note import KeyKind, SignatureLine, SignerKey, VerifierKey
from democracy.ballotbox.step_leaf import salt, step_leaf
from tests.architecture.checkout import ROOT
from tests.proofs import proven

PAGE = ROOT / "docs" / "guides" / "ledger.md"
VECTORS = ROOT / "docs" / "guides" / "ledger-vectors.json"
KEY = sha256(b"exempel salts").digest()
STEPS, PLACE, OLD = 13, 6, 5


def record(at: int) -> str:
    value = {
        "v": 1, "id": f"{at:032x}", "workflow": "motion", "case": sha256(b"case").hexdigest()[:32], "rule": "submit",
        "source": "DRAFT", "dest": "SUBMITTED", "paragraph": "motion-right", "statutes": None,
        "actor": ["member", f"{at + 100:032x}"], "roles": ["mover"], "now": f"2026-02-02T10:{at:02d}:00+00:00",
        "facts": {"has_title": True}, "waived": [], "warnings": [], "outcome": {"namn": "Åsa"}, "texts": [],
    }  # fmt: skip
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def made() -> dict[str, Any]:
    leaves = [step_leaf(KEY, at, record(at)) for at in range(1, STEPS + 1)]
    tree = Tree(each.hash for each in leaves)
    log = SignerKey("vote.example/ledger/1", KeyKind.ED25519, Seed(sha256(b"exempel log").digest()).sign)
    witness = SignerKey("vittne.example/1", KeyKind.COSIGNATURE, Seed(sha256(b"exempel witness").digest()).sign)
    note = Checkpoint(log.name, STEPS, tree.root).signed(log)
    signed = note.with_lines(cosign(note, witness, 1_770_000_000))
    return {
        "about": "Test vectors for ledger.md. Hashes are in lower-case hex.",
        "key": str(log.verifier),
        "witness": str(witness.verifier),
        "salts": {"key": KEY.hex(), "position": PLACE, "record": salt(KEY, "record", PLACE).hex()},
        "record": record(PLACE),
        "leaves": [each.data.decode() for each in leaves],
        "proof": {
            "position": PLACE,
            "leaf": leaves[PLACE - 1].data.decode(),
            "shown": leaves[PLACE - 1].shown.decode(),
            "inclusion": {
                "size": STEPS,
                "path": [each.hex() for each in tree.inclusion(PLACE - 1)],
                "checkpoint": str(signed),
            },
        },
        "growth": {
            "old": str(Checkpoint(log.name, OLD, tree.root_at(OLD)).signed(log)),
            "path": [each.hex() for each in tree.consistency(OLD)],
        },
    }


def test_the_vectors_are_what_the_code_makes() -> None:
    if os.environ.get("DEMOCRACY_WRITE"):
        VECTORS.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert json.loads(VECTORS.read_text("utf-8")) == made()


def test_the_vectors_hold_by_themselves() -> None:
    held = json.loads(VECTORS.read_text("utf-8"))
    key, witness = VerifierKey.parse(held["key"]), VerifierKey.parse(held["witness"])
    assert proven(held["proof"], key)["rule"] == "submit"
    line = SignatureLine.parse(held["proof"]["inclusion"]["checkpoint"].split("\n")[-2])
    new, old = read(held["proof"]["inclusion"]["checkpoint"], key), read(held["growth"]["old"], key)
    assert cosigned_at(new.signed(log_key()).with_lines(line), witness) == 1_770_000_000
    path = [bytes.fromhex(each) for each in held["growth"]["path"]]
    assert extends(old.size, old.root, new.size, new.root, path)
    whole = sha256(bytes.fromhex(held["salts"]["record"]) + held["record"].encode()).hexdigest()
    assert json.loads(held["proof"]["leaf"])["record"] == whole


def log_key() -> SignerKey:
    return SignerKey("vote.example/ledger/1", KeyKind.ED25519, Seed(sha256(b"exempel log").digest()).sign)


def test_the_code_of_the_page_checks_the_vectors() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    proof = json.loads(VECTORS.read_text("utf-8"))["proof"]
    root = read(proof["inclusion"]["checkpoint"], log_key().verifier).root
    given_ = {
        "sha256": sha256, "position": PLACE, "size": STEPS, "leaf": proof["leaf"].encode(), "root": root,
        "path": [bytes.fromhex(each) for each in proof["inclusion"]["path"]],
    }  # fmt: skip
    exec(code, given_)  # noqa: S102 - our own page
    assert given_["found"] == root


def test_a_leaf_tells_nothing_that_can_be_guessed_without_its_salts() -> None:
    leaf = json.loads(step_leaf(KEY, PLACE, record(PLACE)).data)
    assert leaf["record"] != sha256(record(PLACE).encode()).hexdigest()
    assert salt(KEY, "record", PLACE).hex() not in step_leaf(KEY, PLACE, record(PLACE)).shown.decode()
    assert len({step_leaf(KEY, at, record(PLACE)).data for at in range(1, 9)}) == 8


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_a_record_that_cannot_be_read_has_a_leaf_too(text: str) -> None:
    leaf = step_leaf(KEY, 1, text.encode("utf-8", "replace").decode())
    assert leaf.shown == b""
    assert len(leaf.hash) == 32


@given(st.integers(0, 300), st.integers(1, 200))
def test_nodes_are_numbered_in_the_order_in_which_they_become_whole(size: int, more: int) -> None:
    start = grow(0, {}, (sha256(bytes([at % 256, at // 256])).digest() for at in range(size)))
    grown = grow(size, start.peaks, (bytes([at % 256]) * 32 for at in range(more)))
    assert [number(node) for node in grown.new] == list(range(count(size), count(size + more)))


@given(st.data())
def test_every_step_is_proven_and_no_other(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    leaves = [step_leaf(KEY, at, record(at % 60)).hash for at in range(1, size + 1)]
    tree, at = Tree(leaves), data.draw(st.integers(0, size - 1))
    path = tree.inclusion(at)
    assert includes(leaves[at], at, size, path, tree.root)
    other = data.draw(st.integers(0, size - 1).filter(lambda each: each != at)) if size > 1 else 1
    assert not includes(leaves[at], other, size, path, tree.root)
