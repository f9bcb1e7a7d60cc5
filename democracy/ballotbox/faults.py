"""What can be wrong with an urn, by the name that the design and every verifier give it."""

from enum import StrEnum


class Code(StrEnum):
    """The errors of the verifier, in the order in which it looks for them, and of a claim."""

    E_LEAF = "E_LEAF"
    E_CHECKPOINT = "E_CHECKPOINT"
    E_FORK = "E_FORK"
    E_MANIFEST = "E_MANIFEST"
    E_TRUST = "E_TRUST"
    E_WITNESS = "E_WITNESS"
    E_ORDER = "E_ORDER"
    E_SIGNATURE = "E_SIGNATURE"
    E_ROLL = "E_ROLL"
    E_SLOT = "E_SLOT"
    E_SEQ = "E_SEQ"
    E_DIGEST = "E_DIGEST"
    E_CLOSE = "E_CLOSE"
    E_TIME = "E_TIME"
    E_INPUT = "E_INPUT"
    E_LIST = "E_LIST"
    E_MIX = "E_MIX"
    E_OPEN = "E_OPEN"
    E_RESULT = "E_RESULT"
    E_TOTAL = "E_TOTAL"
    E_CLAIM = "E_CLAIM"


class UrnError(Exception):
    """Something is wrong, with the code that names it and where it was found."""

    def __init__(self, code: Code, detail: str) -> None:
        super().__init__(f"{code} {detail}")
        self.code = code
        self.detail = detail


class FileError(ValueError):
    """A file is not what it should be: no bundle, no trust file, no voter file; the text says why."""
