"""A small schema with the shapes of the real one: connections, lists, unions, faults, streams."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry
from strawberry import Info

from democracy.errors import NotFoundError


@strawberry.type
class Clause:
    text: str = "att stadgan ändras"


@strawberry.type
class Author:
    name: str = "Ylva Sandgren"

    @strawberry.field
    def motions(self, first: int | None = None, last: int | None = None) -> "MotionConnection":
        return MotionConnection()


@strawberry.type
class Motion:
    id: strawberry.ID = strawberry.ID("m1")
    title: str = "Fler kvällsbussar"
    author: Author = strawberry.field(default_factory=Author)
    clauses: list[Clause] = strawberry.field(default_factory=list)
    movers: list[Author] = strawberry.field(default_factory=list, metadata={"list_size": 3})


@strawberry.type
class MotionEdge:
    node: Motion = strawberry.field(default_factory=Motion)


@strawberry.type
class PageInfo:
    has_next_page: bool = False


@strawberry.type
class MotionConnection:
    edges: list[MotionEdge] = strawberry.field(default_factory=list)
    nodes: list[Motion] = strawberry.field(default_factory=list)
    page_info: PageInfo = strawberry.field(default_factory=PageInfo)


@strawberry.type
class NotAllowed:
    message: str = "Nej"


@strawberry.type
class Query:
    @strawberry.field
    def hello(self) -> str:
        return "hej"

    @strawberry.field
    def motions(self, first: int | None = None, last: int | None = None) -> MotionConnection:
        return MotionConnection()

    @strawberry.field
    def nodes(self, ids: list[strawberry.ID]) -> list[Motion]:
        return []

    @strawberry.field
    def motion(self) -> Motion:
        return Motion()

    @strawberry.field(metadata={"cost": 40})  # type: ignore[untyped-decorator]  # metadata defeats its overloads
    def search(self, words: str) -> str:
        return words

    @strawberry.field
    def whose(self, info: Info) -> str:
        return str(info.context)

    @strawberry.field
    def broken(self) -> str | None:
        raise ZeroDivisionError("the secret words of Ylva Sandgren")

    @strawberry.field
    def broken_whole(self) -> str:
        raise ZeroDivisionError("the secret words of Ylva Sandgren")

    @strawberry.field
    def missing(self) -> str | None:
        raise NotFoundError("motion", "m9")

    @strawberry.field
    async def slow(self, info: Info) -> str:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            info.context.note("cancelled")
            raise
        return "late"


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def submit(
        self, info: Info, seconds: float = 0
    ) -> Annotated[Motion | NotAllowed, strawberry.union("SubmitResult")]:
        await asyncio.sleep(seconds)
        info.context.note("submitted")
        return Motion()

    @strawberry.mutation
    def sign_in(self, info: Info) -> str:
        info.context.connection.state.response.set_cookie("democracy_session", "t0ken", httponly=True)
        return "t0ken"


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, to: int = 3, pause: float = 0) -> AsyncGenerator[int, None]:
        for number in range(1, to + 1):
            await asyncio.sleep(pause)
            yield number

    @strawberry.subscription
    async def forever(self, info: Info) -> AsyncGenerator[int, None]:
        try:
            yield 1
            await asyncio.sleep(3600)
        finally:
            info.context.note("stopped")


schema = strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription)
