"""Serves the example from this process, workers included, until told to stop."""

import importlib
import socket
from collections.abc import Callable
from typing import Any

import uvicorn

from democracy.demo.folder import DemoFolder
from democracy.settings import Settings

HOST = "127.0.0.1"
STOPPING = 5
"""Seconds that open streams get to end."""


class PortBusyError(Exception):
    """Something else listens there, or the system does not let us."""


def listen(port: int) -> socket.socket:
    """Take the port at once, so that a busy one is told before anything is built. Raises PortBusyError."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        # Two may bind; only one may listen.
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortBusyError(str(port)) from error
    return listener


def settings_of(folder: DemoFolder, port: int) -> Settings:
    """Everything open to be looked at, nothing leaves this machine."""
    return Settings(
        database_url=f"sqlite:///{folder.database}",
        mail_folder=folder.mail,
        seeds_folder=folder.seeds,
        base_url=f"http://{HOST}:{port}",
        introspection=True,
        graphiql=True,
        cheap_passwords=True,
        story=True,
    )


async def serve(folder: DemoFolder, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve; `ready` is called when the server answers. Returns after Ctrl-C, when everything has been given back."""
    settings = settings_of(folder, listener.getsockname()[1])
    with folder.log.open("a", encoding="utf-8") as log:
        app = _edge(settings, log)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, ws="websockets-sansio",
            timeout_graceful_shutdown=STOPPING,
        )  # fmt: skip
        await _Server(config, ready).serve(sockets=[listener])


def _edge(settings: Settings, log: Any) -> Any:
    """The web edge, by its name: it imports the application, never the other way round."""
    asgi = importlib.import_module("schema.asgi")
    app = asgi.create_app(settings)
    asgi.settle()
    importlib.import_module("schema.logs").configure_logs(pretty=False, stream=log)
    return app


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
