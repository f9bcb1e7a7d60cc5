"""From a ballot to its urn: seeds, roll, the manifest that two officers sign, the key holders' acceptances."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from democracy.ballotbox.canonical import canonical, parse
from democracy.ballotbox.counted import rule_for
from democracy.ballotbox.faults import UrnError
from democracy.ballotbox.keys import Seed, signed_bytes, with_sig
from democracy.ballotbox.leaves import Accept, Claim, Destroyed, Extend, Roll, Void
from democracy.ballotbox.manifest import Manifest, Question, digest, pad_for, read_manifest
from democracy.ballotbox.merkle import leaf_hash
from democracy.ballotbox.roll import roll_leaf, roll_tree, tag
from democracy.ballotbox.urn import unsigned
from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.ballots.case import open_ballot
from democracy.services.urns.case import UrnService, longer, take
from democracy.services.urns.seeds import API, LOCK
from democracy.services.use_case import use_case
from democracy.storage import ballots, urn_log, urns
from democracy.storage.tables.ballot import MemberBallotRow
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Unit
from democracy.storage.urns import UrnCase
from workflows.ballot_kinds import QuestionForm, SecrecyLevel
from workflows.urn import UrnState

BUILD = "democracy"
ADDED_BY_HAND = {"accept": "accept", "roll": "amend", "void": "amend", "extend": "amend", "claim": "try_claim",
                 "destroyed": "destroy"}  # fmt: skip
"""The leaves that others sign, and the rule under which each is taken in."""


@dataclass(frozen=True)
class UrnPlan:
    """Who holds what of an urn. Keys are in hex; a mixer is `{name, hpke, sign}` as `democracy mix key` prints it."""

    host: str
    """Where the log is read: the first part of its name."""
    mixers: Sequence[dict[str, str]]
    officers: Sequence[str]
    witnesses: Sequence[str] = ()
    quorum: int = 0
    check: int = 86_400
    """Seconds in which voters' clients check the lists before the urn is opened."""
    least: int = 5
    revote: bool = False
    rehearsal: bool = False
    codes_only: bool = False
    """Publish codes instead of opened ballots."""


class UrnBuilding(UrnService):
    """What happens to an urn before it takes ballots, and what officers and key holders hand in."""

    @use_case
    async def draw_up(self, unit: Unit, ballot_id: UUID, plan: UrnPlan, *, actor: Actor) -> UUID:
        """Make the seeds, put the electorate into slots, and write the manifest that two officers are to sign."""
        ballot = await open_ballot(unit, ballot_id, actor)
        row, urn_id = await ballots.row(unit, ballot_id), new_id()
        self.seeds.make(urn_id)
        api = self.seeds.read(urn_id, API)
        roll = await self._roll(unit, ballot_id, api)
        questions = await ballots.questions_with_options(unit, ballot_id)
        fields = _fields(urn_id, row, plan, [_question(*each) for each in questions])
        fields |= {
            "urn_key": self.seeds.read(urn_id, LOCK).hpke_public.hex(),
            "server": api.sign_public.hex(),
            "roll": {"size": len(roll), "root": roll_tree([leaf for _, leaf in roll]).root.hex()},
        }
        draft = with_sig(unsigned("manifest", **fields), api.sign)
        urn = _row(urn_id, row, plan, canonical(draft).decode(), unit)
        unit.session.add(urn)
        await unit.session.flush()
        await urns.write_roll(
            unit.session, urn_id, [(mark, slot, leaf_hash(leaf)) for slot, (mark, leaf) in enumerate(roll)]
        )
        case = await urns.opened(unit, urn_id, actor=actor)
        await take(unit, case, "draw_up", actor=actor, outcome={"ballot": ballot.id.hex, "slots": len(roll)})
        return urn_id

    @use_case
    async def begin(self, unit: Unit, urn_id: UUID, manifest: bytes, *, actor: Actor) -> UUID:
        """Begin the log with the manifest that the officers have signed. Nothing in it may differ from the draft."""
        case = await urns.opened(unit, urn_id, actor=actor)
        read = _signed_draft(case.row.draft, manifest)
        await take(unit, case, "begin", actor=actor, outcome={"m": digest(manifest).hex()})
        case.row.manifest, case.row.m, case.row.box_bytes = manifest, digest(manifest), read.box_bytes
        await urn_log.append(unit.session, case.row, [("manifest", manifest)])
        return urn_id

    @use_case
    async def add(self, unit: Unit, urn_id: UUID, leaf: bytes, *, actor: Actor) -> UUID:
        """Take in a leaf that key holders or officers have signed: accept, void, extend, roll, claim, destroyed."""
        case = await urns.opened(unit, urn_id, actor=actor)
        story = await longer(unit, case, leaf)
        entry = story.entries[-1]
        kind = str(entry.value["t"])
        if kind not in ADDED_BY_HAND:
            raise InvalidInputError(FieldError("leaf", "not_handed_in", {"kind": kind}))
        upheld = [each for _, each in story.all(Claim) if each.finding == "upheld"]
        await self._effect(unit, case, entry.leaf)
        await take(
            unit, replace(case, facts=replace(case.facts, claims_upheld=len(upheld))), ADDED_BY_HAND[kind],
            actor=actor, outcome={"leaf": kind, "at": case.row.log_size},
        )  # fmt: skip
        await urn_log.append(unit.session, case.row, [(kind, leaf)])
        await self._ready(unit, case, accepted=sum(1 for _ in story.all(Accept)), k=story.manifest.k, actor=actor)
        return urn_id

    async def _roll(self, unit: Unit, ballot_id: UUID, api: Seed) -> list[tuple[bytes, bytes]]:
        """(tag, leaf) by slot. The order is that of the tags, which only the seed explains."""
        members = [each.hex for each in await urns.electors(unit.session, ballot_id)]
        tagged = sorted((tag(api.roll, member), member) for member in members)
        return [(mark, roll_leaf(api.roll, member, slot)) for slot, (mark, member) in enumerate(tagged)]

    async def _effect(self, unit: Unit, case: UrnCase, leaf: Any) -> None:
        if isinstance(leaf, Void):
            await urns.hold_alone(unit.session, case.row.id)
            await urns.void_slot(unit.session, case.row.id, leaf.slot)
        elif isinstance(leaf, Extend):
            case.row.closes_at = _time(leaf.closes)
        elif isinstance(leaf, Destroyed | Roll | Accept | Claim):
            return

    async def _ready(self, unit: Unit, case: UrnCase, *, accepted: int, k: int, actor: Actor) -> None:
        if case.state is UrnState.BEGUN and accepted >= k:
            facts = replace(case.facts, accepted=accepted, mixers=k)
            await take(unit, case, "make_ready", actor=actor, facts=facts, outcome={"mixers": k})


