"""Staying well after treatment: when to offer a plan, what it needs, and the way back without a referral."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.codes import ClosureReason
from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.errors import RuleViolation
from collabcare.domain.months import add_months
from collabcare.domain.outcomes import baseline_of, scores_in_episode
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.plan_facts import RelapsePlanFact
    from collabcare.domain.treat_to_target import TargetPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class RelapsePolicy:
    """The numbers of staying well."""

    rule: str
    source: str
    held_days: int
    maintenance_months: tuple[int, ...]
    way_back_months: int


class WayBack(StrEnum):
    """How somebody who was closed comes back."""

    STEP_BACK_UP = "step_back_up"
    NEW_REFERRAL = "new_referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A re-contact after closing: the way back it takes, and what says so."""

    way: WayBack
    open_until: date
    suggestion: Suggestion


PLAN_PARTS = {
    "warning_signs": "early warning signs",
    "triggers": "triggers",
    "what_helped": "what helped",
    "medication": "medication plan",
    "if_it_returns": "what to do if it returns",
    "who_to_contact": "who to contact",
    "way_back": "the way back to us",
}
"""The parts of a staying-well plan by their field, in the order they are written."""
COPY_GIVEN = "copy to the patient and the GP"


def missing_from_plan(plan: RelapsePlanFact | None) -> tuple[str, ...]:
    """Return the parts still to be written, in order; no plan lacks them all, a complete one none."""
    if plan is None:
        return (*PLAN_PARTS.values(), COPY_GIVEN)
    blank = [words for field, words in PLAN_PARTS.items() if not getattr(plan, field).strip()]
    return (*blank, *((COPY_GIVEN,) if plan.copy_given_on is None else ()))


def held(facts: EpisodeFacts, instrument: Instrument, targets: TargetPolicy) -> tuple[date, date] | None:
    """Return from when to when remission or response has held up to now; None when the latest score has not.

    Every score in that time is in remission or response: a rise in between starts the time afresh.
    """
    scores = scores_in_episode(facts, instrument.id)
    if not scores or instrument.id not in targets.instruments:
        return None
    first, baseline = baseline_of(facts, scores)
    since = None
    for measure, total in reversed(scores):
        well = targets.is_remission(total) or targets.is_response(baseline, total)
        if not well or measure.taken_on < first.taken_on:
            break
        since = measure.taken_on
    return None if since is None else (since, scores[-1][0].taken_on)


def plan_to_offer(
    facts: EpisodeFacts, instrument: Instrument, targets: TargetPolicy, policy: RelapsePolicy
) -> Suggestion | None:
    """Suggest a staying-well plan once remission or response has held for long enough, until there is one."""
    if facts.relapse_plan is not None or facts.closed_on is not None or facts.patient.died_on is not None:
        return None
    span = held(facts, instrument, targets)
    if span is None or (span[1] - span[0]).days < policy.held_days:
        return None
    since, latest_on = span
    return Suggestion(
        sentence=f"{instrument.name} has been in remission or response for "
        f"{fmt_days((latest_on - since).days)}, since {fmt_date(since)}. "
        "Consider offering a staying-well plan.",
        rule=f"{policy.rule}.offer",
        used=(
            Used(f"{instrument.name} in remission or response since", since),
            Used(f"{instrument.name} latest score on", latest_on),
        ),
        source=policy.source,
    )


def maintenance_dates(
    started_on: date, policy: RelapsePolicy, months: tuple[int, ...] = ()
) -> tuple[date, ...]:
    """Return the days of the staying-well contacts: by the service model's ``months``, or the usual ones."""
    return tuple(add_months(started_on, each) for each in months or policy.maintenance_months)


_CONSIDER = "Consider making one before closing, or say why there is none."
_KEPT = "The reason is kept with the end of care."


def closing_warning(
    plan: RelapsePlanFact | None, closing: ClosureReason, policy: RelapsePolicy, *, why_none: str = ""
) -> Suggestion | None:
    """Warn of closing without a complete staying-well plan; None when nothing is missing, or they died.

    Where somebody has said why there is none, nothing more is asked: it is said that the reason is kept.
    """
    if closing is ClosureReason.DIED or not (missing := missing_from_plan(plan)):
        return None
    what = (
        "There is no staying-well plan."
        if plan is None
        else f"The staying-well plan lacks: {_list(missing)}."
    )
    return Suggestion(
        sentence=f"{what} {_KEPT if why_none.strip() else _CONSIDER}",
        rule=f"{policy.rule}.closing",
        used=(Used("Plan made on", plan.made_on if plan else None), Used("Still missing", _list(missing))),
        source=policy.source,
    )


def refuse_closing_without_reason(
    plan: RelapsePlanFact | None, closing: ClosureReason, why_none: str
) -> None:
    """Refuse to close without a complete staying-well plan unless somebody says why.

    Raises:
        RuleViolation: When a part is missing and no reason is given.
    """
    if closing is not ClosureReason.DIED and missing_from_plan(plan) and not why_none.strip():
        raise RuleViolation("Make the staying-well plan before closing, or say why there is none.")


def way_back(closed_on: date, back_on: date, policy: RelapsePolicy) -> Return:
    """Return how somebody comes back: up to and with the corresponding day so many months on, a step back up.

    Raises:
        RuleViolation: When they came back before care ended.
    """
    if back_on < closed_on:
        raise RuleViolation("The patient cannot come back before care ended. Check the date.")
    until = add_months(closed_on, policy.way_back_months)
    if back_on <= until:
        way = WayBack.STEP_BACK_UP
        said = "Step back up by the fast track: no new referral or assessment form is needed"
    else:
        way, said = WayBack.NEW_REFERRAL, "Take it as a new referral"
    return Return(
        way=way,
        open_until=until,
        suggestion=Suggestion(
            sentence=f"Care ended on {fmt_date(closed_on)}, with a way back until {fmt_date(until)}. {said}.",
            rule=f"{policy.rule}.way_back",
            used=(Used("Care ended on", closed_on), Used("Back on", back_on)),
            source=policy.source,
        ),
    )


def way_back_of(facts: EpisodeFacts, policy: RelapsePolicy) -> Return | None:
    """Return how this episode follows on from the patient's last one; None when it is their first.

    A referral received while the last episode was still open is a step back up as well.
    """
    closed_on = facts.previous_closed_on
    if closed_on is None:
        return None
    return way_back(closed_on, max(facts.referral_received_on, closed_on), policy)


def _list(parts: tuple[str, ...]) -> str:
    return ", ".join(parts)
