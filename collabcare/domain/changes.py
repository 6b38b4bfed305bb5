"""What a write touched, so that only the screens it concerns load again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.suggestion import Suggestion


class Kind(StrEnum):
    """A kind of thing in the record."""

    PRACTICE = "practice"
    SITE = "site"
    SITE_DAY = "site day"
    STEP_DAYS = "step days"
    USER = "user"
    PATIENT = "patient"
    IDENTITY = "identity"
    EPISODE = "episode"
    CONTACT = "contact"
    ATTEMPT = "attempt"
    SEARCH = "search"
    HASTE = "haste"
    TRACK = "track"
    PAUSE = "pause"
    CLOSING_REVIEW = "closing review"
    MEASURE = "measure"
    SAFETY = "safety"
    ASSESSMENT = "assessment"
    SAFETY_PLAN = "safety plan"
    GOAL = "goal"
    STAYING_WELL = "staying well"
    PROPOSAL = "proposal"
    MILESTONE = "milestone"
    POSTPONEMENT = "postponement"
    STEP = "step"
    SUPERVISION = "supervision"
    LETTER = "letter"
    MEDICATION = "medication"
    CARER = "carer"
    REMINDER = "reminder"
    COVER = "cover"
    HELPLINE = "helpline"
    SNIPPET = "snippet"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Changes:
    """The kinds and episodes one command touched, and the number of the record it made, if it made one.

    ``suggestions`` are what the rules have to say of it; what was done stands all the same.
    """

    kinds: frozenset[Kind] = frozenset()
    episodes: frozenset[EpisodeId] = frozenset()
    made: int | None = None
    suggestions: tuple[Suggestion, ...] = ()
