"""What the meeting decides about itself in passing: notice, agenda, order of speaking, unclear paragraphs."""

from collections.abc import Iterator
from datetime import datetime

from democracy.domain.record.meeting import InterpretationRecord, NotedRecord
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import sentence
from democracy.texts.minutes.swedish import counted, listed
from democracy.texts.minutes.told import Line, Told


def noted_lines(told: Told) -> Iterator[Line]:
    """In the order in which it happened; the caller asks which of it belongs to an item."""
    for number, each in enumerate(told.record.noted, start=1):
        yield Line(each.at, 3, f"beslut-om-mötet-{number}", _said(told, each))


def interpretation_line(number: int, each: InterpretationRecord) -> Line:
    """How an unclear paragraph was read."""
    votes = ""
    if each.votes is not None:
        votes = say("waiver.votes", yes=each.votes[0], no=each.votes[1], abstained=each.votes[2])
    text = say("interpretation.line", number=each.paragraph, votes=votes, text=sentence(each.text))
    return Line(each.decided_at, 3, f"tolkning-{number}", text)


def _said(told: Told, each: NotedRecord) -> str:
    outcome = each.outcome
    if each.what == "meeting.judge_notice":
        return say("formality.NOTICE" if outcome["proper"] else "formality.NOTICE_NOT")
    if each.what == "meeting.set_agenda":
        return say("formality.AGENDA")
    if each.what == "floor.draw_streck":
        return say("floor.streck", at=told.at(datetime.fromisoformat(outcome["closes"])))
    if each.what == "floor.lift_streck":
        return say("floor.lifted", at=told.at(each.at))
    if each.what == "floor.set_speech_time":
        seconds = outcome["seconds"]
        return say("floor.speech_time", time=_time(seconds)) if seconds else say("floor.speech_as_before")
    return say("floor.rules", rules=listed(list(_rules(each))) or say("floor.no_rules"))


def _rules(each: NotedRecord) -> Iterator[str]:
    outcome = each.outcome
    if outcome["first_timers_first"]:
        yield say("floor.first_timers")
    if outcome["preferred"]:
        yield say(f"floor.{outcome['preferred']}")
    if outcome["speech_seconds"]:
        yield say("floor.speech", time=_time(outcome["speech_seconds"]))
    if outcome["reply_seconds"]:
        yield say("floor.reply", time=_time(outcome["reply_seconds"]))


def _time(seconds: int) -> str:
    """`två minuter`, `90 sekunder`."""
    minutes, left = divmod(seconds, 60)
    if left:
        return say("floor.seconds", number=seconds)
    return say("floor.minute") if minutes == 1 else say("floor.minutes", number=counted(minutes))
