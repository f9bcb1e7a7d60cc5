"""HPKE (RFC 9180) in base mode, X25519-HKDF-SHA256-AES256GCM, with empty aad; what is sealed is enc ‖ ct.

Opening is the library's. Sealing is ours, because the library chooses the ephemeral key itself: a voter derives it from
the ballot's seed, so that a layer can be sealed again, byte for byte, to prove what a mixer did.
"""

import hmac
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

OVERHEAD = 48
"""How many bytes a layer adds: an ephemeral key and a tag."""

_VERSION = b"HPKE-v1"
_KEM_ID = b"KEM" + (0x0020).to_bytes(2, "big")
_SUITE_ID = b"HPKE" + b"".join(each.to_bytes(2, "big") for each in (0x0020, 0x0001, 0x0002))
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEY_BYTES = 32
_NONCE_BYTES = 12


class OpenError(ValueError):
    """What was to be opened is not sealed to this key for this place."""


def seal(public: bytes, info: bytes, message: bytes, ekm: bytes) -> bytes:
    """Seal to a raw public key, with the ephemeral key that comes of `ekm` (DeriveKeyPair, 7.1.3).

    Raises ValueError for a public key to which nothing can be sealed.
    """
    ephemeral = X25519PrivateKey.from_private_bytes(_ephemeral(ekm))
    enc = ephemeral.public_key().public_bytes_raw()
    agreed = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    extracted = _extract(_KEM_ID, b"", b"eae_prk", agreed)
    shared = _expand(_KEM_ID, extracted, b"shared_secret", enc + public, _KEY_BYTES)
    context = _context(info)
    secret = _extract(_SUITE_ID, shared, b"secret", b"")
    key = _expand(_SUITE_ID, secret, b"key", context, _KEY_BYTES)
    nonce = _expand(_SUITE_ID, secret, b"base_nonce", context, _NONCE_BYTES)
    return enc + AESGCM(key).encrypt(nonce, message, None)


def seals(public: bytes) -> bool:
    """Whether anything can be sealed to a raw public key: a few points are good for nothing."""
    try:
        seal(public, b"", b"", bytes(_KEY_BYTES))
    except ValueError:
        return False
    return True


def unseal(secret: X25519PrivateKey, info: bytes, sealed: bytes) -> bytes:
    """Open what was sealed; raises OpenError."""
    try:
        return _SUITE.decrypt(sealed, secret, info)
    except (InvalidTag, ValueError):
        raise OpenError("it does not open") from None


def _ephemeral(ekm: bytes) -> bytes:
    return _expand(_KEM_ID, _extract(_KEM_ID, b"", b"dkp_prk", ekm), b"sk", b"", _KEY_BYTES)


@lru_cache(maxsize=64)
def _context(info: bytes) -> bytes:
    """The key schedule's context in base mode: the same for all that is sealed for one place."""
    return b"\x00" + _extract(_SUITE_ID, b"", b"psk_id_hash", b"") + _extract(_SUITE_ID, b"", b"info_hash", info)


def _extract(suite: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), _VERSION + suite + label + secret, "sha256")


def _expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return hmac.digest(key, length.to_bytes(2, "big") + _VERSION + suite + label + info + b"\x01", "sha256")[:length]
