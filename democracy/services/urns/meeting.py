"""A secret vote in a meeting, in a sealed urn of its own: opened for a roll, closed by the chair, counted at once.

Call these inside the unit of the use case that the vote belongs to, once that has been judged:

    urn_id = await meeting_urns.open_for(unit, Vote(meeting_id, roll, form, statutes), actor=actor)
    …                                                     # members cast with `castBallot`, as in any urn
    opened = await meeting_urns.close_and_open(unit, urn_id, actor=actor)
    opened.ballots                                        # each a Body: choices by question, sorted, nobody's
    await meeting_urns.state_result(unit, urn_id, protocol, actor=actor)        # only where form.rule is `count/1 …`
    await meeting_urns.give_up(unit, urn_id, reason, actor=actor)               # instead: annulled before the close

Level `sluten`: the installation holds every key, also those that sign for officers, so that a result takes a second. It
is secret from members, chair, tellers and whoever steals the database; not from whoever holds the seeds while the vote
is open. `workers/urns.py` destroys them after the count (docs/decisions/124). No quorum, no time for checking.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from democracy.ballotbox.ballot import Body
from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.keys import with_sig, with_sigs
from democracy.ballotbox.leaves import Mix, read
from democracy.ballotbox.manifest import FEWEST, Question, digest, pad_for, read_manifest
from democracy.ballotbox.merkle import leaf_hash
from democracy.ballotbox.mixing import mix
from democracy.ballotbox.roll import roll_tree
from democracy.ballotbox.rules import COUNT, TALLY, count
from democracy.ballotbox.urn import accept_leaf, finished, mix_leaf, unsigned
from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.urns import stages
from democracy.services.urns.building import BUILD, roll_of
from democracy.services.urns.case import take
from democracy.services.urns.log import head
from democracy.services.urns.seeds import API, LOCK, MIXER, OFFICERS, Seeds
from democracy.services.urns.witnessing import make_ready
from democracy.storage import casts, urn_log, urns
from democracy.storage.ledger import Text
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Unit
from workflows.urn import UrnState

LONGEST = timedelta(days=1)
"""The latest that a meeting's urn takes ballots. The chair closes it."""


@dataclass(frozen=True)
class BallotForm:
    """What is asked, and how the opened ballots are counted."""

    questions: tuple[Question, ...]
    rule: str = TALLY
    """`tally/1`: figures per alternative. `ballotbox.rules.count_rule(protocol)`: the caller counts."""
    revote: bool = True
    """A vote may be changed until the close; the last counts."""


@dataclass(frozen=True)
class Vote:
    """One secret vote."""

    meeting_id: UUID
    roll: Sequence[UUID]
    """Members who may vote, one vote each; at least five, for fewer ballots are never opened."""
    form: BallotForm
    statutes: str
    """Digest of the statutes that the meeting follows."""


@dataclass(frozen=True)
class OpenedUrn:
    """What was in it."""

    ballots: tuple[Body, ...]
    protocol: bytes | None
    """The count by `tally/1`, canonical JSON; None where the caller counts."""
    spoilt: int
    m: bytes
    """Digest of the manifest, by which the bundle is known."""


