"""What stands under the minutes: who signed, when and where; who disagreed; who could not be reached; corrections."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from democracy.domain.record.signing import AddendumRecord, SignatoryRecord, SignatureRecord, Signing
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import inline, quoted, sentence
from democracy.texts.minutes.swedish import counted, day, listed
from workflows.proceedings import OfficerRole

ORDER = (OfficerRole.CHAIR, OfficerRole.SECRETARY, OfficerRole.VERIFIER)


def signatures_text(signing: Signing, zone: ZoneInfo) -> str:
    """The part after the text that was signed, in Markdown with marks for names; empty while nothing is signed."""
    parts = [*_signed(signing, zone), *_corrected(signing, zone)]
    return "\n\n".join(parts) + "\n" if parts else ""


def verified_words(signing: Signing, zone: ZoneInfo) -> str | None:
    """`Justerat 31 mars 2026 av båda.`; None before that."""
    if signing.verified_at is None:
        return None
    asked = [each for each in signing.signatories if each.role is OfficerRole.VERIFIER and each.replaced_by is None]
    signed = {each.member_id for each in signing.signatures if each.role is OfficerRole.VERIFIER}
    on = _day(signing.verified_at, zone)
    if len(asked) < 2:
        return say("signatures.verified", day=on)
    if len(signed) == len(asked):
        all_of = say("signatures.both") if len(asked) == 2 else say("signatures.all", count=counted(len(asked)))
        return say("signatures.verified_by", day=on, whom=all_of)
    some = say("signatures.some", signed=counted(len(signed)), asked=counted(len(asked)))
    return say("signatures.verified_by", day=on, whom=some)


def _signed(signing: Signing, zone: ZoneInfo) -> Iterator[str]:
    lines = [*_lines(signing, zone), *_absent(signing)]
    at_once = [
        say("signatures.section", heading=f"§ {each.number}", day=_day(each.verified_at, zone))
        for each in signing.at_once
    ]
    if not lines and not at_once:
        return
    yield f"## {say('signatures.heading')}"
    yield from at_once
    if lines:
        yield "\n".join(lines)
    for each in signing.signatures:
        if each.dissent:
            yield f"{say('signatures.dissent', name=mark(each.member_id))}\n\n{quoted(each.dissent)}"
    if (words := verified_words(signing, zone)) is not None:
        yield words
    if signing.digest:
        yield say("signatures.digest", digest=signing.digest)


def _lines(signing: Signing, zone: ZoneInfo) -> Iterator[str]:
    for each in sorted(signing.signatures, key=lambda each: (ORDER.index(each.role), each.signed_at)):
        yield _line(each, zone)


def _line(each: SignatureRecord, zone: ZoneInfo) -> str:
    values = {"role": say(f"role.{each.role.name}"), "name": mark(each.member_id), "day": _day(each.signed_at, zone)}
    if each.place:
        return say("signatures.line_place", place=inline(each.place), **values)
    return say("signatures.line", **values)


def _absent(signing: Signing) -> Iterator[str]:
    for each in signing.signatories:
        if each.replaced_by is not None:
            yield say("signatures.replaced", other=mark(each.replaced_by), **_who(each)) + _decided(each)
        elif each.left_out_at is not None:
            yield say("signatures.excused", **_who(each)) + _decided(each)


def _who(each: SignatoryRecord) -> dict[str, str]:
    return {"role": say(f"role.{each.role.name}"), "name": mark(each.member_id)}


def _decided(each: SignatoryRecord) -> str:
    return f" {say('signatures.decision', decision=sentence(each.decision))}" if each.decision else ""


def _corrected(signing: Signing, zone: ZoneInfo) -> Iterator[str]:
    if signing.addenda:
        yield f"## {say('addendum.heading')}"
    for each in signing.addenda:
        yield " ".join(_addendum(each, zone))


def _addendum(each: AddendumRecord, zone: ZoneInfo) -> Iterator[str]:
    yield say("addendum.of_item", number=each.number) if each.number else say("addendum.of_head")
    yield say("addendum.text", before=inline(each.before), after=inline(each.after), reason=sentence(each.reason))
    if each.signed_by:
        names = listed([mark(member) for member in each.signed_by])
        yield say("addendum.signed", names=names, day=_day(each.in_force_at, zone))


def _day(at: datetime, zone: ZoneInfo) -> str:
    return day(at.astimezone(zone).date())
