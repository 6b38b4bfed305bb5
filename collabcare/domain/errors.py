"""Every refusal is one of these tiny classes holding one sentence that is safe to show.

The text never holds patient data: it may be logged, printed and read aloud.
"""

from __future__ import annotations


class CollabCareError(Exception):
    """A problem whose text is safe to show to the user as it stands."""


class RuleViolation(CollabCareError):
    """What was asked breaks a clinical or record-keeping rule."""


class NotAllowed(CollabCareError):
    """The person acting does not have the role this needs."""


class Cancelled(CollabCareError):
    """The user stopped work that takes a while; whatever was not finished is left undone."""


class StaleRecord(CollabCareError):
    """Somebody else changed the record while it was being edited."""


class EnvironmentProblem(CollabCareError):
    """The computer, not the user or the record, stands in the way."""


class MissingRecord(EnvironmentProblem):
    """There is no record where one was expected."""


class WrongPassword(EnvironmentProblem):
    """The name and password do not open this record."""


class DamagedRecord(EnvironmentProblem):
    """The record or its key file is not as it was written."""


class NewerRecord(EnvironmentProblem):
    """The record was written by a newer CollabCare than this one."""
