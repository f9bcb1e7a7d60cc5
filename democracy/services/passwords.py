"""Hashing of passwords: argon2id in worker threads, never more at a time than there are cores."""

import asyncio
import base64
import os
import secrets

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from democracy.domain.password_rules import LONGEST, normalised

_TIME, _MEMORY, _LANES = 2, 19 * 1024, 1
"""OWASP's first choice for argon2id: two passes over 19 MiB, one lane."""


class Passwords:
    """One per process: its slots are what keeps a rush of people signing in from starving everything else."""

    def __init__(self, *, cheap: bool = False, cores: int | None = None) -> None:
        """`cheap` takes the weakest parameters there are: for tests only."""
        self.hasher = (
            PasswordHasher.from_parameters(profiles.CHEAPEST)
            if cheap
            else PasswordHasher(time_cost=_TIME, memory_cost=_MEMORY, parallelism=_LANES)
        )
        self._slots = asyncio.Semaphore(cores or os.cpu_count() or 1)
        self._dummy = _nobody(self.hasher)

    async def hash(self, password: str) -> str:
        """Hash a password with the parameters of today."""
        async with self._slots:
            return await asyncio.to_thread(self.hasher.hash, _bytes(password))

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether this is the password. Where none is stored, one that nobody has is checked: it takes as long."""
        async with self._slots:
            matches = await asyncio.to_thread(self._verify, stored or self._dummy, password)
        return matches and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with other parameters than those of today."""
        return self.hasher.check_needs_rehash(stored)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            # Nothing so long was ever accepted, and an empty password is nobody's: the cost of a guess stays the same.
            return self.hasher.verify(stored, _bytes(password if len(password) <= 4 * LONGEST else ""))
        except (VerifyMismatchError, InvalidHashError):
            return False


def _bytes(password: str) -> bytes:
    return normalised(password).encode(errors="surrogatepass")


def _nobody(hasher: PasswordHasher) -> str:
    """A well-formed hash of nothing, with the parameters of today."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len)
    )
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"
