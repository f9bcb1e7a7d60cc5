"""Where the example lives on disk. Only a folder that the demo made itself is ever removed."""

import shutil
from dataclasses import dataclass
from pathlib import Path

_MARK = ".democracy-demo"
_SAYS = "Den här mappen har gjorts av `democracy demo` och tas bort av `democracy demo --reset`.\n"


class ForeignFolderError(Exception):
    """The folder holds something that the demo did not make."""


@dataclass(frozen=True)
class DemoFolder:
    """The database, the mail that was sent, the log."""

    path: Path

    @property
    def database(self) -> Path:
        """The finished example."""
        return self.path / "democracy.db"

    @property
    def unfinished(self) -> Path:
        """The example while it is being built: whatever breaks that off, the next run begins anew."""
        return self.path / "unfinished"

    @property
    def mail(self) -> Path:
        """Messages that would have been sent."""
        return self.path / "mail"

    @property
    def seeds(self) -> Path:
        """The keys of urns and of the ledger."""
        return self.path / "seeds"

    @property
    def log(self) -> Path:
        """What the server has noted."""
        return self.path / "server.log"

    @property
    def is_built(self) -> bool:
        """Whether there is an example to go on with."""
        return self.database.exists()

    def take(self) -> None:
        """Make the folder, or make sure that it is the demo's own. Raises ForeignFolderError."""
        mark = self.path / _MARK
        if mark.exists():
            return
        if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise ForeignFolderError(str(self.path))
        self.path.mkdir(parents=True, exist_ok=True)
        mark.write_text(_SAYS, "utf-8")

    def clear(self) -> None:
        """Remove everything, if the demo made it. Raises ForeignFolderError."""
        self.take()
        shutil.rmtree(self.path)
        self.take()

    def begin(self) -> Path:
        """Where to build."""
        shutil.rmtree(self.unfinished, ignore_errors=True)
        self.unfinished.mkdir()
        return self.unfinished / self.database.name

    def finish(self) -> None:
        """What was built is the example from now on."""
        (self.unfinished / self.database.name).rename(self.database)
        shutil.rmtree(self.unfinished)
