"""How one user likes the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.store import models as m

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collabcare.domain.ids import UserId


def preferences(session: Session, user_id: UserId) -> dict[str, str]:
    """Return the JSON text of each preference by its name, in one SELECT."""
    kept = select(m.Preference.name, m.Preference.value).where(m.Preference.user_id == user_id)
    return dict(session.execute(kept.order_by(m.Preference.name)).all())
