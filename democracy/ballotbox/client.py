"""A voter's client, and the reference for clients in other languages. It sends nothing: it says what to send.

    paper = Paper.trusted(manifest, trust, my_roll)           # the manifest, held against keys from elsewhere
    file, box = paper.seal({"1": ["ja"]}, own="4711")         # keep `file`, then send `box`
    file = paper.take_receipt(file, receipt)                  # the server's promise
    paper.check_logged([file], leaves, note, trust)           # when there is a checkpoint, and until the urn closes
    paper.check_lists(file, lists)                            # for `check` seconds after mixing: b_{i+1} in L_i
    paper.check_opened(file, codes)                           # the code among those that are published

Each check raises `Complaint` with what to do and the evidence. A client that cannot check says so to its voter:
a mixer that swaps ballots is found by nobody else.
"""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import msgspec

from democracy.ballotbox.ballot import Body
from democracy.ballotbox.checkpoint import Checkpoint, CheckpointError, opened, witnessed
from democracy.ballotbox.claims import MixClaim, make_claim
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.leaves import Ballot, ballot_leaf
from democracy.ballotbox.manifest import Manifest, digest, read_manifest
from democracy.ballotbox.merkle import Tree, includes, leaf_hash
from democracy.ballotbox.note import Note, NoteError
from democracy.ballotbox.receipt import read_receipt
from democracy.ballotbox.roll import MyRoll
from democracy.ballotbox.story import read_log
from democracy.ballotbox.trust import Trust
from democracy.ballotbox.voter_file import VoterFile

_CODE_BYTES = 10


class Complaint(Exception):  # noqa: N818  # it is what the voter has, and takes further, rather than a failure of ours
    """Something is not as it was promised; `claim` is the evidence against a mixer, where there is one."""

    def __init__(self, says: str, claim: MixClaim | None = None) -> None:
        super().__init__(says)
        self.claim = claim


