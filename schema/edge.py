"""The web application around the schema: addresses, life cycle, headers. Knows no noun of the organisation."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import strawberry
from prometheus_client import CollectorRegistry, ProcessCollector
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from democracy.settings import Settings
from schema.envelope import Envelope
from schema.graphiql import graphiql
from schema.health import Health, Running
from schema.http import GraphQLEdge
from schema.limits import Limits
from schema.observer import Observer
from schema.operations import ContextFactory
from schema.refusals import RefusedError, refusal_response


def build_app(
    application: Running,
    schema: strawberry.Schema,
    context_factory: ContextFactory,
    settings: Settings,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    silent: frozenset[str] = frozenset(),
    pages: Sequence[Route] = (),
) -> Starlette:
    """`/graphql`, `/health/live`, `/health/ready` and `/metrics` over a running application.

    `silent` names root fields that leave no log line and no figure, as a secret ballot must. `pages` are served beside
    them.
    """
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    observer = Observer(registry, silent=silent)
    edge = GraphQLEdge(
        schema,
        context_factory,
        limits=limits,
        base_url=settings.base_url,
        allowed_origins=settings.allowed_origins,
        introspection=settings.introspection,
        page=graphiql if settings.graphiql else None,
        observer=observer,
        clock=application.now,
    )
    health = Health(application, observer)
    return Starlette(
        routes=[
            Route("/graphql", edge),
            WebSocketRoute("/graphql", edge),
            Route("/health/live", health.live),
            Route("/health/ready", health.ready),
            Route("/metrics", health.metrics),
            *pages,
        ],
        middleware=[
            Middleware(Envelope, observer=observer, secure=settings.base_url.startswith("https:")),
            *_cross_origin(settings.allowed_origins),
        ],
        exception_handlers={HTTPException: _in_json},
        lifespan=_lifespan_of(application),
    )


def _lifespan_of(application: Running) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await application.start()
        try:
            yield
        finally:
            await application.close()

    return lifespan


def _cross_origin(origins: tuple[str, ...]) -> list[Middleware]:
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_credentials=True,
            allow_methods=["GET", "POST"],
            allow_headers=["authorization", "content-type", "accept-language", "x-democracy-client"],
            expose_headers=["x-request-id"],
        )
    ]


async def _in_json(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    code = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}.get(status)
    if code is None:
        raise error
    return refusal_response(request, RefusedError(code, headers=headers))
