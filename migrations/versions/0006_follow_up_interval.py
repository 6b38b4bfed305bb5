"""Follow-up interval: how often it was agreed to see somebody, where that is not the service model's plan.

Every row that is there already stays. Nothing was agreed for anybody before, so it is empty: the plan of the
service model holds, as it did.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    with op.batch_alter_table("episode") as change:
        change.add_column(sa.Column("follow_up_weeks", sa.Integer(), nullable=True))
        change.create_check_constraint("ck_episode_follow_up_weeks", "follow_up_weeks in (0,1,2,3,4,6,8)")
