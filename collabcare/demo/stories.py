"""The stories the demo tells: which course a person's scores take, and where they stand today.

The list for open patients is dealt out practitioner by practitioner, so that each has some of everything and
the first dozen already show the main things. Longer caseloads go round again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from collabcare.domain.codes import ClosureReason


class Course(StrEnum):
    """How the scores go from contact to contact."""

    RESPONDING = "responding"
    RECOVERED = "recovered"
    PARTIAL = "partial"
    STALLED = "stalled"
    WORSENING = "worsening"
    ANXIOUS = "anxious"


class Now(StrEnum):
    """Where the person stands today."""

    BOOKED = "booked"
    CONTACT_DUE = "contact due"
    OUTCOME_MISSING = "outcome missing"
    MISSED = "missed"
    MISSED_TWICE = "missed twice"
    FIRST_MISSED = "first appointment missed"
    CANCELLED_TWICE = "cancelled twice"
    WE_CANCELLED = "we cancelled"
    STAYING_WELL = "staying well"
    PAUSED = "paused"
    NOT_ALLOCATED = "not allocated"
    WAITING = "waiting"
    FIRST_BOOKED = "first appointment booked"
    CLOSED = "closed"


class Twist(StrEnum):
    """Something that happens on the way, or stands open today."""

    RETURNED = "missed one and returned"
    CANCELLED_ONCE = "cancelled one and came to the next"
    CAME_LATE = "came late once"
    SAFETY_TALKED = "safety question answered and talked about"
    SAFETY_OPEN = "safety question answered, not yet talked about"
    SAFETY_COULD_NOT = "safety question answered, could not ask yet"
    SAFETY_BLANK = "safety question left blank"
    PRORATED = "one answer blank"
    TOTAL_ONLY = "a total copied from elsewhere"
    ZERO = "a score of nought"
    STEPPED_UP = "stepped up, GP told"
    STEPPED_DOWN = "stepped down, GP told"
    UP_GP_NOT_TOLD = "stepped up, GP not yet told"
    DOWN_GP_NOT_TOLD = "stepped down, GP not yet told"
    MEASURE_LATE = "no questionnaire for over four weeks"
    ACTION_OPEN = "a supervision action due soon"
    ACTION_OVERDUE = "a supervision action overdue"
    SUPERVISION_LATE = "not discussed for over four weeks"
    SUPERVISION_ASKED = "the practitioner asked for supervision"
    GP_WRITTEN_TO = "the GP has been written to"
    NO_FIRST_LETTER = "no letter to the GP about the assessment"
    REVIEW_UNTOLD = "a review the GP has had no letter about"
    NO_SUMMARY = "no discharge summary yet"
    GOALS = "goals, rated over time"
    DIALOG = "DIALOG besides the usual forms"
    CORE10 = "CORE-10 besides the usual forms"
    STAR = "Recovery Star besides the usual forms"
    SAFETY_PLAN = "a safety plan, to be looked at again"
    PLAN_DECLINED = "offered a safety plan, would rather not"
    RELIES_ON_OTHERS = "relies on others to come"
    HANDED_OVER = "a handover not answered"
    WELL_PLAN = "a staying-well plan"
    WELL_PLAN_BEGUN = "a staying-well plan begun"
    CLOSING_REVIEW = "a review of not attending, open"
    CAME_BACK = "here before, back within the year"
    MEDICINES = "medicines as told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story: contacts ``seen``; ``ago`` in days, working days if something fell through; rungs tried."""

    course: Course
    now: Now
    seen: int
    ago: int = 0
    tried: int = 0
    twists: frozenset[Twist] = frozenset()
    closed: ClosureReason | None = None

    @property
    def name(self) -> str:
        """Return the story in words, for tests and for whoever looks for an example."""
        ending = f"closed: {self.closed.label}" if self.closed else self.now.value
        return "; ".join((self.course.value, ending, *sorted(twist.value for twist in self.twists)))


def _open(course: Course, now: Now, seen: int, *twists: Twist, ago: int = 0, tried: int = 0) -> Story:
    return Story(course=course, now=now, seen=seen, ago=ago, tried=tried, twists=frozenset(twists))


def _closed(reason: ClosureReason, course: Course, seen: int, ago: int, *twists: Twist) -> Story:
    return Story(course=course, now=Now.CLOSED, seen=seen, ago=ago, twists=frozenset(twists), closed=reason)


_C, _N, _T = Course, Now, Twist

