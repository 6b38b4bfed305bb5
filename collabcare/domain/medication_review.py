"""When to look again after an antidepressant was begun or changed (NICE NG222).

CollabCare advises on no medicine. It says when somebody should ask how it goes, and that the GP prescribes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.calendar import age_on
from collabcare.domain.display import fmt_date
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.medication import AntidepressantNews


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicationPolicy:
    """Within how many days to look again, and at which ages sooner."""

    rule: str
    source: str
    review_days: int
    early_review_days: int
    age_from: int
    age_to: int


def review_after(
    news: AntidepressantNews, facts: EpisodeFacts, policy: MedicationPolicy, *, today: date
) -> Suggestion | None:
    """Suggest by when to ask how an antidepressant goes; None once that day is past.

    Sooner at the ages, and with the concern about suicide, that NICE names; the Prompt track goes by both.
    """
    age = age_on(facts.patient.birth_date, news.on)
    concern = any(
        each.kind is HasteKind.SUICIDE_CONCERN and each.ended_on is None
        for each in (*facts.earlier.haste, *facts.haste)
    )
    young = policy.age_from <= age <= policy.age_to
    early = young or concern
    by = news.on + timedelta(days=policy.early_review_days if early else policy.review_days)
    if by < today:
        return None
    why = "At this age" if young else "With a concern about suicide recorded"
    sooner = (
        f" {why}, NICE NG222 asks for this sooner, and an appointment missed in the next weeks is followed "
        "up on the Prompt track."
    )
    return Suggestion(
        sentence=f"Antidepressant {news.verb} {fmt_date(news.on)}. Consider a contact to ask how it goes by "
        f"{fmt_date(by, weekday=True)}.{sooner if early else ''}",
        rule=f"{policy.rule}.review",
        used=(
            Used(f"Antidepressant {news.verb}", news.on),
            Used("Age then", age),
            Used("Concern about suicide recorded", concern),
        ),
        source=policy.source,
    )
