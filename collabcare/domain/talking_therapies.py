"""Outcomes as NHS Talking Therapies defines them, for information: always shown as "TT-equivalent".

Two measures decide together: a depression measure (the PHQ-9) and an anxiety measure (the GAD-7, or one for
the patient's own anxiety problem). Where one is missing, what cannot be known is None and a note says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import is_case
from collabcare.domain.outcomes import Change, Reliable, change_between, first_and_last
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.instruments import Instrument, Number

    Pair: TypeAlias = tuple[Number, Number]
    """The first and the last total of one measure, as on the form."""

LABEL = "TT-equivalent"
MIXED = "Mixed - review"

_CASE = {
    True: "at caseness at the start",
    False: "not at caseness at the start",
    None: "caseness at the start unknown",
}
_RECOVERED = {True: ("moved to recovery",), False: ("not moved to recovery",), None: ()}
_RELIABLE = {
    Reliable.IMPROVEMENT: "reliable improvement",
    Reliable.DETERIORATION: "reliable deterioration",
    Reliable.NONE: "no reliable change",
    None: "reliable change unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkingTherapiesPolicy:
    """Which measures, contacts and settings Talking Therapies goes by."""

    rule: str
    source: str
    depression: str
    anxiety: str
    anxiety_specific: tuple[str, ...]
    treatment_contacts: int
    setting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoMeasures:
    """The two instruments an outcome is worked out from, under the policy that names them."""

    depression: Instrument
    anxiety: Instrument
    policy: TalkingTherapiesPolicy

    def is_case(self, instrument: Instrument, total: Number) -> bool:
        """Return whether a total is at or beyond the cut-off Talking Therapies goes by.

        Raises:
            RuleViolation: When the instrument has no cut-off.
        """
        own = (each.caseness for each in instrument.settings if each.id == self.policy.setting)
        cut_off = next((each for each in own if each is not None), None)
        if cut_off is not None:
            return int(instrument.direction) * (total - cut_off) >= 0
        case = is_case(instrument, total)
        if case is None:
            raise RuleViolation(f"{instrument.name} has no cut-off, so caseness cannot be told from it.")
        return case


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one course; None is unknown or does not apply, and ``notes`` says which and why."""

    caseness: bool | None
    recovered: bool | None
    reliable_improvement: bool | None
    reliable_deterioration: bool | None
    reliable_recovery: bool | None
    mixed: bool | None
    basis: str
    notes: tuple[str, ...]
    used: tuple[Used, ...]
    rule: str
    source: str

    @property
    def for_talking_therapies(self) -> Reliable | None:
        """Return the change as a Talking Therapies return counts it: a mixed one is no reliable change."""
        return Reliable.NONE if self.mixed else self._reliable

    @property
    def for_mhsds(self) -> Reliable | None:
        """Return the change as the MHSDS counts it: a mixed one is a deterioration."""
        return Reliable.DETERIORATION if self.mixed else self._reliable

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads; it never passes for an official figure."""
        change = MIXED if self.mixed else _RELIABLE[self._reliable]
        said = (_CASE[self.caseness], *_RECOVERED[self.recovered], change)
        return f"{LABEL} ({self.basis}): {'; '.join(said)}."

    @property
    def _reliable(self) -> Reliable | None:
        if self.reliable_improvement is None:
            return None
        if self.reliable_improvement:
            return Reliable.IMPROVEMENT
        return Reliable.DETERIORATION if self.reliable_deterioration else Reliable.NONE


def outcome(phq: Pair | None, gad: Pair | None, measures: TwoMeasures) -> Outcome:
    """Work out the outcome from the first and last totals of each measure, None where one is missing.

    ``gad`` are totals of the anxiety measure that ``measures`` names.

    Raises:
        RuleViolation: When a total is not one its measure can give, or the measure has no number to go by.
    """
    given = [
        (instrument, pair)
        for instrument, pair in ((measures.depression, phq), (measures.anxiety, gad))
        if pair is not None
    ]
    both = len(given) > 1
    changes = [_reliable_change(instrument, pair) for instrument, pair in given]
    up = any(change.reliable is Reliable.IMPROVEMENT for change in changes)
    down = any(change.reliable is Reliable.DETERIORATION for change in changes)
    caseness = any(measures.is_case(each, pair[0]) for each, pair in given) or (False if both else None)
    recovered = None
    if caseness and both:
        recovered = not any(measures.is_case(each, pair[1]) for each, pair in given)
    mixed = (up and down) if both else None
    return Outcome(
        caseness=caseness,
        recovered=recovered,
        reliable_improvement=up and not down if given else None,
        reliable_deterioration=down and not up if given else None,
        reliable_recovery=None if recovered is None else recovered and up and not down,
        mixed=mixed,
        basis=_basis([each for each, _pair in given]),
        notes=(*_gaps(measures, phq, gad, caseness=caseness), *_mixed_note(mixed=mixed)),
        used=_used(measures, phq, gad),
        rule=measures.policy.rule,
        source=measures.policy.source,
    )


def outcome_of(
    facts: EpisodeFacts, instruments: Mapping[str, Instrument], policy: TalkingTherapiesPolicy
) -> Outcome:
    """Work out the outcome of an episode; two scores of an anxiety-specific measure go before the GAD-7."""
    names = (*policy.anxiety_specific, policy.anxiety)
    anxiety = next((name for name in names if first_and_last(facts, name)), policy.anxiety)
    measures = TwoMeasures(
        depression=instruments[policy.depression], anxiety=instruments[anxiety], policy=policy
    )
    return outcome(_pair(facts, policy.depression), _pair(facts, anxiety), measures)


def _pair(facts: EpisodeFacts, instrument: str) -> Pair | None:
    found = first_and_last(facts, instrument)
    return (found[0][1], found[1][1]) if found else None


def _reliable_change(instrument: Instrument, pair: Pair) -> Change:
    if instrument.reliable_change is None:
        raise RuleViolation(f"{instrument.name} has no reliable change, so its outcome cannot be told.")
    return change_between(instrument, *pair)


def _basis(given: list[Instrument]) -> str:
    if not given:
        return "no measure with two scores"
    names = " and ".join(each.name for each in given)
    return names if len(given) > 1 else f"{names} only"


def _gaps(
    measures: TwoMeasures, phq: Pair | None, gad: Pair | None, *, caseness: bool | None
) -> Iterator[str]:
    """Say what is unknown, or does not apply, and why."""
    if caseness is False:
        yield "Recovery and reliable recovery do not apply: not at caseness at the start."
    missing = [
        each.name for each, pair in ((measures.depression, phq), (measures.anxiety, gad)) if pair is None
    ]
    if not missing:
        return
    why = f"{' and '.join(missing)} {'has' if len(missing) == 1 else 'have'} no first and last score"
    if caseness is None:
        yield f"Caseness is unknown: {why}."
    yield f"Recovery, reliable recovery and mixed change are unknown: {why}."
    if len(missing) > 1:
        yield f"Reliable improvement and deterioration are unknown: {why}."


def _mixed_note(*, mixed: bool | None) -> Iterator[str]:
    if mixed:
        yield (
            f"{MIXED}: one measure reliably improved and the other reliably deteriorated. "
            "NHS Talking Therapies counts it as no reliable change, the MHSDS as deterioration."
        )


def _used(measures: TwoMeasures, phq: Pair | None, gad: Pair | None) -> tuple[Used, ...]:
    used: list[Used] = []
    for instrument, pair in ((measures.depression, phq), (measures.anxiety, gad)):
        first, last = (None, None) if pair is None else (str(pair[0]), str(pair[1]))
        used += (Used(f"{instrument.name} first score", first), Used(f"{instrument.name} last score", last))
    return tuple(used)
