"""The voter's client: what it refuses to seal to, and what it notices."""

import msgspec
import pytest

from democracy.ballotbox.ballot import SpoiltError
from democracy.ballotbox.client import Complaint, Paper
from democracy.ballotbox.faults import Code, FileError, UrnError
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.receipt import make_receipt
from democracy.ballotbox.roll import MyRoll, roll_leaf, roll_tree, salt
from democracy.ballotbox.verifier import verify
from democracy.ballotbox.voter_file import read_voter_file
from tests.ballotbox.urns import Played, body
from tests.ballotbox.voters import cast, paper, row, voting


def test_a_vote_goes_from_the_manifest_to_the_published_code() -> None:
    urn, votes = voting(30)
    for vote in votes[::7]:
        vote.paper.check_logged([vote.file], urn.leaves, urn.notes[-1], urn.trust)
    urn.finish()
    verify(urn.bundle, urn.trust)
    assert urn.opening is not None
    for vote in votes:
        assert vote.paper.check_lists(vote.file, urn.lists) == 2
        vote.paper.check_opened(vote.file, urn.opening.codes)
    assert urn.protocol == b'{"tally":{"ja":15,"nej":15}}'


def test_the_voter_file_is_enough_to_make_every_layer_again() -> None:
    urn, (vote,) = voting(1)
    again = read_voter_file(vote.file.write())
    assert again == vote.file
    assert again.layers(urn.manifest)[0].box == vote.box
    for raw in (b"", b"{}", vote.file.write()[:-2]):
        with pytest.raises(FileError):
            read_voter_file(raw)
    other = Played(name="u2", questions=[{"id": "9", "kind": "one", "options": ["a"], "text": "?"}], fields={})
    with pytest.raises(FileError, match="no ballot for this urn"):
        again.message(other.manifest)


def test_every_ballot_has_its_own_seed_and_code() -> None:
    urn = Played().accept()
    (one, a), (other, b) = (paper(urn, 3).seal({"1": ["ja"]}) for _ in range(2))
    assert one.seed != other.seed
    assert one.body != other.body
    assert a != b


@pytest.mark.parametrize("choices", [{}, {"1": ["kanske"]}, {"1": ["ja", "nej"]}, {"2": ["ja"]}])
def test_a_ballot_that_would_be_spoilt_is_not_sealed(choices: dict[str, list[str]]) -> None:
    with pytest.raises(SpoiltError):
        paper(Played().accept(), 3).seal(choices)


def test_nothing_is_sealed_to_keys_that_come_from_the_server_alone() -> None:
    urn, other = Played(), Played(name="u2")
    for trust in (other.trust, msgspec.structs.replace(urn.trust, mixers=other.trust.mixers)):
        with pytest.raises(UrnError) as found:
            Paper.trusted(urn.leaves[0], trust, row(urn, 3))
        assert found.value.code is Code.E_TRUST
    with pytest.raises(UrnError, match="officers"):
        Paper.trusted(urn.leaves[0], msgspec.structs.replace(urn.trust, officers=frozenset()), row(urn, 3))
    bent = urn.leaves[0].replace(b'"quorum":1', b'"quorum":0')
    with pytest.raises(UrnError, match="E_SIGNATURE"):
        Paper.trusted(bent, urn.trust, row(urn, 3))


def test_a_row_that_is_not_in_the_roll_is_noticed() -> None:
    urn = Played()
    mine = row(urn, 3)
    for wrong in (MyRoll("1004", 3, mine.salt, mine.path), MyRoll("1003", 4, mine.salt, mine.path)):
        with pytest.raises(UrnError) as found:
            Paper.trusted(urn.leaves[0], urn.trust, wrong)
        assert found.value.code is Code.E_ROLL


def test_a_member_who_came_onto_the_roll_later_votes_too() -> None:
    urn = Played()
    tree = roll_tree([*urn.roll, roll_leaf(urn.api.roll, "1030", 30)])
    late = MyRoll("1030", 30, salt(urn.api.roll, "1030").hex(), tuple(tree.inclusion(30)))
    assert Paper.trusted(urn.leaves[0], urn.trust, late, (31, tree.root)).slot == 30


