"""From a ballot to its urn: seeds, roll, the manifest that two officers sign, the key holders' acceptances."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from democracy.ballotbox.canonical import CanonicalError, canonical, parse
from democracy.ballotbox.counted import rule_for
from democracy.ballotbox.faults import UrnError
from democracy.ballotbox.keys import Seed, signed_bytes, with_sig
from democracy.ballotbox.leaves import Claim, Destroyed
from democracy.ballotbox.manifest import OFFICERS, Manifest, Question, digest, pad_for, read_manifest
from democracy.ballotbox.merkle import leaf_hash
from democracy.ballotbox.roll import roll_leaf, roll_tree, tag
from democracy.ballotbox.urn import unsigned
from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.ballots.case import open_ballot
from democracy.services.urns.amending import have_effect
from democracy.services.urns.case import UrnService, longer, take
from democracy.services.urns.log import head
from democracy.services.urns.practice import VOTERS, practise
from democracy.services.urns.seeds import API, LOCK
from democracy.services.urns.witnessing import make_ready
from democracy.services.use_case import use_case
from democracy.storage import ballots, urn_log, urns
from democracy.storage.ledger import Text
from democracy.storage.tables.ballot import MemberBallotRow
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Unit
from workflows.ballot_kinds import QuestionForm, SecrecyLevel
from workflows.urn import UrnState

BUILD = "democracy"
ADDED_BY_HAND = {"accept": "accept", "roll": "amend", "void": "amend", "extend": "amend", "claim": "try_claim",
                 "destroyed": "declare"}  # fmt: skip
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
    rehearsal_minutes: int = 60
    """How long a rehearsal takes ballots, from when it is drawn up."""


class UrnBuilding(UrnService):
    """What happens to an urn before it takes ballots, and what officers and key holders hand in."""

    @use_case
    async def draw_up(self, unit: Unit, ballot_id: UUID, plan: UrnPlan, *, actor: Actor) -> UUID:
        """Make the seeds, put the electorate into slots, and write the manifest that two officers are to sign."""
        ballot = await open_ballot(unit, ballot_id, actor)
        if not plan.rehearsal and await urns.is_taken(unit.session, ballot_id):
            raise InvalidInputError(FieldError("ballotId", "urn_exists"))
        row, urn_id = await ballots.row(unit, ballot_id), new_id()
        self.seeds.make(urn_id)
        api = self.seeds.read(urn_id, API)
        # A rehearsal is for the key holders: nobody is asked to vote in it.
        voters = [uuid4() for _ in range(VOTERS)] if plan.rehearsal else await urns.electors(unit.session, ballot_id)
        roll = roll_of(voters, api)
        questions = await ballots.questions_with_options(unit, ballot_id)
        times = _times(row, plan, unit.now)
        fields = _fields(urn_id, row.level, times, plan, [_question(*each) for each in questions])
        fields |= {
            "urn_key": self.seeds.read(urn_id, LOCK).hpke_public.hex(),
            "server": api.sign_public.hex(),
            "roll": {"size": len(roll), "root": roll_tree([leaf for _, leaf in roll]).root.hex()},
        }
        draft = with_sig(unsigned("manifest", **fields), api.sign)
        urn = _row(urn_id, row, times, plan, canonical(draft).decode(), unit)
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
        await have_effect(unit, case.row, entry.leaf, self.seeds)
        facts = replace(
            case.facts,
            claims_upheld=sum(each.finding == "upheld" for _, each in story.all(Claim)),
            declared_already=_twice([each.who for _, each in story.all(Destroyed)]),
        )
        told = {"leaf": kind, "at": case.row.log_size}
        await take(unit, case, ADDED_BY_HAND[kind], actor=actor, facts=facts, outcome=told)
        await urn_log.append(unit.session, case.row, [(kind, leaf)])
        if kind == "destroyed":
            await take(unit, case, "note_log", actor=actor, outcome=await head(unit, case.row))
        await make_ready(unit, case, actor=actor)
        return urn_id

    @use_case
    async def practise(self, unit: Unit, urn_id: UUID, told: Counter[str], *, actor: Actor) -> UUID:
        """Fill a rehearsal with ballots; `told` gets how often each alternative was chosen."""
        case = await urns.opened(unit, urn_id, actor=actor)
        chosen = await practise(unit, urn_id)
        await take(unit, case, "practise", actor=actor)
        told.clear()
        told.update(chosen)
        return urn_id

    @use_case
    async def spoil(self, unit: Unit, urn_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Give an urn up, with the reason: a key holder has dropped out of the rehearsal, a claim was upheld."""
        case = await urns.opened(unit, urn_id, actor=actor)
        facts = replace(case.facts, reason_given=bool(reason.strip()))
        text = Text("urn", urn_id, {"reason": reason.strip()})
        outcome = await head(unit, case.row)
        await take(unit, case, "spoil", actor=actor, facts=facts, outcome=outcome, texts=[text])
        return urn_id


