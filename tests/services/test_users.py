"""Adding somebody who is to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from collabcare.domain.acting import Role
from collabcare.services.users import LONGEST_NAME, NewUser, add_user
from collabcare.store.models import UserAccount

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def new_user(login: str = "nina", name: str = "Nina Ray") -> NewUser:
    """Return somebody who starts on Monday."""
    return NewUser(login=login, name=name, role=Role.PRACTITIONER, job_title=" Link worker ")


def test_the_account_is_kept_under_the_name_its_key_will_have(practice: Practice) -> None:
    made = add_user(new_user(login="  NINA ", name="Nina   Ray"), practice.uow("alex")).made
    with practice.reading() as session:
        account = session.scalars(select(UserAccount).where(UserAccount.id == made)).one()
    assert (account.login, account.name, account.job_title) == ("nina", "Nina Ray", "Link worker")
    assert account.active


@pytest.mark.parametrize("login", ["jo", " JO ", "lee"])
def test_nobody_takes_the_name_of_somebody_else_not_even_of_a_leaver(practice: Practice, login: str) -> None:
    with practice.refused("already signs in as"):
        add_user(new_user(login=login), practice.uow("alex"))


@pytest.mark.parametrize(("login", "name"), [("", "Nina Ray"), (" ", "Nina Ray"), ("nina", "  ")])
def test_a_missing_name_is_asked_for(practice: Practice, login: str, name: str) -> None:
    with practice.refused("Type a name"):
        add_user(new_user(login=login, name=name), practice.uow("alex"))


def test_a_name_too_long_for_a_letter_is_refused(practice: Practice) -> None:
    with practice.refused(f"Shorten the name to {LONGEST_NAME} characters"):
        add_user(new_user(name="N" * (LONGEST_NAME + 1)), practice.uow("alex"))
