"""Claims: what a voter can prove against a mixer, or against the server with its own receipt.

A claim against mixer i is {mixer, slot if i = 1, in, out, ekm}: sealing `out` (b_{i+1}) again with `ekm` gives `in`
(b_i). If `in` is in L_{i-1} and `out` is not in L_i, or `in` is listed as bad, the mixer is at fault. It opens nothing
further, and for i ≥ 2 nobody needs to say who makes it.
"""

from typing import Annotated, Any

import msgspec

from democracy.ballotbox.ballot import Layer, seal_layer
from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.faults import Code, FileError, UrnError
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.leaves import Ballot, Close, Mix
from democracy.ballotbox.manifest import Hex32, Slot
from democracy.ballotbox.receipt import Receipt
from democracy.ballotbox.story import Story
from democracy.ballotbox.verifier.lists import Lists

HexBytes = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{2}){1,70000}\Z")]
NO_FAULT = "no fault"


class MixClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"into": "in"}):
    """A claim against a mixer, as its file has it."""

    mixer: Annotated[int, msgspec.Meta(ge=1, le=250)]
    into: HexBytes
    out: HexBytes
    ekm: Hex32
    slot: Slot | msgspec.UnsetType = msgspec.UNSET

    @property
    def text(self) -> bytes:
        """Its canonical JSON."""
        value: Any = msgspec.to_builtins(self)
        return canonical(value)

    @property
    def digest(self) -> str:
        """What the log's leaf names it by."""
        return sha256(self.text).hex()


def read_claim(data: bytes) -> MixClaim | Receipt:
    """A claim, or a receipt that is presented as one; raises FileError."""
    try:
        is_receipt = msgspec.json.decode(data, type=dict[str, Any]).get("t") == "receipt"
        if is_receipt:
            return msgspec.json.decode(data, type=Receipt)
        return msgspec.json.decode(data, type=MixClaim)
    except msgspec.DecodeError as error:
        raise FileError(f"no claim: {error}") from None


def make_claim(i: int, slot: int, layers: list[Layer], message: bytes) -> MixClaim:
    """The claim that mixer i did not hand on what is inside layer i of a ballot."""
    layer, inner = layers[i - 1], layers[i].box if i < len(layers) else message
    return MixClaim(i, layer.box.hex(), inner.hex(), layer.ekm.hex(), slot if i == 1 else msgspec.UNSET)


def judge(story: Story, lists: Lists, claim: MixClaim | Receipt) -> str:
    """Who is at fault, or `no fault`; raises UrnError E_CLAIM for a claim that proves nothing."""
    return _judge_receipt(story, claim) if isinstance(claim, Receipt) else _judge_mixer(story, lists, claim)


def _judge_receipt(story: Story, receipt: Receipt) -> str:
    if receipt.m != story.m.hex() or not receipt.signed_by(story.manifest.server):
        raise UrnError(Code.E_CLAIM, "the receipt is not one by this urn's server")
    if story.one(Close) is None:
        raise UrnError(Code.E_CLAIM, "the urn is not closed yet: the server still has time")
    same = (receipt.slot, receipt.seq, receipt.digest)
    logged = any((leaf.slot, leaf.seq, leaf.digest) == same for _, leaf in story.all(Ballot))
    return NO_FAULT if logged else "server at fault"


def _judge_mixer(story: Story, lists: Lists, claim: MixClaim) -> str:
    i, first = claim.mixer, claim.mixer == 1
    mixes = [leaf for _, leaf in story.all(Mix)]
    if i > len(mixes) or first != isinstance(claim.slot, int):
        raise UrnError(Code.E_CLAIM, f"mixer {i} has not mixed, or the slot is missing or not wanted")
    if i not in lists or i - 1 not in lists:
        raise UrnError(Code.E_CLAIM, f"L_{i - 1} and L_{i} are needed, and not both in the bundle")
    given, out = bytes.fromhex(claim.into), bytes.fromhex(claim.out)
    slot = claim.slot if isinstance(claim.slot, int) else 0
    if seal_layer(story.manifest, story.m, i, slot, out, bytes.fromhex(claim.ekm)) != given:
        raise UrnError(Code.E_CLAIM, "does not recompute")
    record = slot.to_bytes(4, "big") + given if first else given
    if record not in lists[i - 1]:
        raise UrnError(Code.E_CLAIM, f"was never in L_{i - 1}")
    fine = out in lists[i] and sha256(record).hex() not in mixes[i - 1].bad
    return NO_FAULT if fine else f"mixer {i} at fault"
