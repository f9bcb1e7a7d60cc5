"""The voter file: what a voter's client keeps before it sends a ballot, and erases after a good check.

    {"v": 1, "m": …, "slot": 3, "seq": 1, "seed": …, "body": "{\\"choices\\":…}", "receipt": "{…}" or ""}

It proves the vote to whoever gets hold of it.
"""

import msgspec

from democracy.ballotbox.ballot import Body, Layer, SpoiltError, seal
from democracy.ballotbox.faults import FileError
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.manifest import Hex32, Manifest, Slot


class VoterFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ballot with the seed of its layers: from it every layer can be made again."""

    v: int = 1
    m: Hex32
    slot: Slot
    seq: int = 1
    seed: Hex32
    body: str
    receipt: str = ""

    def write(self) -> bytes:
        """As JSON."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1)

    def message(self, manifest: Manifest) -> bytes:
        """What is inside the innermost layer; raises FileError if the ballot is for other questions."""
        try:
            return Body.read(self.body.encode(), manifest.questions).message(manifest)
        except SpoiltError as error:
            raise FileError(f"the voter file holds no ballot for this urn: {error}") from None

    def layers(self, manifest: Manifest) -> list[Layer]:
        """b_1, which was cast, to b_{k+1}; the same every time."""
        return seal(manifest, bytes.fromhex(self.m), self.slot, bytes.fromhex(self.seed), self.message(manifest))

    def digest(self, manifest: Manifest) -> str:
        """The digest of b_1, as the log and the receipt have it."""
        return sha256(self.layers(manifest)[0].box).hex()


def read_voter_file(data: bytes) -> VoterFile:
    """Read a voter file; raises FileError."""
    try:
        return msgspec.json.decode(data, type=VoterFile)
    except msgspec.DecodeError as error:
        raise FileError(f"no voter file: {error}") from None
