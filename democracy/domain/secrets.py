"""Secrets that people and their devices carry. The database keeps digests of them only."""

import hashlib
import hmac
import re
import secrets

SESSION_PREFIX = "democracy_session_"
"""Lets a scanner for leaked secrets recognise a token."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUPS, _GROUP = 5, 5
_DOOR_GROUP = 4


def new_session_token() -> str:
    """An opaque session token: 256 random bits after a prefix."""
    return SESSION_PREFIX + secrets.token_urlsafe(32)


def new_link_code() -> str:
    """A one-time code of 125 random bits, in five groups of five, that can be typed off a letter."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def new_check_in_code() -> str:
    """A code for the door of one meeting: 40 random bits, in two groups of four, easy to read aloud."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_DOOR_GROUP)) for _ in range(2))


def same_check_in_code(typed: str, code: str) -> bool:
    """Whether somebody typed that code, however they wrote it; takes the same time whatever they typed."""
    return hmac.compare_digest(code_digest(typed), code_digest(code))


def token_digest(token: str) -> bytes:
    """What is stored of a session token. The token is random throughout, so that one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def code_digest(code: str) -> bytes:
    """What is stored of a one-time code, however it was typed: case, spaces and hyphens aside, O as 0, I and L as 1."""
    plain = re.sub(r"[\s\-–]", "", code).upper().translate(_MISREAD)
    return hashlib.sha256(plain.encode(errors="replace")).digest()
