"""Made-up facts about reaching a patient: what makes haste, waits, absences, and reviews of not attending."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from collabcare.catalogue.reengagement import ladders, load_reengagement
from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.closing_parts import SafetyReviewed
from collabcare.domain.decided import Decided
from collabcare.domain.facts import LetterFact
from collabcare.domain.ids import ContactId, LadderId, LetterId, UserId
from collabcare.domain.reach_facts import (
    ClosingReviewFact,
    HasteFact,
    HasteKind,
    LookedAt,
    PauseFact,
    SafetyReviewFact,
    SnoozeFact,
    SnoozeKind,
    Track,
    TrackMoveFact,
)
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_rules import SearchRules
from collabcare.paths import resources_dir
from tests.builders import MONDAY, attempt, calendar, contact, facts, ladder

if TYPE_CHECKING:
    from collabcare.domain.facts import AttemptFact, EpisodeFacts, LadderFact
    from collabcare.domain.reengagement_policy import Ladders, ReengagementPolicy

PROMPT_PAUSE_DAYS = 7
JO, AMINA, LEE = UserId(1), UserId(2), UserId(3)
"""The practitioner who holds the case, a supervisor, and somebody else."""

# Any below: a builder takes every field of the fact it builds, by name, and mypy checks the defaults.


@cache
def both_ladders() -> Ladders:
    """Return the two ladders of the service model the program starts with."""
    file = resources_dir() / "pathways" / "pcn_practitioner.toml"
    return ladders(TomlTable.read(file).table("ladder"))


@cache
def policy() -> ReengagementPolicy:
    """Return the numbers of re-engagement the program ships."""
    return load_reengagement(resources_dir() / "rules")


def rules() -> SearchRules:
    """Return what the rules of a search read beside the facts."""
    return SearchRules(
        ladders=both_ladders(), policy=policy(), calendar=calendar(), prompt_pause_days=PROMPT_PAUSE_DAYS
    )


def haste(kind: HasteKind, on: date = MONDAY, **changes: Any) -> HasteFact:  # noqa: ANN401 - see above
    """Return a recorded fact that makes haste and still holds."""
    return replace(HasteFact(kind=kind, happened_on=on), **changes)


def track_move(to: Track, on: date = MONDAY, **changes: Any) -> TrackMoveFact:  # noqa: ANN401 - see above
    """Return a move of track by the practitioner, to Standard with the supervisor's agreement."""
    agreed_by = AMINA if to is Track.STANDARD else None
    made = TrackMoveFact(moved_on=on, to=to, by_id=JO, agreed_by_id=agreed_by, reason="Talked it over")
    return replace(made, **changes)


def snooze(until: date, made_on: date = MONDAY, **changes: Any) -> SnoozeFact:  # noqa: ANN401 - see above
    """Return a first step put off because the patient asked to be rung later."""
    made = SnoozeFact(
        ladder_id=LadderId(1),
        rung=1,
        kind=SnoozeKind.CALL_LATER,
        made_on=made_on,
        until=until,
        reason="At work until then",
        by="Jo Smith",
    )
    return replace(made, **changes)


def pause(started_on: date, review_on: date | None, ended_on: date | None = None) -> PauseFact:
    """Return a known absence."""
    return PauseFact(started_on=started_on, reason="In hospital", review_on=review_on, ended_on=ended_on)


def sought(missed_on: date = MONDAY, history: str = "", **changes: Any) -> EpisodeFacts:  # noqa: ANN401 - see above
    """Return an episode whose last contact was missed on a day, with an open search for the patient.

    ``history`` is weekly and ends a week before it; changes are those of the ladder.
    """
    first = missed_on - timedelta(days=7 * len(history))
    before = facts(history, referral_received_on=first - timedelta(days=7))
    held = tuple(replace(each, on=each.on + (first - MONDAY)) for each in before.contacts)
    missed = contact("D", missed_on, id=ContactId(len(history) + 1))
    return replace(before, contacts=(*held, missed), ladders=(searching(missed_on, missed.id, **changes),))


