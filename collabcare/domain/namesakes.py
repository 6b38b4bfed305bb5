"""Whether somebody being taken on may be in the record already: what to say, and what never to do.

The NHS number tells people apart; where it differs they are two people, whatever else is alike. Where one of
them has none, surname and date of birth are alike for one person, for twins and by chance: who is in the
record is shown, and people say which it is. Nothing is ever merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.searching import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.facts import EpisodeFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """Who is being taken on, as far as it is typed; ``nhs_number`` is None while there is none."""

    given_name: str
    nhs_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """Somebody in the record of the same surname born on the same day.

    Attributes:
        facts: Their open episode, or else their latest.
        others: How many more there are.
        same_first_name: Whether the first name is the same too, or missing on either side.
        other_number: Whether both have an NHS number and they differ: two people.
    """

    facts: EpisodeFacts
    others: int
    same_first_name: bool
    other_number: bool

    @property
    def is_likely(self) -> bool:
        """Return whether this may well be the same person."""
        return self.same_first_name and not self.other_number

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        patient, ended = self.facts.patient, self.facts.closed_on
        before = f"in our care until {fmt_date(ended)}" if ended else "in our care now"
        number = f", NHS No. {fmt_nhs_number(patient.nhs_number)}" if patient.nhs_number else ""
        who = f"{patient.name}, born {fmt_date(patient.birth_date)}{number}, {before}."
        told = "Another NHS number, so another person" if self.other_number else "Perhaps the same person"
        more = f" {self.others} more of this surname born that day: search for them." if self.others else ""
        return f"{told}: {who}{more}"


def namesake_of(arriving: Arriving, found: Sequence[EpisodeFacts]) -> Namesake | None:
    """Return whom to show of those of the same surname born that day: the likeliest; None for nobody."""
    each = [
        Namesake(
            facts=facts,
            others=len(found) - 1,
            same_first_name=_may_be_same(arriving.given_name, facts.patient.given_name),
            other_number=_differ(arriving.nhs_number, facts.patient.nhs_number),
        )
        for facts in found
    ]
    return min(each, key=lambda one: (one.other_number, not one.same_first_name), default=None)


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _may_be_same(one: str, other: str) -> bool:
    """Return whether two first names may be of one person: alike, one the beginning of the other, or none."""
    mine, theirs = fold(one).strip(), fold(other).strip()
    return mine.startswith(theirs) or theirs.startswith(mine)
