"""Whom the branches of the other district have elected to its conference."""

import math

from democracy.demo.cast import Cast, Member
from democracy.demo.content import Branch, Content

MEMBERS_PER_DELEGATE = 10
"""The district's own order: a delegate for each started ten."""
_SUBSTITUTES = 2
LEAVES = "Partiföreningen Lärkeröd"
"""One of its delegates has gone home, and a substitute has stepped in."""


def delegates_of(cast: Cast, content: Content, branch: Branch) -> list[Member]:
    """The delegates of a branch: first those who have something to say."""
    return _elected(cast, content, branch)[: _seats(branch)]


def substitutes_of(cast: Cast, content: Content, branch: Branch) -> list[Member]:
    """Who stands in for them, in order."""
    return _elected(cast, content, branch)[_seats(branch) : _seats(branch) + _SUBSTITUTES]


def changed_places(cast: Cast, content: Content) -> tuple[Member, Member]:
    """The delegate who has gone home, and the substitute who has stepped in."""
    branch = content.branch(LEAVES)
    return delegates_of(cast, content, branch)[-1], substitutes_of(cast, content, branch)[0]


def voters(cast: Cast, content: Content) -> list[Member]:
    """Everybody who has a vote when the story begins."""
    gone, came = changed_places(cast, content)
    sent = [each for branch in content.conference.sitting.branches for each in delegates_of(cast, content, branch)]
    return [*(each for each in sent if each != gone), came]


def _seats(branch: Branch) -> int:
    return math.ceil(branch.members / MEMBERS_PER_DELEGATE)


def _elected(cast: Cast, content: Content, branch: Branch) -> list[Member]:
    """The members of a branch in the order in which it elected them."""
    away = {each.name for each in content.conference.sitting.people if not each.is_delegate}
    return [each for each in cast.of(branch.name) if str(each) not in away]
