"""The receipt: the server's signed promise that a ballot is in the log before the urn closes."""

from typing import Annotated, Any, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.keys import sha256, verifies, with_sig
from democracy.ballotbox.manifest import Hex32, Hex64, Slot


class Receipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="t", tag="receipt"):
    """In urn `m`, slot `slot` cast its ballot number `seq` with this digest; `by` says that the server sealed it."""

    v: Literal[1]
    m: Hex32
    slot: Slot
    seq: Annotated[int, msgspec.Meta(ge=1)]
    digest: Hex32
    by: Literal["server"] | msgspec.UnsetType = msgspec.UNSET
    sig: Hex64

    def signed_by(self, server: str) -> bool:
        """Whether the server with this key (hex) promised it."""
        return verifies(receipt_value(self), self.sig, server)


def receipt_value(receipt: Receipt) -> dict[str, Any]:
    """The receipt as an object. `v` is always written."""
    value: dict[str, Any] = msgspec.to_builtins(receipt)
    return {**value, "v": 1}


def make_receipt(
    key: Ed25519PrivateKey, m: bytes, slot: int, seq: int, box: bytes, *, by_server: bool = False
) -> bytes:
    """The receipt for a sealed ballot, as it is sent and kept. The same ballot always gets the same bytes."""
    value = {"t": "receipt", "v": 1, "m": m.hex(), "slot": slot, "seq": seq, "digest": sha256(box).hex()}
    return canonical(with_sig(value | ({"by": "server"} if by_server else {}), key))


def read_receipt(data: bytes) -> Receipt:
    """A receipt from its JSON; raises ValueError."""
    try:
        return msgspec.json.decode(data, type=Receipt)
    except msgspec.DecodeError as error:
        raise ValueError(f"no receipt: {error}") from None
