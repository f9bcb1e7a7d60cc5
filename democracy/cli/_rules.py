"""Rules as they are written on the command line."""

import re
from fractions import Fraction

import click

from democracy.counting.threshold import Base, Quorum, Threshold

_SHARE = re.compile(r"(>=|>)?\s*([0-9]{1,6})\s*/\s*([0-9]{1,6})(?:\s+(?:(?:av|of)\s+)?(\S+))?")
_BASES = {
    **{str(base): base for base in Base},
    "ja-nej": Base.YES_NO,
    "avgivna": Base.CAST,
    "närvarande": Base.PRESENT,
    "röstberättigade": Base.ENTITLED,
}


class MajorityType(click.ParamType[Threshold]):
    """`2/3`, `>=3/4 cast`, `>1/2 närvarande`: more than a half, at least any other share."""

    name = "SHARE [BASE]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Threshold:
        """Read the share and its base."""
        if isinstance(value, Threshold):
            return value
        match = _SHARE.fullmatch(str(value).strip())
        base = _BASES.get((match[4] or str(Base.YES_NO)).casefold()) if match else None
        if match is None or base is None or not 0 < int(match[2]) <= int(match[3]):
            self.fail(f"{value!r}: 2/3, >=3/4 cast, >1/2 present ({', '.join(_BASES)})", param, ctx)
        numerator, denominator = int(match[2]), int(match[3])
        strict = match[1] == ">" if match[1] else 2 * numerator == denominator
        return Threshold(numerator, denominator, strict, base)


class QuorumType(click.ParamType[Quorum]):
    """`1/2` of those entitled, or so many present."""

    name = "SHARE|NUMBER"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Quorum:
        """Read a share or a number."""
        if isinstance(value, Quorum):
            return value
        text = str(value).strip()
        match = _SHARE.fullmatch(text)
        if match is not None and not match[4] and 0 < int(match[2]) <= int(match[3]):
            return Quorum(int(match[2]), int(match[3]), strict=match[1] == ">")
        if not (text.isascii() and text.isdigit()):
            self.fail(f"{value!r}: 1/2, 20", param, ctx)
        return Quorum(least=int(text))


class BracketsType(click.ParamType[tuple[tuple[int | None, int], ...]]):
    """`50:1,100:2,:3`: up to 50 members one seat, up to 100 two, above that three."""

    name = "UPTO:SEATS,…"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[int | None, int], ...]:
        """Read the brackets; whether they rise is the rule's own question."""
        found = re.findall(r"(?:^|,)\s*([0-9]{0,9})\s*:\s*([0-9]{1,6})\s*(?=,|$)", str(value))
        if len(found) != str(value).count(",") + 1:
            self.fail(f"{value!r}: 50:1,100:2,:3", param, ctx)
        return tuple((int(end) if end else None, int(seats)) for end, seats in found)


class DivisorType(click.ParamType[Fraction]):
    """A fraction or a decimal, read exactly: `6/5`, `1.2`, `1,4`."""

    name = "FRACTION"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Read the number exactly."""
        text = str(value).strip().replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,4}(?:[./][0-9]{1,4})?", text) or text.endswith("/0"):
            self.fail(f"{value!r}: 6/5, 1.2", param, ctx)
        return Fraction(text)
