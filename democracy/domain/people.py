"""Names of people, in the form that they are listed by."""

from democracy.domain.swedish import sort_key


def name_key(given_name: str, family_name: str) -> str:
    """The key by which people are listed: family name first."""
    return sort_key(f"{family_name} {given_name}")
