"""A mixer that swaps ballots: the verifier passes it, and the voters' clients convict it."""

import json
from dataclasses import replace

import pytest

from democracy.ballotbox.ballot import seal_layer
from democracy.ballotbox.claims import NO_FAULT, MixClaim, judge, make_claim, read_claim
from democracy.ballotbox.client import Complaint
from democracy.ballotbox.faults import Code, FileError, UrnError
from democracy.ballotbox.keys import sha256
from democracy.ballotbox.mixing import Mixed
from democracy.ballotbox.receipt import make_receipt, read_receipt
from democracy.ballotbox.urn import Server
from democracy.ballotbox.verifier import Verdict, verify, verify_so_far
from tests.ballotbox.shared import needs_vectors
from tests.ballotbox.test_verifier import designs
from tests.ballotbox.urns import Played, Voter, body
from tests.ballotbox.voters import voting

SWAPPED = 20


def inner(urn: Played, i: int, number: int) -> bytes:
    """A fresh b_{i+1} that a cheating mixer i makes up: a ballot for nej."""
    sealed: bytes = body(1000 + number, ("nej",)).message(urn.manifest)
    for layer in range(urn.mixers + 1, i, -1):
        sealed = seal_layer(urn.manifest, urn.m, layer, 0, sealed, sha256(f"cheat {number} {layer}".encode()))
    return sealed


def swapping(urn: Played, cheat: int, victims: list[Voter]) -> Played:
    """Mixer `cheat` hands on made-up ballots instead of the victims', as many as it took."""

    def swap(i: int, mixed: Mixed) -> Mixed:
        if i != cheat:
            return mixed
        gone = {voter.layers[i].box for voter in victims}
        kept = [record for record in mixed.records if record not in gone]
        return replace(mixed, records=tuple(sorted([*kept, *(inner(urn, i, n) for n in range(len(victims)))])))

    return urn.mix(swap)


@pytest.mark.parametrize("cheat", [1, 2])
def test_a_mixer_that_swaps_twenty_passes_the_verifier_and_is_convicted_by_claims(cheat: int) -> None:
    urn = Played(size=60).accept()
    for slot in range(50):
        urn.cast(slot, body(slot, ("ja",)))
    urn.checkpoint()
    victims = urn.voters[:SWAPPED]
    swapping(urn.close(), cheat, victims).open().result()
    verdict = verify(urn.bundle, urn.trust, urn.roll)
    line = "roll 60 voted 50 void 0 in 50 = bad 0 + dup 0 + spoilt 0 + counted 50"
    assert str(verdict.totals) == line, "nothing that is offline tells that twenty votes were swapped"
    assert verdict.warnings == ()
    assert urn.protocol == b'{"tally":{"ja":30,"nej":20}}'
    answers = [judge(verdict.story, verdict.lists, claim_of(voter, cheat)) for voter in urn.voters]
    assert answers == [f"mixer {cheat} at fault"] * SWAPPED + [NO_FAULT] * 30


def claim_of(voter: Voter, i: int) -> MixClaim:
    return make_claim(i, voter.slot, voter.layers, voter.message)


def test_the_clients_that_check_find_it_and_hold_the_evidence_in_their_hands() -> None:
    urn, votes = voting(30)
    urn.close()
    swapping(urn, 2, [Voter(v.file.slot, v.file.layers(urn.manifest), b"", body(0)) for v in votes[:SWAPPED]])
    verdict = verify_so_far(urn.bundle, urn.trust)
    for vote in votes[:SWAPPED]:
        with pytest.raises(Complaint, match="inte lämnat din röst vidare") as complaint:
            vote.paper.check_lists(vote.file, urn.lists)
        assert complaint.value.claim is not None
        assert judge(verdict.story, verdict.lists, complaint.value.claim) == "mixer 2 at fault"
    for vote in votes[SWAPPED:]:
        assert vote.paper.check_lists(vote.file, urn.lists) == 2


def test_a_mixer_that_lists_a_good_ballot_as_bad_is_convicted() -> None:
    urn = Played().accept().vote().close()
    victim = urn.voters[3]
    record = victim.slot.to_bytes(4, "big") + victim.layers[0].box

    def bury(i: int, mixed: Mixed) -> Mixed:
        if i != 1:
            return mixed
        kept = tuple(each for each in mixed.records if each != victim.layers[1].box)
        return replace(mixed, bad=(sha256(record).hex(),), records=kept)

    urn.mix(bury).open().result()
    verdict = verify(urn.bundle, urn.trust)
    assert verdict.warnings == ("W_BAD mixer 1: 1",)
    assert judge(verdict.story, verdict.lists, claim_of(victim, 1)) == "mixer 1 at fault"


