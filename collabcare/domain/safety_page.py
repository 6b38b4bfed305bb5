"""What the patient's copy of a safety plan says: headings and texts of one page, not its drawing."""

from __future__ import annotations

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


def plan_page(plan: SafetyPlanFact, patient: PatientFacts, lines: Sequence[Helpline]) -> PlanPage:
    """Return what the patient's copy says; what was not talked about has no empty heading on paper.

    The helplines stand with the professionals, each once, also where the step names it already. No score and
    no answer is on it: the page may lie on a kitchen table. ``identity`` says at its foot whose it is.

    Raises:
        RuleViolation: When the plan is not active: a draft may lack whom to call.
    """
    if plan.status is not PlanStatus.ACTIVE:
        raise RuleViolation("Only an active safety plan is printed for the patient. Make it active first.")
    told = [step for step in plan_steps(plan) if step.discussed or step.number == _FIFTH]
    sections = [
        PlanSection(
            heading=f"{number}. {step.heading}",
            lines=_step_lines(step, lines, patient),
        )
        for number, step in enumerate(told, start=1)
    ]
    if plan.reasons_for_living.strip():
        sections.append(PlanSection(heading=REASONS_HEADING, lines=_lines(plan.reasons_for_living)))
    whose = fmt_name_letter(patient.preferred_name or patient.given_name, patient.surname)
    return PlanPage(
        title="My safety plan",
        whose=whose,
        dates=_dates(plan),
        sections=tuple(sections),
        foot=NOT_WATCHED,
        identity=f"{whose}, NHS number {fmt_nhs_number(patient.nhs_number) or 'not known'}",
    )


def lines_not_in(text: str, lines: Sequence[Helpline]) -> tuple[Helpline, ...]:
    """Return the lines that a text does not hold yet, by their names and numbers."""
    said = " ".join(text.split()).casefold()
    return tuple(
        line for line in lines if line.name.casefold() not in said or line.contact.casefold() not in said
    )


def gp_line(patient: PatientFacts) -> str:
    """Return the GP, the practice and its number where one is recorded, as one line of step 5."""
    return ", ".join(filter(None, (patient.gp_name, patient.gp_practice_name, patient.gp_practice_telephone)))


def _step_lines(step: PlanStepWords, lines: Sequence[Helpline], patient: PatientFacts) -> tuple[str, ...]:
    own = _lines(step.text) if step.discussed else ()
    if step.number != _FIFTH:
        return own
    text = "\n".join(own)
    return (*own, *_gp_number(text, patient), *(line.words for line in lines_not_in(text, lines)))


def _gp_number(text: str, patient: PatientFacts) -> tuple[str, ...]:
    """Return the number of the practice where the step names the GP or the practice without it."""
    number = patient.gp_practice_telephone or ""
    named = [name for name in (patient.gp_name, patient.gp_practice_name) if name and _in(name, text)]
    if not number or not named or _digits(number) in _digits(text):
        return ()
    return (f"{patient.gp_practice_name}: {number}.",)


def _in(name: str, text: str) -> bool:
    return " ".join(name.split()).casefold() in " ".join(text.split()).casefold()


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _dates(plan: SafetyPlanFact) -> tuple[str, ...]:
    made = f"Made on {fmt_date_long(plan.made_on)}"
    return (
        (made,) if plan.review_on is None else (made, f"To look at again by {fmt_date_long(plan.review_on)}")
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
