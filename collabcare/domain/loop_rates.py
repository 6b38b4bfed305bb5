"""The measures of reaching people again who did not attend, for one practitioner or the whole service.

Every missed appointment in the period counts once, of episodes open and closed: a search that ended because
care did still counts. Whose a patient is, is who holds them or held them when their care ended, so the lines
of the practitioners add up to the whole service. What followed is counted up to today, not to the end of the
period; somebody whose days are not over yet is in no share, and nor is somebody who died or moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.attendance import Side
from collabcare.domain.calendar import days_after
from collabcare.domain.codes import ATTENDED, AttendanceStatus
from collabcare.domain.display import fmt_count
from collabcare.domain.loop_misses import Fate, Touch, follows_death, misses
from collabcare.domain.loop_tries import Try, tries
from collabcare.domain.missed_because import MissedBecause
from collabcare.domain.promises import Kept, promises
from collabcare.domain.reaching import Route
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.domain.shares import Share, Spread, spread
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from enum import StrEnum

    from collabcare.domain.ids import UserId
    from collabcare.domain.loop_facts import LoopEpisode, LoopPolicy
    from collabcare.domain.loop_misses import Miss
    from collabcare.domain.periods import Period

OUTCOMES = (
    AttendanceStatus.ATTENDED_ON_TIME,
    AttendanceStatus.ATTENDED_LATE,
    AttendanceStatus.DID_NOT_ATTEND,
    AttendanceStatus.CANCELLED_BY_PROVIDER,
    AttendanceStatus.CANCELLED_BY_PATIENT,
    AttendanceStatus.ARRIVED_LATE_NOT_SEEN,
)
"""The outcomes in the order they are shown: what we cancelled stands beside what was missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointments:
    """The appointments of the period: each outcome of all whose outcome is recorded.

    ``unrecorded`` are past and wait for their outcome; ``after_death`` were given up because the patient had
    died. Those that were moved to another time before are no outcome either. None of them is in the shares.
    """

    outcomes: tuple[tuple[AttendanceStatus, Share], ...]
    unrecorded: int
    after_death: int
    moved_by_patient: int = 0
    moved_by_us: int = 0

    def of(self, status: AttendanceStatus) -> Share:
        """Return one of them."""
        return dict(self.outcomes)[status]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByWay:
    """How the people reached were first in touch again, and after how many days; attempts have a way."""

    how: Touch
    way: Route | None
    of_reached: Share
    days: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class ByTry:
    """The attempts of one kind: how many reached the patient, and how many were soon seen after it.

    ``days`` are those from the missed day to the attempt that reached them.
    """

    kind: StrEnum | int
    attempts: int
    reached: Share
    seen: Share
    days: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """The attempts made, split in three ways; each way adds up to all of them."""

    by_channel: tuple[ByTry, ...]
    by_number: tuple[ByTry, ...]
    by_outcome: tuple[ByTry, ...]
    all: ByTry


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopMeasures:
    """Everything counted for one group of patients in one period.

    ``tried`` is of the misses after which the patient had not got in touch before anybody could try.
    ``taken_back`` are those recorded as missed that the record now says otherwise of, of all so recorded.
    ``reasons`` are of those reached: why they had not come, "not asked" where nobody noted any.
    ``returned_of_tried`` counts from the first attempt; ``returned`` does too, and from the missed day where
    nobody tried. ``too_early`` are the misses whose days are not over.
    """

    missed: int
    people: int
    taken_back: Share
    fates: tuple[tuple[Fate, Share], ...]
    tried: Share
    reached: Share
    returned_of_tried: Share
    returned: Share
    too_early: int
    to_first_attempt: Spread
    to_contact: Spread
    ways: tuple[ByWay, ...]
    reasons: tuple[tuple[MissedBecause, Share], ...]
    attempts: Attempts
    promises: Share
    promises_open: int
    appointments: Appointments
    return_days: int
    rule: str
    source: str

    def fate(self, fate: Fate) -> int:
        """Return after how many misses this became of the person."""
        return dict(self.fates)[fate].numerator

    @property
    def sentence(self) -> str:
        """Return the most that fits in a sentence."""
        taken_back = self.taken_back.numerator
        if not self.missed:
            said = f"{fmt_count(taken_back, 'record of a miss', 'records of a miss')} taken back."
            return f"No appointment was missed.{f' {said}' if taken_back else ''}"
        apart = self.fate(Fate.DIED) + self.fate(Fate.MOVED)
        left_out = f" Not counted in this: {apart} who died or moved first." if apart else ""
        return (
            f"{fmt_count(self.missed, 'missed appointment')} of {fmt_count(self.people, 'person', 'people')}"
            f"{f', and {taken_back} more taken back' if taken_back else ''}."
            f" Reached: {self.reached.words}. Seen within {self.return_days} days of the first attempt:"
            f" {self.returned_of_tried.words}.{left_out}"
        )

    @property
    def used(self) -> tuple[Used, ...]:
        """Return what it went by."""
        return (
            Used("Missed appointments", self.missed),
            Used("People", self.people),
            Used("Attempts", self.attempts.all.attempts),
            Used("Days to be seen again", self.return_days),
        )


