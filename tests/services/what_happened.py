"""What really happened to one patient, kept outside the record: part of a random walk.

A miss stays in this list when the record is made to say otherwise. Who is whom is worked out here by hand
from who made which account and when, and not by the rule that is tried.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.calendar import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class Slot(NamedTuple):
    """When an appointment was; ``at`` is None where only its day is known."""

    on: date
    at: time | None

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.on, self.at or time.min, LONDON)

    def is_before(self, seen: Slot) -> bool:
        """Return whether somebody seen then was seen after this miss, or at it."""
        if self.on != seen.on or seen.at is None:
            return self.on <= seen.on
        return self.at is not None and self.at <= seen.at


@dataclass
class Happened:
    """Every miss and every time they were seen, and by whose hand what was written of them."""

    misses: dict[Slot, str | None] = field(default_factory=dict)
    """Each miss, and who made the record say that it never was."""
    seen: list[Slot] = field(default_factory=list)
    went_by: list[Slot] = field(default_factory=list)
    """What nobody had written up when a death was recorded: it may have been missed."""
    death_by: str | None = None
    made: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    """Each account that was made meanwhile, by whom and when."""
    held: list[tuple[str, datetime | None]] = field(default_factory=list)
    """Who held the case, and until when."""

    def unseen(self, *, died: bool) -> Iterator[Slot]:
        """Yield every miss after which they were not seen, and of the dead what may have been one."""
        for miss in (*self.misses, *(self.went_by if died else ())):
            if not any(miss.is_before(each) for each in self.seen):
                yield miss

    def person(self, login: str, miss: Slot) -> str:
        """Return who an account is: whoever made it after that miss, and who made theirs."""
        while login in self.made and self.made[login][1] >= miss.begins:
            login = self.made[login][0]
        return login

    def holders(self, miss: Slot) -> set[str]:
        """Return who held the case at a miss or after it."""
        return {login for login, until in self.held if until is None or until >= miss.begins}

    def is_held_by(self, login: str, now: datetime) -> None:
        if self.held:
            before, _open = self.held[-1]
            self.held[-1] = before, now
        self.held.append((login, None))

    def happened(self, letter: str, slot: Slot) -> None:
        """Note the outcome of an appointment."""
        if letter == "D":
            self.misses[slot] = None
        elif letter in {"A", "L"}:
            self.seen.append(slot)

    def is_taken_back(self, slot: Slot, by: str, *, attended: bool) -> None:
        """Note that somebody took the outcome of an appointment out of the record."""
        if attended and slot in self.seen:
            self.seen.remove(slot)
        if slot in self.misses and not attended:
            self.misses[slot] = by
