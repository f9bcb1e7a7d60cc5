"""Names for members who have no part in the story."""

from collections.abc import Iterator

import msgspec

from democracy.domain.kinds import Gender

# Without a factor in common with the sizes of the pools, which a test checks: neighbours in the list look unlike.
_GIVEN_STRIDE = 37
_FAMILY_STRIDE = 7


class Name(msgspec.Struct, frozen=True):
    """A person's name. The gender is what the given name suggests; None where it suggests none."""

    given: str
    family: str
    gender: Gender | None

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pools of given names and invented family names."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    either: tuple[str, ...]
    family: tuple[str, ...]

    def distinct(self) -> Iterator[Name]:
        """Give every pair of a given and a family name once, well mixed, always in the same order."""
        given = [
            *((each, Gender.WOMAN) for each in self.women),
            *((each, Gender.MAN) for each in self.men),
            *((each, None) for each in self.either),
        ]
        for turn in range(len(self.family)):
            for place in range(len(given)):
                name, gender = given[place * _GIVEN_STRIDE % len(given)]
                family = self.family[(place + turn) * _FAMILY_STRIDE % len(self.family)]
                yield Name(name, family, gender)
