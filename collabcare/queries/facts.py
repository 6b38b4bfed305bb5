"""EpisodeFacts for many episodes in a fixed number of SELECTs: the one place where they are built."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from collabcare.domain.case_people import NOBODY_KNOWN
from collabcare.domain.closure import LocalStep, TherapyEnding
from collabcare.domain.codes import (
    ClosureReason,
    ReferralReason,
    ReferralSource,
    RejectionReason,
    ResponsePriority,
)
from collabcare.domain.counting import uncounted
from collabcare.domain.demographic_facts import EndingFact
from collabcare.domain.earlier_facts import NOTHING_EARLIER
from collabcare.domain.episode import Phase
from collabcare.domain.facts import EpisodeFacts
from collabcare.domain.ids import EpisodeId
from collabcare.domain.searching import fold
from collabcare.queries import care_facts as care
from collabcare.queries import clinical_facts as clinical
from collabcare.queries import moved_facts as moved
from collabcare.queries import patient_facts as people
from collabcare.queries import people_facts as around
from collabcare.queries import plan_facts as planned
from collabcare.queries import postponing_facts as waiting
from collabcare.queries import reach_facts as reaching
from collabcare.queries import safety_facts as safety
from collabcare.queries import unmissed_facts as unmissed
from collabcare.queries.case_people import case_people
from collabcare.queries.earlier_facts import earlier_facts
from collabcare.queries.grouped import (
    AnyColumn,
    AnyRow,
    AnySelect,
    Asked,
    F,
    Grouped,
    Making,
    Selecting,
    by_code_or_none,
    collector_resting,
    columns_of,
    grouped,
    made_of,
)
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import date

    from collabcare.domain.case_people import CasePeople
    from collabcare.domain.counting import Counting
    from collabcare.domain.earlier_facts import EarlierFacts

SELECTS = 30
"""How many SELECTs the facts of one episode take, and of any number of them.

