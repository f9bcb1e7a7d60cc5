"""Elections of persons in the minutes: numbers, figures, lots, who was elected, substitutes in their order."""

from collections.abc import Iterator

from democracy.domain.record.election import ElectionBallot, ElectionRecord
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import inline, sentence
from democracy.texts.minutes.swedish import listed
from democracy.texts.minutes.told import Line, Told


def election_lines(told: Told) -> Iterator[Line]:
    """Of all elections; each line belongs to the item that was open then."""
    for number, each in enumerate(told.record.elections, start=1):
        yield from _election(each, f"personval-{number}")
    for number, decided in enumerate(told.record.lists, start=1):
        names = ", ".join(f"{place}. {mark(member)}" for place, member in enumerate(decided.members, 1))
        reason = say("election.exception", reason=sentence(decided.exception)) + " " if decided.exception else ""
        given = {"title": inline(decided.title), "assembly": inline(decided.assembly), "names": names}
        text = say("election.list", reason=reason, **given)
        yield Line(decided.decided_at, 8, f"lista-{number}", text)
    for number, left in enumerate(told.record.referrals, start=1):
        named = {"title": inline(left.title), "meeting": inline(left.meeting), "reason": sentence(left.reason)}
        yield Line(left.at, 8, f"personval-hänskjutet-{number}", say("election.referred", **named))


def _election(record: ElectionRecord, key: str) -> Iterator[Line]:
    title = inline(record.title)
    if record.numbers_decided_at is not None:
        beside = say("election.substitutes", number=record.substitutes) if record.substitutes else ""
        text = say("election.numbers", title=title, seats=record.seats, beside=beside)
        yield Line(record.numbers_decided_at, 7, f"{key}-antal", text)
    for ballot in record.ballots:
        yield Line(ballot.closed_at, 7, f"{key}-omgång-{ballot.number}", _figures(ballot, title))
    if record.declared_at is None:
        return
    for at, lot in enumerate(record.lots, start=1):
        names = listed([mark(each) for each in lot])
        yield Line(record.declared_at, 7, f"{key}-lott-{at}", say("election.lot", names=names))
    if record.exception is not None:
        yield Line(
            record.declared_at, 7, f"{key}-undantag", say("election.exception", reason=sentence(record.exception))
        )
    yield Line(record.declared_at, 8, key, _outcome(record, title))
    if record.deputies:
        names = listed([mark(each) for each in record.deputies])
        yield Line(record.declared_at, 9, f"{key}-ersättare", say("election.deputies", names=names))


def _outcome(record: ElectionRecord, title: str) -> str:
    if not record.elected:
        return say("election.nobody", title=title)
    names = listed([mark(each) for each in record.elected])
    return say("election.acclaimed" if record.acclaimed else "election.elected", title=title, names=names)


def _figures(ballot: ElectionBallot, title: str) -> str:
    way = say("election.secret" if ballot.secret else "election.papers" if ballot.papers else "election.devices")
    votes = listed([say("election.votes", name=mark(member), votes=number) for member, number in ballot.votes])
    rest = say("election.rest", blank=ballot.blank, invalid=ballot.invalid) if ballot.blank or ballot.invalid else ""
    return say("election.ballot", number=ballot.number, title=title, way=way, votes=votes, rest=rest)
