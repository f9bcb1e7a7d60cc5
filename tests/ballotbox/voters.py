"""Voters who vote with the reference client, from the manifest to the receipt."""

from dataclasses import dataclass
from typing import Any

from democracy.ballotbox.client import Paper
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.leaves import ballot_leaf
from democracy.ballotbox.receipt import make_receipt
from democracy.ballotbox.roll import MyRoll, roll_tree, salt
from democracy.ballotbox.voter_file import VoterFile
from tests.ballotbox.urns import Played


@dataclass
class Vote:
    paper: Paper
    file: VoterFile
    box: bytes


def row(urn: Played, slot: int) -> MyRoll:
    member = str(1000 + slot)
    path = tuple(roll_tree(urn.roll).inclusion(slot))
    return MyRoll(member, slot, salt(urn.api.roll, member).hex(), path)


def paper(urn: Played, slot: int) -> Paper:
    return Paper.trusted(urn.leaves[0], urn.trust, row(urn, slot))


def cast(urn: Played, slot: int, choice: str, own: str = "") -> Vote:
    mine = paper(urn, slot)
    file, box = mine.seal({"1": [choice]}, own)
    urn.boxes[slot] = box
    urn.leaves.append(ballot_leaf(slot, 1, sha256(box).hex()))
    file = mine.take_receipt(file, make_receipt(urn.api.sign, urn.m, slot, 1, box))
    return Vote(mine, file, box)


def voting(number: int, **options: Any) -> tuple[Played, list[Vote]]:
    urn = Played(**options).accept()
    votes = [cast(urn, slot, "ja" if slot % 2 else "nej", f"{slot:02}") for slot in range(number)]
    urn.checkpoint()
    return urn, votes
