"""Equal representation: the rule, its exception with reasons, the quota; and statutes that have no such rule."""

from democracy.domain.kinds import Gender
from tests.elections import Hall, by_state, codes


async def men_first(room: Hall) -> None:
    await room.genders(o0=Gender.MAN, o1=Gender.MAN, o2=Gender.WOMAN)


async def test_the_genders_are_represented_or_the_reasons_are_recorded(room: Hall) -> None:
    await men_first(room)
    election, (a, b) = await room.published(2, (0, 1))
    refused = await room.do("presidium", "electByAcclamation", electionId=election, memberCandidacyIds=[a, b])
    assert codes(refused) == ["representation_unmet"]
    assert refused["message"].startswith("Könsfördelningen följer inte stadgarna.")
    empty = await room.do("presidium", "exceptFromRepresentation", electionId=election, reason=" ")
    assert codes(empty) == ["reason_missing"]
    await room.do("presidium", "exceptFromRepresentation", electionId=election, reason="Inga kvinnor har tackat ja.")
    done = await room.do("presidium", "electByAcclamation", electionId=election, memberCandidacyIds=[a, b])
    assert done["state"] == "ELECTED"
    seen = await room.see("o5", election) or {}
    assert seen["representationOfElected"] == {"met": False, "women": None, "men": None}


async def test_the_quota_elects_the_next_of_the_other_gender_over_the_line(room: Hall) -> None:
    await men_first(room)
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    await room.paper(election, [([a, b], 3), ([a, c], 4), ([b, c], 1)])
    done = await room.do("presidium", "declareElection", electionId=election)
    assert sorted(by_state(done, "ELECTED")) == sorted([a, c])


async def test_with_the_reasoned_exception_a_vote_elects_whoever_has_the_most_votes(room: Hall) -> None:
    await men_first(room)
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    await room.do("presidium", "exceptFromRepresentation", electionId=election, reason="Mötet väljer fritt.")
    await room.paper(election, [([a, b], 5), ([a, c], 2), ([b, c], 1)])
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [a, b]
    assert (await room.see("o5", election) or {})["exception"] == "Mötet väljer fritt."


async def test_statutes_without_such_a_rule_ask_for_nothing_and_know_no_exception(room: Hall) -> None:
    await room.under("smaforeningen")
    await men_first(room)
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    excepted = await room.do("presidium", "exceptFromRepresentation", electionId=election, reason="Ingen ville.")
    assert codes(excepted) == ["exception_unknown"]
    await room.paper(election, [([a, b], 5), ([a, c], 2), ([b, c], 1)])
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [a, b]
    seen = await room.see("o5", election) or {}
    assert seen["representationOfElected"]["met"] is True
