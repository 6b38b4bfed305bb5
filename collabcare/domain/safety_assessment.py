"""Safety assessment and formulation: what is talked about, what must be there, and when it is reviewed.

Assessment, formulation and planning with the person take the place of levels of anything (NHS England,
Staying safe from suicide, 2025; NICE NG225, 2022). What nobody has talked about reads "Not discussed": empty
is never a "no". Each material change is a new version, and the old ones stay.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety_facts import AssessmentWords, PlanStatus
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.safety_facts import SafetyAssessmentFact
    from collabcare.domain.safety_policy import SafetyPolicy

NOT_DISCUSSED = "Not discussed"
CONSENT = "consent"
"""The sharing basis of what is shared with the patient's agreement; any other basis is the reason given."""

ASSESSMENT_HEADINGS = {
    "present": "Who was there",
    "own_words": "In their own words",
    "thoughts_and_plans": "Thoughts, intent, plans, means and timing",
    "past_and_what_helped": "What happened before, and what helped",
    "stressors": "What is hard now, and what has changed lately",
    "strengths": "What protects and gives hope",
    "changeable": "What could be changed",
    "communication_needs": "Communication and neurodiversity needs",
    "dependants": "Dependants and safeguarding",
    "family_views": "What family and carers say",
    "formulation": "How we understand this together",
    "quick_concern": "Situations that would raise concern quickly",
    "if_contact_lost": "If contact is lost",
    "action_now": "What was decided now",
    "shared_with": "Shared with",
}
"""Each part of an assessment by the name of its field, in the order it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentDraft(AssessmentWords):
    """A safety assessment as it is being written."""

    review_on: date | None = None


class AssessmentProblem(NamedTuple):
    """What is missing or impossible in one part of an assessment, by the name of its field."""

    part: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyReview:
    """A safety assessment or plan to look at again, with how late that is in days (0 when it is not)."""

    due_on: date
    overdue_days: int
    suggestion: Suggestion


def care_ended(facts: EpisodeFacts) -> bool:
    """Return whether nothing more is asked for: the episode is closed, or the patient has died."""
    return facts.phase is Phase.CLOSED or facts.patient.died_on is not None


def said(text: str) -> str:
    """Return what was talked about, or that it was not: nothing written is never shown as a "no"."""
    return text.strip() or NOT_DISCUSSED


def assessment_words(
    assessment: SafetyAssessmentFact | AssessmentDraft,
) -> tuple[tuple[str, str], ...]:
    """Return every part under its heading, what is empty as not discussed."""
    return tuple(
        (heading, sharing_words(assessment) if name == "shared_with" else said(getattr(assessment, name)))
        for name, heading in ASSESSMENT_HEADINGS.items()
    )


def sharing_words(assessment: SafetyAssessmentFact | AssessmentDraft) -> str:
    """Say with whom it is shared and on what basis."""
    if not (who := assessment.shared_with.strip()):
        return NOT_DISCUSSED
    if not (basis := assessment.sharing_basis.strip()):
        return f"{who} (basis not recorded)"
    return f"{who}, with consent" if basis == CONSENT else f"{who}, without consent: {basis}"


def latest_review_day(
    facts: EpisodeFacts, assessed_on: date, policy: SafetyPolicy, *, today: date | None = None
) -> date:
    """Return the last day its review may fall on: the next contact booked after it, or so many days on.

    A contact before ``today`` that nobody has written up is not the next one any more.
    """
    longest = date.max - assessed_on
    limit = assessed_on + min(timedelta(days=policy.review_within_days), longest)
    booked = [c.on for c in facts.contacts if c.status is None and c.on > assessed_on]
    return min([limit, *(on for on in booked if today is None or on >= today)])


def refuse_assessment(
    draft: AssessmentDraft, facts: EpisodeFacts, policy: SafetyPolicy, *, today: date
) -> None:
    """Refuse an assessment that lacks what it must have.

    Raises:
        RuleViolation: With everything that is missing or impossible, so that one look shows it all.
    """
    if wrong := assessment_problems(draft, facts, policy, today=today):
        raise RuleViolation(" ".join(each.words for each in wrong))


def assessment_problems(
    draft: AssessmentDraft, facts: EpisodeFacts, policy: SafetyPolicy, *, today: date
) -> tuple[AssessmentProblem, ...]:
    """Return everything that is missing or impossible in an assessment, in the order of its form."""
    return tuple(_problems(draft, facts, policy, today))


def changed_parts(before: SafetyAssessmentFact, draft: AssessmentDraft) -> tuple[str, ...]:
    """Return the names of the fields in which a draft differs; white space at the ends makes no difference.

    Any of them makes a new version; none means that there is nothing to save.
    """
    return tuple(
        each.name
        for each in fields(AssessmentDraft)
        if _plain(getattr(before, each.name)) != _plain(getattr(draft, each.name))
    )


def next_version(versions: Sequence[int]) -> int:
    """Return the number of the version after these, 1 when there is none."""
    return max(versions, default=0) + 1


def standing_assessment(facts: EpisodeFacts) -> SafetyAssessmentFact | None:
    """Return the version that holds now: the latest. The earlier ones stay as they are."""
    return max(facts.safety_assessments, key=lambda each: each.version, default=None)


def acts_quickly(facts: EpisodeFacts) -> bool:
    """Return whether the standing formulation asks us to act quickly when contact is lost."""
    standing = standing_assessment(facts)
    return standing is not None and standing.act_quickly_if_contact_lost


def if_contact_lost(facts: EpisodeFacts) -> str:
    """Return what was agreed for when contact is lost, or that it was not discussed."""
    standing = standing_assessment(facts)
    return NOT_DISCUSSED if standing is None else said(standing.if_contact_lost)


def assessment_review(facts: EpisodeFacts, policy: SafetyPolicy, *, today: date) -> SafetyReview | None:
    """Return the review of the standing assessment when it is near or late; it never lapses by itself."""
    standing = standing_assessment(facts)
    if standing is None or care_ended(facts):
        return None
    what = f"{policy.rule}.assessment_review"
    used = (Used("Assessed on", standing.assessed_on), Used("Version", standing.version))
    return review_of(standing.review_on, "The safety assessment", (what, used), policy, today=today)


def formulation_needed(facts: EpisodeFacts, policy: SafetyPolicy) -> Suggestion | None:
    """Return that a formulation is still to be written, None when there is one or nothing asks for it.

    A patient who declines a safety plan still has a formulation; so has everyone whose safety was assessed.
    """
    standing = standing_assessment(facts)
    if care_ended(facts) or (standing is not None and standing.formulation.strip()):
        return None
    plan = max(facts.safety_plans, key=lambda each: each.version, default=None)
    used: tuple[Used, ...]
    if plan is not None and plan.status is PlanStatus.DECLINED:
        sentence = (
            f"A safety plan was offered on {fmt_date(plan.made_on)} and declined. "
            "Consider writing a formulation with the patient all the same."
        )
        used = (Used("Plan declined on", plan.made_on), Used("Reason", plan.declined_reason))
    elif standing is not None:
        sentence = "The safety assessment has no formulation yet. Consider writing one with the patient."
        used = (Used("Assessed on", standing.assessed_on),)
    else:
        return None
    return Suggestion(sentence=sentence, rule=f"{policy.rule}.formulation", used=used, source=policy.source)


def review_of(
    review_on: date,
    subject: str,
    named: tuple[str, tuple[Used, ...]],
    policy: SafetyPolicy,
    *,
    today: date,
) -> SafetyReview | None:
    """Return the review of something on its day, from the notice before it; ``subject`` begins the sentence.

    ``named`` is the rule's name and the facts it went by, beside the review date.
    """
    days = (today - review_on).days
    if days < -policy.review_notice_days:
        return None
    if days > 0:
        when = f"was to be reviewed on {fmt_date(review_on)}, {fmt_days(days)} ago"
    else:
        when = "is to be reviewed today" if days == 0 else f"is to be reviewed by {fmt_date(review_on)}"
    rule, used = named
    return SafetyReview(
        due_on=review_on,
        overdue_days=max(days, 0),
        suggestion=Suggestion(
            sentence=f"{subject} {when}. Look at it again with the patient.",
            rule=rule,
            used=(*used, Used("Review date", review_on)),
            source=policy.source,
        ),
    )


def _problems(
    draft: AssessmentDraft, facts: EpisodeFacts, policy: SafetyPolicy, today: date
) -> Iterator[AssessmentProblem]:
    if draft.assessed_on > today:
        yield AssessmentProblem(
            "assessed_on", "The assessment cannot have taken place in the future. Check the date."
        )
    if draft.assessed_on < facts.patient.birth_date:
        yield AssessmentProblem(
            "assessed_on", "The assessment is dated before the patient was born. Check the date."
        )
    if not any(getattr(draft, name).strip() for name in ASSESSMENT_HEADINGS):
        yield AssessmentProblem("own_words", "Write what was talked about before saving the assessment.")
    if draft.act_quickly_if_contact_lost and not draft.if_contact_lost.strip():
        yield AssessmentProblem("if_contact_lost", "Write what to do if contact is lost.")
    if draft.shared_with.strip() and not draft.sharing_basis.strip():
        yield AssessmentProblem(
            "shared_with", "Say that the patient agreed to sharing, or why it is shared without consent."
        )
    if words := _review_problem(draft, facts, policy, today):
        yield AssessmentProblem("review_on", words)


def _review_problem(draft: AssessmentDraft, facts: EpisodeFacts, policy: SafetyPolicy, today: date) -> str:
    if draft.review_on is None:
        return "Choose the day on which the assessment is reviewed."
    if draft.review_on < draft.assessed_on:
        return "The review is before the assessment. Choose a later day."
    latest = max(latest_review_day(facts, draft.assessed_on, policy, today=today), today)
    if draft.review_on <= latest:
        return ""
    return (
        f"The review is due by the next contact and within {fmt_days(policy.review_within_days)}. "
        f"Choose {fmt_date(latest)} or an earlier day."
    )


def _plain(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
