"""The numbers of supervision from a service model's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.supervision_policy import ScoreThreshold, SupervisionPolicy

if TYPE_CHECKING:
    from collabcare.catalogue.toml_file import TomlTable


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


def _threshold(entry: TomlTable) -> ScoreThreshold:
    threshold = ScoreThreshold(
        instrument=entry.text("instrument"), name=entry.text("name"), at_least=entry.whole("at_least")
    )
    entry.done()
    return threshold
