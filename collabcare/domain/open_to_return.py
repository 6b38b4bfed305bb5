"""Whose care ended and who may come straight back: no new referral, for as long as the way back is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.codes import ClosureReason
from collabcare.domain.relapse_prevention import WayBack, way_back

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import PatientId
    from collabcare.domain.relapse_prevention import RelapsePolicy


class MayReturn(NamedTuple):
    """One patient whose care ended, and the last day of their way back."""

    facts: EpisodeFacts
    ended_on: date
    until: date

    @property
    def why(self) -> str:
        """Return why care ended."""
        reason = self.facts.ending.reason if self.facts.ending else None
        return reason.label if reason else "Not recorded"


def open_to_return(
    ended: Iterable[EpisodeFacts], in_care: Collection[PatientId], policy: RelapsePolicy, *, today: date
) -> tuple[MayReturn, ...]:
    """Return who may come straight back, each once, whose care ended last first.

    Left out are those who have died and those ``in_care`` again; nobody is left out for why care ended.
    """
    found: dict[PatientId, MayReturn] = {}
    for facts in ended:
        closed_on, who = facts.closed_on, facts.patient
        died = who.died_on is not None or (facts.ending and facts.ending.reason is ClosureReason.DIED)
        if closed_on is None or closed_on > today or died or who.patient_id in in_care:
            continue
        back = way_back(closed_on, today, policy)
        before = found.get(who.patient_id)
        if back.way is WayBack.STEP_BACK_UP and (before is None or before.ended_on < closed_on):
            found[who.patient_id] = MayReturn(facts, closed_on, back.open_until)
    by_name = sorted(found.values(), key=lambda each: each.facts.patient.name_order)
    return tuple(sorted(by_name, key=lambda each: each.ended_on, reverse=True))
