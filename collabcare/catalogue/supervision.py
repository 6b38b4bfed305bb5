"""The numbers of supervision: a service model's own from its file, and the program's from resources/rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.supervision_policy import AgendaPolicy, ScoreThreshold, SupervisionPolicy

if TYPE_CHECKING:
    from pathlib import Path


def supervision_policy(table: TomlTable) -> SupervisionPolicy:
    """Read when cases come to supervision."""
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


def load_agenda_policy(file: Path) -> AgendaPolicy:
    """Read when cases come to supervision whatever the service model.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(file)
    policy = AgendaPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        engagement_rung=table.whole("engagement_rung", least=1),
        missed_in_a_row=table.whole("missed_in_a_row", least=1),
        unreviewed_pause_days=table.whole("unreviewed_pause_days", least=1),
        handover_days=table.whole("handover_days", least=1),
    )
    table.done()
    return policy


def _threshold(entry: TomlTable) -> ScoreThreshold:
    threshold = ScoreThreshold(
        instrument=entry.text("instrument"), name=entry.text("name"), at_least=entry.whole("at_least")
    )
    entry.done()
    return threshold
