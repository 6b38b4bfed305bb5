"""Putting a step of a search off: for two reasons only, for so long and so often, and never for good.

A step that waits shows again on its day whatever happens; one that waits for a booked appointment shows at
once when that booking falls through. There is no way to dismiss a step, and none expires.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import SnoozeKind, Track
from collabcare.domain.reengagement import AttemptOutcome, next_rung, rungs

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import ContactFact, EpisodeFacts, LadderFact
    from collabcare.domain.reach_facts import SnoozeFact
    from collabcare.domain.search_rules import SearchRules

ONLY_TODAY = (
    "On the Prompt track this is for its own day: it cannot wait for another. It stays on Today; try again"
    " later the same day, and log it."
)

NOBODY_AGREED = (
    "On the Prompt track a new appointment holds a search back only once somebody was spoken to since the"
    " missed one. Log the attempt in which it was agreed."
)


def put_off_until_words(until: date) -> str:
    """Say until when something is put off: the same words and day wherever it stands."""
    return f"Put off until {fmt_date(until, weekday=True)}"


def refuse_snooze(asked: SnoozeFact, facts: EpisodeFacts, rules: SearchRules, *, track: Track) -> None:
    """Refuse to put a step off in a way that is not allowed.

    Raises:
        RuleViolation: With what is allowed instead.
    """
    ladder = facts.open_ladder
    if ladder is None or ladder.id != asked.ladder_id:
        raise RuleViolation("The patient is not being sought any more, so there is nothing to put off.")
    if not asked.reason.strip():
        raise RuleViolation("Say why it can wait.")
    if not _can_wait(asked, ladder, rules, track):
        raise RuleViolation("Only a step that is to be done now can be put off.")
    _refuse_kind(asked, ladder, rules, track)
    most = rules.policy.snoozes.per_rung
    if len([each for each in ladder.snoozes if each.rung == asked.rung]) >= most:
        raise RuleViolation(
            f"This step has been put off {_times(most)} already. Do it now, or take it to supervision."
        )
    if asked.until <= asked.made_on:
        raise RuleViolation("Choose a later day, or do it today.")
    latest = latest_until(asked, facts, rules, track=track)
    if latest is None and _booked(facts, asked.made_on) is not None:
        days = fmt_days(rules.policy.snoozes.rebooked_within(track))
        raise RuleViolation(f"That appointment is more than {days} away: too far to wait for without a word.")
    if latest is None:
        raise RuleViolation("Nothing is booked to wait for. Book the appointment first.")
    if asked.until > latest:
        raise RuleViolation(f"It can wait until {fmt_date(latest, weekday=True)} at the latest.")


def _refuse_kind(asked: SnoozeFact, ladder: LadderFact, rules: SearchRules, track: Track) -> None:
    """Refuse a way of putting off that the Prompt track does not have."""
    if asked.kind is SnoozeKind.CALL_LATER and is_for_its_day(asked.rung, rules, track):
        raise RuleViolation(ONLY_TODAY)
    if asked.kind is SnoozeKind.REBOOKED and not _agreed(ladder, track):
        raise RuleViolation(NOBODY_AGREED)


def _agreed(ladder: LadderFact, track: Track) -> bool:
    """Return whether a new appointment can have been agreed: on the Prompt track somebody was spoken to."""
    spoken = (AttemptOutcome.SPOKE, AttemptOutcome.THIRD_PARTY)
    return track is not Track.PROMPT or any(each.outcome in spoken for each in ladder.attempts)


def is_for_its_day(rung: int, rules: SearchRules, track: Track) -> bool:
    """Return whether a step is one of the first day on the Prompt track: it waits for no other day."""
    if track is not Track.PROMPT:
        return False
    return any(each.number == rung and each.working_days == 0 for each in rules.ladders.of(track).rungs)


def _can_wait(asked: SnoozeFact, ladder: LadderFact, rules: SearchRules, track: Track) -> bool:
    """Return whether a step is to be acted on now: not done, and due or the first to come."""
    policy = rules.ladders.of(track)
    if asked.rung == next_rung(ladder, policy, rules.calendar).number:
        return True
    every = rungs(ladder, policy, rules.calendar)
    open_ones = [each for each in every if each.done_on is None and each.due_on <= asked.made_on]
    held = {each.rung for each in ladder.snoozes if each.until > asked.made_on}
    first = min(
        (each for each in every if each.done_on is None and each.number not in held),
        key=lambda each: (each.due_on, each.number),
        default=None,
    )
    return asked.rung in {each.number for each in (*open_ones, *([first] if first else []))}


def latest_until(asked: SnoozeFact, facts: EpisodeFacts, rules: SearchRules, *, track: Track) -> date | None:
    """Return the last day until which a step may wait.

    None when it waits for a booking that is not there, or too far away for the track.
    """
    policy = rules.policy.snoozes
    if asked.kind is SnoozeKind.CALL_LATER:
        return rules.calendar.nth_after(asked.made_on, policy.call_later(track))
    booked = _booked(facts, asked.made_on)
    if booked is None or (booked.on - asked.made_on).days > policy.rebooked_within(track):
        return None
    return rules.calendar.nth_after(booked.on, policy.after_appointment)


def put_off_until(rung: int, facts: EpisodeFacts, rules: SearchRules, *, track: Track) -> SnoozeFact | None:
    """Return what puts a step of the open search off for longest, its day as the rules allow it now.

    A rebooked appointment holds back the whole search, a call put off its own step only. A search that has
    moved to the Prompt track waits no longer than that track allows, and no step of its first day waits.
    """
    ladder = facts.open_ladder
    made = ladder.snoozes if ladder else ()
    waits = not is_for_its_day(rung, rules, track)
    later = [each for each in made if each.kind is SnoozeKind.CALL_LATER and each.rung == rung and waits]
    agreed = ladder is not None and _agreed(ladder, track)
    rebooked = [each for each in made if each.kind is SnoozeKind.REBOOKED and agreed]
    holding = [
        replace(each, until=min(each.until, latest))
        for each in (*later[: rules.policy.snoozes.per_rung], *rebooked)
        if (latest := latest_until(each, facts, rules, track=track)) is not None
    ]
    return max(holding, key=lambda each: each.until, default=None)


def _booked(facts: EpisodeFacts, since: date) -> ContactFact | None:
    return next((each for each in facts.contacts if each.status is None and each.on >= since), None)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
