"""What is wrong with a set of statutes, all of it at once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: in which file, at which key, what it is and what to do about it."""

    file: str
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.file}: {self.key}: {self.problem} {self.remedy}"


class StatutesError(ValueError):
    """The statutes cannot be used as they stand. `faults` names every place and its remedy."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class UnknownParagraphError(LookupError):
    """A rule rests on a paragraph that the statutes do not have."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the statutes have no paragraph under the key {key!r}; `democracy statutes lint` lists them")
        self.key = key


class UnknownParameterError(LookupError):
    """Somebody asks for the source of a parameter that is not one."""

    def __init__(self, path: str) -> None:
        super().__init__(f"there is no parameter {path!r}")
        self.path = path
