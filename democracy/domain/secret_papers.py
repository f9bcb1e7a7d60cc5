"""Papers that may not be entered anywhere, and mailboxes that confidential matters are not sent to."""

import re

_STAMP = re.compile(
    r"\bsekretess(?:belagd|belagt)?\b.{0,80}\b(?:OSL|offentlighets- och sekretesslagen|\d+ kap)\b"
    r"|\bsekretessmarkerad\b|\bomfattas av sekretess\b|\bhemlig enligt\b",
    re.IGNORECASE | re.DOTALL,
)


def bears_secrecy_stamp(text: str) -> bool:
    """Whether a text bears the words with which an authority marks what is secret by law (2009:400, OSL)."""
    return _STAMP.search(text) is not None


def is_authority(email: str) -> bool:
    """Whether an address belongs to a municipality or a region, where mail may become a public document."""
    labels = email.rpartition("@")[2].lower().split(".")
    return any("kommun" in label or label.startswith("region") for label in labels)
