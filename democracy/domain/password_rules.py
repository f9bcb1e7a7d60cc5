"""What makes a password good enough: its length, and that it is not simply the person's own data."""

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 12
LONGEST = 256
_LEFT_OVER = 8
"""Characters that must remain when the person's own data has been taken out."""
_DIFFERENT = 5


def normalised(password: str) -> str:
    """The one form that is hashed, whatever the keyboard: NFKC, every space an ordinary one (as RFC 8265, 4.2)."""
    spaced = "".join(" " if unicodedata.category(each) == "Zs" else each for each in password)
    return unicodedata.normalize("NFKC", spaced)


def faults(password: str, *, own: Iterable[str | None] = ()) -> list[str]:
    """Codes of everything that is wrong with a password; `own` is the person's number, names and address.

    Length counts characters of the normalised form. No kinds of characters are asked for (NIST SP 800-63B, 5.1.1.2).
    """
    plain = normalised(password)
    found = {
        "password_short": len(plain) < SHORTEST,
        "password_long": len(plain) > LONGEST,
        "password_control": any(unicodedata.category(each) in {"Cc", "Cs"} for each in plain),
        "password_repeats": len(set(plain.casefold())) < _DIFFERENT,
        "password_personal": len(_without(plain, own)) < _LEFT_OVER,
    }
    return [code for code, is_so in found.items() if is_so]


def _without(password: str, own: Iterable[str | None]) -> str:
    rest = _letters(password)
    words = {word for each in own if each for word in (_letters(each), *map(_letters, re.split(r"[\s@.\-]+", each)))}
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 2:
            rest = rest.replace(word, "")
    return rest


def _letters(text: str) -> str:
    return "".join(each for each in normalised(text).casefold() if each.isalnum())
