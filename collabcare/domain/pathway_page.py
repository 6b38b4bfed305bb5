"""A service model laid open: every figure with the words of its source, or said to be ours, or not stated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.caps import CapUnit
from collabcare.domain.clocks import Counted
from collabcare.domain.eligibility import Boundary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.caps import Cap
    from collabcare.domain.clocks import Clock
    from collabcare.domain.eligibility import AgeLimits
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.quotation import Quotation
    from collabcare.domain.reengagement_policy import LadderPolicy, RungPolicy
    from collabcare.domain.service_model import Statement

NOT_STATED = "not stated"
RULE = "Service model"
_OUR_READING = "(our reading: the source does not say)"


class Basis(StrEnum):
    """What a figure rests on."""

    STATED = "stated"
    OURS = "our default"
    NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a service model in words."""

    name: str
    value: str
    basis: Basis
    quotation: Quotation | None


def pathway_figures(pathway: Pathway) -> tuple[Figure, ...]:
    """Return every figure of a service model, what its source does not state among them."""
    return (
        *_who(pathway),
        *_steps(pathway),
        *_limits(pathway),
        *_care(pathway),
        *_search(pathway),
        *_supervision(pathway),
        *_words("Crisis route", pathway.crisis),
        *_words("Exclusions, as stated (they inform; nobody is turned away by them)", pathway.exclusions),
        *_words("Outcomes", pathway.outcomes),
        *_words("Also stated", pathway.special),
    )


def pathway_text(pathway: Pathway) -> str:
    """Return a service model as plain text, a figure to a line and its quotation below it."""
    lines = [f"{pathway.name} ({pathway.id})"]
    lines += [words for words in (pathway.where, pathway.summary) if words]
    lines += [f"Source: {pathway.source}", ""]
    for figure in pathway_figures(pathway):
        ours = " [our default]" if figure.basis is Basis.OURS else ""
        lines.append(f"{figure.name}: {figure.value}{ours}")
        if figure.quotation is not None:
            lines.append(f"    {figure.quotation.cited}")
    return "\n".join(lines)


def pathway_record(pathway: Pathway) -> dict[str, object]:
    """Return a service model for machines; ``quotation`` is null for a default and for what is not stated."""
    return {
        "id": pathway.id,
        "name": pathway.name,
        "where": pathway.where or None,
        "summary": pathway.summary or None,
        "figures": [
            {
                "figure": figure.name,
                "value": None if figure.basis is Basis.NOT_STATED else figure.value,
                "basis": figure.basis.value,
                "quotation": _quotation_record(figure.quotation),
            }
            for figure in pathway_figures(pathway)
        ],
        "rule": RULE,
        "source": pathway.source,
    }


def _quotation_record(quotation: Quotation | None) -> dict[str, str] | None:
    if quotation is None:
        return None
    return {
        "words": quotation.words,
        "certainty": quotation.certainty.value,
        "source": quotation.source,
    }


def _who(pathway: Pathway) -> Iterator[Figure]:
    referrers, age = pathway.referrers, pathway.age
    yield (
        _stated("Who may refer", referrers.words, referrers.quotation) if referrers else _no("Who may refer")
    )
    yield _stated("Ages", _ages(age), age.quotation) if age else _no("Ages")
    yield from _words("Role", pathway.roles)


def _steps(pathway: Pathway) -> Iterator[Figure]:
    names = {step.number: step.name for step in pathway.steps}
    yield _figure(pathway, "steps", "Steps", "; ".join(f"{n} {name}" for n, name in names.items()))
    if pathway.moves is None:
        yield _no("Moves allowed")
    else:
        ways = [
            f"from {names[move.from_step]} to {' or '.join(names[to] for to in move.to_steps)}"
            for move in pathway.moves
        ]
        yield _figure(pathway, "moves", "Moves allowed", "; ".join(ways))


def _limits(pathway: Pathway) -> Iterator[Figure]:
    for gate in pathway.gates:
        yield _stated("Gate", f"{gate.name}, before {gate.before.words}", gate.quotation)
    if not pathway.gates:
        yield _no("Gates before first contact")
    for clock in pathway.clocks:
        yield _stated(f"Clock: {clock.name}", _clock(clock), clock.quotation)
    if not pathway.clocks:
        yield _no("Clocks")
    for cap in pathway.caps:
        yield _stated(f"Cap: {cap.name}", _cap(cap), cap.quotation)
    if not pathway.caps:
        yield _no("Session or week caps")
    for kind in pathway.appointments:
        yield _stated(f"Appointment: {kind.name}", kind.words or "no figure stated", kind.quotation)
    if not pathway.appointments:
        yield _no("Appointment lengths")


