"""A patient's course: one episode's facts gone through once, so that every rule reads the same history.

What is due, the agenda, the flags and the caseload row each ask the same few questions of a patient: who saw
them last, what fell through since, which search is open, what the scores say. A :class:`Course` holds the
answers as of one day. It adds no rule of its own: each answer is that of the module that defines it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.codes import ATTENDED, AttendanceStatus
from collabcare.domain.in_a_row import consecutive_missed
from collabcare.domain.outcomes import scored
from collabcare.domain.search_today import search_step
from collabcare.domain.treat_to_target import Flag, naming_those_beside, target_flags

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import (
        ContactFact,
        EpisodeFacts,
        MeasureFact,
        ReviewFact,
        SafetyPromptFact,
    )
    from collabcare.domain.outcomes import Scored
    from collabcare.domain.reach_facts import PauseFact
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.search_today import SearchStep
    from collabcare.domain.treat_to_target import TargetFlag

_SEEN = tuple(ATTENDED)  # a tuple is looked through by identity; a set would hash each status in Python
_DNA = AttendanceStatus.DID_NOT_ATTEND
_WORSENING = Flag.WORSENING


class Course(NamedTuple):
    """One episode as of ``today``; every tuple is in order of time, oldest first.

    ``fallen`` are the contacts that did not go ahead, ``unrecorded`` those without an outcome (booked, or
    past and not written up). ``standing`` holds by instrument the complete scores that count, each with its
    total. ``missed`` counts the contacts not attended in a row.
    """

    facts: EpisodeFacts
    today: date
    attended: tuple[ContactFact, ...]
    last_seen: date | None
    fallen: tuple[ContactFact, ...]
    unrecorded: tuple[ContactFact, ...]
    booked: ContactFact | None
    dna_count: int
    missed: int
    standing: dict[str, list[Scored]]
    targets: list[TargetFlag]
    prompts: tuple[SafetyPromptFact, ...]
    search: SearchStep | None
    discussed: ReviewFact | None
    pause: PauseFact | None


def course_of(facts: EpisodeFacts, rulebook: Rulebook, today: date) -> Course:
    """Go through one episode's facts as of ``today``."""
    attended, fallen, unrecorded, since_seen = facts.by_outcome
    forms = forms_by_instrument(facts).items()
    standing = {instrument: scored(of, facts.closed_on) for instrument, of in forms}
    targets = _targets(facts, rulebook, standing, today)
    return Course(
        facts=facts,
        today=today,
        attended=attended,
        last_seen=attended[-1].on if attended else None,
        fallen=fallen,
        unrecorded=unrecorded,
        booked=facts.next_booked(today) if unrecorded else None,
        dna_count=len([each for each in fallen if each.status is _DNA]) if fallen else 0,
        missed=consecutive_missed([each.status for each in since_seen]) if since_seen else 0,
        standing=standing,
        targets=targets,
        prompts=facts.open_safety_prompts if facts.safety_prompts else (),
        search=_search(facts, rulebook, targets, today) if facts.ladders else None,
        discussed=facts.reviews[-1] if facts.reviews else None,
        pause=facts.pauses[-1] if facts.pauses and facts.pauses[-1].ended_on is None else None,
    )


def forms_by_instrument(facts: EpisodeFacts) -> dict[str, list[MeasureFact]]:
    """Return every form by its instrument, oldest first."""
    forms: dict[str, list[MeasureFact]] = {}
    for measure in facts.measures:
        if (of := forms.get(measure.instrument)) is None:
            forms[measure.instrument] = [measure]
        else:
            of.append(measure)
    return forms


def _targets(
    facts: EpisodeFacts, rulebook: Rulebook, standing: dict[str, list[Scored]], today: date
) -> list[TargetFlag]:
    """Return the flags of every instrument treated to target that is followed here or was filled in."""
    policy, followed = rulebook.targets, rulebook.pathway.measures
    found: list[TargetFlag] = []
    measured = []
    for name in policy.instruments:
        scores, instrument = standing.get(name, ()), rulebook.instruments[name]
        if scores:
            measured.append((instrument, scores))
        if scores or name in followed:
            found += target_flags(facts, instrument, policy, today=today, scores=scores)
    return naming_those_beside(found, facts, measured)


def _search(
    facts: EpisodeFacts, rulebook: Rulebook, targets: list[TargetFlag], today: date
) -> SearchStep | None:
    if facts.open_ladder is None:
        return None
    worse = next((flag.course for flag in targets if flag.kind is _WORSENING), None)
    worsening_on = worse.latest_on if worse else None
    return search_step(facts, rulebook.search, today=today, worsening_on=worsening_on)
