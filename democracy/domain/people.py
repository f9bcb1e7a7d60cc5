"""Names and addresses of people, in the form that they are compared in."""

import unicodedata

from democracy.domain.swedish import sort_key


def name_key(given_name: str, family_name: str) -> str:
    """The key by which people are listed: family name first."""
    return sort_key(f"{family_name} {given_name}")


def email_key(address: str) -> str:
    """The form in which two spellings of one e-mail address are the same."""
    return unicodedata.normalize("NFKC", address).strip().casefold()
