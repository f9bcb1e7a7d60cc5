"""What the cases of boards hold on one person: signatures, decisions told, appeals, conflicts, files."""

from uuid import UUID

from sqlalchemy import Executable, select

from democracy.storage.tables.appeal import AppellantRow
from democracy.storage.tables.branch_application import BranchApplicationRow, FounderRow
from democracy.storage.tables.case_part import AttachmentRow, CaseConflictRow, CaseParticipantRow
from democracy.storage.tables.ruling import RulingNoticeRow, RulingRow


def of_cases(member_id: UUID) -> dict[str, Executable]:
    """Every row about a person in such a case, by its kind."""
    founder, notice, appellant = FounderRow, RulingNoticeRow, AppellantRow
    return {
        "founded": select(
            BranchApplicationRow.name, founder.interim_role, founder.invited_at, founder.confirmed_at,
            founder.declined_at, founder.left_at, founder.channel,
        ).join(BranchApplicationRow, BranchApplicationRow.id == founder.application_id)
        .where(founder.member_id == member_id).order_by(founder.id),
        "decisions_told": select(
            RulingRow.title, RulingRow.decision, notice.channel, notice.sent_at, notice.received_at, notice.told_until,
        ).join(RulingRow, RulingRow.id == notice.ruling_id).where(notice.member_id == member_id).order_by(notice.id),
        "appealed": select(
            appellant.appeal_id.label("appeal"), appellant.received_at, appellant.channel, appellant.sent_to,
            appellant.in_time, appellant.has_standing, appellant.grounds, appellant.left_at,
        ).where(appellant.member_id == member_id).order_by(appellant.id),
        "barred_from_cases": select(
            CaseConflictRow.case_id.label("case"), CaseConflictRow.ground, CaseConflictRow.recorded_at
        ).where(CaseConflictRow.member_id == member_id).order_by(CaseConflictRow.id),
        "took_part_in_decisions": select(CaseParticipantRow.decision_id.label("decision"))
        .where(CaseParticipantRow.member_id == member_id).order_by(CaseParticipantRow.decision_id),
        "attached": select(AttachmentRow.name, AttachmentRow.media_type, AttachmentRow.size, AttachmentRow.uploaded_at)
        .where(AttachmentRow.uploaded_by == member_id).order_by(AttachmentRow.id),
    }  # fmt: skip
