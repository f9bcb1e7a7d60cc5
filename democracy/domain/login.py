"""What people type to say who they are."""

import unicodedata

from democracy.domain.email import email_key


def login_key(login: str) -> str:
    """A member number or an e-mail address in the one form that is looked up and counted.

    Invisible characters, which come along when something is pasted, are left out.
    """
    plain = "".join(each for each in login if unicodedata.category(each)[0] != "C").strip()
    return email_key(plain) if "@" in plain else plain
