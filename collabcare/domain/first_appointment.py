"""A first appointment that was missed: the same search, and three things more.

Somebody may not know that they were referred at all. Missing a first appointment never makes a referral an
inappropriate one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.codes import ReferralSource, RejectionReason
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reengagement_policy import ReengagementPolicy

_RULE = "first_appointment_missed"
_NOT_HEALTH = frozenset(
    {
        ReferralSource.CARER,
        ReferralSource.SOCIAL_SERVICES,
        ReferralSource.HOUSING,
        ReferralSource.EMPLOYER,
        ReferralSource.POLICE,
        ReferralSource.PROBATION,
        ReferralSource.VOLUNTARY_SECTOR,
        ReferralSource.JOBCENTRE,
    }
)
"""Referrers who learn who attends, and who does not, only as the patient has agreed."""


def first_appointment_missed(facts: EpisodeFacts) -> bool:
    """Return whether the search that is open is for somebody who has not been seen yet."""
    return facts.open_ladder is not None and not facts.attended


def first_miss(facts: EpisodeFacts, rung_number: int, policy: ReengagementPolicy) -> tuple[Suggestion, ...]:
    """Return what else to do at a step of the search when the first appointment was missed.

    Nobody needs to tell somebody who referred themselves that they were referred.
    """
    if not first_appointment_missed(facts):
        return ()
    found = []
    by_others = facts.referral_source is not ReferralSource.SELF
    referred = fmt_date(facts.referral_received_on)
    if by_others:
        found.append(f"Confirm that they know about the referral of {referred} and want it.")
    found.append("Offer a choice: by telephone, by video or face to face, and where.")
    if by_others and rung_number >= policy.first_miss_referrer_rung:
        who = facts.referrer or facts.referral_source.label
        consent = (
            ", only if the patient agreed to it or a reason is recorded"
            if facts.referral_source in _NOT_HEALTH
            else ""
        )
        found.append(f"Tell the referrer ({who}) that they did not attend and what is being tried{consent}.")
    used = (
        Used("Referral received", facts.referral_received_on),
        Used("Referred by", facts.referrer or facts.referral_source.label),
        Used("Contacts attended", 0),
    )
    return tuple(Suggestion(sentence=each, rule=_RULE, used=used, source=policy.source) for each in found)


def refuse_rejection(facts: EpisodeFacts, reason: RejectionReason) -> None:
    """Refuse to send a referral back as inappropriate while its patient is being sought.

    Raises:
        RuleViolation: Saying what to do instead.
    """
    if reason is RejectionReason.INAPPROPRIATE and first_appointment_missed(facts):
        raise RuleViolation(
            "Missing an appointment does not make a referral inappropriate. Keep trying to reach them."
        )
