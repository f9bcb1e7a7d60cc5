"""Files are attached to a case, and read by whoever sees it."""

import base64
import binascii
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.formats.attachments import AttachmentError, media_type
from democracy.services.cases.persons import own_id
from democracy.services.use_case import Service, use_case
from democracy.storage import branch_applications, case_parts, rulings
from democracy.storage.appeal_case import AppealCase
from democracy.storage.branch_case import BranchApplicationCase
from democracy.storage.tables.case_part import AttachmentRow
from democracy.storage.unit_of_work import Unit
from workflows.appeal import APPEAL
from workflows.branch_application import BRANCH_APPLICATION
from workflows.engine import Role

MOST_FILES = 20
_LONGEST_NAME = 120


class Attaching(Service):
    """Use cases on the files of a case."""

    @use_case
    async def to_application(
        self, unit: Unit, application_id: UUID, name: str, content: str, *, of_board: bool = False, actor: Actor
    ) -> UUID:
        """Attach a file, as a founder or for the board."""
        case = await branch_applications.opened(unit, application_id, actor=actor)
        allowed = {Role.APPLICANT} | ({Role.BOARD} if case.sees_draft else set())
        over = case.state in BRANCH_APPLICATION.final
        await _attach(unit, case, "branch_application", name, content, allowed, of_board=of_board, over=over, by=actor)
        return application_id

    @use_case
    async def to_appeal(
        self, unit: Unit, appeal_id: UUID, name: str, content: str, *, of_board: bool = False, actor: Actor
    ) -> UUID:
        """Attach a file, as either side or for those who try the appeal."""
        case = await rulings.appeal_opened(unit, appeal_id, actor=actor)
        allowed = {Role.APPELLANT, Role.RESPONDENT, Role.BOARD}
        over = case.state in APPEAL.final
        await _attach(unit, case, "appeal", name, content, allowed, of_board=of_board, over=over, by=actor)
        return appeal_id


async def _attach(
    unit: Unit, case: BranchApplicationCase | AppealCase, kind: str, name: str, content: str, allowed: set[Role], *,
    of_board: bool, over: bool, by: Actor,
) -> None:  # fmt: skip
    if not case.roles & (allowed | {Role.SECRETARY}) or (of_board and not case.sees_draft):
        raise NotFoundError(kind, case.id)
    if over:
        raise InvalidInputError(FieldError("caseId", "attachment_over"))
    if await case_parts.attached(unit.session, case.id) >= MOST_FILES:
        raise InvalidInputError(FieldError("file", "attachment_many", {"most": MOST_FILES}))
    data = _decoded(content)
    try:
        found = media_type(name, data)
    except AttachmentError as error:
        raise InvalidInputError(FieldError("file", error.code)) from None
    row = AttachmentRow(
        id=new_id(), case_kind=kind, case_id=case.id, name=name.strip()[-_LONGEST_NAME:], media_type=found.value,
        size=len(data), uploaded_at=unit.now, uploaded_by=own_id(by), of_board=of_board,
    )  # fmt: skip
    await case_parts.attach(unit.session, row, data)


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInputError(FieldError("file", "attachment_base64")) from None
