"""Whom a service model is for, on a day: age with its boundary, and who may refer.

These warn and never refuse. A person outside a model still needs somebody: nobody is turned away here, and
whoever takes the referral decides (no wrong door: the Community Mental Health Framework, 2019).
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.calendar import age_on
from collabcare.domain.codes import ReferralSource
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.codes import ReferralReason
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.quotation import Quotation

_LEAP_DAY = (2, 29)
_IN_OTHER_YEARS = (3, 1)


class Boundary(StrEnum):
    """What an age limit means on the birthday itself."""

    REACHED = "reached"
    """"16 years or older": from the 16th birthday on."""
    PASSED = "passed"
    """"over the age of 16": not on the 16th birthday, but from the day after it."""


class Verdict(StrEnum):
    """What a model says of a person; a source that states nothing says neither yes nor no."""

    WITHIN = "within"
    OUTSIDE = "outside"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLimits:
    """Ages in whole years; ``most`` lasts until the day before the next birthday.

    ``all_ages`` when the source says so; all three empty when it says something without a number.
    ``not_for`` are the referral reasons for which the source makes an exception to the limits.
    """

    all_ages: bool
    least: int | None
    least_is: Boundary
    most: int | None
    not_for: tuple[ReferralReason, ...]
    quotation: Quotation

    @property
    def words(self) -> str:
        """Return the limits as a sentence can hold them."""
        if self.all_ages:
            return "people of all ages"
        if self.least is None and self.most is None:
            return "no age stated as a number"
        if self.least is None:
            return f"people up to the age of {self.most}"
        over = self.least_is is Boundary.PASSED
        if self.most is not None:
            return f"people {'over' if over else 'from'} {self.least} to {self.most} years old"
        return f"people over the age of {self.least}" if over else f"people of {self.least} or older"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrers:
    """Who may refer: anyone at all, or the national sources named; both empty when only words are given."""

    anyone: bool
    none_needed: bool
    sources: tuple[ReferralSource, ...]
    quotation: Quotation

    @property
    def self_referral(self) -> Verdict:
        """Return whether people may come of their own accord."""
        return referrer_verdict(self, ReferralSource.SELF)

    @property
    def words(self) -> str:
        """Return who may refer, as a sentence can hold it."""
        if self.none_needed:
            return "no referral is needed"
        if self.anyone:
            return "anyone may refer"
        return ", ".join(source.label for source in self.sources) or "not stated by code"


def birthday_is(birth_date: date, day: date) -> bool:
    """Return whether ``day`` is a birthday; a 29 February birthday is kept on 1 March in other years."""
    born = (birth_date.month, birth_date.day)
    if born == _LEAP_DAY and not isleap(day.year):
        return (day.month, day.day) == _IN_OTHER_YEARS
    return (day.month, day.day) == born


def age_verdict(limits: AgeLimits | None, birth_date: date, *, today: date) -> Verdict:
    """Return whether a person's age on ``today`` is one the model states.

    "Over the age of 16" is read as from the day after the 16th birthday, and "16 years or older" as from the
    16th birthday: of the two readings of "over", this one leaves out fewer people.

    Raises:
        RuleViolation: When the date of birth is later than ``today``.
    """
    if birth_date > today:
        raise RuleViolation("The date of birth is after the day asked about. Check both dates.")
    if limits is None or (limits.least is None and limits.most is None and not limits.all_ages):
        return Verdict.NOT_STATED
    age = age_on(birth_date, today)
    too_old = limits.most is not None and age > limits.most
    too_young = limits.least is not None and (
        age < limits.least
        or (age == limits.least and limits.least_is is Boundary.PASSED and birthday_is(birth_date, today))
    )
    return Verdict.OUTSIDE if too_old or too_young else Verdict.WITHIN


def referrer_verdict(referrers: Referrers | None, source: ReferralSource) -> Verdict:
    """Return whether the model takes referrals from this source."""
    if referrers is None:
        return Verdict.NOT_STATED
    if referrers.anyone or referrers.none_needed:
        return Verdict.WITHIN
    if not referrers.sources:
        return Verdict.NOT_STATED
    return Verdict.WITHIN if source in referrers.sources else Verdict.OUTSIDE


def eligibility_warnings(
    pathway: Pathway,
    *,
    birth_date: date,
    referral_source: ReferralSource,
    referral_reason: ReferralReason,
    today: date,
) -> tuple[Suggestion, ...]:
    """Return what to think of before taking a person outside the model; empty when there is nothing.

    Raises:
        RuleViolation: When the date of birth is later than ``today``.
    """
    return (
        *_age_warning(pathway, birth_date, referral_reason, today),
        *_referrer_warning(pathway, referral_source),
    )


def _age_warning(
    pathway: Pathway, birth_date: date, reason: ReferralReason, today: date
) -> tuple[Suggestion, ...]:
    limits = pathway.age
    outside = age_verdict(limits, birth_date, today=today) is Verdict.OUTSIDE
    if limits is None or not outside or reason in limits.not_for:
        return ()
    age = age_on(birth_date, today)
    on_the_day = " today" if birthday_is(birth_date, today) else ""
    return (
        Suggestion(
            sentence=(
                f"{pathway.name} is for {limits.words}; this person is {age}{on_the_day}. Do not turn them "
                "away: consider who can help, and stay in touch until somebody does."
            ),
            rule="Age limits of the service model",
            used=(Used("Date of birth", birth_date), Used("Age on " + fmt_date(today), age)),
            source=limits.quotation.cited,
        ),
    )


def _referrer_warning(pathway: Pathway, source: ReferralSource) -> tuple[Suggestion, ...]:
    referrers = pathway.referrers
    if referrers is None or referrer_verdict(referrers, source) is not Verdict.OUTSIDE:
        return ()
    return (
        Suggestion(
            sentence=(
                f"{pathway.name} takes referrals from: {referrers.words}. This one came from: "
                f"{source.label}. Consider taking it all the same, and telling the GP practice."
            ),
            rule="Who may refer to the service model",
            used=(Used("Source of referral", source.label),),
            source=referrers.quotation.cited,
        ),
    )
