"""Fixed slots in a fixed order: things are taken out of them and put beside them, and no slot ever moves."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from democracy.domain.numbered_text.amendments import Side

SlotKey = TypeVar("SlotKey", bound=Hashable)
Value = TypeVar("Value")


@dataclass
class Slot(Generic[SlotKey, Value]):
    """One slot: what is put before it, what lies in it, what is put after it."""

    key: SlotKey
    before: list[Value] = field(default_factory=list)
    own: list[Value] = field(default_factory=list)
    """One value, or none once it has been taken."""
    after: list[Value] = field(default_factory=list)


class Slots(Generic[SlotKey, Value]):
    """The slots of one text, or of one paragraph's points."""

    def __init__(self, filled: Iterable[tuple[SlotKey, Value]]) -> None:
        self.beginning: list[Value] = []
        self._slots = {key: Slot(key, own=[value]) for key, value in filled}

    def __iter__(self) -> Iterator[Slot[SlotKey, Value]]:
        return iter(self._slots.values())

    def values(self) -> Iterator[Value]:
        """Everything, in order."""
        yield from self.beginning
        for slot in self:
            yield from (*slot.before, *slot.own, *slot.after)

    def take(self, key: SlotKey) -> Value:
        """Empty a slot; its place remains."""
        return self._slots[key].own.pop()

    def put(self, key: SlotKey, value: Value) -> None:
        """Fill a slot that was emptied."""
        self._slots[key].own.append(value)

    def put_beside(self, key: SlotKey, side: Side, value: Value) -> None:
        """Put beside a slot, after what was put there before. A slot that there is not is the very beginning."""
        slot = self._slots.get(key)
        if slot is None:
            self.beginning.append(value)
        else:
            (slot.after if side is Side.AFTER else slot.before).append(value)