@pytest.fixture(scope="module")
def honest() -> tuple[Played, Verdict]:
    urn = Played().accept().vote().close().mix()
    return urn, verify_so_far(urn.bundle, urn.trust)


def refused(verdict: Verdict, claim: MixClaim) -> str:
    with pytest.raises(UrnError) as found:
        judge(verdict.story, verdict.lists, claim)
    assert found.value.code is Code.E_CLAIM
    return found.value.detail


def test_claims_that_prove_nothing_are_refused(honest: tuple[Played, Verdict]) -> None:
    urn, verdict = honest
    voter = urn.voters[0]
    good = claim_of(voter, 1)
    assert judge(verdict.story, verdict.lists, good) == NO_FAULT
    assert refused(verdict, MixClaim(1, good.into, good.out, "0" * 64, good.slot)) == "does not recompute"
    assert refused(verdict, MixClaim(1, good.into, good.out, good.ekm, 1)) == "does not recompute"
    assert "has not mixed" in refused(verdict, MixClaim(3, good.into, good.out, good.ekm))
    assert "slot is missing" in refused(verdict, MixClaim(1, good.into, good.out, good.ekm))
    assert "slot is missing" in refused(verdict, claim_with_slot(voter))
    lists = {i: each for i, each in verdict.lists.items() if i}
    with pytest.raises(UrnError, match="L_0 and L_1 are needed"):
        judge(verdict.story, lists, good)


def claim_with_slot(voter: Voter) -> MixClaim:
    claim = claim_of(voter, 2)
    return MixClaim(2, claim.into, claim.out, claim.ekm, 0)


def test_a_ballot_that_was_never_cast_convicts_nobody(honest: tuple[Played, Verdict]) -> None:
    urn, verdict = honest
    invented = urn.sealed(27, body(27))
    assert refused(verdict, claim_of(invented, 1)) == "was never in L_0"
    assert refused(verdict, claim_of(invented, 2)) == "was never in L_1"


def test_a_claim_goes_through_its_file_and_anything_else_is_refused(honest: tuple[Played, Verdict]) -> None:
    urn, _ = honest
    claim = claim_of(urn.voters[0], 1)
    assert read_claim(claim.text) == claim
    assert claim.digest == sha256(claim.text).hex()
    for raw in (b"", b"{}", b"[]", claim.text.replace(b'"in"', b'"into"'), claim.text[:-1] + b',"more":1}'):
        with pytest.raises(FileError):
            read_claim(raw)


def test_a_receipt_without_its_ballot_in_the_log_convicts_the_server(honest: tuple[Played, Verdict]) -> None:
    urn, verdict = honest
    voter = urn.voters[0]
    kept = read_claim(make_receipt(urn.api.sign, urn.m, voter.slot, 1, voter.layers[0].box))
    assert judge(verdict.story, verdict.lists, kept) == NO_FAULT
    broken = read_claim(make_receipt(urn.api.sign, urn.m, 27, 1, b"never logged"))
    assert judge(verdict.story, verdict.lists, broken) == "server at fault"
    forged = read_receipt(make_receipt(urn.officers[0].sign, urn.m, 27, 1, b"never logged"))
    with pytest.raises(UrnError, match="not one by this urn's server"):
        judge(verdict.story, verdict.lists, forged)
    early = Played().accept().vote()
    with pytest.raises(UrnError, match="not closed yet"):
        judge(verify_so_far(early.bundle, early.trust).story, {}, broken)


def test_a_claim_that_officers_tried_stands_in_the_log_and_warns() -> None:
    urn = Played().accept().vote().close().mix()
    claim = claim_of(urn.voters[0], 1)
    urn.by_officers("claim", mixer=1, digest=claim.digest, finding="dismissed")
    urn.checkpoint()
    urn.open().result()
    assert verify(urn.bundle, urn.trust).warnings == ("W_CLAIM mixer 1: dismissed",)


def test_the_server_may_seal_for_voters_at_the_lower_level_and_it_is_said() -> None:
    urn = Played(mixers=1).accept().vote()
    server = Server(urn.m, urn.api.sign)
    urn.close()
    urn.leaves[urn.find("close")] = server.close(25, by_server=3)
    bundle = urn.forged(urn.leaves)
    assert verify_so_far(bundle, urn.trust).warnings == ("W_SEALED 3",)


@needs_vectors
def test_the_designs_claims_are_answered_as_it_says() -> None:
    bundle, trust, vector = designs("V3")
    verdict = verify(bundle, trust)
    assert len(vector["claims"]) == 3
    for each in vector["claims"]:
        claim = read_claim(json.dumps(each["claim"]).encode())
        try:
            answer = judge(verdict.story, verdict.lists, claim)
        except UrnError as error:
            answer = str(error)
        assert answer == each["answer"]
