"""The numbers and words of treat to target, from resources/rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.treat_to_target import Flag, FlagText, TargetPolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "treat_to_target.toml"
_MOST_PERCENT = 99


def load_target_policy(file: Path) -> TargetPolicy:
    """Read when the course of scores raises a flag.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(file)
    texts = table.table("flags")
    policy = TargetPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        instruments=table.texts("instruments"),
        target_baseline=table.whole("target_baseline", least=1),
        remission_below=table.whole("remission_below", least=1),
        response_percent=table.whole("response_percent", least=1),
        partial_fall=table.whole("partial_fall", least=1),
        early_check_days=table.whole("early_check_days", least=1),
        not_improving_days=table.whole("not_improving_days", least=1),
        consult_days=table.whole("consult_days", least=1),
        worsening_rise=table.whole("worsening_rise", least=1),
        measure_days=table.whole("measure_days", least=1),
        texts={flag: _text(texts.table(flag.value)) for flag in Flag},
    )
    texts.done()
    table.done()
    if policy.response_percent > _MOST_PERCENT:
        raise table.fault("response_percent", "must be below 100: a response is a fall")
    if not policy.early_check_days < policy.not_improving_days < policy.consult_days:
        raise table.fault(
            "early_check_days", "must come before not_improving_days, and those before consult_days"
        )
    return policy


def _text(table: TomlTable) -> FlagText:
    text = FlagText(advice=table.text("advice"), source=table.text("source"))
    table.done()
    return text
