"""The sets that come with the program: seeds that an organisation adopts, changes and adopts again."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from workflows.statutes.loader import from_toml
from workflows.statutes.model import Statutes


@cache
def packaged(name: str) -> Statutes:
    """A packaged set by name, `smaforeningen` for instance; LookupError with the names that exist."""
    if name not in PACKAGED:
        raise LookupError(f"there are no packaged statutes called {name!r}; there are {', '.join(PACKAGED)}")
    return from_toml((files(__package__) / "files" / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


class _Packaged(Mapping[str, Statutes]):
    """Packaged sets by name, each read when it is asked for."""

    def __getitem__(self, name: str) -> Statutes:
        if name not in self._names():
            raise KeyError(name)
        return packaged(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())

    @staticmethod
    @cache
    def _names() -> tuple[str, ...]:
        found = (each.name for each in (files(__package__) / "files").iterdir())
        return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


PACKAGED: Mapping[str, Statutes] = _Packaged()
