"""By what a division is settled: the majority that it needs, and whether nej sends the matter back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("division", sa.Column("majority", sa.String(length=80), nullable=True))
    op.add_column("division", sa.Column("sends_back", sa.Boolean(), nullable=False, server_default=sa.false()))
    # A batch makes the table anew on SQLite: it has no triggers that could be lost.
    with op.batch_alter_table("division") as division:
        division.alter_column("sends_back", existing_type=sa.Boolean(), server_default=None)
