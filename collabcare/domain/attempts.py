"""What may be logged as a try to reach a patient, and what may be said to have come of it.

A way that is not to be used for this patient is logged only with the reason why it was used all the same.
What the patient themselves or somebody else said is always logged, whatever the way, since it happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.calendar import london_date
from collabcare.domain.errors import RuleViolation, StaleRecord
from collabcare.domain.reaching import Route, SafeWays, Standing
from collabcare.domain.reengagement import ATTEMPT_WORDS, AttemptOutcome, Channel
from collabcare.domain.search_ends import SEARCH_END_WORDS, Need, SearchEnd, after_contact
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from collabcare.domain.facts import AttemptFact, LadderFact
    from collabcare.domain.reengagement_policy import Ladders

_UNANSWERED = frozenset({AttemptOutcome.LEFT_MESSAGE, AttemptOutcome.NO_ANSWER, AttemptOutcome.SENT})
_PASSED_ON = (Route.NOMINATED_CONTACT, Route.SUPPORT_WORKER)
_THEIRS_TO_SAY = (SearchEnd.REBOOKED, SearchEnd.WANTS_PAUSE, SearchEnd.DECLINES)
_NOT_FOUND = frozenset({SearchEnd.DIED, SearchEnd.WRONG_DETAILS})
_SAID_BY = {SearchEnd.MOVED: "have moved", SearchEnd.DIED: "have died"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A try to reach somebody as it is about to be logged; ``at`` (aware) is when it was made."""

    rung: int
    channel: Channel
    outcome: AttemptOutcome
    by: str
    at: datetime
    note: str
    route: Route | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of a try, and which of the things it needs were recorded with it.

    ``spoke_to`` is who said it when it was not the patient, ``booked`` that an appointment is booked with it.
    """

    end: SearchEnd
    recorded: frozenset[Need] = frozenset()
    spoke_to: str = ""
    booked: bool = False


_MISSING = {
    Need.APPOINTMENT: "Book the appointment with it, so that there is a next date.",
    Need.RETURN_DATE: "Choose the day on which you will be in touch again.",
    Need.SAFETY_REVIEW: "Write in their words what they said, and in a sentence what was said about safety.",
    Need.NEW_AREA: "Write where they have moved to, and who looks after them now.",
    Need.DAY_OF_DEATH: "Give the day of death.",
    Need.CORRECTED_DETAILS: "Put the details right with it: the search begins again at its first step.",
}
"""What a search cannot end without; telling the GP comes afterwards and is asked for then."""
BOOKED_ALL_THE_SAME = (
    "They do not want care now, and an appointment is booked with it: both cannot be. Leave the booking out,"
    " or choose that they want another appointment."
)


def refuse_rung(rung: int, ladders: Ladders) -> None:
    """Refuse a step that neither ladder of the service model has.

    Raises:
        RuleViolation: With the step.
    """
    if rung not in {each.number for each in (*ladders.standard.rungs, *ladders.prompt.rungs)}:
        raise RuleViolation(f"The search has no step {rung}. Choose the step you acted on.")


def why_not_this_way(
    ways: SafeWays, channel: Channel, outcome: AttemptOutcome, route: Route | None = None
) -> str:
    """Return why a try by this way should not have been made for this patient, or nothing.

    Where nobody says by which way of the channel it went, one that may be used is enough.
    """
    if outcome not in _UNANSWERED:
        return ""
    routes = [route] if route else _routes(ways, channel, outcome)
    if routes and all(ways.way(route).standing is Standing.NOT_TO_BE_USED for route in routes):
        return ways.way(routes[0]).sentence
    return ""


def number_to_say(ways: SafeWays, channel: Channel, outcome: AttemptOutcome, route: Route | None) -> str:
    """Return why it is to be said through which number they were spoken to, or nothing.

    That they were is always logged; where the record knows no number that may be rung, which one it was is
    the one thing that shows it was them.
    """
    if channel is not Channel.CALL or not outcome.reached:
        return ""
    way = ways.way(route or Route.CALL)
    return way.sentence if way.standing is Standing.NOT_TO_BE_USED else ""


def note_with_number(unknown: str, number: str, note: str) -> str:
    """Return the note with the number they were spoken to on as its first line, where it had to be said.

    ``unknown`` is what :func:`number_to_say` has against the number on record, or nothing.

    Raises:
        RuleViolation: Where nobody says which number it was.
    """
    if not unknown:
        return note
    if not number.strip():
        raise RuleViolation(
            f"{unknown} Say through which number, or on whose telephone, you spoke to the patient."
        )
    return f"Spoke through: {number}\n{note}".strip()


def refuse_same_attempt(ladder: LadderFact, made: Try, *, same_minutes: int) -> None:
    """Refuse a try that is logged already: by another person that day, or by this one minutes before.

    ``same_minutes`` is within how many minutes the very same try by the same person is a form saved twice.

    Under which step it is logged makes no difference: one call does not do two of them.

    Raises:
        RuleViolation: With how to log it if it was another one.
    """
    for each in ladder.attempts:
        if (each.channel, each.route, each.outcome, each.on, each.note) != (
            made.channel,
            made.route,
            made.outcome,
            london_date(made.at),
            made.note,
        ):
            continue
        at_once = abs(made.at - each.at) <= timedelta(minutes=same_minutes)
        if each.by != made.by and (at_once or each.rung == made.rung):
            raise RuleViolation(
                f"{each.by} logged this try already today. If yours was another one, say so in the note."
            )
        if each.by == made.by and at_once:
            raise RuleViolation(
                "You logged this try already, minutes before. If it was another one, say so in the note."
            )


def refuse_unseen_attempts(attempts: Sequence[AttemptFact], seen: int | None) -> None:
    """Refuse to log a try beside others the user has not seen; ``seen`` None is not checked.

    Raises:
        StaleRecord: When there are other tries than they were looking at.
    """
    if seen is not None and seen != len(attempts):
        raise StaleRecord(
            "Somebody else logged a try to reach this patient meanwhile. Your text is kept; look again, then"
            " save."
        )


def ends_of(channel: Channel | None, outcome: AttemptOutcome) -> tuple[SearchEnd, ...]:
    """Return what can have come of a try; where they are is not told by silence."""
    if outcome.reached:
        return (*_THEIRS_TO_SAY, SearchEnd.MOVED)
    if outcome is AttemptOutcome.THIRD_PARTY:
        moved = (SearchEnd.MOVED,) if channel is Channel.GP_PRACTICE else ()
        return (SearchEnd.WRONG_DETAILS, *moved, SearchEnd.DIED)
    if outcome is AttemptOutcome.DISCUSSED and channel is Channel.GP_PRACTICE:
        return (SearchEnd.WRONG_DETAILS, SearchEnd.DIED)
    return (SearchEnd.WRONG_DETAILS,)


def note_with_safety(note: str, safety: str) -> str:
    """Return the note with what was said about safety as its last line, where it was asked."""
    return f"{note}\nAbout safety: {safety}".strip() if safety.strip() else note


def refuse_finding(found: Finding, channel: Channel, outcome: AttemptOutcome) -> None:
    """Refuse what cannot have come of a try, or lacks what it needs.

    That they have moved is known from the patient or from the GP practice, and that they have died from
    somebody who says so; whoever it was is named.

    Raises:
        RuleViolation: With what is missing or does not go together.
    """
    if found.end in _THEIRS_TO_SAY and not outcome.reached:
        raise RuleViolation("Only the patient can say that. Log whom you spoke to, and go on trying.")
    if found.end in _NOT_FOUND and outcome.reached:
        said, came = ATTEMPT_WORDS[outcome], SEARCH_END_WORDS[found.end]
        raise RuleViolation(f'"{said}" and "{came}" do not go together. Choose one of them.')
    if found.end not in ends_of(channel, outcome):
        if found.end is SearchEnd.MOVED and outcome is AttemptOutcome.THIRD_PARTY:
            raise RuleViolation(
                "Only the patient or the GP practice can say that they have moved. Log who told you, ask the"
                " GP practice, and go on trying."
            )
        raise RuleViolation("Nobody said so. Log whom you spoke to, and who they are to the patient.")
    others = outcome in {AttemptOutcome.THIRD_PARTY, AttemptOutcome.DISCUSSED}
    if found.end in _SAID_BY and others and not found.spoke_to.strip():
        raise RuleViolation(f"Say who told you that they {_SAID_BY[found.end]}: a name, or who they are.")
    if found.end is SearchEnd.DECLINES and found.booked:
        raise RuleViolation(BOOKED_ALL_THE_SAME)
    for need in after_contact(found.end).needs:
        if need in _MISSING and need not in found.recorded:
            raise RuleViolation(_MISSING[need])


def refuse_silence(note: str, *, booked: bool) -> None:
    """Refuse to end a search on a word from the patient without what they said or want.

    Raises:
        RuleViolation: When there is neither, and nothing was booked with them.
    """
    if not says_something(note) and not booked:
        raise RuleViolation(
            "Choose what they want, or write what they said in a few words: the search ends with it."
        )


def refuse_reply(channel: Channel, answered_on: date, *, missed_on: date, today: date) -> None:
    """Refuse an answer that did not come from the patient, is still to come, or came before the miss.

    Raises:
        RuleViolation: With what to check.
    """
    if channel in {Channel.GP_PRACTICE, Channel.SUPERVISION}:
        raise RuleViolation("An answer comes from the patient. Choose how they got in touch.")
    if answered_on > today:
        raise RuleViolation("The answer cannot have come in the future. Check the date.")
    if answered_on < missed_on:
        raise RuleViolation("The answer is dated before the missed appointment. Check the date.")


def _routes(ways: SafeWays, channel: Channel, outcome: AttemptOutcome) -> list[Route]:
    """Return the ways by which such a try can have been made, the patient's own first."""
    if channel is not Channel.CALL:
        return [route for route in Route if route.channel is channel]
    if outcome is AttemptOutcome.LEFT_MESSAGE:
        relay = ways.way(Route.TEXT_RELAY).standing is Standing.USE
        return [Route.VOICEMAIL, *_PASSED_ON, *([Route.TEXT_RELAY] if relay else [])]
    return [Route.CALL, Route.TEXT_RELAY, *_PASSED_ON]
