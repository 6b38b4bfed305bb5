"""The people who work here and sign in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import ROLE_WORDS, Permission, Role
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import CollabCareError, EnvironmentProblem, RuleViolation
from collabcare.domain.passwords import refuse_weak
from collabcare.domain.patient_details import line_or_none
from collabcare.store.models import UserAccount
from collabcare.store.vault import new_password_credential, normalise_login

if TYPE_CHECKING:
    from collabcare.services.desk import Desk
    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """Somebody who is to sign in; ``registration`` is their professional body and number, if any."""

    login: str
    name: str
    role: Role
    job_title: str = ""
    registration: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewColleague:
    """Somebody who is to sign in, and the password they start with."""

    user: NewUser
    password: str = field(repr=False)


def add_colleague(command: NewColleague, desk: Desk) -> Changes:
    """Add an account and let it open the record.

    The account is in the record first, the key in the key file second. Should the second step fail, the same
    command carried out again takes only that step.

    Raises:
        RuleViolation: When something is missing or taken; nothing was saved.
        EnvironmentProblem: When the account was saved and cannot sign in yet, saying so.
    """
    refuse_weak(command.password)
    new_password_credential(command.user.login, command.password)
    if _is_known(command.user.login, desk):
        return let_user_in(command, desk)
    changes = add_user(command.user, desk.uow)
    try:
        desk.keys.give(command.user.login, command.password)
    except CollabCareError as error:
        name = " ".join(command.user.name.split())
        raise EnvironmentProblem(
            f"{name} was added but cannot sign in yet, because the key file was not changed: {error} "
            "To try again, save once more with the same name, role and sign-in name."
        ) from error
    return changes


def let_user_in(command: NewColleague, desk: Desk) -> Changes:
    """Let an account that opens nothing yet open the record; nobody's password is replaced by this.

    It is from now on, and of whoever lets it in: until then nobody could sign in by it.

    Raises:
        RuleViolation: When the account is another one than was meant, or has its key already.
    """
    with desk.uow.begin(Permission.MANAGE_USERS, "Let user sign in") as work:
        login = normalise_login(command.user.login)
        user = work.session.scalars(select(UserAccount).where(UserAccount.login == login)).one()
        meant = (" ".join(command.user.name.split()), command.user.role)
        if not user.active or (user.name, user.role) != meant:
            whose = f"{user.name}, {ROLE_WORDS[Role(user.role)].lower()}"
            raise RuleViolation(f"{login} is the sign-in name of {whose}. Choose another name.")
        desk.keys.give(login, command.password)
        user.made_by, user.created_at = work.acting.user_id, work.at
        work.touched(Kind.USER, subject_id=user.id)
        work.made = user.id
    return work.changes


def add_user(command: NewUser, uow: UnitOfWork) -> Changes:
    """Add an account. It opens nothing until it has a key slot: see ``store.access.add_user_slot``.

    Who made it is kept: nobody signs off their own work through an account of their own making.

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
                made_by=work.acting.user_id,
                registration=line_or_none(command.registration, "The registration"),
            )
        )
        work.touched(Kind.USER, subject_id=user.id)
        work.made = user.id
    return work.changes


def _is_known(login: str, desk: Desk) -> bool:
    with desk.reading() as session:
        known = select(UserAccount.id).where(UserAccount.login == normalise_login(login))
        return session.scalar(known) is not None