For patients who came back :data:`collabcare.queries.earlier_facts.EARLIER_SELECTS` are added to them, and
:data:`collabcare.queries.case_people.PEOPLE_SELECTS` where somebody else's word is asked for.
"""

_ONE = Asked(m.Episode.id == bindparam("episode_id"))
_IS_OPEN = m.Episode.closed_on.is_(None)
_OPEN = Asked(_IS_OPEN)
_OPEN_PART = Asked(and_(_IS_OPEN, m.Episode.id.between(bindparam("first"), bindparam("last"))))
_THESE = m.Episode.id.in_(bindparam("episodes", expanding=True))
_SOME = Asked(_THESE)
_BESIDE = Asked(
    and_(_IS_OPEN, m.Episode.patient_id.in_(select(m.Episode.patient_id).where(_THESE).correlate(None)))
)
_holder, _previous = aliased(m.UserAccount), aliased(m.Episode)
_EPISODE = {
    "episode_id": m.Episode.id,
    "version": m.Episode.version,
    "pathway_id": m.Episode.pathway_id,
    "phase": m.Episode.phase,
    "phase_since": m.Episode.phase_since,
    "referral_received_on": m.Referral.received_on,
    "referral_received_at": m.Referral.received_at,
    "referral_source": m.Referral.source,
    "referral_reason": m.Referral.reason,
    "response_priority": m.Referral.response_priority,
    "referrer": m.Referral.referrer,
    "holder_id": m.Episode.holder_id,
    "holder": _holder.name,
    "step": m.Episode.step,
    "step_since": m.Episode.step_since,
    "closed_on": m.Episode.closed_on,
    "supervision_requested_on": m.Episode.supervision_requested_on,
    "supervision_question": m.Episode.supervision_question,
    "previous_closed_on": _previous.closed_on,
    "previous_episode_id": m.Episode.previous_episode_id,
    "allocated_on": m.Episode.allocated_on,
    "follow_up_weeks": m.Episode.follow_up_weeks,
}
_ENDING = {
    "reason": m.Episode.closure_reason,
    "note": m.Episode.closure_note,
    "tt_discharge_reason": m.Episode.tt_discharge_reason,
    "rejection_reason": m.Episode.rejection_reason,
    "onward_step": m.Episode.onward_step,
    "onward_to": m.Episode.onward_to,
}
# Any: a column of whatever type
_GROUPS: tuple[dict[str, Any], ...] = (_EPISODE, people.PATIENT, people.REACH, people.DEMOGRAPHICS, _ENDING)
"""The columns of the one SELECT for episodes, each under the name of the fact it becomes."""
_PREVIOUS = list(_EPISODE).index("previous_episode_id")
_PLACES = [slice(*pair) for pair in pairwise(accumulate((len(group) for group in _GROUPS), initial=0))]
_CLOSED, _DIED = list(_EPISODE).index("closed_on"), len(_EPISODE) + list(people.PATIENT).index("died_on")
_CODED: dict[str, Mapping[str | None, object]] = {
    "phase": by_code_or_none(Phase),
    "referral_source": by_code_or_none(ReferralSource),
    "referral_reason": by_code_or_none(ReferralReason),
    "response_priority": by_code_or_none(ResponsePriority),
}
_ENDING_CODES: dict[str, Mapping[str | None, object]] = {
    "reason": by_code_or_none(ClosureReason),
    "tt_discharge_reason": by_code_or_none(TherapyEnding),
    "rejection_reason": by_code_or_none(RejectionReason),
    "onward_step": by_code_or_none(LocalStep),
}
_ALWAYS_NAMED = (
    *("contacts", "measures", "safety_prompts", "step_moves", "ladders", "reviews", "actions", "letters"),
)
"""The parts that have no default."""


def open_caseload_facts(session: Session) -> list[EpisodeFacts]:
    """Return the facts of every open episode by name, in a fixed number of SELECTs however many there are."""
    return sorted(_load(session, _OPEN), key=lambda facts: facts.patient.name_order)


def open_caseload_parts(
    session: Session, counting: Counting = uncounted, size: int = 200
) -> Iterator[list[EpisodeFacts]]:
    """Give the facts of every open episode, ``size`` episodes at a time: as many SELECTs for each part.

    Raises:
        Cancelled: When the user has stopped it, between two parts.
    """
    keys = session.scalars(select(m.Episode.id).where(_IS_OPEN).order_by(m.Episode.id)).all()
    for first in range(0, len(keys), size):
        counting(first, len(keys))
        part = keys[first : first + size]
        yield _load(session, _OPEN_PART, {"first": part[0], "last": part[-1]})


def open_facts_beside(session: Session, episodes: Collection[EpisodeId]) -> list[EpisodeFacts]:
    """Return the facts of the open episodes of whoever these episodes, open or closed, are of."""
    return _load(session, _BESIDE, {"episodes": list(episodes)})


def facts_of(session: Session, episodes: Collection[EpisodeId]) -> list[EpisodeFacts]:
    """Return the facts of these episodes, open or closed; nothing is read for none."""
    return _load(session, _SOME, {"episodes": list(episodes)}) if episodes else []


def episode_facts(session: Session, episode_id: EpisodeId) -> EpisodeFacts | None:
    """Return one episode's facts, open or closed, or None when there is no such episode."""
    return next(iter(_load(session, _ONE, {"episode_id": episode_id})), None)


def facts_by_nhs_number(session: Session, nhs_number: str) -> EpisodeFacts | None:
    """Return the facts of a patient's open episode, or else their latest; None for nobody of that number."""
    latest = session.scalar(
        select(m.Episode.id)
        .join(m.Patient, m.Patient.id == m.Episode.patient_id)
        .where(m.Patient.nhs_number == nhs_number)
        .order_by(m.Episode.closed_on.is_not(None), m.Episode.id.desc())
        .limit(1)
    )
    return None if latest is None else episode_facts(session, EpisodeId(latest))


