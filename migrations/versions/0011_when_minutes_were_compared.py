"""When the text of minutes was last compared with what happened."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("minutes", sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("minutes", "compared_at")
