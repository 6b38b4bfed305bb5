"""Service models from resources/pathways."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.catalogue.reengagement import ladder_policy
from collabcare.catalogue.supervision import supervision_policy
from collabcare.catalogue.toml_file import TomlTable, by_id
from collabcare.domain.pathway import Pathway, Step

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

DEFAULT_PATHWAY = "pcn_practitioner"


def load_pathways(folder: Path, instruments: Collection[str]) -> dict[str, Pathway]:
    """Return every service model by its id; ``instruments`` are the questionnaires there are.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    return by_id(folder, partial(load_pathway, instruments=instruments))


def load_pathway(file: Path, instruments: Collection[str]) -> Pathway:
    """Read one service model."""
    table = TomlTable.read(file)
    contact, measures, letters = table.table("contact"), table.table("measures"), table.table("letters")
    ladder = table.table("ladder")
    pathway = Pathway(
        id=table.text("id"),
        name=table.text("name"),
        steps=tuple(_step(entry) for entry in table.tables("steps")),
        first_contact_days=contact.whole("first_within_days"),
        contact_weeks=contact.rising("plan_weeks"),
        after_plan_weeks=contact.whole("after_plan_weeks", least=1),
        maintenance_months=contact.rising("maintenance_months"),
        rebook_working_days=contact.whole("rebook_working_days", least=1),
        measures=measures.texts("instruments"),
        measure_interval_days=measures.whole("interval_days", least=1),
        gp_letter_days=letters.whole("gp_within_days"),
        ladder=ladder_policy(ladder.table("standard")),
        supervision=supervision_policy(table.table("supervision")),
        source=table.text("source"),
    )
    for part in (table, contact, measures, letters, ladder):
        part.done()
    _check(table, pathway, instruments)
    return pathway


def _step(entry: TomlTable) -> Step:
    step = Step(number=entry.whole("number", least=1), id=entry.text("id"), name=entry.text("name"))
    entry.done()
    return step


def _check(table: TomlTable, pathway: Pathway, instruments: Collection[str]) -> None:
    if [step.number for step in pathway.steps] != list(range(1, len(pathway.steps) + 1)) or not pathway.steps:
        raise table.fault("steps", "must be numbered 1, 2, 3 and so on")
    if not pathway.contact_weeks:
        raise table.fault("contact.plan_weeks", "must have at least one week")
    named = {*pathway.measures, *(threshold.instrument for threshold in pathway.supervision.score_thresholds)}
    if not pathway.measures or not named <= set(instruments):
        raise table.fault("measures.instruments", "names a questionnaire that has no file")