def test_a_receipt_for_something_else_is_no_receipt() -> None:
    urn, (vote,) = voting(1)
    mine, file = vote.paper, vote.file
    for receipt in (
        b"{}",
        make_receipt(urn.api.sign, urn.m, 0, 1, b"another"),
        make_receipt(urn.api.sign, urn.m, 0, 2, vote.box),
        make_receipt(urn.api.sign, bytes(32), 0, 1, vote.box),
        make_receipt(urn.officers[0].sign, urn.m, 0, 1, vote.box),
    ):
        with pytest.raises(Complaint):
            mine.take_receipt(file, receipt)


def test_a_ballot_that_is_not_in_the_log_is_missed() -> None:
    urn, votes = voting(5)
    urn.leaves.pop(urn.find("ballot") + 2)
    urn.checkpoint()
    for slot, vote in enumerate(votes):
        if slot == 2:
            with pytest.raises(Complaint, match="finns inte i loggen"):
                vote.paper.check_logged([vote.file], urn.leaves, urn.notes[-1], urn.trust)
        else:
            vote.paper.check_logged([vote.file], urn.leaves, urn.notes[-1], urn.trust)


def test_a_vote_in_my_slot_that_i_did_not_cast_is_noticed() -> None:
    urn = Played(fields={"revote": 1}).accept()
    vote = cast(urn, 3, "ja")
    urn.cast(3, body(3, ("nej",)), seq=2)
    urn.checkpoint()
    with pytest.raises(Complaint, match="Någon annan har röstat"):
        vote.paper.check_logged([vote.file], urn.leaves, urn.notes[-1], urn.trust)
    with pytest.raises(Complaint, match="Någon annan har röstat"):
        vote.paper.check_logged([], urn.leaves, urn.notes[-1], urn.trust)


def test_a_proof_of_inclusion_is_enough_where_the_log_is_long() -> None:
    urn, votes = voting(9)
    tree = Tree(leaf_hash(each) for each in urn.leaves)
    for slot, vote in enumerate(votes):
        at = 3 + slot
        vote.paper.check_included(vote.file, at, tree.inclusion(at), urn.notes[-1], urn.trust)
        with pytest.raises(Complaint):
            vote.paper.check_included(vote.file, at, tree.inclusion(2), urn.notes[-1], urn.trust)


def test_a_log_that_no_witness_saw_or_that_is_another_is_not_believed() -> None:
    urn, (vote,) = voting(1)
    text, _, lines = urn.notes[-1].rpartition("\n\n")
    unseen = f"{text}\n\n{lines.splitlines()[0]}\n"
    with pytest.raises(Complaint, match="För få vittnen"):
        vote.paper.check_logged([vote.file], urn.leaves, unseen, urn.trust)
    with pytest.raises(Complaint, match="kontrollpunkt"):
        vote.paper.check_logged([vote.file], urn.leaves[:-1], urn.notes[-1], urn.trust)
    for raw, trust in (("nothing", urn.trust), (urn.notes[-1], Played(name="u2").trust)):
        with pytest.raises(Complaint, match="inte undertecknad"):
            vote.paper.check_logged([vote.file], urn.leaves, raw, trust)


def test_a_code_that_is_missing_or_there_twice_is_noticed() -> None:
    urn, votes = voting(6)
    urn.finish()
    assert urn.opening is not None
    codes = urn.opening.codes
    line = next(each for each in codes.split(b"\n") if each.endswith(b" 02")) + b"\n"
    with pytest.raises(Complaint, match="finns inte"):
        votes[2].paper.check_opened(votes[2].file, codes.replace(line, b""))
    with pytest.raises(Complaint, match="samma kod"):
        votes[2].paper.check_opened(votes[2].file, codes + line)
