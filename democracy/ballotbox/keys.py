"""Seeds, the keys that come of them, and signatures over objects.

A seed is 32 random bytes in one file per holder and urn. Its keys are HKDF-SHA-256 without salt, under labels:
`hpke` (X25519), `sign` (Ed25519) and `roll` (HMAC).
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from democracy.ballotbox.canonical import canonical

DOMAIN = b"democracy/urn/v1/"
SEED_BYTES = 32


def sha256(data: bytes) -> bytes:
    """H of the design."""
    return hashlib.sha256(data).digest()


def derive(secret: bytes, label: bytes) -> bytes:
    """32 bytes of HKDF-SHA-256 (RFC 5869) without salt, info = domain ‖ label."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, DOMAIN + label + b"\x01", "sha256")


@dataclass(frozen=True)
class Seed:
    """A holder's seed. Whoever has it has all its keys."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SEED_BYTES:
            raise ValueError(f"a seed is {SEED_BYTES} bytes, not {len(self.secret)}")

    @property
    def hpke(self) -> bytes:
        """The secret X25519 key, raw."""
        return derive(self.secret, b"hpke")

    @property
    def hpke_public(self) -> bytes:
        """What is sealed to."""
        return hpke_public(self.hpke)

    @property
    def sign(self) -> Ed25519PrivateKey:
        """The secret Ed25519 key."""
        return Ed25519PrivateKey.from_private_bytes(derive(self.secret, b"sign"))

    @property
    def sign_public(self) -> bytes:
        """What its signatures are verified with."""
        return public(self.sign)

    @property
    def roll(self) -> bytes:
        """The key under which members' tags and salts are made."""
        return derive(self.secret, b"roll")


def hpke_public(secret: bytes) -> bytes:
    """The public half of a raw X25519 key."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def public(key: Ed25519PrivateKey) -> bytes:
    """The public half, raw."""
    return key.public_key().public_bytes_raw()


def signed_bytes(value: Mapping[str, Any]) -> bytes:
    """What a signature of an object covers: all of it but the signatures."""
    bare = {key: held for key, held in value.items() if key not in {"sig", "sigs"}}
    return DOMAIN + b"sig\x00" + canonical(bare)


def with_sig(value: Mapping[str, Any], key: Ed25519PrivateKey) -> dict[str, Any]:
    """The object with `sig`, by the one who answers for it."""
    return {**value, "sig": key.sign(signed_bytes(value)).hex()}


def with_sigs(value: Mapping[str, Any], *keys: Ed25519PrivateKey) -> dict[str, Any]:
    """The object with one more of `sigs` for each key."""
    covered = signed_bytes(value)
    new = [{"key": public(key).hex(), "sig": key.sign(covered).hex()} for key in keys]
    return {**value, "sigs": [*value.get("sigs", []), *new]}


def verifies(value: Mapping[str, Any], sig: str, key: str) -> bool:
    """Whether `sig` is by the key in hex, over the object."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(sig), signed_bytes(value))
    except (InvalidSignature, ValueError):
        return False
    return True
