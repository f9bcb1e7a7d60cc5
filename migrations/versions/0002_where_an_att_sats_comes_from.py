"""Where an att-sats comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Inline: SQLite adds a reference only together with its column, and a batch would drop the table's triggers.
    column = sa.Column("origin_id", sa.Uuid(), sa.ForeignKey("clause.id", name="fk_clause_origin_id_clause"))
    op.add_column("clause", column, inline_references=True)
    op.create_index("ix_clause_origin_id", "clause", ["origin_id"], unique=False)
