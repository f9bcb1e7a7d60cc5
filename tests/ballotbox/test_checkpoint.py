"""Signed notes, checkpoints and cosignatures: published examples, and what is refused."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from democracy.ballotbox import checkpoint
from democracy.ballotbox.checkpoint import Checkpoint, CheckpointError, cosign, cosigned_at, witnessed
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.note import KeyKind, Note, NoteError, SignatureLine, SignerKey, VerifierKey, sign, signed_by
from tests.ballotbox.shared import needs_vectors, vectors

# The example of Go's package sumdb/note, where this format was first described.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example in C2SP's page on cosignatures. Its keys are not published; it shows how the lines are written.
C2SP_NOTE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)

LOG = SignerKey("log.example/a", KeyKind.ED25519, Ed25519PrivateKey.from_private_bytes(b"l" * 32))
WITNESS = SignerKey("witness.example/w", KeyKind.COSIGNATURE, Ed25519PrivateKey.from_private_bytes(b"w" * 32))
OTHER = SignerKey("witness.example/x", KeyKind.COSIGNATURE, Ed25519PrivateKey.from_private_bytes(b"x" * 32))
AT = Checkpoint("log.example/a", 3, Tree(leaf_hash(each) for each in (b"1", b"2", b"3")).root)


def test_gos_example_of_a_note_is_verified() -> None:
    note, key = Note.parse(GO_NOTE), VerifierKey.parse(GO_KEY)
    assert str(note) == GO_NOTE
    assert str(key) == GO_KEY
    assert signed_by(note, key)
    assert not signed_by(Note(note.text.replace("don't", "do"), note.lines), key)


def test_c2sps_example_of_a_checkpoint_is_read_and_written_the_same() -> None:
    note = Note.parse(C2SP_NOTE)
    read = Checkpoint.parse(note.text)
    assert (read.origin, read.size) == ("example.com/behind-the-sofa", 20852163)
    assert str(note) == C2SP_NOTE
    assert read.text == note.text


def test_a_checkpoint_goes_out_and_comes_back() -> None:
    note = AT.signed(LOG)
    assert checkpoint.read(str(note), LOG.verifier) == AT


def test_a_witness_says_when_it_saw_the_checkpoint() -> None:
    note = AT.signed(LOG)
    note = note.with_lines(cosign(note, WITNESS, 1_900_000_000))
    assert cosigned_at(note, WITNESS.verifier) == 1_900_000_000
    assert witnessed(Note.parse(str(note)), [WITNESS.verifier, OTHER.verifier]) == {WITNESS.verifier: 1_900_000_000}
    assert checkpoint.read(str(note), LOG.verifier) == AT


def test_a_cosignature_is_for_one_checkpoint_and_one_time() -> None:
    note = AT.signed(LOG)
    line = cosign(note, WITNESS, 1_900_000_000)
    later = SignatureLine(line.name, line.id, (1_900_000_001).to_bytes(8, "big") + line.signature[8:])
    elsewhere = Checkpoint("log.example/a", 4, AT.root).signed(LOG)
    assert cosigned_at(note.with_lines(later), WITNESS.verifier) is None
    assert cosigned_at(elsewhere.with_lines(line), WITNESS.verifier) is None


def test_a_bad_signature_in_the_logs_name_spoils_the_good_one() -> None:
    note = AT.signed(LOG)
    bad = SignatureLine(LOG.name, LOG.verifier.id, bytes(64))
    assert not signed_by(note.with_lines(bad), LOG.verifier)


def test_a_signature_by_somebody_unknown_changes_nothing() -> None:
    stranger = SignerKey("log.example/a", KeyKind.ED25519, OTHER.private)
    note = AT.signed(LOG)
    assert checkpoint.read(str(note.with_lines(*sign(AT.text, stranger).lines)), LOG.verifier) == AT
    with pytest.raises(CheckpointError, match="not signed by"):
        checkpoint.read(str(AT.signed(stranger)), LOG.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log.example/a\n3\n",
        AT.text + "more\n",
        AT.text.replace("\n3\n", "\n03\n"),
        AT.text.replace("\n3\n", "\n-3\n"),
        AT.text.replace("=", ""),
        AT.text.removesuffix("\n"),
        AT.text.replace("log.example/a", ""),
    ],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(CheckpointError):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— a b",
        "text\n\n— a !!!!\n",
        "text\n\n— a AAAA\n",
        "a\tb\n\n— a AAAAAAA=\n",
        "\n\n— a AAAAAAA=\n",
        "text\n\n" + "— a AAAAAAA=\n" * 101,
    ],
)  # fmt: skip
def test_what_is_no_note_is_refused(raw: str) -> None:
    with pytest.raises(NoteError):
        Note.parse(raw)
    with pytest.raises(CheckpointError):
        checkpoint.read(raw, LOG.verifier)


@pytest.mark.parametrize("text", ["", "a+b", GO_KEY.replace("c74f20a3", "c74f20a4"), GO_KEY[:-4], "a b+c74f20a3+AA=="])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        VerifierKey.parse(text)


@given(st.text(max_size=200))
def test_reading_anything_ends_in_an_answer(raw: str) -> None:
    for read in (Note.parse, Checkpoint.parse, VerifierKey.parse, SignatureLine.parse):
        try:
            read(raw)
        except (NoteError, CheckpointError):
            continue


@needs_vectors
def test_the_designs_own_checkpoint_is_signed_and_witnessed() -> None:
    vector = vectors()["V1"]
    log = VerifierKey.parse(vector["trust"]["log"])
    witnesses = [VerifierKey.parse(each) for each in vector["trust"]["witnesses"]]
    read = checkpoint.read(vector["checkpoint"], log)
    assert read.root == Tree(leaf_hash(each.encode()) for each in vector["log"]).root
    assert list(witnessed(Note.parse(vector["checkpoint"]), witnesses)) == witnesses