def loop_measures(
    episodes: Iterable[LoopEpisode], period: Period, policy: LoopPolicy, *, today: date
) -> LoopMeasures:
    """Count everything for these episodes, which hold their appointments from the first day of the period."""
    return measures_of(
        [followed(each, period, policy, today=today) for each in episodes], policy, today=today
    )


def measures_of(found: Sequence[Followed], policy: LoopPolicy, *, today: date) -> LoopMeasures:
    """Count everything for episodes that were followed already."""
    missed = [miss for each in found for miss in each.missed]
    lines = [line for each in found for line in each.lines]
    kept = [promise for each in found for promise in each.promises]
    there = [miss for miss in missed if not miss.fate.is_apart]
    tried = [miss for miss in missed if miss.tried_on is not None]
    taken_back = sum(each.taken_back for each in found)
    untouched = [miss for miss in there if miss.heard is None and miss.tried_on is None]
    return LoopMeasures(
        missed=len(missed),
        people=len({miss.episode.patient_id for miss in missed}),
        taken_back=Share(taken_back, taken_back + len(missed)),
        fates=tuple((fate, _share([miss.fate is fate for miss in missed])) for fate in Fate),
        tried=Share(len(tried), len(tried) + len(untouched)),
        reached=_share([miss.heard is not None for miss in there]),
        returned_of_tried=_share([_returned(miss, policy, today) for miss in tried]),
        returned=_share([_returned(miss, policy, today) for miss in missed]),
        too_early=sum(_is_early(miss, policy, today) for miss in missed),
        to_first_attempt=spread((miss.tried_on - miss.on).days for miss in missed if miss.tried_on),
        to_contact=spread((miss.heard.on - miss.on).days for miss in missed if miss.heard),
        ways=tuple(_ways(missed)),
        reasons=tuple(_reasons(missed)),
        attempts=_attempts(lines, policy),
        promises=Share(sum(each in _KEPT for each in kept), sum(each is not Kept.OPEN for each in kept)),
        promises_open=kept.count(Kept.OPEN),
        appointments=_appointments(found),
        return_days=policy.return_days,
        rule=policy.rule,
        source=policy.source,
    )


def by_holder(found: Iterable[Followed]) -> dict[tuple[UserId | None, str | None], list[Followed]]:
    """Return the episodes by who holds or held the patient, by name; those nobody held come last."""
    held: dict[tuple[UserId | None, str | None], list[Followed]] = {}
    for each in found:
        held.setdefault((each.episode.holder_id, each.episode.holder), []).append(each)
    order = sorted(held, key=lambda who: (who[0] is None, (who[1] or "").casefold(), who[0] or 0))
    return {who: held[who] for who in order}


TRIED_BY = tuple(route for route in Route if route not in {Route.SUPERVISION, Route.VOICEMAIL})
"""The ways by which somebody can be reached; a voicemail is a call that was not answered."""
CAME_OF_IT = tuple(outcome for outcome in AttemptOutcome if outcome is not AttemptOutcome.DISCUSSED)
"""What can come of an attempt to reach somebody."""
_KEPT = frozenset({Kept.KEPT, Kept.LATE})


@dataclass(frozen=True, slots=True)
class _Line:
    """One attempt after a miss, with whether the patient was soon seen after it; None is not known yet."""

    made: Try
    days: int | None
    seen: bool | None


@dataclass(frozen=True, slots=True)
class Followed:
    """One episode in the period: its misses, the attempts after them, and what became of promises.

    ``outcomes`` are those of its appointments that are recorded, ``moved`` is who asked for another time;
    ``unrecorded`` and ``after_death`` are as in :class:`Appointments`.
    """

    episode: LoopEpisode
    missed: list[Miss]
    lines: list[_Line]
    promises: list[Kept]
    outcomes: list[AttendanceStatus]
    moved: list[Side]
    unrecorded: int
    after_death: int
    taken_back: int = 0