# Three to a row, one for each practitioner of the default caseload; twenty rows.
OPEN_STORIES: tuple[Story, ...] = (
    _open(_C.RESPONDING, _N.BOOKED, 5, _T.GP_WRITTEN_TO, _T.GOALS, _T.MEDICINES),
    _open(_C.WORSENING, _N.BOOKED, 5, _T.UP_GP_NOT_TOLD, _T.SAFETY_TALKED, _T.MEDICINES, ago=9),
    _open(_C.RESPONDING, _N.MISSED, 4, ago=2, tried=1),
    _open(_C.STALLED, _N.BOOKED, 7, _T.ACTION_OVERDUE, _T.SUPERVISION_ASKED, _T.GOALS, _T.MEDICINES),
    _open(_C.PARTIAL, _N.MISSED, 3, _T.RELIES_ON_OTHERS, ago=1, tried=2),
    _open(_C.WORSENING, _N.BOOKED, 4, _T.SAFETY_OPEN, ago=1),
    _open(_C.PARTIAL, _N.OUTCOME_MISSING, 5),
    _open(_C.RESPONDING, _N.CONTACT_DUE, 5),
    _open(_C.PARTIAL, _N.WAITING, 0, ago=19),
    _open(_C.RECOVERED, _N.STAYING_WELL, 10, _T.WELL_PLAN, _T.GOALS, _T.MEDICINES, ago=50),
    _open(_C.PARTIAL, _N.NOT_ALLOCATED, 0, ago=3),
    _open(_C.RESPONDING, _N.WE_CANCELLED, 4, ago=3),
    _open(_C.PARTIAL, _N.MISSED, 4, ago=6, tried=2),
    _open(_C.STALLED, _N.BOOKED, 8, _T.UP_GP_NOT_TOLD, _T.HANDED_OVER, ago=10),
    _open(_C.RECOVERED, _N.BOOKED, 9, _T.DOWN_GP_NOT_TOLD, _T.ZERO, ago=8),
    _open(_C.PARTIAL, _N.BOOKED, 6, _T.SAFETY_BLANK, ago=2),
    _open(_C.WORSENING, _N.BOOKED, 3, _T.SAFETY_COULD_NOT, ago=1),
    _open(_C.STALLED, _N.CANCELLED_TWICE, 4, ago=2),
    _open(_C.RESPONDING, _N.CONTACT_DUE, 6),
    _open(_C.ANXIOUS, _N.OUTCOME_MISSING, 4),
    _open(_C.PARTIAL, _N.OUTCOME_MISSING, 6),
    _open(_C.PARTIAL, _N.WAITING, 0, ago=22),
    _open(_C.ANXIOUS, _N.WE_CANCELLED, 3, ago=2),
    _open(_C.ANXIOUS, _N.CONTACT_DUE, 4),
    _open(_C.PARTIAL, _N.BOOKED, 7, _T.MEASURE_LATE, ago=6),
    _open(_C.RESPONDING, _N.BOOKED, 8, _T.MEASURE_LATE, ago=7),
    _open(_C.STALLED, _N.MISSED_TWICE, 4, ago=1, tried=2),
    _open(_C.STALLED, _N.MISSED_TWICE, 3, ago=2, tried=2),
    _open(_C.STALLED, _N.MISSED, 5, _T.CLOSING_REVIEW, ago=27, tried=5),
    _open(_C.PARTIAL, _N.BOOKED, 6, _T.ACTION_OVERDUE, _T.NO_FIRST_LETTER),
    _open(_C.RESPONDING, _N.BOOKED, 7, _T.RETURNED),
    _open(_C.RESPONDING, _N.BOOKED, 6, _T.RETURNED, _T.GP_WRITTEN_TO),
    _open(_C.PARTIAL, _N.BOOKED, 7, _T.RETURNED),
    _open(_C.RESPONDING, _N.BOOKED, 1, _T.DIALOG, _T.NO_FIRST_LETTER),
    _open(_C.STALLED, _N.BOOKED, 1),
    _open(_C.ANXIOUS, _N.BOOKED, 2, _T.TOTAL_ONLY),
    _open(_C.RECOVERED, _N.STAYING_WELL, 10, _T.WELL_PLAN_BEGUN, ago=20),
    _open(_C.RECOVERED, _N.STAYING_WELL, 9, ago=105),
    _open(_C.RECOVERED, _N.STAYING_WELL, 10, _T.ZERO, ago=70),
    _open(_C.PARTIAL, _N.FIRST_BOOKED, 0, ago=8),
    _open(_C.RESPONDING, _N.FIRST_BOOKED, 0, ago=6),
    _open(_C.PARTIAL, _N.FIRST_MISSED, 0, ago=3, tried=2),
    _open(_C.RESPONDING, _N.BOOKED, 6, _T.PRORATED),
    _open(_C.RESPONDING, _N.BOOKED, 7, _T.STEPPED_DOWN, _T.STAR),
    _open(_C.WORSENING, _N.BOOKED, 6, _T.STEPPED_UP, _T.SAFETY_TALKED),
    _open(_C.PARTIAL, _N.BOOKED, 5, _T.SAFETY_TALKED, _T.SAFETY_PLAN),
    _open(_C.RESPONDING, _N.BOOKED, 4, _T.SAFETY_TALKED, _T.PLAN_DECLINED, _T.CAME_LATE),
    _open(_C.ANXIOUS, _N.BOOKED, 6, _T.ACTION_OPEN),
    _open(_C.STALLED, _N.BOOKED, 6, _T.SUPERVISION_LATE),
    _open(_C.PARTIAL, _N.NOT_ALLOCATED, 0, ago=16),
    _open(_C.PARTIAL, _N.BOOKED, 8, _T.SUPERVISION_ASKED),
    _open(_C.ANXIOUS, _N.BOOKED, 5, _T.CANCELLED_ONCE, _T.CORE10),
    _open(_C.RESPONDING, _N.PAUSED, 3, ago=24),
    _open(_C.RESPONDING, _N.BOOKED, 2, _T.TOTAL_ONLY),
    _open(_C.STALLED, _N.BOOKED, 4, _T.CAME_LATE, _T.DIALOG),
    _open(_C.PARTIAL, _N.BOOKED, 9, _T.ACTION_OPEN),
    _open(_C.ANXIOUS, _N.BOOKED, 3, _T.PRORATED),
    _open(_C.RESPONDING, _N.BOOKED, 8, _T.GP_WRITTEN_TO, _T.GOALS, _T.REVIEW_UNTOLD),
    _open(_C.PARTIAL, _N.BOOKED, 2, _T.CAME_BACK),
    _open(_C.RESPONDING, _N.BOOKED, 5, _T.CANCELLED_ONCE, _T.NO_FIRST_LETTER),
)

