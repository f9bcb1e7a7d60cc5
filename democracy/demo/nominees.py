"""Whom the election at the conference stands between, and who prepares it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from democracy.demo.cast import Cast, Member, board_of
from democracy.demo.conference import Gathering
from democracy.demo.content import Content
from democracy.demo.ombud import voters
from democracy.demo.script import Script
from democracy.demo.stage import SOUTH, Stage
from democracy.demo.times import moment
from democracy.domain.kinds import BodyKind, Gender, MandateRole
from democracy.services.elections.committee import Committee, Line
from democracy.services.elections.nominating import Nominating, Nomination
from democracy.services.elections.preparing import ElectionPreparing, Post
from democracy.services.proceedings.persons import Person

TITLE = "Ledamöter i distriktsstyrelsen"
SEATS, SUBSTITUTES = 9, 4
NOMINATED = 12
"""So many are nominated in time; the first nine are proposed. One more is nominated at the conference."""
COMMITTEE = f"{SOUTH}/{BodyKind.NOMINATION_COMMITTEE.value}"
_APART = 11
_PREPARED, _PUBLISHED = moment(date(2025, 11, 12), 10), moment(date(2026, 1, 7), 19)
_REASONS = ("Van föreningsmänniska.", "Kan ekonomi.", "Ung och drivande.", "Känner hela distriktet.")


def committee_of(cast: Cast, content: Content) -> list[Member]:
    """Three who nobody has sent to the conference."""
    branch = content.conference.sitting.branches[-1]
    keep_out = [each.name for each in content.people]
    sent = {str(each) for each in voters(cast, content)}
    leads = {str(each) for each in board_of(cast, branch, keep_out)}
    return [each for each in cast.of(branch.name) if str(each) not in sent | leads | set(keep_out)][:3]


def nominees(cast: Cast, content: Content) -> list[Member]:
    """Women and men by turns, from all over the district: twelve, and the one whom the conference adds."""
    busy = {each.name for each in content.people}
    free = [each for each in voters(cast, content) if str(each) not in busy and int(each.number) % 5]
    women, men = (
        [each for each in free if each.name.gender is gender][::_APART] for gender in (Gender.WOMAN, Gender.MAN)
    )
    turns = [each for pair in zip(women, men, strict=False) for each in pair]
    return [*turns[:NOMINATED], women[NOMINATED // 2]]


@dataclass(frozen=True)
class Nominations:
    """From the first line of the post to the proposal that everybody reads."""

    gathering: Gathering
    candidacies: dict[str, UUID]

    @property
    def _stage(self) -> Stage:
        return self.gathering.stage

    def write(self, script: Script) -> None:
        """Put down who nominates whom, who accepts, and what the committee proposes."""
        known, content = self._stage.cast, self._stage.content
        script.add(_PREPARED, self._prepare)
        for place, each in enumerate(nominees(known, content)[:NOMINATED], 1):
            asked = _PREPARED + timedelta(days=place)
            script.add(asked, partial(self._nominate, each))
            script.add(asked + timedelta(hours=7), partial(self._accept, each))
        script.add(_PUBLISHED, self._propose)

    @property
    def _id(self) -> UUID:
        return self.candidacies[TITLE]

    async def _prepare(self, at: datetime) -> None:
        bodies = self._stage.bodies
        post = Post(
            bodies[f"{SOUTH}/board"], TITLE, seats=SEATS, substitutes=SUBSTITUTES, committee_id=bodies[COMMITTEE],
            expectations="Du deltar i ungefär tio möten om året och har kontakt med två eller tre föreningar.",
        )  # fmt: skip
        service = ElectionPreparing(self._stage.database, at)
        self.candidacies[TITLE] = await service.prepare(self.gathering.id, post, actor=self.gathering.secretary)

    async def _nominate(self, member: Member, at: datetime) -> None:
        service = Nominating(self._stage.database, at)
        by = self._stage.member(str(committee_of(self._stage.cast, self._stage.content)[0]))
        self.candidacies[member.number] = await service.nominate(
            self._id, Nomination(Person(number=member.number)), actor=by
        )

    async def _accept(self, member: Member, at: datetime) -> None:
        service, actor = Nominating(self._stage.database, at), self._stage.member(str(member))
        key = self.candidacies[member.number]
        text = f"Jag är med i {member.branch.name} och vill att fler ska våga engagera sig."
        await service.present(key, text, actor=actor)
        await service.accept(key, actor=actor)

    async def _propose(self, at: datetime) -> None:
        first, *_ = committee_of(self._stage.cast, self._stage.content)
        service, actor = Committee(self._stage.database, at), self._stage.member(str(first))
        await service.note(self._id, "Två av dem vill helst vara ersättare. Vi ringer dem.", actor=actor)
        proposed = nominees(self._stage.cast, self._stage.content)[:SEATS]
        lines = [
            Line(self.candidacies[each.number], _REASONS[place % len(_REASONS)]) for place, each in enumerate(proposed)
        ]
        await service.propose(self._id, lines, actor=actor)
        await service.publish(self._id, actor=actor)


def mandates(cast: Cast, content: Content) -> list[tuple[str, Member, MandateRole]]:
    """The committee's places."""
    return [(COMMITTEE, each, MandateRole.MEMBER) for each in committee_of(cast, content)]