def facts_by_name(session: Session, surname: str, birth_date: date) -> tuple[EpisodeFacts, ...]:
    """Return the facts of everybody of that surname born that day: their open episode, or else their latest.

    Case, accents, apostrophes, hyphens and spaces make no difference, and the first name is not asked: it may
    be missing, short or misspelt. Whether they are one person is for people to say.
    """
    wanted = _as_one_word(surname)
    born_then = session.execute(
        select(m.Patient.id, m.Patient.surname).where(m.Patient.birth_date == birth_date)
    )
    found = [patient_id for patient_id, name in born_then if wanted and _as_one_word(name) == wanted]
    if not found:
        return ()
    episodes = session.execute(
        select(m.Episode.patient_id, m.Episode.id)
        .where(m.Episode.patient_id.in_(found))
        .order_by(m.Episode.closed_on.is_(None), m.Episode.id)
    )
    last = {row.patient_id: row.id for row in episodes}  # of each patient the one that comes last stays
    facts = _load(session, _SOME, {"episodes": list(last.values())})
    return tuple(sorted(facts, key=lambda each: each.patient.name_order))


def _as_one_word(surname: str) -> str:
    return "".join(letter for letter in fold(surname) if letter.isalnum())


def _load(session: Session, asked: Asked, values: Mapping[str, object] | None = None) -> list[EpisodeFacts]:
    session.flush()  # the SELECTs go past the ORM, which would see to it
    with collector_resting():
        columns = columns_of(session, asked.query(_episodes), values)
        came_back = any(before is not None for before in columns[_PREVIOUS])
        parts = _parts(session, asked, values)
        earlier = earlier_facts(session, asked.which, values) if came_back else {}
        people_of = case_people(session, _asking_for_another(columns, parts))
        return _made(columns, parts, earlier, people_of)


def _asking_for_another(columns: Sequence[AnyColumn], parts: dict[str, Grouped[Any]]) -> set[int]:
    """Return the open episodes in which somebody else's word may be asked for: whose people are read."""
    asked = {*parts.get("closing_reviews", ()), *parts.get("proposals", ())}
    of = zip(columns[0], columns[_DIED], columns[_CLOSED], strict=True)
    return {key for key, died_on, closed in of if closed is None and (died_on is not None or key in asked)}


# Any below: each part is a tuple of its own kind of fact, and a row's values are of its columns' types


def _parts(session: Session, asked: Asked, values: Mapping[str, object] | None) -> dict[str, Grouped[Any]]:
    """Read what belongs to the episodes, each part by episode; of what is empty only what must be named."""

    def read(select: Selecting, make: Callable[[AnyRow], F] | Making[F]) -> Grouped[F]:
        return grouped(session, asked.query(select), make, values)

    attempts = read(care.attempts, care.attempt)
    snoozes = read(care.snoozes, care.snooze)
    ratings = read(planned.goal_ratings, planned.goal_rating)
    steps = read(planned.goal_actions, planned.goal_action)
    looked = read(reaching.safety_reviews, reaching.safety_review)
    parts: dict[str, Grouped[Any]] = {
        "contacts": read(care.contacts, care.CONTACT),
        "moves": read(moved.moves, moved.move),
        "unmissed": read(unmissed.unmissed, unmissed.unmissed_fact),
        "step_moves": read(care.step_moves, care.STEP_MOVE),
        "ladders": read(care.ladders, lambda row: care.ladder(row, attempts, snoozes)),
        "measures": read(clinical.measures, clinical.MEASURE),
        "safety_prompts": read(clinical.safety_prompts, clinical.safety_prompt),
        "reviews": read(clinical.reviews, clinical.REVIEW),
        "actions": read(clinical.actions, clinical.ACTION),
        "letters": read(clinical.letters, clinical.letter),
        "haste": read(reaching.haste, reaching.haste_fact),
        "track_moves": read(reaching.track_moves, reaching.track_move),
        "pauses": read(reaching.pauses, reaching.pause),
        "closing_reviews": read(reaching.closing_reviews, lambda row: reaching.closing_review(row, looked)),
        "safety_assessments": read(safety.assessments, safety.assessment),
        "safety_plans": read(safety.plans, safety.plan),
        "goals": read(planned.goals, lambda row: planned.goal(row, ratings, steps)),
        "relapse_plans": read(planned.relapse_plans, planned.relapse_plan),
        "proposals": read(planned.proposals, planned.proposal),
        "milestones": read(planned.milestones, planned.milestone),
        "medication": read(around.medication, around.medicine),
        "carers": read(around.carers, around.carer),
        "reminders": read(around.reminders, around.reminder),
        "postponements": read(waiting.postponements, waiting.postponement),
    }
    return {name: part for name, part in parts.items() if part or name in _ALWAYS_NAMED}


