"""What follows once a search has found the patient, or found out where they are.

Contact at any step ends the search; what they want comes next and is theirs to say. Wrong contact details are
no contact: they are put right and the search begins again at its first step. Only a person closes an episode.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from collabcare.domain.codes import ClosureReason
from collabcare.domain.suggestion import Used


class SearchEnd(StrEnum):
    """What came of finding them."""

    REBOOKED = "rebooked"
    WANTS_PAUSE = "wants_pause"
    DECLINES = "declines"
    MOVED = "moved"
    DIED = "died"
    WRONG_DETAILS = "wrong_details"


SEARCH_END_WORDS = {
    SearchEnd.REBOOKED: "Rebooked",
    SearchEnd.WANTS_PAUSE: "Wants a pause",
    SearchEnd.DECLINES: "Does not want care now",
    SearchEnd.MOVED: "Has moved away",
    SearchEnd.DIED: "Has died",
    SearchEnd.WRONG_DETAILS: "The contact details were wrong",
}
REACHED = "Reached"
"""What ends a search with word from the patient where nobody chose what they want."""


class Need(StrEnum):
    """What must be recorded with it."""

    APPOINTMENT = "appointment"
    RETURN_DATE = "return_date"
    SAFETY_REVIEW = "safety_review"
    GP_INFORMED = "gp_informed"
    NEW_AREA = "new_area"
    DAY_OF_DEATH = "day_of_death"
    CORRECTED_DETAILS = "corrected_details"


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterContact:
    """What follows: whether the search closes or begins again, what is needed, and the codes it may lead to.

    ``closure_reasons`` are offered to whoever closes the episode; nothing closes by itself.
    """

    end: SearchEnd
    closes_search: bool
    begins_again: bool
    needs: tuple[Need, ...]
    closure_reasons: tuple[ClosureReason, ...]
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


_NEEDS = {
    SearchEnd.REBOOKED: (Need.APPOINTMENT,),
    SearchEnd.WANTS_PAUSE: (Need.RETURN_DATE,),
    SearchEnd.DECLINES: (Need.SAFETY_REVIEW, Need.GP_INFORMED),
    SearchEnd.MOVED: (Need.NEW_AREA, Need.SAFETY_REVIEW, Need.GP_INFORMED),
    SearchEnd.DIED: (Need.DAY_OF_DEATH,),
    SearchEnd.WRONG_DETAILS: (Need.CORRECTED_DETAILS,),
}
_CLOSURES = {
    SearchEnd.DECLINES: (ClosureReason.PATIENT_REQUESTED, ClosureReason.REFUSED_TO_BE_SEEN),
    SearchEnd.MOVED: (ClosureReason.MOVED_AWAY,),
    SearchEnd.DIED: (ClosureReason.DIED,),
}
_SENTENCES = {
    SearchEnd.REBOOKED: "The search ends. Book the appointment, at a time and in a way that suits them.",
    SearchEnd.WANTS_PAUSE: "The search ends. Agree the day on which you will be in touch again.",
    SearchEnd.DECLINES: (
        "The search ends. Talk about safety, tell the GP, and say how they can come back at any time."
    ),
    SearchEnd.MOVED: (
        "The search ends. Talk about safety, ask who looks after them now and offer to hand over."
    ),
    SearchEnd.DIED: (
        "This records the death: the search ends, what is booked is cancelled, and no letter to the patient"
        " can be issued. Check who needs support."
    ),
    SearchEnd.WRONG_DETAILS: "Put the details right. The search begins again at its first step.",
}


def after_contact(end: SearchEnd) -> AfterContact:
    """Return what follows from finding the patient, or finding that the details were wrong."""
    again = end is SearchEnd.WRONG_DETAILS
    return AfterContact(
        end=end,
        closes_search=not again,
        begins_again=again,
        needs=_NEEDS[end],
        closure_reasons=_CLOSURES.get(end, ()),
        sentence=_SENTENCES[end],
        rule="reengagement_end",
        used=(Used("What came of it", SEARCH_END_WORDS[end]),),
        source="This project's default, after L. Gask in Filling the chasm (Centre for Mental Health 2018).",
    )


def asks_about_safety(end: SearchEnd) -> bool:
    """Return whether what was said about safety is written down with it, as of whoever leaves our care."""
    return Need.SAFETY_REVIEW in _NEEDS[end]
