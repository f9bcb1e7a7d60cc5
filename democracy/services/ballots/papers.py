"""Papers: each of two tellers counts them alone, and both have to come to the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

import msgspec

from democracy.ballotbox.canonical import canonical
from democracy.domain.actors import Actor, actor_key
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError
from democracy.services.ballots.case import hold_role, open_ballot, take
from democracy.services.use_case import Service, use_case
from democracy.storage import ballots, postal
from democracy.storage.ledger import Text
from democracy.storage.tables.ballot import PaperCountRow
from democracy.storage.unit_of_work import Unit
from workflows.ballot_kinds import QuestionForm
from workflows.member_ballot import MemberBallotState

ANSWERED = "text"
"""What stands for a free answer on paper: that there is one, not what it says."""


@dataclass(frozen=True)
class Paper:
    """Papers that say the same: per question's number the alternatives in order, none for blank."""

    answers: Mapping[int, tuple[str, ...]]
    number: int


class Papers(msgspec.Struct, frozen=True):
    """All papers of a ballot, as a teller has counted them."""

    papers: tuple[tuple[dict[str, tuple[str, ...]], int], ...]
    """Choices by question, and how many papers hold them."""
    spoilt: int
    """Envelopes with nothing in them that can be read as a vote."""

    @classmethod
    def read(cls, data: str) -> Self:
        """From what is kept."""
        return msgspec.json.decode(data.encode(), type=cls)

    @property
    def counted(self) -> int:
        """Papers that could be read."""
        return sum(number for _, number in self.papers)

    def figures(self) -> dict[str, dict[str, int]]:
        """Per question how many papers hold each alternative; "" is blank."""
        found: dict[str, Counter[str]] = {}
        for choices, number in self.papers:
            for question, chosen in choices.items():
                found.setdefault(question, Counter()).update(dict.fromkeys(chosen or ("",), number))
        return {question: dict(counter) for question, counter in found.items()}


class PaperCounting(Service):
    """The papers are counted when the ballot has closed."""

    @use_case
    async def count(self, unit: Unit, ballot_id: UUID, papers: Sequence[Paper], spoilt: int, *, actor: Actor) -> UUID:
        """Enter what one teller has counted; entered anew, it replaces what the same teller entered before."""
        case = await open_ballot(unit, ballot_id, actor)
        hold_role("count_papers", case)
        asked = await ballots.questions_with_options(unit, ballot_id)
        forms = {number: (form, codes) for number, form, _, _, codes in asked}
        grouped = _grouped(papers, forms)
        if spoilt < 0:
            raise InvalidInputError(FieldError("spoilt", "out_of_range", {"least": 0, "most": case.facts.envelopes}))
        entered = sum(grouped.values()) + spoilt
        if case.state is MemberBallotState.CLOSED and case.facts.envelopes not in {0, entered}:
            raise InvalidInputError(
                FieldError("papers", "not_the_envelopes", {"papers": entered, "envelopes": case.facts.envelopes})
            )
        kinds = [[{name: list(chosen) for name, chosen in key}, number] for key, number in sorted(grouped.items())]
        data = canonical({"papers": kinds, "spoilt": spoilt}).decode()
        row_id, teller = new_id(), actor_key(actor)[1]
        assert teller is not None  # noqa: S101 - whoever has a role here is somebody
        text = Text("paper_count", row_id, {"papers": data})
        await take(unit, case, "count_papers", actor=actor, outcome={"papers": entered}, texts=[text])
        earlier = [each for each in await postal.paper_counts(unit, ballot_id) if each.teller_id == teller]
        for each in earlier:
            await unit.session.delete(each)
        await unit.session.flush()
        unit.session.add(PaperCountRow(id=row_id, ballot_id=ballot_id, teller_id=teller, ballots=data, at=unit.now))
        return ballot_id


_Key = tuple[tuple[str, tuple[str, ...]], ...]


def _grouped(papers: Sequence[Paper], forms: Mapping[int, tuple[QuestionForm, Sequence[str]]]) -> Counter[_Key]:
    """Every distinct paper with its number, whoever wrote the lists and in whatever order."""
    grouped: Counter[_Key] = Counter()
    for at, paper in enumerate(papers):
        if paper.number < 1:
            raise InvalidInputError(FieldError(f"papers.{at}.number", "out_of_range", {"least": 1, "most": 1_000_000}))
        if unknown := set(paper.answers) - set(forms):
            raise InvalidInputError(FieldError(f"papers.{at}.answers", "unknown_question", {"number": min(unknown)}))
        key = [(str(each), _chosen(f"papers.{at}", paper.answers.get(each, ()), *forms[each])) for each in forms]
        grouped[tuple(key)] += paper.number
    return grouped


def _chosen(path: str, chosen: Sequence[str], form: QuestionForm, codes: Sequence[str]) -> tuple[str, ...]:
    known: Sequence[str] = (ANSWERED,) if form is QuestionForm.TEXT else codes
    if strange := [each for each in chosen if each not in known]:
        raise InvalidInputError(FieldError(f"{path}.answers", "unknown_alternative", {"name": strange[0]}))
    single = form in {QuestionForm.ONE, QuestionForm.TEXT}
    if len(set(chosen)) < len(chosen) or (single and len(chosen) > 1):
        raise InvalidInputError(FieldError(f"{path}.answers", "too_many", {"most": 1 if single else len(known)}))
    # The order of a set says nothing; that of a ranking is the vote.
    return tuple(chosen) if form is QuestionForm.RANKED else tuple(sorted(chosen, key=known.index))


def paper_block(m: str, papers: Papers) -> dict[str, Any]:
    """What two officers sign, to stand in the urn's protocol."""
    return {"m": m, "n": papers.counted + papers.spoilt, "figures": papers.figures()}
