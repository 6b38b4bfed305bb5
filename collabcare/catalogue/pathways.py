"""Service models from resources/pathways."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable, by_id
from collabcare.domain.pathway import (
    LadderPolicy,
    Pathway,
    RungPolicy,
    ScoreThreshold,
    Step,
    SupervisionPolicy,
)

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
        ladder=_ladder(ladder.table("standard")),
        supervision=_supervision(table.table("supervision")),
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


def _ladder(table: TomlTable) -> LadderPolicy:
    policy = LadderPolicy(
        rungs=tuple(_rung(entry) for entry in table.tables("rungs")),
        same_day_until=_time(table, "same_day_until"),
        restart_rung=table.whole("restart_rung", least=1),
        letter_rung=table.whole("letter_rung", least=1),
        second_miss_rung=table.whole("second_miss_rung", least=1),
    )
    table.done()
    numbers = [rung.number for rung in policy.rungs]
    if not numbers or numbers != sorted(set(numbers)):
        raise table.fault("rungs", "must be numbered upwards")
    days = [rung.working_days for rung in policy.rungs if rung.working_days is not None]
    if days != sorted(days):
        raise table.fault("rungs", "must not fall due earlier than the one before")
    for key in ("restart_rung", "letter_rung", "second_miss_rung"):
        if getattr(policy, key) not in numbers:
            raise table.fault(key, "is not one of the rungs")
    return policy


def _rung(entry: TomlTable) -> RungPolicy:
    rung = RungPolicy(
        number=entry.whole("number", least=1),
        working_days=entry.optional_whole("working_days"),
        days_after_letter=entry.optional_whole("days_after_letter", least=1),
        what=entry.text("what"),
    )
    entry.done()
    if (rung.working_days is None) == (rung.days_after_letter is None):
        raise entry.fault("working_days", "or days_after_letter must be given, and not both")
    return rung


def _supervision(table: TomlTable) -> SupervisionPolicy:
    policy = SupervisionPolicy(
        interval_days=table.whole("interval_days", least=1),
        notice_days=table.whole("notice_days"),
        new_case_days=table.whole("new_case_days"),
        score_thresholds=tuple(_threshold(entry) for entry in table.tables("score_thresholds")),
        unseen_days=table.whole("unseen_days", least=1),
        booked_within_days=table.whole("booked_within_days"),
    )
    table.done()
    return policy


def _threshold(entry: TomlTable) -> ScoreThreshold:
    threshold = ScoreThreshold(
        instrument=entry.text("instrument"), name=entry.text("name"), at_least=entry.whole("at_least")
    )
    entry.done()
    return threshold


def _time(table: TomlTable, key: str) -> time:
    fault = table.fault(key, "must be a time such as 16:00")
    try:
        at = time.fromisoformat(table.text(key))
    except ValueError as error:
        raise fault from error
    if at.tzinfo is not None:
        raise fault
    return at


def _check(table: TomlTable, pathway: Pathway, instruments: Collection[str]) -> None:
    if [step.number for step in pathway.steps] != list(range(1, len(pathway.steps) + 1)) or not pathway.steps:
        raise table.fault("steps", "must be numbered 1, 2, 3 and so on")
    if not pathway.contact_weeks:
        raise table.fault("contact.plan_weeks", "must have at least one week")
    named = {*pathway.measures, *(threshold.instrument for threshold in pathway.supervision.score_thresholds)}
    if not pathway.measures or not named <= set(instruments):
        raise table.fault("measures.instruments", "names a questionnaire that has no file")
