"""What the earlier episodes of patients who came back recorded, as far as the track of a search reads it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from collabcare.domain.earlier_facts import EarlierFacts
from collabcare.domain.safety_facts import PlanStatus
from collabcare.queries import clinical_facts as clinical
from collabcare.queries import reach_facts as reaching
from collabcare.queries import safety_facts as safety
from collabcare.queries.grouped import AnyRow, AnySelect, F, Grouped, Making, grouped
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy.orm import Session

EARLIER_SELECTS = 5
"""How many SELECTs they take, for any number of patients; none at all when nobody came back."""

_before = aliased(m.Episode)
_USED = (PlanStatus.ACTIVE, PlanStatus.ENDED)


def earlier_facts(
    session: Session, which: ColumnElement[bool], values: Mapping[str, object] | None = None
) -> dict[int, EarlierFacts]:
    """Return them by the episode in which the patient is back, for those episodes that have one before."""

    def read(query: AnySelect, make: Callable[[AnyRow], F] | Making[F]) -> Grouped[F]:
        return grouped(session, query, make, values)

    came_back = _came_back(which)
    of = m.Episode.id.in_(came_back.with_only_columns(_before.id).correlate(None))
    parts: dict[str, Grouped[Any]] = {  # Any: each part is a tuple of its own kind of fact
        "measures": read(clinical.measures(of).where(m.Measure.safety_answer > 0), clinical.MEASURE),
        "haste": read(reaching.haste(of), reaching.haste_fact),
        "safety_assessments": read(safety.assessments(of), safety.assessment),
        "safety_plans": read(safety.plans(of).where(m.SafetyPlan.status.in_(_USED)), safety.plan),
    }
    before: defaultdict[int, list[int]] = defaultdict(list)
    in_order = came_back.order_by(m.Episode.id, _before.id)
    for later, earlier in session.connection().execute(in_order, values).all():
        before[later].append(earlier)
    return {
        later: EarlierFacts(**{name: _all(part, episodes) for name, part in parts.items()})
        for later, episodes in before.items()
    }


def _came_back(which: ColumnElement[bool]) -> AnySelect:
    """Select each episode of a patient who was here before, with each of those before it."""
    same_patient = and_(_before.patient_id == m.Episode.patient_id, _before.id < m.Episode.id)
    return (
        select(m.Episode.id, _before.id)
        .join(_before, same_patient)
        .where(which, m.Episode.previous_episode_id.is_not(None))
    )


def _all(part: Grouped[Any], episodes: Iterable[int]) -> tuple[Any, ...]:
    return tuple(fact for episode in episodes for fact in part.get(episode, ()))
