"""The one table of what each role may do."""

from __future__ import annotations

import pytest

from collabcare.domain.acting import ROLE_TABLE, ROLE_WORDS, Acting, Permission, Role, allowed
from collabcare.domain.errors import NotAllowed
from collabcare.domain.ids import UserId

CELLS = [(role, permission) for role in Role for permission in Permission]


@pytest.mark.parametrize(("role", "permission"), CELLS)
def test_what_is_not_listed_is_refused_in_words(role: Role, permission: Permission) -> None:
    acting = Acting(user_id=UserId(1), login="x", name="X", role=role)
    assert allowed(role, permission) is (permission in ROLE_TABLE[role])
    if allowed(role, permission):
        acting.require(permission)
        return
    words = rf"^Your role \({ROLE_WORDS[role].lower()}\) may not {permission.value}\. Nothing was changed\.$"
    with pytest.raises(NotAllowed, match=words):
        acting.require(permission)


def test_every_role_stands_in_the_table_and_has_its_word() -> None:
    assert set(ROLE_TABLE) == set(ROLE_WORDS) == set(Role)


def test_a_reader_only_reads_and_only_clinicians_record_care() -> None:
    clinical = {
        Permission.RECORD_CONTACT,
        Permission.RECORD_MEASURE,
        Permission.RECORD_SAFETY_CONVERSATION,
        Permission.RECORD_DEATH,
        Permission.PLAN_SAFETY,
        Permission.PLAN_CARE,
        Permission.MOVE_STEP,
        Permission.RECORD_SUPERVISION,
        Permission.CLOSE_EPISODE,
        Permission.ISSUE_LETTER,
    }
    assert ROLE_TABLE[Role.READER] == {Permission.READ_CASELOAD}
    assert {role for role in Role if ROLE_TABLE[role] & clinical} == {Role.PRACTITIONER, Role.SUPERVISOR}


def test_whoever_works_alone_can_add_their_supervisor() -> None:
    may = {role for role in Role if allowed(role, Permission.MANAGE_USERS)}
    assert may == {Role.PRACTITIONER, Role.SUPERVISOR, Role.ADMINISTRATOR}


def test_whoever_answers_the_telephone_can_put_details_right_and_who_leads_the_service_its_days() -> None:
    details = {role for role in Role if allowed(role, Permission.CHANGE_DETAILS)}
    assert details == {Role.PRACTITIONER, Role.SUPERVISOR, Role.ADMINISTRATOR}
    site = {role for role in Role if allowed(role, Permission.MANAGE_PRACTICE)}
    assert site == {Role.SUPERVISOR, Role.ADMINISTRATOR}


def test_every_permission_is_somebodys() -> None:
    assert set().union(*ROLE_TABLE.values()) == set(Permission)
