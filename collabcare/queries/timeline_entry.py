"""What the story of an episode is made of: one entry for each thing that happened, of a kind, at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.searching import fold

if TYPE_CHECKING:
    from datetime import date, time


class EntryKind(StrEnum):
    """A kind of thing that happened, in the order things of one day are told."""

    EARLIER = "earlier"
    REFERRAL = "referral"
    STEP_UP = "step_up"
    STEP_DOWN = "step_down"
    REMINDER = "reminder"
    MOVED = "moved"
    IN_ERROR = "in_error"
    NOTE = "note"
    CONTACT = "contact"
    CANCELLED = "cancelled"
    MISSED = "missed"
    NOT_RECORDED = "not_recorded"
    MEASURE = "measure"
    GOAL = "goal"
    MEDICINE = "medicine"
    SAFETY = "safety"
    HASTE = "haste"
    TRACK = "track"
    PUT_OFF = "put_off"
    PAUSE = "pause"
    ATTEMPT = "attempt"
    REVIEW = "review"
    MILESTONE = "milestone"
    PROPOSAL = "proposal"
    SUPERVISION = "supervision"
    LETTER = "letter"
    CLOSED = "closed"


class TimelineFilter(StrEnum):
    """What the story can be narrowed to."""

    CONTACTS = "contacts"
    MISSED = "missed"
    SCORES = "scores"
    SAFETY = "safety"
    STEPS = "steps"
    GOALS = "goals"
    MEDICINES = "medicines"
    SUPERVISION = "supervision"
    LETTERS = "letters"
    NOTES = "notes"


FILTER_KINDS = {
    TimelineFilter.CONTACTS: frozenset(
        {
            EntryKind.CONTACT,
            EntryKind.CANCELLED,
            EntryKind.MISSED,
            EntryKind.NOT_RECORDED,
            EntryKind.REMINDER,
            EntryKind.MOVED,
            EntryKind.IN_ERROR,
        }
    ),
    TimelineFilter.MISSED: frozenset(
        {EntryKind.MISSED, EntryKind.ATTEMPT, EntryKind.TRACK, EntryKind.PUT_OFF, EntryKind.REVIEW}
    ),
    TimelineFilter.SCORES: frozenset({EntryKind.MEASURE}),
    TimelineFilter.SAFETY: frozenset({EntryKind.SAFETY, EntryKind.HASTE}),
    TimelineFilter.STEPS: frozenset(
        {
            EntryKind.EARLIER,
            EntryKind.REFERRAL,
            EntryKind.STEP_UP,
            EntryKind.STEP_DOWN,
            EntryKind.PAUSE,
            EntryKind.MILESTONE,
            EntryKind.PROPOSAL,
            EntryKind.CLOSED,
        }
    ),
    TimelineFilter.GOALS: frozenset({EntryKind.GOAL}),
    TimelineFilter.MEDICINES: frozenset({EntryKind.MEDICINE}),
    TimelineFilter.SUPERVISION: frozenset({EntryKind.SUPERVISION}),
    TimelineFilter.LETTERS: frozenset({EntryKind.LETTER}),
    TimelineFilter.NOTES: frozenset({EntryKind.NOTE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened: when, what in one line, and the rest in full."""

    kind: EntryKind
    subject_id: int
    on: date
    at: time | None = None
    title: str
    text: str = ""

    @property
    def key(self) -> str:
        """Return what this entry is known by, whatever is added around it."""
        return f"{self.kind}:{self.subject_id}:{self.on.isoformat()}"


def only(
    entries: tuple[TimelineEntry, ...], wanted: TimelineFilter | None, words: str = ""
) -> tuple[TimelineEntry, ...]:
    """Return the entries a filter leaves, all of them without one, that have every one of these words."""
    kept = entries if wanted is None else tuple(e for e in entries if e.kind in FILTER_KINDS[wanted])
    sought = fold(words).split()
    return kept if not sought else tuple(e for e in kept if _has(e, sought))


def spoken_when(entry: TimelineEntry) -> str:
    """Return the day, and the time where it is known, as the list writes it."""
    day = fmt_date(entry.on, weekday=True)
    return day if entry.at is None else f"{day} {fmt_time(entry.at)}"


def _has(entry: TimelineEntry, sought: list[str]) -> bool:
    text = fold(f"{spoken_when(entry)} {entry.title} {entry.text}")
    return all(word in text for word in sought)
