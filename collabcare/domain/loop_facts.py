"""What the measures of reaching people again read: appointments and searches, of open and closed episodes.

It is far less than :class:`collabcare.domain.facts.EpisodeFacts`, since it is read of everybody who had an
appointment in a year. Every tuple is in order of time, oldest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, time

    from collabcare.domain.attendance import Side
    from collabcare.domain.codes import AttendanceStatus, ClosureReason
    from collabcare.domain.facts import LadderFact
    from collabcare.domain.ids import ContactId, EpisodeId, PatientId, UserId
    from collabcare.domain.missed_because import MissedBecause


class Appointment(NamedTuple):
    """One appointment; ``status`` is None until its outcome is recorded, and of the old time of one moved.

    ``contacted_after`` holds where what they said after the slot is noted with it, as the gate reads it.
    """

    id: ContactId
    on: date
    at: time | None
    status: AttendanceStatus | None
    cancelled_on: date | None = None
    contacted_after: bool = False
    moved_on: date | None = None
    moved_by: Side | None = None
    missed_because: MissedBecause | None = None
    missed_because_words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopEpisode:
    """One episode with its appointments from some day on and every search not over before that day.

    ``holder`` holds the patient, or held them when their care ended. ``moved`` are the old times of those
    that were moved to another; ``taken_back`` the days of those that were recorded as missed, and that the
    record now says were attended, cancelled or never made.
    """

    episode_id: EpisodeId
    patient_id: PatientId
    holder_id: UserId | None
    holder: str | None
    died_on: date | None
    closed_on: date | None
    closure_reason: ClosureReason | None
    appointments: tuple[Appointment, ...]
    searches: tuple[LadderFact, ...] = ()
    moved: tuple[Appointment, ...] = ()
    taken_back: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopPolicy:
    """The numbers of the measures.

    ``return_days`` is how soon somebody is to be seen again to count, ``numbered`` how many attempts have a
    line of their own (the last one and those after it share one), and ``least_shared`` how many people a
    number must stand for on a page that leaves the service.
    """

    rule: str
    source: str
    return_days: int
    numbered: int
    least_shared: int