def _episodes(which: ColumnElement[bool]) -> AnySelect:
    return (
        select(*(column for group in _GROUPS for column in group.values()))
        .join(m.Patient, m.Patient.id == m.Episode.patient_id)
        .join(m.Referral, m.Referral.episode_id == m.Episode.id)
        .join(m.GpPractice, m.GpPractice.id == m.Patient.gp_practice_id)
        .outerjoin(_holder, _holder.id == m.Episode.holder_id)
        .outerjoin(_previous, _previous.id == m.Episode.previous_episode_id)
        .where(which)
        .order_by(m.Episode.id)
    )


def _made(
    columns: Sequence[AnyColumn],
    parts: dict[str, Grouped[Any]],
    earlier: Mapping[int, EarlierFacts],
    people_of: Mapping[int, CasePeople],
) -> list[EpisodeFacts]:
    """Make the facts of every episode from the columns of the SELECT for episodes and all that belongs."""
    own, patient, reach, stated, ending = (columns[place] for place in _PLACES)
    keys = own[0]
    mine: dict[str, Sequence[Any]] = dict(zip(_EPISODE, own, strict=True))
    for name, codes in _CODED.items():
        mine[name] = [codes[code] for code in mine[name]]
    for name, part in parts.items():
        mine[name] = [part.get(key, ()) for key in keys]
    mine["relapse_plan"] = [
        next(iter(plans[-1:]), None) for plans in mine.pop("relapse_plans", ((),) * len(keys))
    ]
    mine["phase"] = [
        Phase.PAUSED if closed_on is None and _is_paused(parts, key) else phase
        for key, phase, closed_on in zip(keys, mine["phase"], mine["closed_on"], strict=True)
    ]
    mine["late_forms"] = [
        tuple(form for form in forms if form.after_end is not None) if closed_on is not None else ()
        for forms, closed_on in zip(mine["measures"], mine["closed_on"], strict=True)
    ]
    mine["measures"] = [
        tuple(form for form in forms if form.after_end is None) if late else forms
        for forms, late in zip(mine["measures"], mine["late_forms"], strict=True)
    ]
    mine["patient"] = people.patients(dict(zip(people.PATIENT, patient, strict=True)), stated)
    mine["reach"] = people.reaches(reach)
    mine["ending"] = [
        _ending(values) if closed_on else None
        for closed_on, *values in zip(mine["closed_on"], *ending, strict=True)
    ]
    mine["earlier"] = [earlier.get(key, NOTHING_EARLIER) for key in keys]
    if people_of:
        mine["people"] = [people_of.get(key, NOBODY_KNOWN) for key in keys]
    return made_of(EpisodeFacts, mine, len(keys))


def _is_paused(parts: dict[str, Grouped[Any]], key: int) -> bool:
    """Return whether care rests; the row keeps the phase that it goes back to."""
    return any(pause.ended_on is None for pause in parts.get("pauses", {}).get(key, ()))


def _ending(values: Sequence[Any]) -> EndingFact:
    mine: dict[str, Any] = dict(zip(_ENDING, values, strict=True))
    for name, codes in _ENDING_CODES.items():
        mine[name] = codes[mine[name]]
    return EndingFact(**mine)
