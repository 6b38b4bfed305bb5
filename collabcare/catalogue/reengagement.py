"""The re-engagement ladder from a service model's file."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from collabcare.domain.reengagement_policy import LadderPolicy, RungPolicy

if TYPE_CHECKING:
    from collabcare.catalogue.toml_file import TomlTable


def ladder_policy(table: TomlTable) -> LadderPolicy:
    """Read one ladder."""
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


def _time(table: TomlTable, key: str) -> time:
    fault = table.fault(key, "must be a time such as 16:00")
    try:
        at = time.fromisoformat(table.text(key))
    except ValueError as error:
        raise fault from error
    if at.tzinfo is not None:
        raise fault
    return at
