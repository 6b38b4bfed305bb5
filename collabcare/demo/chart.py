"""One patient's life while it is being written: whose it is, what has been done, and how to add to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from collabcare.demo.acts import Act, Ended, Slot, Wrote
from collabcare.demo.chance import weighted
from collabcare.demo.diary import TIMES, london
from collabcare.domain.codes import ConsultationMechanism

if TYPE_CHECKING:
    from random import Random

    from collabcare.demo.acts import Person
    from collabcare.demo.library import Library, Theme
    from collabcare.demo.stories import Story
    from collabcare.demo.timetable import Setting, Visit

_WAYS = (
    ConsultationMechanism.TELEPHONE,
    ConsultationMechanism.FACE_TO_FACE,
    ConsultationMechanism.VIDEO,
)
_USUAL = (58, 28, 14)
_FIRST = (35, 55, 10)
_SIGNED = (0, 60, 40)
_NO_PHONE = (0, 100, 0)
_KEEPS_TO_IT = 0.85
_FIRST_LENGTHS = (30, 35, 40)
_LENGTHS = (15, 20, 20, 25, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who does what: the practitioner of this life, who supervises, and who sees to the referrals."""

    practitioner: str
    supervisor: str
    administrator: str
    supervision_weekday: int


@dataclass(kw_only=True)
class Chart:
    """The life being written. Acts are added in any order; :meth:`in_order` sorts them by their instant."""

    person: Person
    story: Story
    theme: Theme
    team: Team
    setting: Setting
    library: Library
    rng: Random
    acts: list[Act] = field(default_factory=list)
    _slots: dict[date, Slot] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Let chance choose the time of day and the way of meeting this person keeps to."""
        self._wanted = self.rng.randrange(len(TIMES))
        self._way = weighted(self.rng, _WAYS, self._ways(_USUAL))

    @property
    def rings(self) -> bool:
        """Return whether this person can be rung."""
        return bool(self.person.telephone) and not self.signs

    @property
    def signs(self) -> bool:
        """Return whether this person has asked not to be rung because they sign."""
        return self.person.contact_note in self.library.places.notes["signer"]

    @property
    def takes_messages(self) -> bool:
        """Return whether nothing speaks against leaving a message on this person's voicemail."""
        return self.person.wish is None or self.person.wish.safe.voicemail_safe is not False

    def say(self, occasion: str) -> str:
        """Return a sentence this person's notes have not used yet."""
        return self.library.words.say(occasion, self.theme, self.rng, self._used)

    def note(self, occasion: str) -> str:
        """Return a contact note: how it opened, what it was about, and the plan."""
        return " ".join(self.say(f"{occasion}.{part}") for part in ("opening", "middle", "plan"))

    def add(self, act: Act) -> None:
        """Add something done; what would be done today or later has not happened yet and is left out."""
        if act.at < london(self.setting.today, time.min):
            self.acts.append(act)

    def after(self, day: date, working_days: int) -> date:
        """Return the day so many working days after ``day``."""
        return self.setting.diary.calendar.nth_after(day, working_days)

    def at(self, day: date, hour: int, minutes: int = 0) -> datetime:
        """Return an instant in the half hour after a full hour of a day."""
        return london(day, time(hour), minutes + self.rng.randrange(30))

    def slot(self, visit: Visit) -> Slot:
        """Return the place in the diary of a visit, taken the first time it is asked for."""
        if visit.on not in self._slots:
            first = not self._slots
            way = (
                self._way
                if self.rng.random() < _KEEPS_TO_IT
                else weighted(self.rng, _WAYS, self._ways(_USUAL))
            )
            if first:
                way = weighted(self.rng, _WAYS, self._ways(_FIRST))
            self._slots[visit.on] = Slot(
                on=visit.on,
                at=self.setting.diary.take(self.team.practitioner, visit.on, self._wanted),
                minutes=self.rng.choice(_FIRST_LENGTHS if first else _LENGTHS),
                mechanism=way,
            )
        return self._slots[visit.on]

    def in_order(self) -> tuple[Act, ...]:
        """Return the acts by their instant, or as they were added; only a letter follows the end of care."""
        found = sorted(self.acts, key=lambda act: act.at)
        last = next((place for place, act in enumerate(found) if isinstance(act, Ended)), len(found))
        return (*found[: last + 1], *(act for act in found[last + 1 :] if isinstance(act, Wrote)))

    def _ways(self, usual: tuple[int, int, int]) -> tuple[int, int, int]:
        if self.signs:
            return _SIGNED
        return usual if self.person.telephone else _NO_PHONE
