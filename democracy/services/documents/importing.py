"""Reading a text in: its paragraphs with the locks that the reader proposes."""

from dataclasses import dataclass
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.numbered_text.reading import Reading
from democracy.domain.swedish import sort_key
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.documents.case import expect_version, take
from democracy.services.motions.case import member_id, required
from democracy.services.use_case import Service, use_case
from democracy.storage import statutes
from democracy.storage.document_case import DocumentCase
from democracy.storage.document_text import New
from democracy.storage.documents import Source
from democracy.storage.tables.document import DocumentRow
from democracy.storage.unit_of_work import Unit
from workflows.document import DOCUMENT, DocumentState, VersionKind
from workflows.statutes.parameters.order import DocumentKind


@dataclass(frozen=True)
class Belonging:
    """The meeting that is to treat a text, or the board of a unit whose text it is."""

    meeting_id: UUID | None = None
    board_id: UUID | None = None


@dataclass(frozen=True)
class FileSource:
    """The file that a text was read from."""

    name: str | None
    digest: str
    """SHA-256 in hex."""


class Importing(Service):
    """From a file to paragraphs."""

    @use_case
    async def bring_in(
        self,
        unit: Unit,
        belonging: Belonging,
        kind: DocumentKind,
        title: str,
        reading: Reading,
        file: FileSource,
        *,
        actor: Actor,
    ) -> UUID:
        """Read a text in for a meeting, or for a unit's board. Its locks are proposals until they are confirmed."""
        row = await _place(unit, belonging, actor)
        row.kind, row.title = kind, required("title", title, longest=200)
        row.sort_key, row.created_by = sort_key(row.title), member_id(actor)
        unit.session.add(row)
        await unit.session.flush()
        await _write(unit, row.id, reading, file)
        await take(unit, await _own_case(unit, row, actor), "import", actor=actor, outcome=_told(reading, file))
        return row.id

    @use_case
    async def bring_in_again(
        self,
        unit: Unit,
        document_id: UUID,
        reading: Reading,
        file: FileSource,
        expected_version: int | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Replace the text before it is laid before the meeting. Every lock is to be confirmed again."""
        expect_version(await unit.documents.open(document_id, actor=actor), expected_version)
        await _write(unit, document_id, reading, file)
        case = await unit.documents.case(document_id, actor=actor)
        await take(unit, case, "import_again", actor=actor, outcome=_told(reading, file))
        return document_id


async def _place(unit: Unit, belonging: Belonging, actor: Actor) -> DocumentRow:
    """A document that belongs to a meeting or to a board, without its text."""
    if (belonging.meeting_id is None) == (belonging.board_id is None):
        raise InvalidInputError(FieldError("meetingId", "meeting_or_board"))
    if belonging.meeting_id is not None:
        meeting = await unit.meetings.hold(belonging.meeting_id, actor=actor)
        unit_id, board_id, digest = meeting.unit_id, meeting.board_id, meeting.statutes
    else:
        body = await unit.meetings.body(belonging.board_id or new_id())
        rules = await statutes.in_force(unit.session, body.unit_id, unit.today)
        unit_id, board_id, digest = body.unit_id, body.id, await statutes.keep(unit.session, rules)
    return DocumentRow(
        id=new_id(),
        unit_id=unit_id,
        board_id=board_id,
        meeting_id=belonging.meeting_id,
        state=DocumentState.IMPORTED,
        statutes_digest=digest,
        created_at=unit.now,
        version=0,
    )


async def _own_case(unit: Unit, row: DocumentRow, actor: Actor) -> DocumentCase:
    """The new document as its maker sees it. Whoever does not prepare the meeting would not even see it."""
    try:
        return await unit.documents.case(row.id, actor=actor)
    except NotFoundError:
        raise DOCUMENT.wrong_role("import").under(row.statutes_digest) from None


async def _write(unit: Unit, document_id: UUID, reading: Reading, file: FileSource) -> None:
    source = Source(VersionKind.IMPORTED, file_name=file.name, file_digest=file.digest, notes=reading.notes)
    await unit.documents.add_version(document_id, source, [New(each) for each in reading.paragraphs])


def _told(reading: Reading, file: FileSource) -> dict[str, object]:
    locks = sum(each.locked for each in reading.paragraphs)
    return {"paragraphs": len(reading.paragraphs), "locks_proposed": locks, "file": file.digest}
