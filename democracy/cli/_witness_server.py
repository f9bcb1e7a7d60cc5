"""A witness over HTTP (C2SP tlog-witness): one path, one method, one request at a time for each state."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from democracy.ballotbox.witness import BAD_REQUEST, NOT_FOUND, RefusedError, Request
from democracy.cli._witness_folder import Folder

_MOST_BYTES = 64 * 1024
_MOST_DISCARDED = 1024 * 1024
_PATIENCE_SECONDS = 10
PATH = "/add-checkpoint"


def serving(folder: Folder, host: str, port: int) -> ThreadingHTTPServer:
    """A server for this witness, which listens already; port 0 takes a free one."""
    one_at_a_time = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        """Answers one log."""

        protocol_version = "HTTP/1.1"
        timeout = _PATIENCE_SECONDS

        def do_POST(self) -> None:
            """Cosign, or say why not."""
            try:
                body = self._body()  # read whatever it is: on this connection the next request follows it
                if self.path != PATH:
                    raise RefusedError(NOT_FOUND, "only /add-checkpoint is answered here")
                request = Request.parse(body)
                with one_at_a_time:
                    line = folder.cosign(request)
                self._answer(200, f"{line}\n")
            except RefusedError as refusal:
                sized = refusal.size is not None
                kind = "text/x.tlog.size" if sized else "text/plain; charset=utf-8"
                self._answer(refusal.status, f"{refusal.size}\n" if sized else f"{refusal}\n", kind)

        def _body(self) -> str:
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > _MOST_BYTES:
                self.close_connection = True
                # A connection that is closed with something unread takes the answer with it.
                self.rfile.read(min(int(length), _MOST_DISCARDED) if length.isdecimal() else 0)
                raise RefusedError(BAD_REQUEST, "a request has a length, and not a large one")
            try:
                return self.rfile.read(int(length)).decode()
            except UnicodeDecodeError:
                raise RefusedError(BAD_REQUEST, "not UTF-8") from None

        def _answer(self, status: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing is written down about who asks."""

    return ThreadingHTTPServer((host, port), Handler)
