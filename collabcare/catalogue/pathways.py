"""Service models from resources/pathways.

The default model's file is whole. Every other file says only what its source states, each figure with its
quotation; what such a file leaves out of the contact plan, the ladders and the like is the default's, and
the :class:`Pathway` says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.catalogue import service_models as parts
from collabcare.catalogue.figures import Figures
from collabcare.catalogue.service_models import Quoter
from collabcare.catalogue.toml_file import TomlTable, by_id
from collabcare.domain.pathway import Move, Pathway, Step

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

DEFAULT_PATHWAY = "pcn_practitioner"


def load_pathways(folder: Path, instruments: Collection[str]) -> dict[str, Pathway]:
    """Return every service model by its id; ``instruments`` are the questionnaires there are.

    Raises:
        EnvironmentProblem: Naming the file, the line and the field, when one is not right.
    """
    whole = folder / f"{DEFAULT_PATHWAY}.toml"
    ours = load_pathway(whole, instruments) if whole.exists() else None

    def load(file: Path) -> Pathway:
        return ours if ours is not None and file == whole else load_pathway(file, instruments, ours)

    return by_id(folder, load)


def load_pathway(file: Path, instruments: Collection[str], ours: Pathway | None = None) -> Pathway:
    """Read one service model, over ``ours`` for what it does not state; without, it must state it all."""
    table = TomlTable.read(file)
    figures = Figures(table, ours)
    quoter = Quoter.of(table)
    pathway = _with_the_service(_care(table, figures), table, quoter)
    pathway = replace(pathway, stated=figures.stated(quoter))
    figures.done()
    _check(table, pathway, instruments)
    return pathway


def _care(table: TomlTable, figures: Figures) -> Pathway:
    """Return the model with the figures that every rule needs."""
    ladder = figures.ladders()
    return Pathway(
        id=table.text("id"),
        name=table.text("name"),
        steps=figures.steps(),
        first_contact_days=figures.whole("contact.first_within_days", lambda p: p.first_contact_days),
        contact_weeks=figures.rising("contact.plan_weeks", lambda p: p.contact_weeks),
        after_plan_weeks=figures.whole("contact.after_plan_weeks", lambda p: p.after_plan_weeks, least=1),
        maintenance_months=figures.rising("contact.maintenance_months", lambda p: p.maintenance_months),
        rebook_working_days=figures.whole(
            "contact.rebook_working_days", lambda p: p.rebook_working_days, least=1
        ),
        measures=figures.texts("measures.instruments", lambda p: p.measures),
        measure_interval_days=figures.whole(
            "measures.interval_days", lambda p: p.measure_interval_days, least=1
        ),
        gp_letter_days=figures.whole("letters.gp_within_days", lambda p: p.gp_letter_days),
        cap_warning=figures.whole("warning.before_cap", lambda p: p.cap_warning, least=1),
        step_long_days=figures.whole("warning.step_long_days", lambda p: p.step_long_days, least=1),
        step_very_long_days=figures.whole(
            "warning.step_very_long_days", lambda p: p.step_very_long_days, least=1
        ),
        ladder=ladder.standard,
        prompt_ladder=ladder.prompt,
        supervision=figures.supervision(),
        source=table.text("source"),
    )


def _with_the_service(pathway: Pathway, table: TomlTable, quoter: Quoter) -> Pathway:
    """Return the model with what its file says of people, times and routes."""
    return replace(
        pathway,
        where=table.optional_text("where") or "",
        summary=table.optional_text("summary") or "",
        moves=_moves(table, pathway.steps),
        age=parts.age_limits(table, quoter),
        referrers=parts.referrers(table, quoter),
        caps=parts.caps(table, quoter, pathway.cap_warning),
        clocks=parts.clocks(table, quoter),
        gates=parts.gates(table, quoter),
        appointments=parts.appointments(table, quoter),
        reviews=parts.reviews(table, quoter),
        roles=parts.statements(table, "roles", quoter),
        crisis=parts.statements(table, "crisis", quoter),
        exclusions=parts.statements(table, "exclusions", quoter),
        outcomes=parts.statements(table, "outcomes", quoter),
        special=parts.statements(table, "special", quoter),
    )


def _moves(table: TomlTable, steps: tuple[Step, ...]) -> tuple[Move, ...] | None:
    if not table.has("moves"):
        return None
    numbers = {step.id: step.number for step in steps}
    moves: list[Move] = []
    for entry in table.tables("moves"):
        start, ends = entry.text("from"), entry.texts("to")
        entry.done()
        if start not in numbers:
            raise entry.fault("from", f"names the step '{start}', which there is not")
        if numbers[start] in {move.from_step for move in moves}:
            raise entry.fault("from", f"says a second time where {start} leads")
        for place, end in enumerate(ends):
            if end not in numbers or end == start:
                raise entry.fault("to", f"names '{end}', which is not another step", element=place)
        moves.append(Move(from_step=numbers[start], to_steps=tuple(numbers[end] for end in ends)))
    return tuple(moves)


def _check(table: TomlTable, pathway: Pathway, instruments: Collection[str]) -> None:
    ids = [step.id for step in pathway.steps]
    if len(ids) != len(set(ids)):
        raise table.fault("steps", "have two of one id")
    if pathway.step_very_long_days <= pathway.step_long_days:
        raise table.fault("warning.step_very_long_days", "must be more than step_long_days")
    if not pathway.contact_weeks:
        raise table.fault("contact.plan_weeks", "must have at least one week")
    if not pathway.measures or not {*pathway.measures} <= set(instruments):
        raise table.fault("measures.instruments", "names a questionnaire that has no file")
    for place, threshold in enumerate(pathway.supervision.score_thresholds):
        if threshold.instrument not in instruments:
            raise table.fault(
                f"supervision.score_thresholds[{place + 1}].instrument",
                "names a questionnaire that has no file",
            )
    named = {"caps": [c.name for c in pathway.caps], "clocks": [c.name for c in pathway.clocks]}
    for key, names in named.items():
        if len(names) != len(set(names)):
            raise table.fault(key, "have two of one name")
