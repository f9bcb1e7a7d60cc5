"""E-mail addresses as people write them and as they are compared."""

import unicodedata

_LONGEST = 254
"""RFC 5321: what a forward path has room for."""


def email_key(address: str) -> str:
    """The form under which an address is compared and found: composed characters, no case, no space around it."""
    return unicodedata.normalize("NFC", address).strip().casefold()


def is_email(address: str) -> bool:
    """Whether an address could receive mail: one @ with something on both sides, and nothing that breaks a header."""
    local, _, host = address.strip().rpartition("@")
    plain = not any(character.isspace() or unicodedata.category(character) == "Cc" for character in address.strip())
    return bool(local) and bool(host) and "@" not in local and plain and len(address.strip()) <= _LONGEST
