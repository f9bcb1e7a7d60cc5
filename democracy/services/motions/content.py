"""What a mover writes, checked for form before any rule is asked."""

from dataclasses import dataclass

from democracy.domain.kinds import Category
from democracy.domain.motion_text import split
from democracy.errors import FieldError, InvalidInputError
from democracy.storage.motions import ClauseText

LONGEST_TITLE = 200
LONGEST_REASONING = 50_000
LONGEST_CLAUSE = 5_000
MOST_CLAUSES = 100


@dataclass(frozen=True)
class Content:
    """The text of a motion."""

    title: str
    reasoning: str
    clauses: tuple[ClauseText, ...]
    category: Category = Category.GENERAL

    def checked(self) -> "Content":
        """The same without blank edges; raises InvalidInputError with every field that is too long or empty."""
        faults = [
            *_long("title", self.title, LONGEST_TITLE),
            *_long("reasoning", self.reasoning, LONGEST_REASONING),
            *(fault for index, clause in enumerate(self.clauses) for fault in _clause_faults(index, clause)),
        ]
        if len(self.clauses) > MOST_CLAUSES:
            faults.append(FieldError("clauses", "too_many", {"most": MOST_CLAUSES}))
        if faults:
            raise InvalidInputError(*faults)
        return Content(
            self.title.strip(),
            self.reasoning.strip(),
            tuple(ClauseText(c.text.strip(), c.anchor_document, c.anchor_place) for c in self.clauses),
            self.category,
        )

    def kept(self) -> dict[str, str | None]:
        """The text as the record keeps it."""
        clauses = {f"clause {number}": clause.text for number, clause in enumerate(self.clauses, start=1)}
        return {"title": self.title, "reasoning": self.reasoning, "category": self.category.value, **clauses}


def from_pasted(text: str, category: Category) -> Content:
    """What a word processor's text is made of, for the mover to correct."""
    if len(text) > LONGEST_REASONING:
        raise InvalidInputError(FieldError("pastedText", "too_long", {"longest": LONGEST_REASONING}))
    pasted = split(text)
    return Content(pasted.title, pasted.reasoning, tuple(ClauseText(each) for each in pasted.clauses), category)


def _clause_faults(index: int, clause: ClauseText) -> list[FieldError]:
    path = f"clauses.{index}.text"
    return _long(path, clause.text, LONGEST_CLAUSE) if clause.text.strip() else [FieldError(path, "required")]


def _long(path: str, text: str, longest: int) -> list[FieldError]:
    return [FieldError(path, "too_long", {"longest": longest})] if len(text.strip()) > longest else []
