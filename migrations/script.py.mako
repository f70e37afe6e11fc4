"""${message}"""

from alembic import op
import sqlalchemy as sa

from migrations import rls_v1

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    raise NotImplementedError("Parasta moves forward only; restore a backup instead.")
