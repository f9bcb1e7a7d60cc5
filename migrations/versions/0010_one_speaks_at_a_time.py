"""One speaks at a time; the gender that a meeting has let go first is kept after the rule has been dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SPEAKING = sa.text("state = 'SPEAKING'")


def upgrade() -> None:
    op.add_column("floor_rules", sa.Column("preferred_gender", sa.String(length=40), nullable=True))
    op.create_index(
        "uq_speech_one_speaks",
        "speech",
        ["meeting_id"],
        unique=True,
        sqlite_where=_SPEAKING,
        postgresql_where=_SPEAKING,
    )


def downgrade() -> None:
    op.drop_index("uq_speech_one_speaks", table_name="speech")
    op.drop_column("floor_rules", "preferred_gender")
