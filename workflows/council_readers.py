"""Who is told what of a matter before a council, where not everybody who knows of it is."""

from workflows.engine import Role

UNTOLD = frozenset({"answer", "ask_meeting", "reserve", "seek", "open_paper"})
"""Steps of which nobody is told: by their order and number they would say how a procedure goes."""


def keeps_log(roles: frozenset[Role]) -> bool:
    """Whether somebody reads who opened which paper, and whom the procedure has not reached."""
    return bool(roles & {Role.PRESIDIUM, Role.SECRETARY})
