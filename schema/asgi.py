"""`create_app`: what the server starts, and `served`, how it starts it."""

import gc

from starlette.applications import Starlette

from democracy.app import Application
from democracy.settings import Settings
from schema.attachment_files import attachment_files
from schema.calendar_files import calendar_files
from schema.context import context_factory_of
from schema.document_text import DOCUMENT_ENDINGS, document_text
from schema.documentation import DOCUMENTATION
from schema.downloads import downloads
from schema.edge import build_app
from schema.ledger_files import ledger_files
from schema.logs import configure_logs
from schema.minutes_downloads import minutes_downloads
from schema.password_page import PASSWORD_PAGE
from schema.schema import schema
from schema.urn_files import urn_files

SILENT = frozenset({"castBallot"})
"""Root fields that leave no log line and no figure: a secret ballot has no time."""


BETWEEN_COLLECTIONS = 20_000
"""Objects made before the collector of reference cycles looks at the young ones; Python's own number is 700."""


def served() -> Starlette:
    """The application of the environment's settings, in a process of its own."""
    app = create_app()
    settle()
    return app


def settle() -> None:
    """Let what was made while the program was loaded be: some 300,000 objects that the collector of reference cycles
    would walk through again and again, in the middle of somebody's request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(BETWEEN_COLLECTIONS, 20, 50)


def create_app(settings: Settings | None = None, *, application: Application | None = None) -> Starlette:
    """The web application of one installation: given, or made from settings; else these are the environment's."""
    if application is None:
        application = Application(settings or Settings.from_environment())
    configure_logs()
    context_factory = context_factory_of(application)
    minutes = minutes_downloads(context_factory, application.now)
    documents = downloads(
        "/documents/{id}", "Document", document_text, context_factory, application.now, endings=DOCUMENT_ENDINGS
    )
    pages = [PASSWORD_PAGE, DOCUMENTATION, *urn_files(application), *ledger_files(application), *minutes, *documents]
    pages += [*attachment_files(context_factory, application.now), *calendar_files(context_factory, application.now)]
    return build_app(application, schema, context_factory, application.settings, silent=SILENT, pages=pages)