def _twice(names: Sequence[str]) -> bool:
    return len(set(names)) < len(names)


def roll_of(voters: Sequence[UUID], api: Seed) -> list[tuple[bytes, bytes]]:
    """(tag, leaf) by slot. The order is that of the tags, which only the seed explains."""
    tagged = sorted((tag(api.roll, each.hex), each.hex) for each in voters)
    return [(mark, roll_leaf(api.roll, member, slot)) for slot, (mark, member) in enumerate(tagged)]


def _row(
    urn_id: UUID, ballot: MemberBallotRow, times: tuple[datetime, datetime], plan: UrnPlan, draft: str, unit: Unit
) -> UrnRow:
    return UrnRow(
        id=urn_id,
        ballot_id=ballot.id,
        state=UrnState.DRAFT,
        rehearsal=plan.rehearsal,
        origin=_origin(urn_id, plan),
        draft=draft,
        revote=plan.revote,
        opens_at=times[0],
        closes_at=times[1],
        log_size=0,
        statutes_digest=ballot.statutes_digest,
        made_at=unit.now,
    )


def _origin(urn_id: UUID, plan: UrnPlan) -> str:
    return f"{plan.host}/urn/{urn_id.hex[-16:]}"


def _times(ballot: MemberBallotRow, plan: UrnPlan, now: datetime) -> tuple[datetime, datetime]:
    if plan.rehearsal:
        opens = now.replace(microsecond=0)
        return opens, opens + timedelta(minutes=plan.rehearsal_minutes)
    if ballot.opens_at is None or ballot.closes_at is None:
        raise InvalidInputError(FieldError("ballotId", "times_missing"))
    return ballot.opens_at, ballot.closes_at


def _fields(
    urn_id: UUID,
    level: SecrecyLevel,
    times: tuple[datetime, datetime],
    plan: UrnPlan,
    questions: list[dict[str, Any]],
) -> dict[str, Any]:
    free = any(each["kind"] == "text" for each in questions)
    if level is SecrecyLevel.SEALED and len(plan.mixers) < 2:
        raise InvalidInputError(FieldError("mixers", "too_few", {"least": 2}))
    return {
        "urn": urn_id.hex,
        "origin": _origin(urn_id, plan),
        "level": level.value,
        "questions": questions,
        "rule": rule_for(msgspec.convert(questions, list[Question])),
        "opens": _text(times[0]),
        "closes": _text(times[1]),
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
        value = parse(manifest)
        if len(value.get("sigs", [])) < OFFICERS:
            raise InvalidInputError(FieldError("manifest", "not_signed", {"least": OFFICERS}))
        read = read_manifest(manifest)
    except (CanonicalError, UrnError) as error:
        raise InvalidInputError(FieldError("manifest", "unsound", {"message": str(error)})) from error
    if signed_bytes(value) != signed_bytes(parse(draft.encode())):
        raise InvalidInputError(FieldError("manifest", "not_the_draft"))
    return read


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
