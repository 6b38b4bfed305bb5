"""A service model's numbers, as its file in resources/pathways states them, and the moves it allows.

Every figure is either stated by the model's source, and then has its quotation, or is CollabCare's own
default (:meth:`Pathway.quotation` gives None), or is not stated at all and then is None or empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collabcare.domain.caps import Cap
    from collabcare.domain.clocks import Clock
    from collabcare.domain.eligibility import AgeLimits, Referrers
    from collabcare.domain.first_contact_gates import Gate
    from collabcare.domain.quotation import Quotation
    from collabcare.domain.reengagement_policy import LadderPolicy
    from collabcare.domain.service_model import Appointment, ReviewInterval, Statement
    from collabcare.domain.step_days import StepDays
    from collabcare.domain.supervision_policy import SupervisionPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One level of care, numbered from the least intensive."""

    number: int
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The steps, by number, to which a patient may go from one step."""

    from_step: int
    to_steps: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A figure that the source states, by its name in the file, such as ``contact.first_within_days``."""

    figure: str
    quotation: Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A service model: its steps, its contact plan, its ladders and its intervals (all in days or weeks).

    ``cap_warning`` is how many sessions or weeks before a cap to speak of it, where the model does not say;
    ``step_long_days`` and ``step_very_long_days`` are after how long in one step it stands out, for each step
    without figures of the practice in ``own_days`` (:func:`collabcare.domain.step_days.days_of_step`).
    ``moves`` is None when the source names none, and then any step may follow any other; ``age`` and
    ``referrers`` are None when it does not speak of them.
    """

    id: str
    name: str
    steps: tuple[Step, ...]
    first_contact_days: int
    contact_weeks: tuple[int, ...]
    after_plan_weeks: int
    maintenance_months: tuple[int, ...]
    measures: tuple[str, ...]
    measure_interval_days: int
    rebook_working_days: int
    gp_letter_days: int
    ladder: LadderPolicy
    prompt_ladder: LadderPolicy
    cap_warning: int
    step_long_days: int
    step_very_long_days: int
    supervision: SupervisionPolicy
    source: str
    where: str = ""
    summary: str = ""
    moves: tuple[Move, ...] | None = None
    age: AgeLimits | None = None
    referrers: Referrers | None = None
    caps: tuple[Cap, ...] = ()
    clocks: tuple[Clock, ...] = ()
    gates: tuple[Gate, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    reviews: tuple[ReviewInterval, ...] = ()
    roles: tuple[Statement, ...] = ()
    crisis: tuple[Statement, ...] = ()
    exclusions: tuple[Statement, ...] = ()
    outcomes: tuple[Statement, ...] = ()
    special: tuple[Statement, ...] = ()
    stated: tuple[Stated, ...] = ()
    own_days: tuple[StepDays, ...] = ()

    def step(self, number: int) -> Step:
        """Return the step with this number."""
        for step in self.steps:
            if step.number == number:
                return step
        raise RuleViolation(f"{self.name} has no step {number}.")

    def weeks_to_next_contact(self, attended: int) -> int:
        """Return the weeks from the latest attended contact to the next, after ``attended`` (1 or more)."""
        if attended < len(self.contact_weeks):
            return self.contact_weeks[attended] - self.contact_weeks[attended - 1]
        return self.after_plan_weeks

    def quotation(self, figure: str) -> Quotation | None:
        """Return what the source says of a figure, or None when the figure is our own default.

        ``figure`` is its name in the file (``contact.first_within_days``); a quotation of a whole table
        (``supervision``) covers the figures in it.
        """
        by_name = {each.figure: each.quotation for each in self.stated}
        return by_name.get(figure) or by_name.get(figure.split(".", maxsplit=1)[0])

    def steps_from(self, number: int) -> tuple[Step, ...]:
        """Return the steps to which a patient may move from step ``number``, least intensive first.

        A step that the model does not have (the patient came under another model) leads to every step.
        """
        known = {step.number for step in self.steps}
        if self.moves is None or number not in known:
            return tuple(step for step in self.steps if step.number != number)
        open_to = {to for move in self.moves if move.from_step == number for to in move.to_steps}
        return tuple(step for step in self.steps if step.number in open_to)


def refuse_move(pathway: Pathway, from_step: int, to_step: int) -> None:
    """Refuse a move between steps that the service model does not allow.

    Raises:
        RuleViolation: Naming the steps to which the patient can move instead.
    """
    to = pathway.step(to_step)
    allowed = pathway.steps_from(from_step)
    if to in allowed:
        return
    here = pathway.step(from_step).name
    if to_step == from_step:
        raise RuleViolation(f"The patient is on that step already: {here}. Choose another step.")
    if not allowed:
        raise RuleViolation(f"{pathway.name} has no move from {here} to another step.")
    names = [step.name for step in allowed]
    choice = " or ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    raise RuleViolation(
        f"{pathway.name} has no move from {here} to {to.name}. From {here} a patient can move to {choice}."
    )