_R = ClosureReason
CLOSED_STORIES: tuple[Story, ...] = (
    _closed(_R.TREATMENT_COMPLETED, _C.RECOVERED, 10, 12, _T.GP_WRITTEN_TO, _T.WELL_PLAN),
    _closed(_R.PATIENT_REQUESTED, _C.PARTIAL, 5, 25),
    _closed(_R.TREATMENT_COMPLETED, _C.RESPONDING, 9, 34, _T.STEPPED_DOWN, _T.NO_SUMMARY),
    _closed(_R.REFERRED_ELSEWHERE, _C.WORSENING, 5, 41, _T.STEPPED_UP, _T.SAFETY_TALKED),
    _closed(_R.TREATMENT_COMPLETED, _C.ANXIOUS, 10, 55, _T.RETURNED),
    _closed(_R.MOVED_AWAY, _C.PARTIAL, 4, 60),
    _closed(_R.TREATMENT_COMPLETED, _C.RECOVERED, 8, 70, _T.GP_WRITTEN_TO),
    _closed(_R.DIED, _C.PARTIAL, 6, 83),
    _closed(_R.PATIENT_REQUESTED, _C.RESPONDING, 4, 90, _T.RETURNED),
    _closed(_R.TREATMENT_COMPLETED, _C.RESPONDING, 10, 98),
    _closed(_R.REFUSED_TO_BE_SEEN, _C.STALLED, 1, 105),
    _closed(_R.TREATMENT_COMPLETED, _C.ANXIOUS, 7, 110, _T.CANCELLED_ONCE),
    _closed(_R.REFERRED_ELSEWHERE, _C.STALLED, 6, 118, _T.STEPPED_UP),
    _closed(_R.TREATMENT_COMPLETED, _C.RECOVERED, 11, 125),
    _closed(_R.NO_FURTHER_TREATMENT, _C.STALLED, 7, 131),
    _closed(_R.MOVED_AWAY, _C.RESPONDING, 3, 140),
    _closed(_R.TREATMENT_COMPLETED, _C.RESPONDING, 8, 149, _T.TOTAL_ONLY),
    _closed(_R.PATIENT_REQUESTED, _C.PARTIAL, 3, 157),
    _closed(_R.TREATMENT_COMPLETED, _C.RECOVERED, 10, 166, _T.SAFETY_TALKED),
    _closed(_R.TREATMENT_COMPLETED, _C.RESPONDING, 9, 180),
)


EARLIER_STORY = _closed(_R.TREATMENT_COMPLETED, _C.RECOVERED, 7, 2)
"""What came before for those who come back within the year."""


def open_story(index: int) -> Story:
    """Return the story of open patient number ``index``, from 0."""
    return OPEN_STORIES[index % len(OPEN_STORIES)]


def closed_story(index: int) -> Story:
    """Return the story of closed patient number ``index``, from 0."""
    return CLOSED_STORIES[index % len(CLOSED_STORIES)]
