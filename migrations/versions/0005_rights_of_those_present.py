"""Whoever is present has the rights that they were checked in with."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_RIGHTS = ("speaks", "proposes", "speaks_as_mover")


def upgrade() -> None:
    # With defaults, for those already present: they have what somebody who attends has.
    op.add_column("presence", sa.Column("participant", sa.String(length=40), nullable=False, server_default="MEMBER"))
    for right in _RIGHTS:
        op.add_column("presence", sa.Column(right, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("presence", sa.Column("votes", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    for column in ("votes", *reversed(_RIGHTS), "participant"):
        op.drop_column("presence", column)
