"""The trust file: the keys that somebody believes in, and got from elsewhere than the urn's server.

    {"log": "vote.example/urn/v1+49f9ff28+ATiy…", "witnesses": ["witness.example/1+2754da2b+BHAE…"],
     "mixers": ["18af9131…"], "officers": ["15c10711…", "3dd882b0…"]}

`log` and `witnesses` are verifier keys; mixers and officers are Ed25519 keys in hex.
"""

import msgspec

from democracy.ballotbox.faults import FileError
from democracy.ballotbox.manifest import Hex32
from democracy.ballotbox.note import KeyKind, NoteError, VerifierKey


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    log: str
    witnesses: list[str]
    mixers: list[Hex32]
    officers: list[Hex32]


class Trust(msgspec.Struct, frozen=True):
    """The log's key, and those of witnesses, mixers and officers."""

    log: VerifierKey
    witnesses: frozenset[VerifierKey]
    mixers: frozenset[str]
    officers: frozenset[str]

    def data(self) -> dict[str, object]:
        """As the file has it."""
        witnesses = sorted(str(each) for each in self.witnesses)
        keys = {"mixers": sorted(self.mixers), "officers": sorted(self.officers)}
        return {"log": str(self.log), "witnesses": witnesses, **keys}


def read_trust(data: bytes | str) -> Trust:
    """Read a trust file; raises FileError."""
    try:
        found = msgspec.json.decode(data, type=_File)
        log, witnesses = VerifierKey.parse(found.log), [VerifierKey.parse(each) for each in found.witnesses]
    except (msgspec.DecodeError, NoteError, ValueError) as error:
        raise FileError(f"no trust file: {error}") from None
    if log.kind is not KeyKind.ED25519 or any(each.kind is not KeyKind.COSIGNATURE for each in witnesses):
        raise FileError("no trust file: a log's key has the kind 01, a witness's 04")
    return Trust(log, frozenset(witnesses), frozenset(found.mixers), frozenset(found.officers))
