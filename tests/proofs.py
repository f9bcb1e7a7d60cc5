"""A step's proof checked as a client does that has none of our code for trees: docs/guides/ledger.md in Python."""

import base64
import hashlib
import json
from typing import Any

from democracy.ballotbox.checkpoint import read
from democracy.ballotbox.note import VerifierKey


def proven(proof: dict[str, Any], key: VerifierKey) -> dict[str, Any]:
    """The step that the signed ledger holds, given `position leaf shown inclusion { size path checkpoint }`."""
    lines = proof["inclusion"]["checkpoint"].split("\n")
    assert read(proof["inclusion"]["checkpoint"], key).size == proof["inclusion"]["size"] == int(lines[1])
    leaf = json.loads(proof["leaf"])
    assert leaf["shown"] == hashlib.sha256(proof["shown"].encode()).hexdigest()
    at, last = proof["position"] - 1, proof["inclusion"]["size"] - 1
    found = hashlib.sha256(b"\0" + proof["leaf"].encode()).digest()
    for each in map(bytes.fromhex, proof["inclusion"]["path"]):
        if at % 2 or at == last:
            found = hashlib.sha256(b"\1" + each + found).digest()
            while at % 2 == 0:
                at, last = at // 2, last // 2
        else:
            found = hashlib.sha256(b"\1" + found + each).digest()
        at, last = at // 2, last // 2
    assert last == 0
    assert base64.b64encode(found).decode() == lines[2]
    shown: dict[str, Any] = json.loads(proof["shown"])
    return shown
