"""One thing due, the kinds there are, and the order they stand in."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.display import fmt_date, fmt_days, fmt_time
from collabcare.domain.reason import Telling

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.reason import Explained


class DueKind(StrEnum):
    """A kind of thing to do, in the order the sections of Today stand in."""

    SAFETY_CONVERSATION = "safety_conversation"
    SAFETY_ASSESSMENT = "safety_assessment"
    SAFETY_REVIEW = "safety_review"
    REENGAGE_PROMPT = "reengage_prompt"
    REENGAGE = "reengage"
    PROMISE = "promise"
    WORSENING = "worsening"
    OUTCOME = "outcome"
    SAID_NO = "said_no"
    CONTACT = "contact"
    FIRST_CONTACT = "first_contact"
    PAUSE_REVIEW = "pause_review"
    MEASURE = "measure"
    STEP_SUGGESTION = "step_suggestion"
    GP_LETTER = "gp_letter"
    LETTER_FORM = "letter_form"
    HANDOVER = "handover"
    CLOSING_SIGNATURE = "closing_signature"
    SUPERVISION_ACTION = "supervision_action"
    REBOOK = "rebook"


DUE_ORDER = tuple(DueKind)
SEARCHES = frozenset({DueKind.REENGAGE_PROMPT, DueKind.REENGAGE})
"""The steps of a search for somebody who did not attend; they have limits of their own for waiting."""
_NEVER_LATE = frozenset({DueKind.STEP_SUGGESTION, DueKind.CLOSING_SIGNATURE})
"""What is only to be thought about."""
DUE_PLACE = {kind: place for place, kind in enumerate(DUE_ORDER)}
DUE_WORDS = {
    DueKind.SAFETY_CONVERSATION: "Safety conversation to close",
    DueKind.SAFETY_ASSESSMENT: "Safety assessment to write",
    DueKind.SAFETY_REVIEW: "Safety review due",
    DueKind.REENGAGE_PROMPT: "Not attended, reach again promptly",
    DueKind.REENGAGE: "Not attended, reach again",
    DueKind.PROMISE: "Said they would be in touch, not heard",
    DueKind.WORSENING: "Scores worse, review this week",
    DueKind.OUTCOME: "Outcome to record",
    DueKind.SAID_NO: "Does not want care now, owed before it ends",
    DueKind.CONTACT: "Contact due",
    DueKind.FIRST_CONTACT: "Waiting for first contact",
    DueKind.PAUSE_REVIEW: "Pause to review",
    DueKind.MEASURE: "Measure due",
    DueKind.STEP_SUGGESTION: "Step to think about",
    DueKind.GP_LETTER: "GP to be told",
    DueKind.LETTER_FORM: "Letter in another form to arrange",
    DueKind.HANDOVER: "Handover not answered",
    DueKind.CLOSING_SIGNATURE: "Review before ending care, to sign off",
    DueKind.SUPERVISION_ACTION: "Supervision action",
    DueKind.REBOOK: "Appointment to rebook",
}


class _Due(NamedTuple):
    kind: DueKind
    due_on: date
    reason: Explained
    subject_id: int | None = None
    for_duty: bool = False
    put_off_from: date | None = None
    put_off_words: str = ""
    due_at: time | None = None
    letter: str = ""
    listed_from: date | None = None


class Due(_Due, Telling):
    """One thing to do for one patient: when, and why and since when, in words made when they are read.

    ``for_duty`` is set for what whoever is on duty does beside the practitioner, the same day. What somebody
    put off is due on the day it waits for, with the day it was due at first and why in words. ``due_at`` is
    the time of that day (London) where the hour matters and is known. ``letter`` is the kind of letter that
    does it, where a letter does. It stands on Today from its day on, or from ``listed_from`` where it must
    not wait for that.
    """

    __slots__ = ()

    def __hash__(self) -> int:
        """Leave out the reason, which may hold what has no hash."""
        return hash((self.kind, self.due_on, self.subject_id))

    @property
    def first_due_on(self) -> date:
        """Return the day it was due before anybody put it off."""
        return self.put_off_from or self.due_on

    def put_off(self, until: date, words: str) -> Due:
        """Return it as it is once put off."""
        first = self.first_due_on
        return self._replace(
            due_on=until, put_off_from=first, put_off_words=words, due_at=None, listed_from=None
        )

    def is_listed(self, by: date) -> bool:
        """Return whether it stands on a list of what is to be done by a day."""
        return (self.listed_from or self.due_on) <= by

    def overdue_days(self, today: date) -> int:
        """Return how many days late it is; 0 when it is not late."""
        return (today - self.due_on).days if self.is_overdue(today) else 0

    def is_overdue(self, today: date) -> bool:
        """Return whether its day has passed; nobody is late with what is only to be thought about."""
        return self.due_on < today and self.kind not in _NEVER_LATE

    def when(self, today: date) -> str:
        """Say its day beside today: ``due today by 12:30``, ``3 days overdue``, ``since …``."""
        if self.kind in _NEVER_LATE:
            return f"since {fmt_date(self.due_on)}"
        days = (today - self.due_on).days
        if days == 0:
            return "due today" if self.due_at is None else f"due today by {fmt_time(self.due_at)}"
        return f"{fmt_days(days)} overdue" if days > 0 else f"due in {fmt_days(-days)}"


def by_time(due: Due) -> tuple[date, bool, time]:
    """Return what to sort by so that the longest waiting stands first and, of one day, the earliest time."""
    return due.due_on, due.due_at is None, due.due_at or time.min


def most_pressing(due: tuple[Due, ...], today: date) -> Due | None:
    """Return the first thing that is to be done by today, else the next one coming, else None.

    What is only to be thought about stands back while anything else is to be done.
    """
    now = [d for d in due if d.is_listed(today)]
    acts = (d for d in now if d.kind not in _NEVER_LATE)
    return next(acts, now[0] if now else min(due, key=lambda d: d.due_on, default=None))
