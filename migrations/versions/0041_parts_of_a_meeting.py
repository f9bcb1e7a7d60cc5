"""Parts of a meeting are found by the whole."""

from alembic import op

revision = "0041"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_meeting_part_of_id", "meeting", ["part_of_id"])


def downgrade() -> None:
    op.drop_index("ix_meeting_part_of_id", "meeting")