@dataclass(frozen=True)
class MeetingUrns:
    """Where the seeds lie, and the first part of the logs' names."""

    seeds: Seeds
    host: str

    async def open_for(self, unit: Unit, vote: Vote, *, actor: Actor) -> UUID:
        """An urn that takes the ballots of a roll from now on. Raises InvalidInputError for fewer than five voters."""
        if len(vote.roll) < FEWEST:
            raise InvalidInputError(FieldError("method", "roll_too_small", {"least": FEWEST, "voters": len(vote.roll)}))
        urn_id = new_id()
        self.seeds.make(urn_id, MIXER, *OFFICERS)
        roll = roll_of(vote.roll, self.seeds.read(urn_id, API))
        draft = self._manifest(urn_id, vote, roll_tree([leaf for _, leaf in roll]).root, unit.now)
        row = _row(urn_id, vote, draft, unit.now)
        unit.session.add(row)
        await unit.session.flush()
        slots = [(mark, slot, leaf_hash(leaf)) for slot, (mark, leaf) in enumerate(roll)]
        await urns.write_roll(unit.session, urn_id, slots)
        await self._begin(unit, urn_id, draft, actor)
        return urn_id

    async def close_and_open(self, unit: Unit, urn_id: UUID, *, actor: Actor) -> OpenedUrn:
        """Close it, mix, open and count. Raises StepDenied with fewer than five ballots: it then stays open."""
        case = await urns.of_meeting(unit, urn_id)
        await stages.close(unit, case, self.seeds, actor=actor)
        records = await stages.make_input(unit, case, self.seeds, actor=actor)
        mixer, m = self.seeds.read(urn_id, MIXER), case.row.m or b""
        mixed = mix(m, 1, records, mixer.hpke)
        data = mix_leaf(m, 1, mixed, mixer.sign)
        leaf = read(case.row.log_size, data).leaf
        assert isinstance(leaf, Mix)  # noqa: S101 - it was just made
        await stages.take_mix(unit, case, leaf, data, mixed.records, actor)
        opening = await stages.open_last(unit, case, self.seeds, actor=actor)
        manifest, protocol = stages.manifest_of(case), None
        if not manifest.rule.startswith(COUNT):
            protocol = count(manifest, opening.ballots)
            await stages.state_result(unit, case, self.seeds, protocol, actor=actor)
        ballots = tuple(sorted(opening.ballots, key=lambda each: each.text))
        return OpenedUrn(ballots, protocol, opening.spoilt + len(opening.bad) + len(mixed.bad), m)

    async def state_result(self, unit: Unit, urn_id: UUID, protocol: bytes, *, actor: Actor) -> None:
        """Put the caller's count into the log, where `form.rule` says that it counts."""
        await stages.state_result(unit, await urns.of_meeting(unit, urn_id), self.seeds, protocol, actor=actor)

    async def give_up(self, unit: Unit, urn_id: UUID, reason: str, *, actor: Actor) -> None:
        """The vote is annulled: what was cast is never opened. Nothing happens to an urn that has been counted."""
        case = await urns.of_meeting(unit, urn_id)
        if case.state in {UrnState.COUNTED, UrnState.FINAL, UrnState.SPOILT}:
            return
        facts, text = replace(case.facts, reason_given=bool(reason.strip())), Text("urn", urn_id, {"reason": reason})
        outcome = await head(unit, case.row)
        await take(unit, case, "spoil", actor=actor, facts=facts, outcome=outcome, texts=[text])

    async def voted(self, unit: Unit, urn_id: UUID) -> int:
        """How many have voted so far."""
        return await casts.turnout(unit.session, urn_id)

    async def _begin(self, unit: Unit, urn_id: UUID, draft: dict[str, Any], actor: Actor) -> None:
        case = await urns.of_meeting(unit, urn_id)
        await take(unit, case, "draw_up", actor=actor, outcome={"slots": draft["roll"]["size"]})
        signed = finished(with_sigs(draft, *(self.seeds.read(urn_id, each).sign for each in OFFICERS)))
        case.row.manifest, case.row.m = signed, digest(signed)
        case.row.box_bytes = read_manifest(signed).box_bytes
        await take(unit, case, "begin", actor=actor, outcome={"m": case.row.m.hex()})
        accepted = accept_leaf(case.row.m, 1, self.seeds.read(urn_id, MIXER).sign)
        await urn_log.append(unit.session, case.row, [("manifest", signed), ("accept", accepted)])
        await make_ready(unit, case, actor=actor)

    def _manifest(self, urn_id: UUID, vote: Vote, root: bytes, now: datetime) -> dict[str, Any]:
        """The manifest with the server's signature."""
        api, mixer = self.seeds.read(urn_id, API), self.seeds.read(urn_id, MIXER)
        opens = now.replace(microsecond=0)
        fields = {
            "urn": urn_id.hex,
            "origin": f"{self.host}/urn/{urn_id.hex[-16:]}",
            "level": "sluten",
            "questions": msgspec.to_builtins(list(vote.form.questions)),
            "rule": vote.form.rule,
            "opens": _text(opens),
            "closes": _text(opens + LONGEST),
            "pad": pad_for(list(vote.form.questions)),
            "mixers": [
                {"name": self.host, "hpke": mixer.hpke_public.hex(), "sign": mixer.sign_public.hex()},
            ],
            "urn_key": self.seeds.read(urn_id, LOCK).hpke_public.hex(),
            "server": api.sign_public.hex(),
            "officers": [self.seeds.read(urn_id, each).sign_public.hex() for each in OFFICERS],
            "witnesses": [],
            "quorum": 0,
            "roll": {"size": len(vote.roll), "root": root.hex()},
            "revote": int(vote.form.revote),
            "publish": "codes" if any(each.kind in {"text", "rank"} for each in vote.form.questions) else "rows",
            "check": 0,
            "least": FEWEST,
            "rehearsal": 0,
            "build": BUILD,
        }
        return with_sig(unsigned("manifest", **fields), api.sign)


def _row(urn_id: UUID, vote: Vote, draft: dict[str, Any], now: datetime) -> UrnRow:
    opens = now.replace(microsecond=0)
    return UrnRow(
        id=urn_id,
        meeting_id=vote.meeting_id,
        state=UrnState.DRAFT,
        rehearsal=False,
        origin=draft["origin"],
        draft=canonical(draft).decode(),
        revote=vote.form.revote,
        opens_at=opens,
        closes_at=opens + LONGEST,
        log_size=0,
        statutes_digest=vote.statutes,
        made_at=now,
    )


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
