"""What to do next: always something while the meeting is open, and always something that the rules know."""

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.division import DivisionState
from workflows.matter import MatterState
from workflows.meeting import MeetingState
from workflows.presiding import Move, Noun, Situation, next_moves
from workflows.question import QuestionState
from workflows.registry import registered

FLAGS = st.booleans()
SITUATIONS = st.builds(
    Situation,
    meeting=st.sampled_from(MeetingState),
    item_open=FLAGS,
    items_left=FLAGS,
    somebody_speaks=FLAGS,
    somebody_waits=FLAGS,
    matter=st.none() | st.sampled_from(MatterState),
    proposals=st.integers(0, 2),
    orders=st.integers(0, 2),
    question=st.none() | st.sampled_from(QuestionState),
    votes_to_approve=FLAGS,
    # Only one that is not over is told of.
    division=st.none() | st.sampled_from([DivisionState.ORDERED, DivisionState.OPEN, DivisionState.CLOSED]),
)
GOING_ON = (MeetingState.CALLED, MeetingState.OPENED, MeetingState.ADJOURNED)
LIVING = st.none() | st.sampled_from([MatterState.OPEN, MatterState.DEBATE_CLOSED, MatterState.ORDERED])


@settings(max_examples=1000)
@given(SITUATIONS, LIVING)
def test_a_meeting_that_is_not_over_always_has_something_to_go_on_with(
    now: Situation, matter: MatterState | None
) -> None:
    current = Situation(**{**vars(now), "matter": matter})
    assert bool(next_moves(current)) is (now.meeting in GOING_ON)


@given(SITUATIONS)
def test_every_move_is_a_rule_that_may_be_followed_from_where_the_thing_stands(now: Situation) -> None:
    known = registered()
    stands = {
        Noun.MEETING: now.meeting,
        Noun.MATTER: now.matter,
        Noun.QUESTION: now.question,
        Noun.DIVISION: now.division or DivisionState.ORDERED,
    }
    for move in next_moves(now):
        rule = known[move.noun].workflow.rules[move.rule]
        assert move.noun not in stands or stands[move.noun] in rule.source


@given(SITUATIONS)
def test_nobody_is_given_the_floor_while_somebody_has_it(now: Situation) -> None:
    moves = next_moves(now)
    if now.somebody_speaks:
        assert Move(Noun.SPEECH, "give") not in moves


def test_a_debate_goes_from_speech_to_speech_to_its_end() -> None:
    opened = {"meeting": MeetingState.OPENED, "item_open": True, "matter": MatterState.OPEN, "proposals": 2}
    speaking = Situation(**opened, somebody_speaks=True, somebody_waits=True)  # type: ignore[arg-type]  # by name
    assert next_moves(speaking)[0] == Move(Noun.SPEECH, "end")
    waiting = Situation(**opened, somebody_waits=True)  # type: ignore[arg-type]  # by name
    assert next_moves(waiting)[0] == Move(Noun.SPEECH, "give")
    assert next_moves(Situation(**opened))[0] == Move(Noun.MATTER, "close_debate")  # type: ignore[arg-type]  # by name
