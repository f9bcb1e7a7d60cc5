"""The sealed urn that a secret ballot of an election is cast into."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("election_round") as held:
        held.add_column(sa.Column("urn_id", sa.Uuid(), nullable=True))
        held.create_foreign_key("fk_election_round_urn_id", "urn", ["urn_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("election_round") as held:
        held.drop_constraint("fk_election_round_urn_id", type_="foreignkey")
        held.drop_column("urn_id")
