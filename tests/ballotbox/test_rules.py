"""How opened ballots are counted, and that a recount finds what is not so."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.ballotbox.ballot import Body
from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.faults import Code, UrnError
from democracy.ballotbox.rules import ballots_of, count, count_rule, differences
from democracy.ballotbox.verifier import verify
from democracy.counting.lots import Lots
from democracy.counting.protocol import Protocol
from democracy.counting.schulze import SchulzeRule, count_schulze
from democracy.counting.stv import StvRule, count_stv
from democracy.counting.threshold import Base, Figures, Rule, Threshold, decide
from tests.ballotbox.urns import ONE, Played, body

NAMES = ["Anna", "Bo", "Cia", "Dag"]
RANK = {"id": "val", "kind": "rank", "options": NAMES, "text": "Vilka ska väljas?"}
SOME = {"id": "s", "kind": "some", "options": ["x", "y", "z"], "text": "Vilka av dessa?"}
TEXT = {"id": "t", "kind": "text", "options": [], "text": "Varför?", "most": 40}


def voted(question: str, orders: list[list[str]]) -> list[Body]:
    return [replace(body(n), choices={question: tuple(order)}) for n, order in enumerate(orders)]


def counted(rule: str, question: dict[str, Any], orders: list[list[str]]) -> Played:
    urn = Played(questions=[question], fields={"rule": rule}).accept()
    for slot, said in enumerate(voted(question["id"], orders)):
        urn.cast(slot, said)
    urn.checkpoint()
    return urn.close().mix().open()


PLAIN = Played()
ORDERS = [["Anna", "Bo"]] * 9 + [["Bo", "Cia"]] * 8 + [["Cia"], ["Dag", "Cia"], []] + [["Dag", "Anna", "Bo", "Cia"]] * 4


def stv(rule: StvRule, orders: list[list[str]]) -> Protocol:
    urn = Played(questions=[RANK], fields={"rule": "tally/1"})
    return count_stv(ballots_of(urn.manifest.questions[0], voted("val", orders)), rule, Lots(bytes(32)))


def test_an_election_by_stv_is_counted_opened_and_recounted() -> None:
    protocol = stv(StvRule(2), ORDERS)
    urn = counted(count_rule(protocol), RANK, ORDERS)
    urn.result(protocol.canonical().encode())
    verdict = verify(urn.bundle, urn.trust)
    assert verdict.totals is not None
    assert verdict.totals.counted == len(ORDERS)
    assert protocol.elected == ("Anna", "Bo")


def test_a_schulze_winner_is_recounted_too() -> None:
    question = Played(questions=[RANK], fields={"rule": "tally/1"}).manifest.questions[0]
    protocol = count_schulze(ballots_of(question, voted("val", ORDERS)), SchulzeRule(), Lots(bytes(32)))
    urn = counted(count_rule(protocol), RANK, ORDERS).result(protocol.canonical().encode())
    assert verify(urn.bundle, urn.trust).totals is not None


def wrong(protocol: bytes, rule: str, question: dict[str, Any] = RANK, orders: list[list[str]] = ORDERS) -> list[str]:
    urn = Played(questions=[question], fields={"rule": rule})
    return list(differences(urn.manifest, voted(question["id"], orders), protocol))


def test_another_winner_rule_method_or_ballot_is_found() -> None:
    protocol = stv(StvRule(2), ORDERS)
    rule, right = count_rule(protocol), protocol.data()
    assert wrong(canonical_(right), rule) == []
    assert wrong(canonical_({**right, "elected": ["Anna", "Cia"]}), rule)
    assert wrong(canonical_(right), count_rule(stv(StvRule(3), ORDERS)))
    assert wrong(canonical_(right), rule.replace("scottish-stv", "irv"))
    assert wrong(canonical_(right), rule, RANK, ORDERS[1:])
    assert wrong(b"{}", rule)
    assert wrong(b"nothing", rule)
    assert wrong(b"[]", rule)
    assert wrong(canonical_(right), "no-such-rule/1")


def canonical_(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_a_threshold_is_held_against_the_opened_ballots() -> None:
    rule = Rule((Threshold(2, 3, strict=False, base=Base.CAST),))
    orders = [["ja"]] * 16 + [["nej"]] * 7 + [[]]
    protocol = decide(rule, [Figures(16, 7, 1)])
    assert protocol.outcome == "carried"
    urn = counted(count_rule(protocol), ONE, orders).result(protocol.canonical().encode())
    assert verify(urn.bundle, urn.trust).totals is not None
    flattering = decide(rule, [Figures(20, 3, 1)])
    assert wrong(flattering.canonical().encode(), count_rule(protocol), ONE, orders) == ["the recount gives [16, 7, 1]"]
    assert wrong(canonical_({**protocol.data(), "outcome": "not_carried"}), count_rule(protocol), ONE, orders)


def test_several_questions_are_tallied_with_texts_as_their_number() -> None:
    questions: list[dict[str, Any]] = [ONE, SOME, TEXT]
    urn = Played(questions=questions, fields={"rule": "tally/1", "publish": "codes"}).accept()
    for slot in range(24):
        some, text = (("x", "z"), ("För att.",)) if slot % 2 else ((), ())
        urn.cast(slot, replace(body(slot), choices={"1": ("ja",), "s": some, "t": text}))
    urn.checkpoint()
    urn.finish()
    assert json.loads(urn.protocol or b"") == {
        "questions": {"1": {"tally": {"ja": 24}}, "s": {"tally": {"": 12, "x": 12, "z": 12}},
                      "t": {"tally": {"": 12, "text": 12}}}
    }  # fmt: skip
    assert verify(urn.bundle, urn.trust).totals is not None
    assert urn.bundle.public().final is None


def test_a_tally_that_is_not_so_is_found() -> None:
    orders = [["ja"]] * 3 + [["nej"]]
    assert wrong(b'{"tally":{"ja":3,"nej":1}}', "ja-nej/1", ONE, orders) == []
    assert wrong(b'{"tally":{"ja":4}}', "ja-nej/1", ONE, orders) == ['the recount gives {"tally":{"ja":3,"nej":1}}']
    assert wrong(b'{"tally":{"ja":3,"nej":1},"more":1}', "ja-nej/1", ONE, orders)


def test_rankings_are_not_tallied() -> None:
    urn = Played(questions=[RANK], fields={"rule": "tally/1"})
    with pytest.raises(ValueError, match="ranked"):
        count(urn.manifest, voted("val", ORDERS))
    with pytest.raises(ValueError, match="counted by democracy/counting"):
        count(Played(questions=[RANK], fields={"rule": "count/1 irv {}"}).manifest, voted("val", ORDERS))


@given(st.lists(st.sampled_from([[], ["ja"], ["nej"]]), max_size=30))
def test_a_tally_adds_up_to_the_ballots(orders: list[list[str]]) -> None:
    tally = json.loads(count(PLAIN.manifest, voted("1", orders)))["tally"]
    assert sum(tally.values()) == len(orders)
    assert tally.get("ja", 0) == orders.count(["ja"])


@pytest.mark.parametrize("paper", [[], {"n": 1}, "x", {"m": "0", "n": 0, "figures": {}, "sigs": []}])
def test_a_paper_block_that_is_none_is_refused(paper: Any) -> None:
    urn = Played().accept().vote().close().mix().open()
    assert urn.opening is not None
    tally = json.loads(count(urn.manifest, urn.opening.ballots))
    urn.result(canonical({**tally, "paper": paper}))
    with pytest.raises(UrnError) as found:
        verify(urn.bundle, urn.trust)
    assert found.value.code is Code.E_TOTAL
