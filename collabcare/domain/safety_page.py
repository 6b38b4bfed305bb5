"""What the patient's copy of a safety plan says: headings and texts of one page, not its drawing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date_long, fmt_name_letter
from collabcare.domain.errors import RuleViolation
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.safety_plan import REASONS_HEADING, PlanStep, plan_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.facts import PatientFacts
    from collabcare.domain.safety_facts import SafetyPlanFact
    from collabcare.domain.safety_plan import PlanStepWords

NOT_WATCHED = "Nobody is alerted by this page. If you need help now, use the numbers on it."
UNCONFIRMED = "DRAFT, not to be given yet: the service has not confirmed every helpline on this page."
_NUMBER = re.compile(r"\d(?:[^\S\n]?-?\d)*")
_FIFTH = list(PlanStep).index(PlanStep.PROFESSIONALS) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline:
    """Where somebody can turn; ``confirmed`` once the site has checked that it is right."""

    id: str
    name: str
    contact: str
    about: str
    confirmed: bool

    @property
    def words(self) -> str:
        """Return it as one line of a page."""
        return (
            f"{self.name}: {self.contact}. {self.about}." if self.about else f"{self.name}: {self.contact}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Helplines:
    """The helplines of a site, with what is said while one of them is not confirmed."""

    lines: tuple[Helpline, ...]
    notice: str
    source: str

    @property
    def to_confirm(self) -> tuple[Helpline, ...]:
        """Return those that the site has not confirmed yet."""
        return tuple(line for line in self.lines if not line.confirmed)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSection:
    """One heading of the page with its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """The patient's copy of a safety plan, in the order it is read."""

    title: str
    whose: str
    dates: tuple[str, ...]
    sections: tuple[PlanSection, ...]
    foot: str
    identity: str
    draft: str = ""
    """Why it is not to be given to anybody yet, on every page of it; nothing where it may be."""


def plan_page(plan: SafetyPlanFact, patient: PatientFacts, lines: Sequence[Helpline]) -> PlanPage:
    """Return what the patient's copy says; what was not talked about has no empty heading on paper.

    The helplines stand with the professionals, each once: one whose number the step gives already is not said
    again. No score and no answer is on it: the page may lie on a kitchen table. ``identity`` says at its foot
    whose it is, ``draft`` that a helpline printed on it is not confirmed.

    Raises:
        RuleViolation: When the plan is not active: a draft may lack whom to call.
    """
    if plan.status is not PlanStatus.ACTIVE:
        raise RuleViolation("Only an active safety plan is printed for the patient. Make it active first.")
    told = [step for step in plan_steps(plan) if step.discussed or step.number == _FIFTH]
    sections = [
        PlanSection(
            heading=f"{number}. {step.heading}",
            lines=_step_lines(step, printed_under(plan, patient, lines)),
        )
        for number, step in enumerate(told, start=1)
    ]
    if plan.reasons_for_living.strip():
        sections.append(PlanSection(heading=REASONS_HEADING, lines=_lines(plan.reasons_for_living)))
    whose = fmt_name_letter(patient.preferred_name or patient.given_name, patient.surname)
    unsure = any(not line.confirmed for line in lines_not_in(plan.professionals, lines))
    return PlanPage(
        title="My safety plan",
        whose=whose,
        dates=_dates(plan),
        sections=tuple(sections),
        foot=NOT_WATCHED,
        identity=f"{whose}, NHS number {fmt_nhs_number(patient.nhs_number) or 'not known'}",
        draft=UNCONFIRMED if unsure else "",
    )


def printed_under(plan: SafetyPlanFact, patient: PatientFacts, lines: Sequence[Helpline]) -> tuple[str, ...]:
    """Return what the patient's copy gives under step 5 beside its own words, each a line."""
    text = plan.professionals
    return (*_gp_number(text, patient), *(line.words for line in lines_not_in(text, lines)))


def lines_not_in(text: str, lines: Sequence[Helpline]) -> tuple[Helpline, ...]:
    """Return the lines whose numbers a text does not give yet, in whatever words; each number once."""
    given, found = _numbers(text), []
    for line in lines:
        number = max(_numbers(line.contact), key=len, default=line.contact)
        if number not in given:
            given.add(number)
            found.append(line)
    return tuple(found)


def gp_line(patient: PatientFacts) -> str:
    """Return the GP, the practice and its number where one is recorded, as one line of step 5."""
    return ", ".join(filter(None, (patient.gp_name, patient.gp_practice_name, patient.gp_practice_telephone)))


def _step_lines(step: PlanStepWords, beside: tuple[str, ...]) -> tuple[str, ...]:
    own = _lines(step.text) if step.discussed else ()
    if step.number != _FIFTH:
        return own
    return (*own, *beside)


def _gp_number(text: str, patient: PatientFacts) -> tuple[str, ...]:
    """Return the number of the practice where the step names the GP or the practice without it."""
    number = patient.gp_practice_telephone or ""
    named = [name for name in (patient.gp_name, patient.gp_practice_name) if name and _in(name, text)]
    if not number or not named or _digits(number) in _digits(text):
        return ()
    return (f"{patient.gp_practice_name}: {number}.",)


def _in(name: str, text: str) -> bool:
    return " ".join(name.split()).casefold() in " ".join(text.split()).casefold()


def _numbers(text: str) -> set[str]:
    """Return the numbers a text gives, each as its digits: ``116 123`` is one."""
    return {_digits(found) for found in _NUMBER.findall(text)}


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _dates(plan: SafetyPlanFact) -> tuple[str, ...]:
    made = f"Made on {fmt_date_long(plan.made_on)}"
    return (
        (made,) if plan.review_on is None else (made, f"To look at again by {fmt_date_long(plan.review_on)}")
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
