"""Opening the last list: the ballots in the clear, and what did not become one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from democracy.ballotbox.ballot import Body, Reader, SpoiltError
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.manifest import Manifest
from democracy.ballotbox.mixing import mix

FEW = 20
"""With fewer ballots than this only codes are published: a list of so few would tell who voted how."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The ballots, and the figures that `opened` states."""

    n_in: int
    bad: tuple[str, ...]
    spoilt: int
    ballots: tuple[Body, ...]

    @property
    def final(self) -> bytes:
        """F: every ballot's canonical JSON on a line of its own, sorted."""
        return lines(each.text.decode() for each in self.ballots)

    @property
    def codes(self) -> bytes:
        """The codes with the voters' own digits, sorted."""
        return lines(each.code_line for each in self.ballots)

    @property
    def alike(self) -> int:
        """How many ballots bear a code and digits that another bears too: flagged, never dropped."""
        return len(self.ballots) - len({each.code_line for each in self.ballots})


def open_urn(manifest: Manifest, m: bytes, last: Iterable[bytes], secret: bytes) -> Opening:
    """Open L_k with the raw urn key."""
    opened = mix(m, manifest.k + 1, last, secret)
    reader, ballots, spoilt = Reader(manifest.questions), [], 0
    for message in opened.records:
        try:
            ballots.append(reader.unpack(message))
        except SpoiltError:
            spoilt += 1
    return Opening(opened.n_in, opened.bad, spoilt, tuple(ballots))


def lines(texts: Iterable[str]) -> bytes:
    """Sorted lines, each with its line feed."""
    return b"".join(sorted(text.encode() + b"\n" for text in texts))


def read_final(data: bytes, manifest: Manifest) -> list[Body]:
    """The ballots of F; raises SpoiltError for what is no such file."""
    reader = Reader(manifest.questions)
    return [reader.read(line) for line in data.split(b"\n")[:-1]]


def opened_fields(opening: Opening, secret: bytes, *, withheld: bool) -> dict[str, object]:
    """What the leaf `opened` says, beside `t`, `v`, `m` and its signature."""
    figures = {"n_in": opening.n_in, "n_bad": len(opening.bad), "spoilt": opening.spoilt, "n": len(opening.ballots)}
    digests = {"digest": sha256(opening.final).hex(), "codes": sha256(opening.codes).hex()}
    return {**figures, **digests, "secret": "" if withheld else secret.hex()}


def withheld(manifest: Manifest, ballots: Sequence[Body]) -> bool:
    """Whether the urn key and the ballots go to auditors only."""
    return manifest.publish == "codes" or len(ballots) < FEW
