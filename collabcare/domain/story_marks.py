"""The kinds of mark in the drawing of a story: part of :mod:`collabcare.domain.story_chart`.

Kinds differ by shape and by words, never by colour alone, and none of them says how ill anybody is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_date_long, spoken_dates
from collabcare.domain.prorated import MARK

if TYPE_CHECKING:
    from datetime import date


class StoryTrack(StrEnum):
    """A line of the drawing, top down; the first is the plot of scores itself."""

    PLOT = "plot"
    CONTACTS = "contacts"
    STEPS = "steps"
    SUPERVISION = "supervision"
    MEDICATION = "medication"

    @property
    def words(self) -> str:
        """Return what the line is called."""
        return {"plot": "Scores"}.get(self.value, self.value.capitalize())


class StoryKind(StrEnum):
    """A kind of mark, in the order those of one day are read."""

    STEP = "step"
    PAUSED = "paused"
    ATTENDED = "attended"
    NOT_ATTENDED = "not_attended"
    TOO_LATE = "too_late"
    CANCELLED_BY_PATIENT = "cancelled_by_patient"
    CANCELLED_BY_US = "cancelled_by_us"
    NOT_RECORDED = "not_recorded"
    BOOKED = "booked"
    SCORE = "score"
    PRORATED = "prorated"
    NO_SCORE = "no_score"
    SUPERVISION = "supervision"
    MEDICATION_STARTED = "medication_started"
    MEDICATION_CHANGED = "medication_changed"
    MEDICATION_STOPPED = "medication_stopped"

    @property
    def order(self) -> int:
        """Return its place among the marks of one day; contacts are in the order of their times."""
        return _ORDER[self]

    @property
    def track(self) -> StoryTrack:
        """Return the line it stands on."""
        return _TRACKS.get(self, StoryTrack.PLOT)


SEEN = frozenset({StoryKind.ATTENDED})
CONTACTS = (
    StoryKind.ATTENDED,
    StoryKind.NOT_ATTENDED,
    StoryKind.TOO_LATE,
    StoryKind.CANCELLED_BY_PATIENT,
    StoryKind.CANCELLED_BY_US,
    StoryKind.NOT_RECORDED,
    StoryKind.BOOKED,
)
_ORDER = {kind: place for place, kind in enumerate(StoryKind)} | dict.fromkeys(CONTACTS, 2)
_TRACKS = dict.fromkeys(CONTACTS, StoryTrack.CONTACTS) | {
    StoryKind.STEP: StoryTrack.STEPS,
    StoryKind.SUPERVISION: StoryTrack.SUPERVISION,
    StoryKind.MEDICATION_STARTED: StoryTrack.MEDICATION,
    StoryKind.MEDICATION_CHANGED: StoryTrack.MEDICATION,
    StoryKind.MEDICATION_STOPPED: StoryTrack.MEDICATION,
}
LEGEND_WORDS = {
    StoryKind.STEP: "Step moved to",
    StoryKind.PAUSED: "Care paused",
    StoryKind.ATTENDED: "Attended",
    StoryKind.NOT_ATTENDED: "Did not attend",
    StoryKind.TOO_LATE: "Too late to be seen",
    StoryKind.CANCELLED_BY_PATIENT: "Cancelled by patient",
    StoryKind.CANCELLED_BY_US: "Cancelled by us",
    StoryKind.NOT_RECORDED: "Outcome not recorded",
    StoryKind.BOOKED: "Booked",
    StoryKind.SCORE: "Score",
    StoryKind.PRORATED: f"Prorated score ({MARK})",
    StoryKind.NO_SCORE: "Form without a score",
    StoryKind.SUPERVISION: "Supervision",
    StoryKind.MEDICATION_STARTED: "Medication started",
    StoryKind.MEDICATION_CHANGED: "Medication changed",
    StoryKind.MEDICATION_STOPPED: "Medication stopped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something to mark, not yet placed; ``minute`` is that of its day, ``until`` the last day of a band.

    ``bounds`` says whether the axis of time reaches to it; what is known of the patient from other times
    (medication) is drawn only where the axis has its day.
    """

    kind: StoryKind
    day: date
    what: str
    detail: str = ""
    label: str = ""
    until: date | None = None
    minute: int = -1
    bounds: bool = True

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days it spans."""
        return (self.day,) if self.until is None else (self.day, self.until)

    @property
    def spoken(self) -> str:
        """Return how it reads out loud, months in full."""
        said = f"{self.what}, {self.detail}" if self.detail else self.what
        return f"{fmt_date_long(self.day)}: {spoken_dates(said)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMark:
    """One mark in its place: ``x`` from 0 to 1 along the axis, ``y`` from 0 to 1 up the plot for a score.

    ``label`` is what is written beside it, ``until`` where a band ends, ``plot`` the number of the plot that
    a score stands in.
    """

    kind: StoryKind
    day: date
    x: float
    what: str
    detail: str
    spoken: str
    label: str = ""
    y: float | None = None
    until: float | None = None
    minute: int = -1
    plot: int = 0

    @property
    def track(self) -> StoryTrack:
        """Return the line it stands on."""
        return self.kind.track

    @property
    def words(self) -> str:
        """Return how it reads on screen: the day, what it is, and the rest."""
        said = f"{self.what}, {self.detail}" if self.detail else self.what
        return f"{fmt_date(self.day)}: {said}"
