"""The numbers of the re-engagement ladder, as a service model states them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class RungPolicy:
    """One rung of the re-engagement ladder.

    ``working_days`` counts after the missed date (0 = the same day); ``days_after_letter`` counts calendar
    days after the opt-in letter and stands instead of it.
    """

    number: int
    working_days: int | None
    days_after_letter: int | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPolicy:
    """The whole ladder of one track."""

    rungs: tuple[RungPolicy, ...]
    same_day_until: time
    restart_rung: int
    letter_rung: int
    second_miss_rung: int