@dataclass(frozen=True)
class Paper:
    """An urn's ballot paper: the manifest, whose keys were found to be the trusted ones, and the voter's slot."""

    manifest: Manifest
    m: bytes
    slot: int

    @classmethod
    def trusted(cls, data: bytes, trust: Trust, mine: MyRoll, grown: tuple[int, bytes] | None = None) -> Self:
        """Verify a manifest before anything is sealed to it; raises UrnError.

        `trust` holds keys from outside the server. `grown` is the roll's size and root after growth, for a member who
        came onto the roll after the urn opened; they are those of a `roll` leaf that `check_logged` will see.
        """
        manifest = read_manifest(data)
        if strange := [each.name for each in manifest.mixers if each.sign not in trust.mixers]:
            raise UrnError(Code.E_TRUST, f"{strange[0]} is no mixer that you trust")
        if manifest.origin != trust.log.name or not set(manifest.officers) <= trust.officers:
            raise UrnError(Code.E_TRUST, "log or officers are not those that you trust")
        size, root = grown or (manifest.roll.size, bytes.fromhex(manifest.roll.root))
        if not mine.proves(size, root):
            raise UrnError(Code.E_ROLL, "your row is not in the roll of this urn")
        return cls(manifest, digest(data), mine.slot)

    def seal(self, choices: Mapping[str, Sequence[str]], own: str = "", seq: int = 1) -> tuple[VoterFile, bytes]:
        """A voter file, to be kept before anything is sent, and the sealed ballot; raises SpoiltError.

        A fresh seed and code are made each time, also when a ballot is changed.
        """
        code = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
        body = Body({question: tuple(chosen) for question, chosen in choices.items()}, code, own)
        body.message(self.manifest)
        seed = secrets.token_hex(32)
        file = VoterFile(m=self.m.hex(), slot=self.slot, seq=seq, seed=seed, body=body.text.decode())
        return file, file.layers(self.manifest)[0].box

    def take_receipt(self, file: VoterFile, data: bytes) -> VoterFile:
        """The file with its receipt; raises Complaint if that is not the server's promise for this ballot."""
        try:
            receipt = read_receipt(data)
        except ValueError:
            raise Complaint("Svaret är inget kvitto. Skicka samma bytes igen.") from None
        promised = (receipt.m, receipt.slot, receipt.seq, receipt.digest)
        if promised != (file.m, file.slot, file.seq, file.digest(self.manifest)):
            raise Complaint("Kvittot gäller en annan röst än din. Skicka samma bytes igen.")
        if not receipt.signed_by(self.manifest.server):
            raise Complaint("Kvittot är inte undertecknat av servern.")
        return msgspec.structs.replace(file, receipt=data.decode())

    def check_included(self, file: VoterFile, at: int, path: Sequence[bytes], raw: str, trust: Trust) -> None:
        """The ballot is in the log under a checkpoint that enough witnesses saw; raises Complaint."""
        seen = self._seen(raw, trust)
        hashed = leaf_hash(ballot_leaf(file.slot, file.seq, file.digest(self.manifest)))
        if not includes(hashed, at, seen.size, path, seen.root):
            raise Complaint("Din röst finns inte i loggen. Spara kvittot: det räknas som bevis när urnan är stängd.")

    def check_logged(self, files: Sequence[VoterFile], leaves: Sequence[bytes], raw: str, trust: Trust) -> None:
        """The whole log so far: every ballot of this client is in it, and no other in its slot; raises Complaint."""
        seen, tree = self._seen(raw, trust), Tree(leaf_hash(each) for each in leaves)
        if (tree.size, tree.root) != (seen.size, seen.root):
            raise Complaint("Loggen stämmer inte med sin kontrollpunkt.")
        story = read_log(leaves)
        if story.m != self.m:
            raise Complaint("Loggen hör till en annan urna.")
        mine = {(each.seq, each.digest(self.manifest)) for each in files}
        found = {(leaf.seq, leaf.digest) for _, leaf in story.all(Ballot) if leaf.slot == self.slot}
        if found - mine:
            raise Complaint("Någon annan har röstat på din plats. Säg till funktionärerna innan urnan räknas.")
        if mine - found:
            raise Complaint("Din röst finns inte i loggen. Spara kvittot: det räknas som bevis när urnan är stängd.")

    def check_lists(self, file: VoterFile, lists: Mapping[int, Sequence[bytes]]) -> int:
        """Seek b_{i+1} in each list L_1 … L_k that is given, and return how many were; raises Complaint with a claim.

        Fetch the whole lists, without cookie or token: asking for one record would tell which is yours.
        """
        layers, message = file.layers(self.manifest), file.message(self.manifest)
        for i in sorted(each for each in lists if each):
            if layers[i].box not in lists[i]:
                claim = make_claim(i, file.slot, layers, message)
                name = self.manifest.mixers[i - 1].name
                raise Complaint(f"{name} har inte lämnat din röst vidare. Lämna in beviset.", claim)
        return sum(1 for each in lists if each)

    def check_opened(self, file: VoterFile, codes: bytes) -> None:
        """The code with your digits is among those published, and once only; raises Complaint."""
        body = Body.read(file.body.encode(), self.manifest.questions)
        times = codes.split(b"\n").count(body.code_line.encode())
        if not times:
            raise Complaint("Din kod finns inte bland de öppnade rösterna.")
        if times > 1:
            raise Complaint("Någon annan har samma kod och siffror som du. Säg till funktionärerna.")

    def _seen(self, raw: str, trust: Trust) -> Checkpoint:
        try:
            note = Note.parse(raw)
            seen = opened(note, trust.log)
        except (NoteError, CheckpointError):
            raise Complaint("Kontrollpunkten är inte undertecknad av den logg som du litar på.") from None
        if len(witnessed(note, self.manifest.witness_keys)) < self.manifest.quorum:
            raise Complaint("För få vittnen har sett loggen. Vänta och försök igen.")
        return seen
