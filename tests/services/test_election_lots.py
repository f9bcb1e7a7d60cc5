"""Lots of an election that anybody can check: shares committed to before the vote, shown after it, or withheld."""

from democracy.counting.lots import commit
from tests.elections import Hall, by_state, codes

SHARES = {"o0": "11" * 16, "o1": "22" * 16}


async def shared(room: Hall, election: str) -> None:
    """Two delegates commit to a share each."""
    for who, share in SHARES.items():
        given = await room.do(who, "commitElectionLot", electionId=election, commitment=commit(bytes.fromhex(share)))
        assert given["__typename"] == "Election"


async def test_a_tie_at_the_cut_is_settled_by_shares_that_nobody_could_choose(room: Hall) -> None:
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    await shared(room, election)
    tied = await room.paper(election, [([a, b], 3), ([a, c], 3), ([b, c], 2)])
    assert tied["lotNeeded"] is not None
    assert (await room.see("o0", election) or {})["lotNeeded"] is None
    assert codes(await room.do("presidium", "declareElection", electionId=election)) == ["lot_needed"]
    wrong = await room.do("o0", "revealElectionLot", electionId=election, share="33" * 16)
    assert codes(wrong) == ["share_unknown"]
    await room.do("o0", "revealElectionLot", electionId=election, share=SHARES["o0"])
    await room.do("presidium", "drawElectionLot", electionId=election)
    done = await room.do("presidium", "declareElection", electionId=election)
    assert a in by_state(done, "ELECTED")
    assert len(by_state(done, "ELECTED")) == 2
    assert '"withheld"' in done["protocol"]


async def test_nobody_commits_twice_or_after_the_vote_has_opened_or_shows_a_share_after_the_lot(room: Hall) -> None:
    election, (a, b) = await room.published(1, (0, 1))
    await shared(room, election)
    again = {"electionId": election, "commitment": "ab" * 32}
    assert codes(await room.do("o0", "commitElectionLot", **again)) == ["committed_before"]
    assert codes(await room.do("o3", "commitElectionLot", **again | {"commitment": "hemligt"})) == ["hex"]
    await room.paper(election, [([a], 4), ([b], 4)])
    assert codes(await room.do("o3", "commitElectionLot", **again)) == ["wrong_state"]
    # Both stand in the second ballot, so no lot is due, and no share is shown before the votes that it may decide.
    early = await room.do("o0", "revealElectionLot", electionId=election, share=SHARES["o0"])
    assert codes(early) == ["no_lot_due"]
    assert codes(await room.do("presidium", "drawElectionLot", electionId=election)) == ["no_lot_due"]
    await room.do("presidium", "goOnToSecondBallot", electionId=election)
    tied = await room.paper(election, [([a], 4), ([b], 4)])
    assert sorted(tied["lotNeeded"]["candidacyIds"]) == sorted([a, b])
    for who, share in SHARES.items():
        await room.do(who, "revealElectionLot", electionId=election, share=share)
    await room.do("presidium", "drawElectionLot", electionId=election)
    late = await room.do("o0", "revealElectionLot", electionId=election, share=SHARES["o0"])
    assert "share_unknown" in codes(late)
    done = await room.do("presidium", "declareElection", electionId=election)
    assert len(by_state(done, "ELECTED")) == 1
    assert '"withheld":[]' in done["protocol"]
