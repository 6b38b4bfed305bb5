"""How a user likes the screens: kept in the record beside their account, and no part of what it records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.store.models import Preference

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePreference:
    """One preference by its name; the value is JSON text that only the screen it belongs to reads."""

    name: str
    value: str


def save_preference(command: SavePreference, uow: UnitOfWork) -> Changes:
    """Keep it for the user who is signed in, in the place of what they liked before; nothing is audited."""
    with uow.begin(Permission.READ_CASELOAD, "Save preference") as work:
        mine = Preference.user_id == work.acting.user_id
        kept = work.session.scalar(select(Preference).where(mine, Preference.name == command.name))
        if kept is None:
            work.add(Preference(user_id=work.acting.user_id, name=command.name, value=command.value))
        else:
            kept.value = command.value
    return work.changes
