"""What is to be done because a moment has come: one file per duty.

A module of this package that defines `duty` has taken it on; nothing needs to be registered. A duty finds what is due
by an indexed time, does it in units of work of its own, and may be carried out by several processes at once.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from democracy.storage.unit_of_work import Database

CarryOut: TypeAlias = Callable[[Database, datetime], Awaitable[int]]
"""Does what is due at a time; returns how much was done."""


@dataclass(frozen=True)
class Duty:
    """Something that is done by the clock."""

    name: str
    """Stable, for logs: `remove_sessions` …"""
    carry_out: CarryOut


def duties() -> tuple[Duty, ...]:
    """Every duty, by name."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return tuple(sorted((module.duty for module in modules), key=lambda duty: str(duty.name)))
