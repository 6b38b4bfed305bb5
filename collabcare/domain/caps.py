"""How many sessions or weeks a service model gives, and what to say as the end of them comes near.

Sessions and weeks are different things: a navigator's six weeks pass whether or not anybody meets. Only
attended contacts count, and groups never use up a one-to-one cap. A cap warns and never ends care.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_count
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.quotation import Quotation

_WEEK = 7
RULE = "Session and week caps of the service model"


class CapUnit(StrEnum):
    """What a cap counts."""

    SESSIONS = "sessions"
    WEEKS = "weeks"

    def of(self, count: int) -> str:
        """Return so many of them in words: ``1 session``, ``6 weeks``."""
        return fmt_count(count, self.value.removesuffix("s"), self.value)


class ContactForm(StrEnum):
    """Who was in the room: the one patient, the patient with two professionals, or a group."""

    ONE_TO_ONE = "one_to_one"
    JOINT = "joint"
    GROUP = "group"

    @property
    def words(self) -> str:
        """Return it in a sentence."""
        return self.value.replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """One cap: ``least`` is expected by the end, ``most`` is the cap itself, ``warn_at`` comes before it.

    ``counts`` are the forms of contact that use it up. ``usual`` marks what is typical in place of a limit:
    going past it is worth a word and no more. ``warn_at`` is ours unless ``warning_stated``.
    """

    name: str
    unit: CapUnit
    least: int | None
    most: int | None
    warn_at: int | None
    warning_stated: bool
    counts: tuple[ContactForm, ...]
    usual: bool
    quotation: Quotation


class CapState(StrEnum):
    """How much of a cap is used."""

    OPEN = "open"
    NEAR = "near"
    REACHED = "reached"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapStanding:
    """Where an episode stands with one cap; ``suggestion`` is None while there is nothing to say.

    ``used`` is whole sessions or whole weeks; ``since`` is the day the weeks count from.
    """

    cap: Cap
    used: int
    since: date | None
    state: CapState
    suggestion: Suggestion | None


def contact_form(contact: ContactFact) -> ContactForm:
    """Return which form a contact had; a joint group session is a group."""
    if contact.group:
        return ContactForm.GROUP
    return ContactForm.JOINT if contact.joint else ContactForm.ONE_TO_ONE


def cap_standing(facts: EpisodeFacts, cap: Cap, *, today: date) -> CapStanding:
    """Return how much of a cap is used on ``today``, and what to say of it.

    Weeks count from the first attended contact that counts, and six weeks are used on the 42nd day after
    it; a closed episode's weeks stop at its end.
    """
    used, since, over = _used(facts, cap, today)
    state = CapState.OPEN
    if cap.most is not None and (used > cap.most or over):
        state = CapState.BEYOND
    elif cap.most is not None and used == cap.most:
        state = CapState.REACHED
    elif cap.warn_at is not None and used >= cap.warn_at:
        state = CapState.NEAR
    sentence = _sentence(cap, used, state)
    return CapStanding(
        cap=cap,
        used=used,
        since=since,
        state=state,
        suggestion=_suggestion(cap, sentence, used, since) if sentence else None,
    )


def caps_standing(facts: EpisodeFacts, caps: tuple[Cap, ...], *, today: date) -> tuple[CapStanding, ...]:
    """Return the standing of every cap, in the order of the file."""
    return tuple(cap_standing(facts, cap, today=today) for cap in caps)


def closing_under_minimum(
    facts: EpisodeFacts, caps: tuple[Cap, ...], *, today: date
) -> tuple[Suggestion, ...]:
    """Return a warning for each cap whose least is not reached on the day an episode is to close."""
    warnings = []
    for cap in caps:
        used, since, _ = _used(facts, cap, today)
        if cap.least is not None and used < cap.least:
            said = f"Closing after {cap.unit.of(used)} ({cap.name});"
            sentence = (
                f"{said} usual here are {cap.least} or more. Consider whether more would help."
                if cap.usual
                else f"{said} this service gives at least {cap.least}. Consider offering the rest, or say in "
                "the note why it ends here."
            )
            warnings.append(_suggestion(cap, sentence, used, since))
    return tuple(warnings)


def _used(facts: EpisodeFacts, cap: Cap, today: date) -> tuple[int, date | None, bool]:
    """Return what is used, since when, and whether any part of a further week has passed the cap."""
    upto = facts.closed_on or today
    counted = [c for c in facts.attended if c.on <= upto and contact_form(c) in cap.counts]
    since = min((contact.on for contact in counted), default=None)
    if cap.unit is CapUnit.SESSIONS:
        return len(counted), since, False
    days = 0 if since is None else (upto - since).days
    return days // _WEEK, since, cap.most is not None and days > cap.most * _WEEK


def _sentence(cap: Cap, used: int, state: CapState) -> str:
    if cap.most is None or state is CapState.OPEN:
        return ""
    if cap.usual:
        return (
            f"{cap.name}: beyond the usual {cap.unit.of(cap.most)} here. Consider a word in supervision."
            if state is CapState.BEYOND
            else ""
        )
    if state is CapState.NEAR:
        return (
            f"{cap.name}: {used} of {cap.unit.of(cap.most)} used. Consider agreeing with the patient what "
            "comes next."
        )
    if state is CapState.REACHED:
        return (
            f"{cap.name}: all {cap.unit.of(cap.most)} used. Consider what comes next, and agree in "
            "supervision if more would help."
        )
    return f"{cap.name}: beyond {cap.unit.of(cap.most)}. Discuss in supervision; care goes on meanwhile."


def _suggestion(cap: Cap, sentence: str, used: int, since: date | None) -> Suggestion:
    what = "Attended sessions that count" if cap.unit is CapUnit.SESSIONS else "Whole weeks since then"
    return Suggestion(
        sentence=sentence,
        rule=RULE,
        used=(Used("First contact that counts", since), Used(what, used)),
        source=cap.quotation.cited,
    )
