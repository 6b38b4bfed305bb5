"""Adding somebody who is to sign in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from collabcare.domain.acting import Role
from collabcare.domain.errors import EnvironmentProblem, NotAllowed, RuleViolation
from collabcare.services.desk import Keys
from collabcare.services.users import LONGEST_NAME, NewColleague, NewUser, add_colleague, add_user
from collabcare.store.models import UserAccount
from tests.record_fixtures import PASSWORD

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


def colleague(password: str = PASSWORD, **user: str) -> NewColleague:
    """Return somebody who starts on Monday, with a password."""
    return NewColleague(user=new_user(**user), password=password)


def test_a_colleague_gets_an_account_and_a_key(practice: Practice) -> None:
    since = practice.audit()[-1].id if practice.audit() else 0
    add_colleague(colleague(login=" NINA"), practice.desk())
    assert practice.let_in == {"nina": PASSWORD}
    assert [line.action for line in practice.audit(since)] == ["Add user"]


def test_without_its_key_the_account_says_so_and_the_second_try_gives_it(practice: Practice) -> None:
    def refuse(_login: str, _password: str) -> None:
        raise EnvironmentProblem("The disk is full.")

    desk = practice.desk()
    with pytest.raises(EnvironmentProblem, match=r"Nina Ray was added but cannot sign in yet.*disk is full"):
        add_colleague(colleague(), replace(desk, keys=Keys(refuse)))
    before = practice.everything()["user_account"]
    add_colleague(colleague(), desk)
    assert practice.let_in == {"nina": PASSWORD}
    assert practice.everything()["user_account"] == before
    assert [line.action for line in practice.audit()][-2:] == ["Add user", "Let user sign in"]


def test_a_second_key_is_never_given(practice: Practice) -> None:
    add_colleague(colleague(), practice.desk())
    with practice.refused("Somebody already signs in as nina"):
        add_colleague(colleague(password="another long password"), practice.desk())
    assert practice.let_in == {"nina": PASSWORD}


@pytest.mark.parametrize(("login", "name"), [("jo", "Nina Ray"), ("lee", "Lee Gone"), ("sam", "Sam Brow")])
def test_a_key_is_not_given_to_another_account_than_was_meant_or_to_a_leaver(
    practice: Practice, login: str, name: str
) -> None:
    with practice.refused(f"{login} is the sign-in name of"):
        add_colleague(colleague(login=login, name=name), practice.desk())
    assert practice.let_in == {}


def test_an_account_of_another_role_is_not_opened_by_the_way(practice: Practice) -> None:
    with practice.refused("amina is the sign-in name of Amina Shah, supervisor"):
        add_colleague(colleague(login="amina", name="Amina Shah"), practice.desk())


@pytest.mark.parametrize(
    ("login", "password", "words"),
    [
        ("nina", "short", "Use at least 12"),
        ("n" * 65, PASSWORD, "at most 64"),
        (" ", PASSWORD, "Enter a name"),
    ],
)
def test_what_can_never_sign_in_is_refused_before_anything_is_saved(
    practice: Practice, login: str, password: str, words: str
) -> None:
    with practice.refused(words, RuleViolation):
        add_colleague(colleague(password, login=login), practice.desk())


def test_a_reader_lets_nobody_in(practice: Practice) -> None:
    with practice.refused("may not manage users", NotAllowed):
        add_colleague(colleague(), practice.desk("rita"))
    assert practice.let_in == {}


def test_an_account_remembers_who_made_it_and_its_registration(practice: Practice) -> None:
    made = add_user(replace(new_user(login="nina"), registration=" NMC  12A3456E "), practice.uow("jo")).made
    with practice.reading() as session:
        account = session.get_one(UserAccount, made)
    assert (account.made_by, account.registration) == (practice.user("jo"), "NMC 12A3456E")
