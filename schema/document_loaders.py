"""Loaders of documents: one statement or a few for all the keys that one level of a query asks for."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.amendment_case import AmendmentCase, amendment_cases
from democracy.storage.document_case import DocumentCase, document_cases
from democracy.storage.reads import amendments, documents, passages
from democracy.storage.reads.amendments import AmendmentView
from democracy.storage.reads.documents import DocumentView, ProposerView, VersionView
from democracy.storage.reads.passages import ParagraphView, SourceView
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database

T = TypeVar("T")
ByKey = Callable[[Any, Reader, Sequence[UUID]], Awaitable[Mapping[UUID, T]]]
Rows = Callable[[Any, Reader, Sequence[UUID]], Awaitable[list[Any]]]


class DocumentLoaders:
    """What one operation reads of documents."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.document: DataLoader[UUID, DocumentView | None] = self._by_key(documents.by_ids)
        self.case: DataLoader[UUID, DocumentCase | None] = self._by_key(_cases)
        self.amendment: DataLoader[UUID, AmendmentView | None] = self._by_key(amendments.by_ids)
        self.amendment_case: DataLoader[UUID, AmendmentCase | None] = self._by_key(_amendment_cases)
        self.versions: DataLoader[UUID, list[VersionView]] = self._many(_open(documents.versions), "document_id")
        self.proposers: DataLoader[UUID, list[ProposerView]] = self._many(_open(documents.proposers), "document_id")
        self.amendments: DataLoader[UUID, list[AmendmentView]] = self._many(amendments.of_documents, "document_id")
        self.paragraphs: DataLoader[UUID, list[ParagraphView]] = self._many(_open(passages.paragraphs), "version_id")
        self.paragraph: DataLoader[UUID, ParagraphView | None] = self._by_key(_paragraphs)
        self.sources: DataLoader[UUID, list[SourceView]] = self._many(_open(passages.sources), "version_id")

    def _by_key(self, read: "ByKey[T]") -> "DataLoader[UUID, T | None]":
        async def load(keys: list[UUID]) -> list[T | None]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _many(self, read: Rows, key_name: str) -> "DataLoader[UUID, list[Any]]":
        async def load(keys: list[UUID]) -> list[list[Any]]:
            async with self._database.read() as connection:
                rows = await read(connection, self._reader, keys)
            grouped: dict[UUID, list[Any]] = defaultdict(list)
            for row in rows:
                grouped[getattr(row, key_name)].append(row)
            return [grouped[key] for key in keys]

        return DataLoader(load)


def _open(read: Callable[[Any, Sequence[UUID]], Awaitable[list[Any]]]) -> Rows:
    """Parts of documents that the reader has seen: these ask no more."""

    async def opened(connection: Any, reader: Reader, keys: Sequence[UUID]) -> list[Any]:
        return await read(connection, keys)

    return opened


async def _cases(connection: Any, reader: Reader, keys: Sequence[UUID]) -> Mapping[UUID, DocumentCase]:
    return await document_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)


async def _amendment_cases(connection: Any, reader: Reader, keys: Sequence[UUID]) -> Mapping[UUID, AmendmentCase]:
    return await amendment_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)


async def _paragraphs(connection: Any, reader: Reader, keys: Sequence[UUID]) -> Mapping[UUID, ParagraphView]:
    return await passages.by_ids(connection, keys)
