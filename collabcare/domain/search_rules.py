"""What every rule of a search reads beside the facts: both ladders, the numbers, the working days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from collabcare.domain.reengagement_policy import Ladders

if TYPE_CHECKING:
    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.reengagement_policy import ReengagementPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRules:
    """The rules of a search; one holds for the whole caseload of a service model.

    ``prompt_pause_days`` is for how long a pause may hold back a search on the Prompt track.
    """

    ladders: Ladders
    policy: ReengagementPolicy
    calendar: WorkingCalendar
    prompt_pause_days: int

    @classmethod
    def of(
        cls,
        pathway: Pathway,
        policy: ReengagementPolicy,
        calendar: WorkingCalendar,
        *,
        prompt_pause_days: int,
    ) -> Self:
        """Return the rules for one service model."""
        ladders = Ladders(standard=pathway.ladder, prompt=pathway.prompt_ladder)
        return cls(ladders=ladders, policy=policy, calendar=calendar, prompt_pause_days=prompt_pause_days)