def followed(episode: LoopEpisode, period: Period, policy: LoopPolicy, *, today: date) -> Followed:
    """Follow an episode once, for every group it is counted in."""
    first, last = period.first, period.last
    outcomes: list[AttendanceStatus] = []
    unrecorded = after_death = 0
    for slot in episode.appointments:
        if not first <= slot.on <= last:
            continue
        if slot.status is None:
            unrecorded += slot.on < today
        elif follows_death(episode, slot):
            after_death += 1
        else:
            outcomes.append(slot.status)
    moved = [slot.moved_by for slot in episode.moved if slot.moved_by and first <= slot.on <= last]
    taken_back = sum(period.has(day) and day <= today for day in episode.taken_back)
    found = Followed(episode, [], [], [], outcomes, moved, unrecorded, after_death, taken_back)
    if AttendanceStatus.DID_NOT_ATTEND not in outcomes:
        return found
    missed = {miss.missed.id: miss for miss in misses(episode, today=today) if period.has(miss.on)}
    found.missed.extend(missed.values())
    searches = [search for search in episode.searches if search.contact_id in missed]
    for search in searches:
        miss = missed[search.contact_id]
        for made in tries(search, today=today):
            days = None if made.reached_on is None else (made.reached_on - miss.on).days
            seen = miss.window(made.on, policy.return_days, today=today)
            found.lines.append(_Line(made, days, seen))
    if searches:
        attempts = [each for search in episode.searches for each in search.attempts]
        ours = {id(each) for search in searches for each in search.attempts}
        seen_at = [(each.on, each.at) for each in episode.appointments if each.status in ATTENDED]
        made_then = promises(attempts, seen_at, today=today)
        found.promises.extend(promise.kept for promise in made_then if id(promise.attempt) in ours)
    return found


def _returned(miss: Miss, policy: LoopPolicy, today: date) -> bool | None:
    return miss.window(miss.tried_on or miss.on, policy.return_days, today=today)


def _is_early(miss: Miss, policy: LoopPolicy, today: date) -> bool:
    """Return whether a miss is in no share of being seen again only because its days are not over."""
    return not miss.fate.is_apart and days_after(miss.tried_on or miss.on, policy.return_days) >= today


def _share(answers: Sequence[bool | None]) -> Share:
    """Return how many are true of those that can be told."""
    told = [each for each in answers if each is not None]
    return Share(sum(told), len(told))


def _attempts(lines: Sequence[_Line], policy: LoopPolicy) -> Attempts:
    numbers = [min(line.made.number, policy.numbered) for line in lines]
    return Attempts(
        by_channel=_by(lines, TRIED_BY, [line.made.way for line in lines]),
        by_number=_by(lines, range(1, policy.numbered + 1), numbers),
        by_outcome=_by(lines, CAME_OF_IT, [line.made.outcome for line in lines]),
        all=_of(lines, 0),
    )


def _by(
    lines: Sequence[_Line], kinds: Iterable[StrEnum | int], own: Sequence[StrEnum | int]
) -> tuple[ByTry, ...]:
    """Return one count for each kind; ``own`` is the kind of each line."""
    return tuple(
        _of([line for line, its in zip(lines, own, strict=True) if its == kind], kind) for kind in kinds
    )


def _of(lines: Sequence[_Line], kind: StrEnum | int) -> ByTry:
    return ByTry(
        kind=kind,
        attempts=len(lines),
        reached=_share([line.days is not None for line in lines]),
        seen=_share([line.seen for line in lines]),
        days=spread(line.days for line in lines if line.days is not None),
    )


def _ways(missed: Sequence[Miss]) -> Iterator[ByWay]:
    """Yield the ways people were first in touch again; they add up to all who were."""
    heard = [(miss.heard, (miss.heard.on - miss.on).days) for miss in missed if miss.heard is not None]
    ways: list[tuple[Touch, Route | None]] = [(Touch.SPOKE, way) for way in TRIED_BY]
    for how, way in [*ways, (Touch.SEEN, None), (Touch.THEMSELVES, None)]:
        days = [days for each, days in heard if (each.how, each.way) == (how, way)]
        yield ByWay(how=how, way=way, of_reached=Share(len(days), len(heard)), days=spread(days))


def _reasons(missed: Sequence[Miss]) -> Iterator[tuple[MissedBecause, Share]]:
    """Yield why those who were reached had not come; the reasons add up to all of them."""
    said = [miss.because for miss in missed if miss.heard is not None]
    for reason in MissedBecause:
        yield reason, Share(said.count(reason), len(said))


def _appointments(found: Sequence[Followed]) -> Appointments:
    known = [status for each in found for status in each.outcomes]
    moved = [side for each in found for side in each.moved]
    return Appointments(
        outcomes=tuple((status, Share(known.count(status), len(known))) for status in OUTCOMES),
        unrecorded=sum(each.unrecorded for each in found),
        after_death=sum(each.after_death for each in found),
        moved_by_patient=moved.count(Side.PATIENT),
        moved_by_us=moved.count(Side.SERVICE),
    )
