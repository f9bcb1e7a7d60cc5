"""Substitutes as the next in the order of the votes (§23). A count of their own is an election like any other."""

from democracy.counting.faults import CountError
from democracy.counting.protocol import Sheet
from democracy.counting.tally import Tally


def check_number(substitutes: int, members: int) -> None:
    """Raise CountError `more_substitutes_than_members`: substitutes never outnumber members."""
    if not 0 <= substitutes <= members:
        raise CountError("more_substitutes_than_members", substitutes=substitutes, seats=members)


def next_in_order(sheet: Sheet, tally: Tally, number: int) -> list[str]:
    """The next in order. Their order among themselves matters, so every tie among them goes by lot."""
    found: list[str] = []
    stage = sheet.stage(substitutes=found, ties=[])
    for at, block in enumerate(tally.in_order(), start=1):
        left = [name for name in block if name not in sheet.elected]
        if not left or len(found) >= number:
            continue
        if len(left) > 1:
            label = f"substitutes block {at}"
            stage["ties"].append({"between": left, "lot": label})
            left = list(sheet.lots.order(label, left))
        found += left[: number - len(found)]
    return found
