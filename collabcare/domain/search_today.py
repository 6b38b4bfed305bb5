"""Where a search for a patient stands today: its track, the step to act on and when that shows.

Computed from the facts each time. A known absence puts the search off until its return date and no longer;
a booked appointment or an agreed later call put a step off within limits. A day on which somebody, it was
said, would be in touch makes it our turn again once it has gone by. Nothing here ends a search.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.display import fmt_date
from collabcare.domain.episode import Phase
from collabcare.domain.half_done import with_bookings, with_what_is_left
from collabcare.domain.missed_run import heard_since, is_attempt
from collabcare.domain.pause_holds import pauses_held
from collabcare.domain.promises import Kept, promises
from collabcare.domain.reaching import may_post_home
from collabcare.domain.reengagement import furthest, next_rung, rungs
from collabcare.domain.snoozes import put_off_until, put_off_until_words
from collabcare.domain.suggestion import Used
from collabcare.domain.tracks import track_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import EpisodeFacts, LadderFact
    from collabcare.domain.missed_run import Heard
    from collabcare.domain.promises import Promise
    from collabcare.domain.reach_facts import PauseFact, Track
    from collabcare.domain.reengagement import Rung
    from collabcare.domain.reengagement_policy import LadderPolicy
    from collabcare.domain.search_rules import SearchRules
    from collabcare.domain.tracks import TrackAnswer

_RULE = "reengagement_step"
_SECOND = 2
_AWAY = "Away until"
_SAY_WHAT = "Record what they want"


class SearchStep(NamedTuple):
    """The step of a search to act on.

    ``due_on`` is the rung's own day, or the later one to which it was put off; ``hidden_until`` is set only
    while that day is still to come, with ``because`` saying why. ``reached`` is how far up the ladder it is.
    ``promise`` is the promised day that has gone by; the step is due on it at the latest. ``also`` is the try
    that is owed beside it, where a second miss in a row has brought the talks forward past it. ``due_too``
    are later steps whose day has come as well and that nothing puts off: one that waits hides no other.
    ``word`` is the first time they were in touch since the miss, while nobody has recorded what they want:
    that is then the one thing to do.
    """

    ladder: LadderFact
    track: TrackAnswer
    rung: Rung
    due_on: date
    hidden_until: date | None
    because: str
    reached: int
    source: str
    rule: str = _RULE
    promise: Promise | None = None
    also: Rung | None = None
    due_too: tuple[Rung, ...] = ()
    word: Heard | None = None

    @property
    def due_at(self) -> datetime | None:
        """Return the instant by which it is due (London), where the hour matters and it was not put off."""
        on_its_day = self.word is None and self.due_on == self.rung.due_on
        return self.rung.due_at if on_its_day else None

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        missed = fmt_date(self.ladder.missed_on, weekday=True)
        if self.word is not None:
            return f"Did not attend {missed}. {self.word.how} {self.what}."
        in_a_row = f", {self.ladder.consecutive} in a row" if self.ladder.consecutive > 1 else ""
        said = f"Did not attend {missed}{in_a_row}. {self.gone_by}{self.what}."
        return f"{said} {self.also_due}".strip()

    @property
    def what(self) -> str:
        """Return what there is to do: both things where two are owed, the try first if nobody has tried."""
        if self.also is None:
            return self.rung.what
        talk = f"{_lower(self.rung.what)}, by {_day(self.due_on)}"
        again = f"{_lower(self.also.what)}, by {_day(self.also.due_on)}"
        tried = any(is_attempt(each) for each in self.ladder.attempts)
        first, then = (talk, again) if tried else (again, talk)
        return f"{first[:1].upper()}{first[1:]}; and {then}"

    @property
    def also_due(self) -> str:
        """Return the later steps that are due as well, as a sentence, or nothing: none hides another."""
        steps = "; ".join(f"{_lower(each.what)} (since {_day(each.due_on)})" for each in self.due_too)
        return f"Due as well: {steps}." if steps else ""

    def rung_of(self, channel: str) -> int:
        """Return the step that a try by this channel is logged under: the one that it can do."""
        if self.also is not None and channel not in self.rung.of.only_by:
            return self.also.number
        return self.rung.number

    @property
    def books_first(self) -> bool:
        """Return whether the first thing to do is to book the appointment that the step is to name."""
        return self.rung.of.books and not self.rung.ways

    @property
    def gone_by(self) -> str:
        """Return what was said and has not come about, as a sentence with a space after it, or nothing."""
        if self.promise is None:
            return ""
        return f"{self.promise.unheard}. "

    @property
    def used(self) -> tuple[Used, ...]:
        """Return the facts it went by."""
        return (
            Used("Missed on", self.ladder.missed_on),
            Used("Missed in a row", self.ladder.consecutive),
            Used("Attempts", len(self.ladder.attempts)),
            *self.track.used,
        )


class _Wait(NamedTuple):
    """A day to which something puts a step off, and why."""

    until: date
    because: str


class _Shown(NamedTuple):
    """A step, the day it shows, and why that is not its own day."""

    on: date
    rung: Rung
    because: str


def search_step(
    facts: EpisodeFacts, rules: SearchRules, *, today: date, worsening_on: date | None = None
) -> SearchStep | None:
    """Return the step of the open search to act on, None when nobody is to be sought.

    Of the steps not yet done it is the one that shows first; ``worsening_on`` is that of ``track_of``.
    """
    ladder = facts.open_ladder
    if ladder is None or facts.patient.died_on is not None or facts.phase is Phase.CLOSED:
        return None
    track = track_of(facts, rules.policy.tracks, today=today, worsening_on=worsening_on)
    facts = _as_held(facts, ladder, track, rules)
    policy = rules.ladders.of(track.track)
    calendar = _days_here(facts, ladder, rules.calendar)
    every = with_bookings(_for_them(rungs(ladder, policy, calendar), facts), facts, ladder)
    undone = [rung for rung in every if rung.done_on is None]
    if not (left := undone):
        undone = _for_them((_last_again(facts, ladder, policy, calendar, today),), facts)
    at = (facts, rules, track.track, today)
    word = heard_since(facts, today=today)
    first = _asked(_first(undone, *at), word, today)
    promise = None if word else _gone_by(facts, ladder, today=today)
    if promise is not None and promise.promised_on < first.on:
        first = _Shown(promise.promised_on, first.rung, "")
    waits = first.on > today and bool(first.because)
    also = None if word else _also(first.rung, left, ladder, at)
    return SearchStep(
        ladder=ladder,
        track=track,
        rung=first.rung if word else with_what_is_left(first.rung, ladder),
        due_on=first.on,
        hidden_until=first.on if waits else None,
        because=first.because if waits else "",
        reached=furthest(ladder, every, today=today),
        source=rules.policy.source,
        promise=promise,
        also=also,
        due_too=() if word is not None else _due_too(first.rung, also, undone, at),
        word=word,
    )


def _as_held(facts: EpisodeFacts, ladder: LadderFact, track: TrackAnswer, rules: SearchRules) -> EpisodeFacts:
    """Return the facts with the pauses as long as they hold this search back."""
    if not facts.pauses:
        return facts
    return replace(facts, pauses=pauses_held(facts.pauses, ladder, track, rules.prompt_pause_days))


def _asked(first: _Shown, word: Heard | None, today: date) -> _Shown:
    """Return what there is to do once they were in touch: nothing else, and at once unless it was put off."""
    if word is None:
        return first
    rung = first.rung._replace(of=replace(first.rung.of, what=_SAY_WHAT, ways=()))
    waits = first.because and first.on > today
    return first._replace(rung=rung) if waits else _Shown(min(word.on, rung.due_on), rung, "")


def _last_again(
    facts: EpisodeFacts, ladder: LadderFact, policy: LadderPolicy, calendar: WorkingCalendar, today: date
) -> Rung:
    """Return the last step once all are done: it is asked for again after the latest review of the case."""
    reviewed = [each.reviewed_on for each in facts.reviews if each.reviewed_on <= today]
    return next_rung(ladder, policy, calendar, reviewed_on=max(reviewed, default=None))


def rungs_ahead(facts: EpisodeFacts, rules: SearchRules, step: SearchStep) -> tuple[Rung, ...]:
    """Return the steps still to be done after the one to act on, in the order of their days.

    Each has its own day: what was put off is put off for the step to act on, and the ones after it wait. None
    comes before a patient who is known to be away is back.
    """
    if step.word is not None:
        return ()
    facts = _as_held(facts, step.ladder, step.track, rules)
    back = step.hidden_until if step.because.startswith(_AWAY) else None
    calendar = _days_here(facts, step.ladder, rules.calendar)
    here = rungs(step.ladder, rules.ladders.of(step.track.track), calendar)
    every = with_bookings(_for_them(here, facts), facts, step.ladder)
    told = {step.rung.number, *({step.also.number} if step.also else ())}
    left = [rung for rung in every if rung.done_on is None and rung.number not in told]
    if back is not None:
        left = [rung._replace(due_on=max(rung.due_on, back)) for rung in left]
    return tuple(sorted(left, key=_by_day))


def _for_them(every: Iterable[Rung], facts: EpisodeFacts) -> list[Rung]:
    """Return the steps as this patient can be reached: another way where no call or letter is safe."""
    rings = facts.patient.has_telephone and facts.reach.telephone_safe is not False
    posts = may_post_home(facts)
    if rings and posts:
        return list(every)
    why = "Ringing is not safe" if facts.patient.has_telephone else "No telephone"
    found = []
    for rung in every:
        of = rung.of
        if of.cannot_ring and not rings:
            of = replace(of, what=f"{why}: {of.cannot_ring}", ways=() if of.not_by else of.ways)
        elif of.cannot_write and not posts:
            of = replace(of, what=f"Letters are not safe: {of.cannot_write}")
        found.append(rung._replace(of=of))
    return found


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _day(on: date) -> str:
    return fmt_date(on, weekday=True)


def _gone_by(facts: EpisodeFacts, ladder: LadderFact, *, today: date) -> Promise | None:
    """Return the last promise of this search whose day has gone by without word and without us acting on it.

    Whatever we did after that day, a try or putting the step off, has taken our turn: from then on the step
    keeps its own day. While the patient is known to be away nobody waits for a promise.
    """
    if all(each.promised_on is None for each in ladder.attempts) or _away(facts.pauses, today) is not None:
        return None
    acted = (*(each.on for each in ladder.attempts), *(each.made_on for each in ladder.snoozes))
    tries = sorted(ladder.attempts, key=lambda each: each.at)
    seen = [(contact.on, contact.at) for contact in facts.attended]
    passed = [
        each
        for each in promises(tries, seen, today=today)
        if each.kept is Kept.PASSED and not any(each.promised_on < on <= today for on in acted)
    ]
    return max(passed, key=lambda each: each.promised_on, default=None)


def _first(
    undone: Sequence[Rung], facts: EpisodeFacts, rules: SearchRules, track: Track, today: date
) -> _Shown:
    """Return the step that shows first, of equal ones the lowest."""
    if not _may_wait(facts):
        earliest = min(undone, key=_by_day)
        return _Shown(earliest.due_on, earliest, "")
    away = _away(facts.pauses, today)
    shown = [_shown(rung, (away, _put_off(rung, facts, rules, track))) for rung in undone]
    return min(shown, key=lambda each: (each.on, each.rung.number))


def _by_day(rung: Rung) -> tuple[date, int]:
    return rung.due_on, rung.number


def _shown(rung: Rung, waits: Iterable[_Wait | None]) -> _Shown:
    """Return when a step shows: on its own day, or on the later one to which it was put off."""
    longest = max((wait for wait in waits if wait is not None), key=lambda wait: wait.until, default=None)
    if longest is None or longest.until <= rung.due_on:
        return _Shown(rung.due_on, rung, "")
    return _Shown(longest.until, rung, longest.because)


def _also(
    now: Rung, left: Sequence[Rung], ladder: LadderFact, at: tuple[EpisodeFacts, SearchRules, Track, date]
) -> Rung | None:
    """Return the try owed beside the talks that a second miss in a row has brought forward past it."""
    if ladder.consecutive < _SECOND:
        return None
    facts, rules, track, today = at
    policy = rules.ladders.of(track)
    again = next((rung for rung in left if rung.number == policy.restart_rung), None)
    if again is None or now.number != policy.second_miss_rung:
        return None
    waits = (_away(facts.pauses, today), _put_off(again, facts, rules, track))
    return again._replace(due_on=_shown(again, waits).on)


def _due_too(
    now: Rung,
    also: Rung | None,
    undone: Sequence[Rung],
    at: tuple[EpisodeFacts, SearchRules, Track, date],
) -> tuple[Rung, ...]:
    """Return the later steps whose day has come as well and that nothing puts off."""
    since, today = now.due_on, at[-1]
    come = [each for each in undone if since < each.due_on <= today]
    if come and also is not None:
        come = [each for each in come if each.number != also.number]
    if come and _may_wait(at[0]):
        come = [each for each in come if _first([each], *at).on <= today]
    return tuple(come)


def _may_wait(facts: EpisodeFacts) -> bool:
    """Return whether anything is on record that could put a step off."""
    if facts.pauses:
        return True
    ladder = facts.open_ladder
    return ladder is not None and bool(ladder.snoozes)


def _put_off(rung: Rung, facts: EpisodeFacts, rules: SearchRules, track: Track) -> _Wait | None:
    snooze = put_off_until(rung.number, facts, rules, track=track)
    if snooze is None:
        return None
    return _Wait(snooze.until, f"{put_off_until_words(snooze.until)}: {snooze.reason}")


def _away(pauses: Iterable[PauseFact], today: date) -> _Wait | None:
    """Return the known absence that lasts today; one without a return date puts nothing off."""
    for pause in pauses:
        until = _until(pause)
        if until is not None and pause.started_on <= today < until:
            return _Wait(until, f"{_AWAY} {fmt_date(until, weekday=True)}: {pause.reason}")
    return None


def _days_here(facts: EpisodeFacts, ladder: LadderFact, calendar: WorkingCalendar) -> WorkingCalendar:
    """Return the working days less those on which the patient was known to be away since the miss."""
    away = [
        date.fromordinal(number)
        for pause in facts.pauses
        if (until := _until(pause)) is not None
        for number in range(max(pause.started_on, ladder.missed_on).toordinal(), until.toordinal())
    ]
    return calendar.without(away) if away else calendar


def _until(pause: PauseFact) -> date | None:
    """Return the first day after a pause: when it ended, or else the day it must be looked at again."""
    return pause.ended_on or pause.review_on
