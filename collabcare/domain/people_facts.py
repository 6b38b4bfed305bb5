"""What is known of the people around the care: medication as reported, carers, and reminders given.

Part of :class:`collabcare.domain.facts.EpisodeFacts`. ``row_version`` is what a command hands back, so that
two people do not change the same thing unseen. CollabCare prescribes nothing: medication stands here as the
patient, a carer or another service told us of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.ids import ContactId, EpisodeId
    from collabcare.domain.reengagement import Channel


class MedicationSource(StrEnum):
    """Who told us of a medicine."""

    PATIENT = "patient"
    CARER = "carer"
    GP = "gp"
    OTHER_SERVICE = "other_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicationFact:
    """One medicine at one dose, as reported; ``started_on`` is None when it was taken before we heard of it.

    ``replaces_id`` is the same medicine at the dose before. ``taking`` is how it is taken and what it does,
    side effects included, in the words of whoever told us.
    """

    id: int
    row_version: int = 1
    episode_id: EpisodeId
    name: str
    dose: str = ""
    purpose: str = ""
    reported_by: MedicationSource
    antidepressant: bool = False
    started_on: date | None = None
    ended_on: date | None = None
    end_note: str = ""
    taking: str = ""
    replaces_id: int | None = None
    recorded_at: datetime | None = None

    @property
    def current(self) -> bool:
        """Return whether it is taken as far as anybody has told us."""
        return self.ended_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerFact:
    """Somebody close to the patient: who they are, whether they may be rung, what they may be told.

    ``may_contact`` is the patient's consent, None when nobody has asked; ``nominated`` says that they may be
    rung when the patient cannot be reached; ``is_carer`` that they give unpaid care.
    """

    id: int
    row_version: int = 1
    name: str
    relation: str = ""
    telephone: str = ""
    is_carer: bool = False
    next_of_kin: bool = False
    nominated: bool = False
    may_contact: bool | None = None
    may_share: str = ""
    consent_on: date | None = None
    note: str = ""
    ended_on: date | None = None


class ReminderOutcome(StrEnum):
    """What came of a reminder."""

    SPOKE = "spoke"
    LEFT_MESSAGE = "left_message"
    SENT = "sent"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFact:
    """One reminder of a booked contact, given ``days_before`` days ahead of it."""

    contact_id: ContactId
    days_before: int
    made_on: date
    made_at: datetime
    channel: Channel
    outcome: ReminderOutcome
    note: str
    by: str
