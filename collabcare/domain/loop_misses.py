"""One missed appointment and what followed it: the first attempt, the first word, the next time seen.

The patient was reached when they were spoke to, answered, were seen, or got in touch themselves: rang after
the appointment, came too late for another, cancelled one or asked to move it. A death or a move to other care
is no failure of anybody's, and so it is kept apart. What came after today is not known yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.attendance import Side
from collabcare.domain.calendar import days_after
from collabcare.domain.codes import AttendanceStatus, ClosureReason
from collabcare.domain.missed_because import MissedBecause, last_said
from collabcare.domain.missed_run import is_attempt
from collabcare.domain.routes import way_counted
from collabcare.domain.search_ends import SEARCH_END_WORDS, SearchEnd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collabcare.domain.loop_facts import Appointment, LoopEpisode
    from collabcare.domain.reaching import Route

_DNA = AttendanceStatus.DID_NOT_ATTEND
_ELSEWHERE = frozenset(
    {ClosureReason.MOVED_AWAY, ClosureReason.REFERRED_ELSEWHERE, ClosureReason.ADMITTED_ELSEWHERE}
)
_MOVED = SEARCH_END_WORDS[SearchEnd.MOVED]


class Touch(StrEnum):
    """How somebody was first in touch again; of two on one day the first of these is taken."""

    SPOKE = "spoke"
    SEEN = "seen"
    THEMSELVES = "themselves"


class Heard(NamedTuple):
    """The first word: its day, how, and the way of the attempt where it was one."""

    on: date
    how: Touch
    way: Route | None = None


class Fate(StrEnum):
    """What became of the person after a missed appointment, as far as is known today."""

    REACHED = "reached"
    SOUGHT = "sought"
    DIED = "died"
    MOVED = "moved"
    ENDED = "ended"

    @property
    def is_apart(self) -> bool:
        """Return whether there was nobody left for us to reach."""
        return self in {Fate.DIED, Fate.MOVED}


FATE_WORDS = {
    Fate.REACHED: "Reached, or in touch themselves",
    Fate.SOUGHT: "Still being sought",
    Fate.DIED: "Died before they were reached",
    Fate.MOVED: "Moved, or in other care, before they were reached",
    Fate.ENDED: "Care or search over without a word from them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One missed appointment; ``tried_on`` is the first attempt up to the day they were reached."""

    episode: LoopEpisode
    missed: Appointment
    tried_on: date | None
    heard: Heard | None
    seen_on: date | None
    fate: Fate

    @property
    def on(self) -> date:
        """Return the missed day."""
        return self.missed.on

    @property
    def because(self) -> MissedBecause:
        """Return why they had not come, as it was said last."""
        searches = [each for each in self.episode.searches if each.contact_id == self.missed.id]
        why = last_said(self.missed, [tried for each in searches for tried in each.attempts])
        return why.because if why else MissedBecause.NOT_ASKED

    def window(self, begins: date, days: int, *, today: date) -> bool | None:
        """Return whether they were seen within so many days of a day, or None when that is not counted.

        It is not while the days are not over, even of somebody seen already: counting those alone would make
        every share look better than it is. Nor is it of somebody who died or moved before they were seen.
        """
        ends = days_after(begins, days)
        if ends >= today:
            return None
        if self.seen_on is not None and begins <= self.seen_on <= ends:
            return True
        return None if self.fate.is_apart or self._left_by(ends) else False

    def _left_by(self, day: date) -> bool:
        died, closed = self.episode.died_on, self.episode.closed_on
        moved = closed if self.episode.closure_reason in _ELSEWHERE else None
        return any(left is not None and left <= day for left in (died, moved))


def misses(episode: LoopEpisode, *, today: date) -> Iterator[Miss]:
    """Yield every appointment of an episode that was missed by today, with what followed it."""
    for place, each in enumerate(episode.appointments):
        if each.status is _DNA and each.on <= today:
            heard = min(_heard(episode, place, today), default=None, key=_first)
            yield Miss(
                episode=episode,
                missed=each,
                tried_on=_tried(episode, each.on, heard.on if heard else today),
                heard=heard,
                seen_on=min(_seen(episode, place, today), default=None),
                fate=_fate(episode, each.on, heard),
            )


def follows_death(episode: LoopEpisode, appointment: Appointment) -> bool:
    """Return whether an appointment was given up because the patient had died before it."""
    cancelled = appointment.status is AttendanceStatus.CANCELLED_BY_PATIENT
    return cancelled and episode.died_on is not None and appointment.on >= episode.died_on


def _first(heard: Heard) -> tuple[date, int]:
    return heard.on, list(Touch).index(heard.how)


def _heard(episode: LoopEpisode, place: int, today: date) -> Iterator[Heard]:
    """Yield every time they were in touch after the miss at ``place``, in no order."""
    missed = episode.appointments[place]
    if missed.contacted_after:
        yield Heard(missed.on, Touch.THEMSELVES)
    for number, each in enumerate(episode.appointments):
        heard = _by_appointment(episode, each) if number != place else None
        if heard is None or heard.on > today:
            continue
        later = number > place or each.status is AttendanceStatus.CANCELLED_BY_PATIENT
        if heard.on > missed.on or (heard.on == missed.on and later):
            yield heard
    for each in episode.moved:
        if each.moved_by is Side.PATIENT and each.moved_on and missed.on <= each.moved_on <= today:
            yield Heard(each.moved_on, Touch.THEMSELVES)
    for search in episode.searches:
        for attempt in search.attempts:
            after = attempt.on > missed.on or (attempt.on == missed.on and search.missed_on == missed.on)
            if attempt.outcome.reached and after and attempt.on <= today:
                way = way_counted(attempt.channel, attempt.route)
                yield Heard(attempt.on, Touch.SPOKE, way)


def _by_appointment(episode: LoopEpisode, each: Appointment) -> Heard | None:
    match each.status:
        case AttendanceStatus.CANCELLED_BY_PATIENT if not follows_death(episode, each):
            return Heard(each.cancelled_on or each.on, Touch.THEMSELVES)
        case AttendanceStatus.DID_NOT_ATTEND if each.contacted_after:
            return Heard(each.on, Touch.THEMSELVES)
        case AttendanceStatus.ARRIVED_LATE_NOT_SEEN:
            return Heard(each.on, Touch.THEMSELVES)
        case status if status is not None and status.attended:
            return Heard(each.on, Touch.SEEN)
    return None


def _seen(episode: LoopEpisode, place: int, today: date) -> Iterator[date]:
    for each in episode.appointments[place + 1 :]:
        if each.status is not None and each.status.attended and each.on <= today:
            yield each.on


def _tried(episode: LoopEpisode, missed_on: date, until: date) -> date | None:
    """Return the day of the first attempt from the missed day on, none after the day they were reached."""
    days = [
        attempt.on
        for search in episode.searches
        for attempt in search.attempts
        if is_attempt(attempt)
        and (attempt.on > missed_on or (attempt.on == missed_on and search.missed_on == missed_on))
        and attempt.on <= until
    ]
    return min(days, default=None)


def _fate(episode: LoopEpisode, missed_on: date, heard: Heard | None) -> Fate:
    if heard is not None:
        return Fate.REACHED
    if episode.died_on is not None:
        return Fate.DIED
    if episode.closed_on is None and any(search.closed_on is None for search in episode.searches):
        return Fate.SOUGHT
    moved = any(
        search.closed_because == _MOVED and search.missed_on >= missed_on for search in episode.searches
    )
    return Fate.MOVED if moved or episode.closure_reason in _ELSEWHERE else Fate.ENDED
