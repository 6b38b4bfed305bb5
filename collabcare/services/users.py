"""The people who work here and sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission, Role
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.store.models import UserAccount
from collabcare.store.vault import normalise_login

if TYPE_CHECKING:
    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """Somebody who is to sign in."""

    login: str
    name: str
    role: Role
    job_title: str = ""


def add_user(command: NewUser, uow: UnitOfWork) -> Changes:
    """Add an account. It opens nothing until it has a key slot: see ``store.access.add_user_slot``.

    Raises:
        RuleViolation: When the name is missing or too long, or somebody signs in by that name already.
    """
    with uow.begin(Permission.MANAGE_USERS, "Add user") as work:
        login = normalise_login(command.login)
        name = " ".join(command.name.split())
        if not login or not name:
            raise RuleViolation("Type a name, and a name to sign in with.")
        if len(name) > LONGEST_NAME:
            raise RuleViolation(f"Shorten the name to {LONGEST_NAME} characters.")
        if work.session.scalar(select(UserAccount.id).where(UserAccount.login == login)) is not None:
            raise RuleViolation(f"Somebody already signs in as {login}. Choose another name.")
        user = work.add(
            UserAccount(
                login=login,
                name=name,
                role=command.role,
                job_title=command.job_title.strip() or None,
                active=True,
                created_at=work.at,
            )
        )
        work.touched(Kind.USER, subject_id=user.id)
        work.made = user.id
    return work.changes
