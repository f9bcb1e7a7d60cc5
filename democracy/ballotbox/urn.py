"""Writing an urn's log: the leaves that the server signs, and those that officers sign with their own keys.

The server appends in the order of story.py's grammar. An officers' leaf starts as an object without `sigs`; each
officer adds one with `keys.with_sigs`, anywhere, and `finished` makes the leaf of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.keys import sha256, with_sig
from democracy.ballotbox.manifest import Manifest
from democracy.ballotbox.mixing import Mixed, list_digest
from democracy.ballotbox.opening import Opening, opened_fields, withheld


def unsigned(kind: str, m: bytes | None = None, /, **fields: Any) -> dict[str, Any]:
    """An object that is to be signed: a manifest (without m), or a leaf of the urn m."""
    return {"t": kind, "v": 1} | ({} if m is None else {"m": m.hex()}) | fields


def finished(value: Mapping[str, Any]) -> bytes:
    """The leaf of a signed object."""
    return canonical(dict(value))


@dataclass(frozen=True)
class Server:
    """The server of one urn, with the key that it signs with."""

    m: bytes
    key: Ed25519PrivateKey

    def close(self, ballots: int, by_server: int = 0) -> bytes:
        """No more ballots."""
        return self._signed("close", ballots=ballots, by_server=by_server)

    def input(self, records: Sequence[bytes]) -> bytes:
        """What goes to the first mixer: `mixing.first_list`."""
        return self._signed("input", n=len(records), digest=list_digest(self.m, 0, records))

    def opened(self, manifest: Manifest, opening: Opening, secret: bytes) -> bytes:
        """What the urn key opened. The key itself is in it, unless it is for auditors only."""
        fields = opened_fields(opening, secret, withheld=withheld(manifest, opening.ballots))
        return self._signed("opened", **fields)

    def result(self, protocol: bytes) -> bytes:
        """The count."""
        return self._signed("result", digest=sha256(protocol).hex())

    def destroyed(self, who: str) -> bytes:
        """The server states to have destroyed its seed `lock` or `api`."""
        return self._signed("destroyed", who=who, what="seed")

    def _signed(self, kind: str, **fields: Any) -> bytes:
        return canonical(with_sig(unsigned(kind, self.m, **fields), self.key))


def accept_leaf(m: bytes, mixer: int, key: Ed25519PrivateKey) -> bytes:
    """A mixer accepts an urn."""
    return canonical(with_sig(unsigned("accept", m, mixer=mixer), key))


def mix_leaf(m: bytes, mixer: int, mixed: Mixed, key: Ed25519PrivateKey) -> bytes:
    """A mixer accounts for a list."""
    figures = {"n_in": mixed.n_in, "bad": list(mixed.bad), "n_out": len(mixed.records)}
    fields = {"mixer": mixer, **figures, "digest": list_digest(m, mixer, mixed.records)}
    return canonical(with_sig(unsigned("mix", m, **fields), key))


def mixer_destroyed_leaf(m: bytes, mixer: int, key: Ed25519PrivateKey) -> bytes:
    """A mixer states to have destroyed its seed."""
    return canonical(with_sig(unsigned("destroyed", m, who=f"mixer-{mixer}", what="seed"), key))
