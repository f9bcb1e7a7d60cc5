"""Divisions (voteringar) in words: what ja and nej mean, the figures, what was annulled or put right."""

from collections.abc import Iterator

from democracy.domain.record.division import DivisionRecord, Figures
from democracy.domain.record.item import MatterRecord
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import inline, sentence
from democracy.texts.minutes.questions import chain_of
from democracy.texts.minutes.swedish import listed
from democracy.texts.minutes.told import Line, Told
from workflows.division import DivisionState
from workflows.proceedings import Choice


def division_lines(told: Told, matter: MatterRecord) -> Iterator[Line]:
    """A paragraph for each division that was taken."""
    for division in matter.divisions:
        key = f"votering-{division.number}"
        if division.trial:
            yield Line(division.at, 7, f"försök-{division.number}", _trial(division))
            continue
        if division.figures is None and division.annulled_at is not None and division.entitled is not None:
            yield Line(division.at, 7, key, " ".join((_start(division), *_annulled(told, division))))
            continue
        if division.figures is None or division.state in (DivisionState.ORDERED, DivisionState.OPEN):
            continue
        parts = [_start(division), _result(matter, division), *_settled(division)]
        parts += _corrected(told, division)
        parts += _annulled(told, division)
        text = " ".join(parts)
        yield Line(division.at, 7, key, text)
        if division.votes:
            yield Line(division.at, 7, f"{key}-namn", _names(division))


def _trial(division: DivisionRecord) -> str:
    values = {"yes": inline(division.yes_means), "no": inline(division.no_means)}
    if division.winner is None:
        return say("division.trial", **values)
    winner = values["yes"] if division.winner is Choice.YES else values["no"]
    choice = say(f"division.{division.winner.name}")
    return say("division.trial_result", choice=choice, winner=winner, **values)


def _start(division: DivisionRecord) -> str:
    method = say(f"division.{division.method.name}")
    if division.entitled is None:
        return say("division.start_unknown", method=method)
    return say("division.start", method=method, entitled=say("roll.voters", number=division.entitled))


def _result(matter: MatterRecord, division: DivisionRecord) -> str:
    assert division.figures is not None  # noqa: S101 - only what was counted is told
    figures, yes, no = division.figures, inline(division.yes_means), inline(division.no_means)
    if division.role == "main":
        rest = _rest(figures)
        return say("division.main", yes=yes, no=no, for_=figures.yes, against=figures.no, rest=rest)
    said = say("division.figures", yes=yes, no=no, result=_figures(figures))
    if division.role == "preparatory" and division.winner in (Choice.YES, Choice.NO) and division.annulled_at is None:
        winner, above = yes if division.winner is Choice.YES else no, _above(matter, division)
        if above is not None:
            return f"{said} {say('division.counter', winner=winner, above=above)}"
    return said


def _above(matter: MatterRecord, division: DivisionRecord) -> str | None:
    """The proposal that the winner of a preparatory vote goes on to meet: it was named one level further out."""
    proposals = {each.id: each.label for each in matter.proposals}
    asked = next((each for each in matter.questions if each.id == division.question_id), None)
    if asked is None:
        return None
    named = [each.named_id for each in reversed(chain_of(matter, asked))]
    # Named from the outside in: whoever was named just outside the pair is who the winner meets.
    inside = [place for place, each in enumerate(named) if each in (division.yes_id, division.no_id)]
    outside = named[inside[-1] + 1 :] if inside else []
    return proposals.get(outside[0]) if outside and outside[0] else None


def _figures(figures: Figures) -> str:
    return say("division.for_against", yes=figures.yes, no=figures.no) + _rest(figures)


def _rest(figures: Figures) -> str:
    abstained = say("division.abstained", number=figures.abstained) if figures.abstained else ""
    if not figures.blank:
        return abstained
    return abstained + (
        say("division.blank_one") if figures.blank == 1 else say("division.blank", number=figures.blank)
    )


def _settled(division: DivisionRecord) -> Iterator[str]:
    if division.casting_vote is not None:
        yield say("division.casting", choice=say(f"division.{division.casting_vote.name}"))
    elif division.lot and division.winner is not None:
        yield say("division.lot", choice=say(f"division.{division.winner.name}"))


def _corrected(told: Told, division: DivisionRecord) -> Iterator[str]:
    for each in division.corrections:
        values = {"at": told.at(each.at), "before": _figures(each.before), "after": _figures(each.after)}
        if each.reason:
            yield say("division.corrected_why", reason=sentence(each.reason), **values)
        else:
            yield say("division.corrected", **values)


def _annulled(told: Told, division: DivisionRecord) -> Iterator[str]:
    if division.annulled_at is None:
        return
    at, reason = told.at(division.annulled_at), division.annulled_reason
    yield (say("division.annulled", at=at, reason=sentence(reason)) if reason else say("division.annulled_bare", at=at))


def _names(division: DivisionRecord) -> str:
    rows = []
    for choice in Choice:
        those = [mark(member) for answered, member in division.votes if answered is choice]
        if those:
            rows.append("- " + say("division.names", choice=say(f"division.{choice.name}"), names=listed(those)))
    return "\n".join(rows)
