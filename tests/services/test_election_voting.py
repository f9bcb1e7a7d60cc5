"""How the meeting elects, through the API: acclamation, first and second ballot, substitutes, stepping back."""

import pytest

from schema.ids import global_id
from tests.conference import NOW
from tests.elections import Hall, by_state, codes

PARTY, SMALL = "vansterpartiet", "smaforeningen"
on_both = pytest.mark.parametrize("rules", [PARTY, SMALL])
"""Under the party's statutes, and under those of a small association."""


@on_both
async def test_no_more_candidates_than_seats_are_elected_by_acclamation_after_the_numbers(
    room: Hall, rules: str
) -> None:
    await room.under(rules)
    election = await room.prepare(2, substitutes=1)
    await room.do("meeting_secretary", "publishNominations", electionId=election)
    first, second, third = [await room.stands(election, each) for each in range(3)]
    given = {"electionId": election, "memberCandidacyIds": [first, second], "substituteCandidacyIds": [third]}
    assert codes(await room.do("presidium", "electByAcclamation", **given)) == ["numbers_undecided"]
    many = await room.do("presidium", "decideElectionNumbers", electionId=election, seats=1, substitutes=2)
    assert codes(many) == (["too_many_substitutes"] if rules == PARTY else [])
    await room.do("presidium", "decideElectionNumbers", electionId=election, seats=2, substitutes=1)
    twice = await room.do("presidium", "electByAcclamation", **given | {"substituteCandidacyIds": [second]})
    assert codes(twice) == ["lists_do_not_fit"]
    done = await room.do("presidium", "electByAcclamation", **given)
    chosen = (by_state(done, "ELECTED"), by_state(done, "SUBSTITUTE"))
    assert (done["state"], *chosen) == ("ELECTED", [first, second], [third])


@on_both
async def test_exactly_half_the_votes_elects_only_where_the_most_votes_are_enough(room: Hall, rules: str) -> None:
    await room.under(rules)
    election, (a, b, c) = await room.published(1, (0, 1, 2))
    counted = await room.paper(election, [([a], 4), ([b], 3), ([c], 1)])
    assert counted["rounds"][0]["figures"]["candidates"][0] == {"candidacyId": a, "votes": 4}
    declared = await room.do("presidium", "declareElection", electionId=election)
    if rules == SMALL:
        assert by_state(declared, "ELECTED") == [a]
        return
    assert codes(declared) == ["second_due"]
    second = await room.do("presidium", "goOnToSecondBallot", electionId=election)
    assert second["state"] == "SECOND"
    decided = await room.paper(election, [([a], 3), ([b], 5)])
    assert decided["rounds"][1]["candidateIds"] == [a, b]
    done = await room.do("presidium", "declareElection", electionId=election)
    assert (by_state(done, "ELECTED"), sorted(by_state(done, "NOT_ELECTED"))) == ([b], sorted([a, c]))


@on_both
async def test_more_over_the_line_than_seats_elects_those_with_the_most_votes(room: Hall, rules: str) -> None:
    await room.under(rules)
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    await room.paper(election, [([a, b], 4), ([a, c], 3), ([b, c], 1)], blank=0)
    acclaimed = await room.do("presidium", "electByAcclamation", electionId=election, memberCandidacyIds=[a, b])
    assert "wrong_state" in codes(acclaimed)
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [a, b]


async def test_more_candidates_than_seats_need_a_vote(room: Hall) -> None:
    election, stand = await room.published(1, (0, 1))
    refused = await room.do("presidium", "electByAcclamation", electionId=election, memberCandidacyIds=stand)
    assert set(codes(refused)) == {"more_than_seats", "lists_do_not_fit"}


@on_both
async def test_a_tie_at_the_cut_is_drawn_by_hand_before_two_witnesses(room: Hall, rules: str) -> None:
    await room.under(rules)
    election, (a, b, c) = await room.published(1, (0, 1, 2))
    await room.paper(election, [([a], 2), ([b], 2), ([c], 2)])
    first, second = await room.numbers(3, 4)
    draw = {"electionId": election, "order": [a, b, c], "witnessNumbers": [first, second]}
    alone = await room.do("presidium", "drawElectionLot", **draw | {"witnessNumbers": [first, first]})
    assert codes(alone) == ["witnesses_missing"]
    others = await room.do("presidium", "drawElectionLot", **draw | {"order": [a, b]})
    assert codes(others) == ["lot_does_not_fit"]
    drawn = await room.do("presidium", "drawElectionLot", **draw | {"order": [c, a, b]})
    assert drawn["lotNeeded"] is None
    if rules == PARTY:
        await room.do("presidium", "goOnToSecondBallot", electionId=election)
        decided = await room.paper(election, [([c], 5), ([a], 3)])
        assert set(decided["rounds"][1]["candidateIds"]) == {a, c}
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [c]


@on_both
async def test_between_two_ballots_one_steps_back_where_the_statutes_have_two(room: Hall, rules: str) -> None:
    await room.under(rules)
    election, (a, b, c) = await room.published(1, (0, 1, 2))
    assert (await room.do("o2", "withdrawCandidacy", candidacyId=c))["state"] == "WITHDRAWN"
    await room.paper(election, [([a], 4), ([b], 3)], blank=1)
    assert codes(await room.do("o0", "withdrawCandidacy", candidacyId=a)) == ["voting_begun"]
    further = await room.do("presidium", "goOnToSecondBallot", electionId=election)
    if rules == SMALL:
        assert codes(further) == ["no_second_due"]
        done = await room.do("presidium", "declareElection", electionId=election)
        assert (by_state(done, "ELECTED"), by_state(done, "WITHDRAWN")) == ([a], [c])


