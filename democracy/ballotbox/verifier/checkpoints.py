"""E_CHECKPOINT, E_FORK, E_WITNESS, E_TIME: the log is the one that was signed, and others saw it in time."""

from dataclasses import dataclass
from itertools import pairwise

from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.checkpoint import Checkpoint, CheckpointError, opened, witnessed
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.leaves import Accept, Ballot, Close, Extend, Input, Mix, Opened
from democracy.ballotbox.manifest import seconds
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.note import Note, NoteError
from democracy.ballotbox.story import Story
from democracy.ballotbox.trust import Trust


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint with the note that it came in."""

    checkpoint: Checkpoint
    note: Note


def read_checkpoints(bundle: Bundle, trust: Trust) -> list[Seen]:
    """Checkpoints that the trusted log signed, whose roots are those of the leaves; the last covers all of them."""
    seen = [_read(at, raw, trust) for at, raw in enumerate(bundle.checkpoints)]
    sizes = [each.checkpoint.size for each in seen]
    if sizes != sorted(sizes):
        raise UrnError(Code.E_CHECKPOINT, "a later checkpoint is of a smaller log")
    if not sizes or sizes[-1] != len(bundle.leaves):
        raise UrnError(Code.E_CHECKPOINT, f"{len(bundle.leaves)} leaves, the last checkpoint is of {[0, *sizes][-1]}")
    tree = Tree(leaf_hash(each) for each in bundle.leaves)
    for each in seen:
        if tree.root_at(each.checkpoint.size) != each.checkpoint.root:
            raise UrnError(Code.E_FORK, f"the leaves are not those of the checkpoint of size {each.checkpoint.size}")
    return seen


def _read(at: int, raw: str, trust: Trust) -> Seen:
    try:
        note = Note.parse(raw)
        return Seen(opened(note, trust.log), note)
    except (NoteError, CheckpointError) as error:
        raise UrnError(Code.E_CHECKPOINT, f"checkpoint {at}: {error}") from None


def check_witnesses(story: Story, seen: list[Seen]) -> None:
    """A quorum of witnesses saw each stage before the next began; raises UrnError E_WITNESS.

    Stages: every mixer accepted; the input; each mix; the opening. So nobody opened a layer of a list that could still
    have been another, and no ballot was cast into an urn that a mixer had not accepted.
    """
    if not story.manifest.quorum:
        return
    for name, last, following in _stages(story):
        covering = (each for each in seen if last < each.checkpoint.size <= following)
        if not any(_quorum(story, each) for each in covering):
            raise UrnError(Code.E_WITNESS, f"no quorum of witnesses over {name} (leaf {last})")


def _stages(story: Story) -> list[tuple[str, int, int]]:
    """Name of a stage, the place of its last leaf, and how far the log may go before the quorum has signed."""
    end = len(story.entries)
    accepted, mixes = [at for at, _ in story.all(Accept)], [at for at, _ in story.all(Mix)]
    first = [*(at for at, _ in story.all(Ballot)), *(at for at, _ in story.all(Close)), end][0]
    ready, opening = story.one(Input), story.one(Opened)
    stages = [("accept", accepted[-1], first)] if len(accepted) == story.manifest.k else []
    if ready:
        stages.append(("close and input", ready[0], [*mixes, end][0]))
    stages += [("mix", at, after) for at, after in pairwise([*mixes, opening[0] if opening else end])]
    return [*stages, ("opened", opening[0], end)] if opening else stages


def _quorum(story: Story, seen: Seen) -> bool:
    return len(witnessed(seen.note, story.manifest.witness_keys)) >= story.manifest.quorum


def check_times(story: Story, seen: list[Seen]) -> None:
    """No witness saw the close before its time, and no extension shortens; raises UrnError E_TIME."""
    closes = _seconds(0, story.manifest.closes)
    for at, leaf in story.all(Extend):
        if _seconds(at, leaf.closes) <= closes:
            raise UrnError(Code.E_TIME, f"leaf {at}: an extension that does not extend")
        closes = _seconds(at, leaf.closes)
    close = story.one(Close)
    if close is None:
        return
    for each in (each for each in seen if each.checkpoint.size > close[0]):
        early = [key.name for key, at in witnessed(each.note, story.manifest.witness_keys).items() if at < closes]
        if early:
            raise UrnError(Code.E_TIME, f"leaf {close[0]}: {early[0]} saw the close before {story.closes}")


def _seconds(at: int, time: str) -> int:
    try:
        return seconds(time)
    except ValueError:
        raise UrnError(Code.E_TIME, f"leaf {at}: {time} is no time") from None