def searching(missed_on: date, missed: ContactId, **changes: Any) -> LadderFact:  # noqa: ANN401 - see above
    """Return the open search that a missed contact began."""
    return ladder(missed_on, contact_id=missed, **changes)


def at(on: date, hour: int = 11, minute: int = 0) -> datetime:
    """Return an instant."""
    return datetime.combine(on, time(hour, minute), UTC)


def tries(missed_on: date) -> tuple[AttemptFact, ...]:
    """Return what is enough to have tried: two calls, a letter they can read, the keep-in-touch letter."""

    def tried(rung: int, days: int, **changes: Any) -> AttemptFact:  # noqa: ANN401 - see above
        return attempt(rung, missed_on + timedelta(days=days), **changes)

    sent = {"channel": Channel.LETTER, "outcome": AttemptOutcome.SENT, "accessible": True}
    return (tried(1, 0), tried(2, 2), tried(3, 7, **sent), tried(5, 21, **sent))


def does(rung: int, on: date = MONDAY, *, prompt: bool = False) -> tuple[AttemptFact, ...]:
    """Return what does a step of a search as its content asks, of the Standard track or of the Prompt one."""
    sent = attempt(rung, on, channel=Channel.LETTER, outcome=AttemptOutcome.SENT, accessible=True)
    more: dict[str, Any] = (
        {"decided": Decided.CRISIS_TEAM, "decided_words": "They ring at 14:00"} if prompt else {}
    )
    asked = tuple(
        attempt(rung, on, channel=channel, outcome=AttemptOutcome.DISCUSSED, note="Seen last week", **more)
        for channel in (Channel.GP_PRACTICE, Channel.SUPERVISION)
    )
    if rung == (3 if prompt else 4):
        return asked
    called = attempt(rung, on)
    later = replace(called, at=called.at + timedelta(hours=5)) if rung == 2 else called  # another one
    return (sent,) if rung in ({4} if prompt else {3, 5}) else (later,)


def gp_letter(on: date) -> LetterFact:
    """Return the letter to the GP on ending care with somebody not reached, issued."""
    return LetterFact(
        id=LetterId(7), kind="gp_closing_unreached", title="", issued_on=on, recipient="Dr A Khan"
    )


def safety_review(on: date, **changes: Any) -> SafetyReviewFact:  # noqa: ANN401 - see above
    """Return a safety review that says what was looked at and what was concluded."""
    made = SafetyReviewFact(
        on=on,
        looked_at=(LookedAt.ANSWERS, LookedAt.OTHERS),
        concluded="Nothing new since the formulation; the sister will ring us",
        by="Jo Smith",
        by_id=JO,
    )
    return replace(made, **changes)


def safety_part(on: date) -> SafetyReviewed:
    """Return the same as it is recorded."""
    made = safety_review(on)
    return SafetyReviewed(on=on, looked_at=made.looked_at, concluded=made.concluded)


def closing_review(missed_on: date, **changes: Any) -> ClosingReviewFact:  # noqa: ANN401 - see above
    """Return a review of not attending in which everything is as it must be, from 35 days after the miss."""

    def on(days: int) -> date:
        return missed_on + timedelta(days=days)

    made = ClosingReviewFact(
        opened_on=on(30),
        practitioner_id=JO,
        communicated=True,
        communicated_evidence="Letter in large print and a text the day before",
        safety_reviews=(safety_review(on(30)),),
        gp_informed_on=on(31),
        gp_letter_id=LetterId(7),
        opt_in_sent_on=on(21),
        discussed_on=on(33),
        signed_off_by_id=AMINA,
        signed_off_by_role="supervisor",
        signed_off_on=on(34),
        way_back="Ring us within 12 months; no new referral is needed",
        signed_off_by_made_by_id=LEE,
    )
    return replace(made, **changes)


def ready_to_close(missed_on: date = MONDAY) -> EpisodeFacts:
    """Return an episode in which every condition of the gate is met 35 days after the miss."""
    made = sought(missed_on, "A", attempts=tries(missed_on))
    letter = gp_letter(missed_on + timedelta(days=31))
    return replace(made, closing_reviews=(closing_review(missed_on),), letters=(letter,))
