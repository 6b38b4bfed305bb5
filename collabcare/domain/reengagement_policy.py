"""The numbers of re-engagement: a service model's two ladders, and what holds whatever the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.reach_facts import Track

if TYPE_CHECKING:
    from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class RungPolicy:
    """One rung of the re-engagement ladder.

    ``working_days`` counts after the missed date (0 = the same day); ``days_after_letter`` counts calendar
    days after the opt-in letter and stands instead of it. ``within_hours`` counts from the end of the slot.
    ``ways`` names the channels that fit, best first; where ``only_by`` names some, no other channel does it,
    nor does one that was not answered, and with ``each_of`` it is done once every one of them did.
    ``needs_sent`` is done only once something was sent; ``not_by`` names channels too slow for it, or that
    reach nobody. With ``decides`` every talk needs words and one of them a decision, and with ``books`` it is
    done only while an appointment is booked as well. ``cannot_ring`` is what there is to do instead where the
    patient cannot be rung, ``cannot_write`` where no letter is safe. With ``again_hours`` it is done
    only by a try that really is another one: by another way than those before it, or so many hours later.
    """

    number: int
    working_days: int | None
    days_after_letter: int | None
    what: str
    within_hours: int | None = None
    ways: tuple[str, ...] = ()
    only_by: tuple[str, ...] = ()
    each_of: bool = False
    needs_sent: bool = False
    not_by: tuple[str, ...] = ()
    decides: bool = False
    books: bool = False
    cannot_ring: str = ""
    cannot_write: str = ""
    again_hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPolicy:
    """The whole ladder of one track.

    ``letter_rung`` is done only once something was sent, ``second_miss_rung`` is brought forward by a second
    DNA in a row, and once every rung is done the last is looked at again each ``review_days``; each is None
    where the track has none.
    """

    rungs: tuple[RungPolicy, ...]
    same_day_until: time | None
    restart_rung: int
    letter_rung: int | None
    second_miss_rung: int | None
    review_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladders:
    """A service model's two ladders."""

    standard: LadderPolicy
    prompt: LadderPolicy

    def of(self, track: Track) -> LadderPolicy:
        """Return the ladder of one track."""
        return self.prompt if track is Track.PROMPT else self.standard


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyItem:
    """A question of a questionnaire that opens a safety conversation, by the words it is known under.

    ``answers`` are the words of its answers from the first; the rulebook puts them in from the questionnaire.
    """

    instrument: str
    words: str
    answers: tuple[str, ...] = ()

    def said(self, answer: int) -> str:
        """Return an answer as it is said; where its words are not known, its number."""
        return f"“{self.answers[answer]}”" if answer < len(self.answers) else str(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPolicy:
    """How long the facts that make haste hold: windows in days, an age span with both ends in it."""

    rule: str
    source: str
    recent_days: int
    antidepressant_days: int
    age_from: int
    age_to: int
    safety_items: tuple[SafetyItem, ...]

    def item_of(self, instrument: str) -> SafetyItem | None:
        """Return what to ask after in an instrument's answers, None where it has no such item."""
        for item in self.safety_items:
            if item.instrument == instrument:
                return item
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozePolicy:
    """How often and how long a rung may wait; lengths in working days.

    ``rebooked_within_...`` is how many days away a new appointment may be for the search to wait for it.
    """

    rule: str
    source: str
    per_rung: int
    call_later_standard: int
    call_later_prompt: int
    rebooked_within_standard: int
    rebooked_within_prompt: int
    after_appointment: int

    def call_later(self, track: Track) -> int:
        """Return the most working days that a call may be put off on this track."""
        return self.call_later_prompt if track is Track.PROMPT else self.call_later_standard

    def rebooked_within(self, track: Track) -> int:
        """Return how many days away an appointment may be to be waited for on this track."""
        return self.rebooked_within_prompt if track is Track.PROMPT else self.rebooked_within_standard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachPolicy:
    """What to say on a voicemail; ``text_relay_for`` are words in a need that mean a call cannot be heard.

    Needs are asked about again after ``ask_again_months``.
    """

    rule: str
    source: str
    text_relay_for: tuple[str, ...]
    voicemail_words: str
    ask_again_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPolicy:
    """When to remind of an appointment: days before it, fewest first.

    A letter needs ``letter_days`` to arrive. ``cancel_words`` are said about cancelling, ``message`` may be
    written: ``{when}`` stands for the appointment and ``{ring}`` for the way to reach us.
    """

    rule: str
    source: str
    days_before: tuple[int, ...]
    letter_days: int
    cancel_words: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePolicy:
    """What must be there before anybody may close because a patient could not be reached.

    Of the ``attempts`` since they were last in touch, made on at least so many ``days``, ``after_last_miss``
    are since the last miss.
    ``sign_off_roles`` are the roles of another person who may agree to it; ``opt_in_from_step`` is the step
    of a search from which on a letter logged by hand can be the keep-in-touch letter.
    """

    rule: str
    source: str
    attempts: int
    channels: int
    days: int
    written: int
    after_last_miss: int
    reply_days: int
    sign_off_roles: tuple[str, ...]
    opt_in_from_step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReengagementPolicy:
    """Everything about re-engagement that is no service model's own.

    ``sought_over_days`` are the days at which the label of how long somebody has been sought changes.
    """

    source: str
    tracks: TrackPolicy
    snoozes: SnoozePolicy
    reach: ReachPolicy
    reminders: ReminderPolicy
    gate: GatePolicy
    first_miss_referrer_rung: int
    same_try_minutes: int
    sought_over_days: tuple[int, ...]
