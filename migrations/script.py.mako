"""${message}.

Say here, in words a clinician understands, what happens to the rows that are already there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


# A migration imports nothing of ours: the models will have moved on by the time an old file is opened.
# There is no downgrade: the copy made before the upgrade is restored.
def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