async def test_whoever_steps_back_after_the_first_ballot_is_not_on_the_second(room: Hall) -> None:
    election, (a, b, c) = await room.published(1, (0, 1, 2))
    await room.paper(election, [([a], 3), ([b], 3), ([c], 2)])
    await room.do("presidium", "goOnToSecondBallot", electionId=election)
    assert (await room.do("o0", "withdrawCandidacy", candidacyId=a))["state"] == "WITHDRAWN"
    await room.paper(election, [([b], 8)])
    done = await room.do("presidium", "declareElection", electionId=election)
    assert (by_state(done, "ELECTED"), by_state(done, "WITHDRAWN")) == ([b], [a])


@on_both
async def test_blank_and_invalid_papers_are_told_and_elect_nobody(room: Hall, rules: str) -> None:
    await room.under(rules)
    election, (a, b) = await room.published(1, (0, 1))
    counted = await room.paper(election, [([a], 3), ([b], 2), ([a, b], 1)], blank=1, invalid=1)
    figures = counted["rounds"][0]["figures"]
    assert (figures["blank"], figures["invalid"]) == (1, 1)
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [a]
    assert '"too_many_names":1' in done["protocol"] or '"wrong_number_of_names":1' in done["protocol"]


@on_both
async def test_papers_are_typed_in_twice_and_have_to_agree(room: Hall, rules: str) -> None:
    await room.under(rules)
    election, (a, b) = await room.published(1, (0, 1))
    await room.do("presidium", "openElection", electionId=election, method="PAPERS")
    one = [{"candidacyIds": [a], "number": 8}]
    many = await room.do("presidium", "enterElectionPapers", electionId=election, ballots=one, blank=1)
    assert codes(many) == ["more_papers_than_voters"]
    await room.do("board", "enterElectionPapers", electionId=election, ballots=one)
    assert codes(await room.do("presidium", "closeElection", electionId=election)) == ["counts_missing"]
    other = [{"candidacyIds": [b], "number": 8}]
    await room.do("presidium", "enterElectionPapers", electionId=election, ballots=other)
    assert codes(await room.do("presidium", "closeElection", electionId=election)) == ["counts_differ"]
    guest = await room.do("member", "enterElectionPapers", electionId=election, ballots=one)
    assert "not_your_role" in codes(guest)


async def test_under_a_small_associations_statutes_the_meeting_decides_on_substitutes(room: Hall) -> None:
    await room.under(SMALL)
    election, (a, b, c) = await room.published(1, (0, 1, 2), substitutes=1)
    await room.paper(election, [([a], 3), ([b], 2), ([c], 2)])
    done = await room.do("presidium", "declareElection", electionId=election, substituteCandidacyIds=[c])
    assert (by_state(done, "ELECTED"), by_state(done, "SUBSTITUTE")) == ([a], [c])
    # Their mandates begin with the election.
    assert done["vacantSeats"] == 0
    assert "seat" in [each["step"] for each in (await room.see("o0", election) or {})["history"]]


async def test_under_a_small_associations_statutes_nobody_nominates_for_a_branch_or_asks_for_secrecy(
    room: Hall,
) -> None:
    await room.under(SMALL)
    election = await room.prepare(1)
    asked = await room.do("o0", "nominate", electionId=election, memberId=global_id("Member", room.conference.ombud[1]))
    assert asked["state"] == "ASKED"
    branch = global_id("Unit", room.world.units["granvik"])
    refused = await room.do(
        "meeting_secretary", "nominate", electionId=election, unitId=branch, decision="Möte § 2",
        memberId=global_id("Member", room.conference.ombud[2]),
    )  # fmt: skip
    assert codes(refused) == ["may_not_nominate"]
    open_, _ = await room.published(1, (0,))
    assert codes(await room.do("o5", "requestSecretElection", electionId=open_)) == ["secret_unknown"]


async def test_the_substitutes_of_an_acclamation_stand_as_the_lot_put_them_before_two_witnesses(room: Hall) -> None:
    election, (a, b, c) = await room.published(1, (0, 1, 2), substitutes=2)
    first, second = await room.numbers(3, 4)
    given = {"electionId": election, "memberCandidacyIds": [a], "substituteCandidacyIds": [c, b], "orderByLot": True}
    alone = await room.do("presidium", "electByAcclamation", **given, witnessNumbers=[first])
    assert codes(alone) == ["witnesses_missing"]
    done = await room.do("presidium", "electByAcclamation", **given, witnessNumbers=[first, second])
    seen = await room.see("o0", election) or {}
    order = {each["position"]: each["id"] for each in seen["candidacies"] if each["state"] == "SUBSTITUTE"}
    assert order == {1: c, 2: b}
    assert '"substitutes_by":"lot"' in done["protocol"]
    assert done["protocol"].count(room.conference.ombud[3].hex) == 1


async def test_the_substitutes_of_an_acclamation_stand_as_the_meeting_decided(room: Hall) -> None:
    election, (a, b, c) = await room.published(1, (0, 1, 2), substitutes=2)
    given = {"electionId": election, "memberCandidacyIds": [b], "substituteCandidacyIds": [c, a]}
    done = await room.do("presidium", "electByAcclamation", **given)
    seen = await room.see("o0", election) or {}
    assert [each["position"] for each in seen["candidacies"] if each["id"] in {a, c}] in ([1, 2], [2, 1])
    assert next(each for each in seen["candidacies"] if each["id"] == c)["position"] == 1
    assert '"substitutes_by":"decision"' in done["protocol"]
    assert room.app.now() >= NOW
