"""The four rates of NHS Talking Therapies over finished courses, for information only.

A denominator of 0 gives no rate: it is shown as a dash and never as 0 %. Recovery is counted over the
finished courses that were not below caseness on both measures at the start, which is not quite the same as
those known to be at caseness.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from collabcare.domain.codes import TREATMENT_TYPES
from collabcare.domain.errors import RuleViolation
from collabcare.domain.shares import Share
from collabcare.domain.talking_therapies import LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.talking_therapies import Outcome, TalkingTherapiesPolicy

NO_RATE = "–"
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One rate as a numerator over a denominator."""

    name: str
    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """Return it in per cent to one place, halves up; None when there is nobody to count."""
        if self.denominator == 0:
            return None
        return (Decimal(100 * self.numerator) / self.denominator).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def words(self) -> str:
        """Return it as it is shown: ``50.0% (8 of 16)``, or a dash."""
        percent = self.percent
        return NO_RATE if percent is None else f"{percent}% ({self.numerator} of {self.denominator})"

    @property
    def share(self) -> Share:
        """Return it as every other table of the program shows it, in whole per cent."""
        return Share(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many finished courses there are, and how many of them ended how."""

    finished: int
    not_at_caseness: int = 0
    recovered: int = 0
    reliably_recovered: int = 0
    improved: int = 0
    deteriorated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The four rates; ``not_counted`` courses may be finished, but their kind of contact is not recorded."""

    recovery: Rate
    reliable_recovery: Rate
    reliable_improvement: Rate
    reliable_deterioration: Rate
    not_counted: int
    rule: str
    source: str

    @property
    def all(self) -> tuple[Rate, ...]:
        """Return them in the order they are shown."""
        return (self.recovery, self.reliable_recovery, self.reliable_improvement, self.reliable_deterioration)

    @property
    def sentence(self) -> str:
        """Return all of them in one sentence."""
        said = "; ".join(f"{rate.name} {rate.words}" for rate in self.all)
        left_out = (
            f"; {self.not_counted} not counted, kind of contact not recorded" if self.not_counted else ""
        )
        return f"{LABEL}: {said}{left_out}."


def is_finished(facts: EpisodeFacts, policy: TalkingTherapiesPolicy) -> bool | None:
    """Return whether a course is finished: discharged after enough attended treatment contacts.

    None when that turns on contacts whose kind (assessment, treatment, review) nobody recorded.
    """
    if facts.closed_on is None:
        return False
    kinds = [contact.appointment_type for contact in facts.attended]
    treated = sum(kind in TREATMENT_TYPES for kind in kinds)
    if treated >= policy.treatment_contacts:
        return True
    return None if treated + kinds.count(None) >= policy.treatment_contacts else False


def counted(outcomes: Iterable[Outcome]) -> Counts:
    """Count the outcomes of finished courses; what is unknown is counted neither as yes nor as no."""
    ended = tuple(outcomes)
    return Counts(
        finished=len(ended),
        not_at_caseness=sum(each.caseness is False for each in ended),
        recovered=sum(each.recovered is True for each in ended),
        reliably_recovered=sum(each.reliable_recovery is True for each in ended),
        improved=sum(each.reliable_improvement is True for each in ended),
        deteriorated=sum(each.reliable_deterioration is True for each in ended),
    )


def rates(counts: Counts, policy: TalkingTherapiesPolicy, *, not_counted: int = 0) -> Rates:
    """Return the four rates.

    Raises:
        RuleViolation: When the counts contradict each other.
    """
    in_scope = counts.finished - counts.not_at_caseness
    changed = counts.improved + counts.deteriorated
    _refuse_contradiction(
        not_counted,
        counts.not_at_caseness,
        counts.improved,
        counts.deteriorated,
        counts.reliably_recovered,
        counts.recovered - counts.reliably_recovered,
        counts.improved - counts.reliably_recovered,
        in_scope - counts.recovered,
        counts.finished - changed,
    )
    return Rates(
        recovery=Rate(name="recovery", numerator=counts.recovered, denominator=in_scope),
        reliable_recovery=Rate(
            name="reliable recovery", numerator=counts.reliably_recovered, denominator=in_scope
        ),
        reliable_improvement=Rate(
            name="reliable improvement", numerator=counts.improved, denominator=counts.finished
        ),
        reliable_deterioration=Rate(
            name="reliable deterioration", numerator=counts.deteriorated, denominator=counts.finished
        ),
        not_counted=not_counted,
        rule=policy.rule,
        source=policy.source,
    )


def rates_of(courses: Iterable[tuple[EpisodeFacts, Outcome]], policy: TalkingTherapiesPolicy) -> Rates:
    """Return the four rates of these episodes; those that are not finished courses are left out of all."""
    finished: list[Outcome] = []
    not_counted = 0
    for facts, each in courses:
        match is_finished(facts, policy):
            case True:
                finished.append(each)
            case None:
                not_counted += 1
    return rates(counted(finished), policy, not_counted=not_counted)


def _refuse_contradiction(*remainders: int) -> None:
    if min(remainders) < 0:
        raise RuleViolation("These counts contradict each other, so no rate can be told from them.")
