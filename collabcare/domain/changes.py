"""What a write touched, so that only the screens it concerns load again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId


class Kind(StrEnum):
    """A kind of thing in the record."""

    PRACTICE = "practice"
    USER = "user"
    PATIENT = "patient"
    EPISODE = "episode"
    CONTACT = "contact"
    ATTEMPT = "attempt"
    MEASURE = "measure"
    SAFETY = "safety"
    STEP = "step"
    SUPERVISION = "supervision"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Changes:
    """The kinds and episodes one command touched, and the number of the record it made, if it made one."""

    kinds: frozenset[Kind] = frozenset()
    episodes: frozenset[EpisodeId] = frozenset()
    made: int | None = None
