"""A voter's client that knows of an urn only what the API tells it."""

import base64
from typing import Any

from democracy.ballotbox.client import Paper
from democracy.ballotbox.manifest import read_manifest
from democracy.ballotbox.note import KeyKind, VerifierKey
from democracy.ballotbox.roll import MyRoll
from democracy.ballotbox.trust import Trust
from democracy.ballotbox.voter_file import VoterFile
from tests.api import Client

URN = "query ($id: ID!) { urn(id: $id) { manifest digest turnout promise myRoll { member slot salt path } } }"
CAST = """mutation ($input: CastBallotInput!) { castBallot(input: $input) { __typename
    ... on BallotReceipt { receipt } ... on AlreadyCast { message } ... on NotFound { message }
    ... on NotAllowed { message denials { code } } ... on InvalidInput { message } } }"""


async def paper_of(device: Client, urn: str) -> Paper:
    """The ballot paper, held against the roll. A meeting's keys are read out in the hall: here they are believed."""
    told = (await device.ask(URN, id=urn))["urn"]
    manifest, place = told["manifest"].encode(), told["myRoll"]
    mine = MyRoll(place["member"], place["slot"], place["salt"], tuple(map(bytes.fromhex, place["path"])))
    read = read_manifest(manifest)
    log = VerifierKey(read.origin, KeyKind.ED25519, bytes(32))
    trust = Trust(log, frozenset(), frozenset(each.sign for each in read.mixers), frozenset(read.officers))
    return Paper.trusted(manifest, trust, mine)


async def cast(device: Client, urn: str, paper: Paper, choice: str) -> tuple[VoterFile, dict[str, Any]]:
    """Seal and send; the voter file is checked against the receipt, where there is one."""
    file, box = paper.seal({"1": [choice] if choice else []})
    sealed = base64.b64encode(box).decode()
    answer = await device.change(CAST, urn=urn, manifest=paper.m.hex(), sealed=sealed)
    if answer["__typename"] == "BallotReceipt":
        file = paper.take_receipt(file, answer["receipt"].encode())
    return file, answer