def _care(pathway: Pathway) -> Iterator[Figure]:
    weeks = ", ".join(str(week) for week in pathway.contact_weeks)
    months = ", ".join(str(month) for month in pathway.maintenance_months)
    for figure, name, value in (
        (
            "contact.first_within_days",
            "First contact after referral",
            f"within {pathway.first_contact_days} days",
        ),
        ("contact.plan_weeks", "Contact plan", f"weeks {weeks}"),
        ("contact.after_plan_weeks", "After the plan", f"every {pathway.after_plan_weeks} weeks"),
        ("contact.maintenance_months", "Staying-well contacts", f"months {months}"),
        (
            "contact.rebook_working_days",
            "Rebooking after a cancellation",
            f"within {pathway.rebook_working_days} working days",
        ),
        ("measures.instruments", "Questionnaires", ", ".join(pathway.measures)),
        ("measures.interval_days", "Questionnaires", f"at least every {pathway.measure_interval_days} days"),
        ("letters.gp_within_days", "Letter to the GP", f"within {pathway.gp_letter_days} days"),
        ("warning.step_long_days", "Long in one step", f"over {pathway.step_long_days} days"),
        ("warning.step_very_long_days", "Very long in one step", f"over {pathway.step_very_long_days} days"),
        ("warning.before_cap", "Warning before a cap", f"{pathway.cap_warning} before it is reached"),
    ):
        yield _figure(pathway, figure, name, value)


def _search(pathway: Pathway) -> Iterator[Figure]:
    yield from _ladder(pathway, "Standard ladder", pathway.ladder)
    yield from _ladder(pathway, "Prompt ladder", pathway.prompt_ladder)


def _ladder(pathway: Pathway, name: str, ladder: LadderPolicy) -> Iterator[Figure]:
    for rung in ladder.rungs:
        value = f"{_rung_due(rung)}: {rung.what}"
        yield _figure(pathway, "ladder", f"{name}, rung {rung.number}", value)


def _rung_due(rung: RungPolicy) -> str:
    if rung.within_hours is not None:
        return f"within {rung.within_hours} hours"
    if rung.days_after_letter is not None:
        return f"{rung.days_after_letter} days after the letter"
    return f"working day {rung.working_days}" if rung.working_days else "the same day"


def _supervision(pathway: Pathway) -> Iterator[Figure]:
    policy = pathway.supervision
    scores = ", ".join(f"{each.name} {each.at_least} or more" for each in policy.score_thresholds)
    for name, value in (
        ("Every open case in supervision", f"every {policy.interval_days} days"),
        ("Listed before it is due", f"{policy.notice_days} days"),
        ("A new case in supervision", f"within {policy.new_case_days} days"),
        ("Scores that bring a case", scores or "none"),
        (
            "Out of contact",
            f"unseen for {policy.unseen_days} days, nothing booked within {policy.booked_within_days} days",
        ),
    ):
        yield _figure(pathway, "supervision", name, value)
    for interval in pathway.reviews:
        yield _stated(f"Review: {interval.name}", interval.words, interval.quotation)
    if not pathway.reviews:
        yield _no("Review intervals")


def _ages(age: AgeLimits) -> str:
    if age.least_is is Boundary.PASSED:
        return f"{age.words}, from the day after that birthday {_OUR_READING}"
    return age.words


def _clock(clock: Clock) -> str:
    way = f"from {clock.start.words} to {clock.stop.words}"
    if clock.length is None:
        return f"{way}, no number stated"
    ours = f" {_OUR_READING}" if clock.counted is Counted.ELAPSED else ""
    return f"{way}, {clock.span.of(clock.length)}, {clock.counted.words}{ours}"


def _cap(cap: Cap) -> str:
    said = []
    if cap.usual and cap.most is not None:
        to = "" if cap.least is None else f"{cap.least} to "
        said.append(f"usually {to}{cap.unit.of(cap.most)}")
    else:
        said += [] if cap.least is None else [f"at least {cap.unit.of(cap.least)}"]
        said += [] if cap.most is None else [f"at most {cap.unit.of(cap.most)}"]
    if cap.warn_at is not None:
        said.append(f"warning at {cap.warn_at}{'' if cap.warning_stated else ' (our default)'}")
    if cap.unit is CapUnit.WEEKS:
        said.append(f"from the first attended contact {_OUR_READING}")
    return f"{', '.join(said)}; counts {' and '.join(form.words for form in cap.counts)} contacts"


def _words(name: str, statements: tuple[Statement, ...]) -> Iterator[Figure]:
    for statement in statements:
        yield _stated(name, statement.name, statement.quotation)
    if not statements:
        yield _no(name)


def _figure(pathway: Pathway, figure: str, name: str, value: str) -> Figure:
    quotation = pathway.quotation(figure)
    if quotation is None:
        return Figure(name=name, value=value, basis=Basis.OURS, quotation=None)
    return _stated(name, value, quotation)


def _stated(name: str, value: str, quotation: Quotation) -> Figure:
    return Figure(name=name, value=value, basis=Basis.STATED, quotation=quotation)


def _no(name: str) -> Figure:
    return Figure(name=name, value=NOT_STATED, basis=Basis.NOT_STATED, quotation=None)