def _row(urn_id: UUID, ballot: MemberBallotRow, plan: UrnPlan, draft: str, unit: Unit) -> UrnRow:
    opens, closes = _times(ballot)
    return UrnRow(
        id=urn_id,
        ballot_id=ballot.id,
        state=UrnState.DRAFT,
        rehearsal=plan.rehearsal,
        origin=_origin(urn_id, plan),
        draft=draft,
        revote=plan.revote,
        opens_at=opens,
        closes_at=closes,
        log_size=0,
        statutes_digest=ballot.statutes_digest,
        made_at=unit.now,
    )


def _origin(urn_id: UUID, plan: UrnPlan) -> str:
    return f"{plan.host}/urn/{urn_id.hex[-16:]}"


def _times(ballot: MemberBallotRow) -> tuple[datetime, datetime]:
    if ballot.opens_at is None or ballot.closes_at is None:
        raise InvalidInputError(FieldError("ballotId", "times_missing"))
    return ballot.opens_at, ballot.closes_at


def _fields(urn_id: UUID, ballot: MemberBallotRow, plan: UrnPlan, questions: list[dict[str, Any]]) -> dict[str, Any]:
    opens, closes = _times(ballot)
    free = any(each["kind"] == "text" for each in questions)
    if ballot.level is SecrecyLevel.SEALED and len(plan.mixers) < 2:
        raise InvalidInputError(FieldError("mixers", "too_few", {"least": 2}))
    return {
        "urn": urn_id.hex,
        "origin": _origin(urn_id, plan),
        "level": ballot.level.value,
        "questions": questions,
        "rule": rule_for(msgspec.convert(questions, list[Question])),
        "opens": _text(opens),
        "closes": _text(closes),
        "pad": pad_for(msgspec.convert(questions, list[Question])),
        "mixers": [dict(each) for each in plan.mixers],
        "officers": list(plan.officers),
        "witnesses": list(plan.witnesses),
        "quorum": plan.quorum,
        "revote": int(plan.revote),
        "publish": "codes" if free or plan.codes_only else "rows",
        "check": plan.check,
        "least": plan.least,
        "rehearsal": int(plan.rehearsal),
        "build": BUILD,
    }


def _question(number: int, form: QuestionForm, text: str, most: int | None, codes: Sequence[str]) -> dict[str, Any]:
    made = {"id": str(number), "kind": form.value, "options": list(codes), "text": text}
    return made if most is None else {**made, "most": most}


def _signed_draft(draft: str, manifest: bytes) -> Manifest:
    """The manifest, signed by two officers and otherwise the draft; raises InvalidInputError."""
    try:
        read, value = read_manifest(manifest), parse(manifest)
    except UrnError as error:
        raise InvalidInputError(FieldError("manifest", "unsound", {"message": str(error)})) from error
    if signed_bytes(value) != signed_bytes(parse(draft.encode())):
        raise InvalidInputError(FieldError("manifest", "not_the_draft"))
    return read


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
