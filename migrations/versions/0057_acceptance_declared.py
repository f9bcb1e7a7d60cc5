"""When whoever was elected declared that they accept."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("candidacy", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("candidacy") as held:
        held.drop_column("confirmed_at")
