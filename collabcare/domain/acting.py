"""Who is acting, and the one table of what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.errors import NotAllowed

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId, UserId


class Role(StrEnum):
    """What a user is in this practice."""

    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    READER = "reader"


ROLE_WORDS = {
    Role.PRACTITIONER: "Practitioner",
    Role.SUPERVISOR: "Supervisor",
    Role.ADMINISTRATOR: "Administrator",
    Role.READER: "Reader",
}


class Permission(StrEnum):
    """One thing that can be done; every command and every read names one."""

    READ_CASELOAD = "read caseload"
    EXPORT_CASELOAD = "export the caseload"
    ADD_PATIENT = "add patient"
    CHANGE_DETAILS = "change patient details"
    RECORD_DEATH = "record a death"
    RECORD_CONTACT = "record contact"
    WRITE_NOTE = "write notes"
    LOG_ATTEMPT = "log attempt"
    RECORD_HASTE = "record what makes us act sooner"
    MOVE_TRACK = "move between tracks"
    PAUSE_CARE = "pause care"
    RECORD_MEASURE = "record measure"
    RECORD_SAFETY_CONVERSATION = "record safety conversation"
    PLAN_SAFETY = "plan safety"
    PLAN_CARE = "plan care"
    MOVE_STEP = "move step"
    POSTPONE = "put off what is due"
    ARRANGE_COVER = "arrange cover"
    REQUEST_SUPERVISION = "request supervision"
    RECORD_SUPERVISION = "record supervision"
    ISSUE_LETTER = "issue letter"
    CLOSE_EPISODE = "close episode"
    TAKE_BACK_ENDING = "take back the end of care"
    REVIEW_CLOSING = "review before closing"
    GIVE_CLOSING_REASON = "say why closing is right although a fact asks us to act soon"
    SIGN_OFF_CLOSING = "sign off a closing"
    MANAGE_USERS = "manage users"
    MANAGE_PRACTICE = "manage practice"


_CLINICAL = frozenset(
    {
        Permission.READ_CASELOAD,
        Permission.EXPORT_CASELOAD,
        Permission.ADD_PATIENT,
        Permission.CHANGE_DETAILS,
        Permission.RECORD_DEATH,
        Permission.RECORD_CONTACT,
        Permission.WRITE_NOTE,
        Permission.LOG_ATTEMPT,
        Permission.RECORD_HASTE,
        Permission.MOVE_TRACK,
        Permission.PAUSE_CARE,
        Permission.RECORD_MEASURE,
        Permission.RECORD_SAFETY_CONVERSATION,
        Permission.PLAN_SAFETY,
        Permission.PLAN_CARE,
        Permission.MOVE_STEP,
        Permission.POSTPONE,
        Permission.ARRANGE_COVER,
        Permission.REQUEST_SUPERVISION,
        Permission.RECORD_SUPERVISION,
        Permission.ISSUE_LETTER,
        Permission.CLOSE_EPISODE,
        Permission.REVIEW_CLOSING,
        Permission.SIGN_OFF_CLOSING,
    }
)

ROLE_TABLE: dict[Role, frozenset[Permission]] = {
    Role.PRACTITIONER: _CLINICAL | {Permission.MANAGE_USERS},
    Role.SUPERVISOR: _CLINICAL
    | {
        Permission.MANAGE_USERS,
        Permission.MANAGE_PRACTICE,
        Permission.GIVE_CLOSING_REASON,
        Permission.TAKE_BACK_ENDING,
    },
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.READ_CASELOAD,
            Permission.EXPORT_CASELOAD,
            Permission.ADD_PATIENT,
            Permission.CHANGE_DETAILS,
            Permission.LOG_ATTEMPT,
            Permission.ARRANGE_COVER,
            Permission.MANAGE_USERS,
            Permission.MANAGE_PRACTICE,
        }
    ),
    Role.READER: frozenset({Permission.READ_CASELOAD}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """The signed-in user, handed to everything that reads or writes the record.

    In ``own_cases`` they are no other person, although another holds the case now.
    """

    user_id: UserId
    login: str
    name: str
    role: Role
    own_cases: frozenset[EpisodeId] = frozenset()

    def require(self, permission: Permission) -> None:
        """Raise :class:`NotAllowed` unless this role may do it."""
        if not allowed(self.role, permission):
            words = ROLE_WORDS[self.role].lower()
            raise NotAllowed(f"Your role ({words}) may not {permission.value}. Nothing was changed.")


def sees_clinical(role: Role) -> bool:
    """Return whether what is clinical stands on the banner for this role: not for who works in the office."""
    return role is not Role.ADMINISTRATOR


def allowed(role: Role, permission: Permission) -> bool:
    """Return whether the role table lets ``role`` do this; what is not listed is refused."""
    return permission in ROLE_TABLE[role]
