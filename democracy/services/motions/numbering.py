"""The series in which motions get their numbers in the papers."""

from democracy.domain.kinds import Category

LETTERS = {
    Category.PROGRAMME: "A",
    Category.ORGANISATION: "B",
    Category.STATUTES: "C",
    Category.CURRENT_DOCUMENT: "D",
    Category.GENERAL: "E",
}
"""The letter of each category: A118 is the 118th motion on the programme."""
