"""Re-engagement from authored files: a service model's two ladders, and the numbers that hold for all."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.acting import Role
from collabcare.domain.reengagement import Channel
from collabcare.domain.reengagement_policy import (
    GatePolicy,
    LadderPolicy,
    Ladders,
    ReachPolicy,
    ReengagementPolicy,
    ReminderPolicy,
    RungPolicy,
    SafetyItem,
    SnoozePolicy,
    TrackPolicy,
)

if TYPE_CHECKING:
    from pathlib import Path

REENGAGEMENT_FILE = "reengagement.toml"


def ladders(table: TomlTable) -> Ladders:
    """Read the two ladders of a service model: its ``standard`` and its ``prompt`` table."""
    both = Ladders(
        standard=ladder_policy(table.table("standard")), prompt=ladder_policy(table.table("prompt"))
    )
    table.done()
    return both


def ladder_policy(table: TomlTable) -> LadderPolicy:
    """Read one ladder."""
    policy = LadderPolicy(
        rungs=tuple(_rung(entry) for entry in table.tables("rungs")),
        same_day_until=_time(table, "same_day_until") if table.has("same_day_until") else None,
        restart_rung=table.whole("restart_rung", least=1),
        letter_rung=table.optional_whole("letter_rung", least=1),
        second_miss_rung=table.optional_whole("second_miss_rung", least=1),
        review_days=table.optional_whole("review_days", least=1),
    )
    table.done()
    _check(table, policy)
    return policy


def _check(table: TomlTable, policy: LadderPolicy) -> None:
    numbers = [rung.number for rung in policy.rungs]
    if not numbers or numbers != sorted(set(numbers)):
        raise table.fault("rungs", "must be numbered upwards")
    days = [rung.working_days for rung in policy.rungs if rung.working_days is not None]
    if days != sorted(days):
        raise table.fault("rungs", "must not fall due earlier than the one before")
    for key in ("restart_rung", "letter_rung", "second_miss_rung"):
        if getattr(policy, key) not in {None, *numbers}:
            raise table.fault(key, "is not one of the rungs")
    waits = [rung.number for rung in policy.rungs if rung.days_after_letter is not None]
    if waits and (policy.letter_rung is None or policy.letter_rung >= waits[0]):
        raise table.fault("letter_rung", "must come before the rung that waits for a reply to it")


def _rung(entry: TomlTable) -> RungPolicy:
    rung = RungPolicy(
        number=entry.whole("number", least=1),
        working_days=entry.optional_whole("working_days"),
        days_after_letter=entry.optional_whole("days_after_letter", least=1),
        what=entry.text("what"),
        within_hours=entry.optional_whole("within_hours", least=1),
        ways=_channels(entry, "ways"),
        only_by=_channels(entry, "only_by"),
        each_of=entry.has("each_of") and entry.truth("each_of"),
        needs_sent=entry.has("needs_sent") and entry.truth("needs_sent"),
        not_by=_channels(entry, "not_by"),
        decides=entry.has("decides") and entry.truth("decides"),
        books=entry.has("books") and entry.truth("books"),
        cannot_ring=entry.text("cannot_ring") if entry.has("cannot_ring") else "",
        cannot_write=entry.text("cannot_write") if entry.has("cannot_write") else "",
        again_hours=entry.optional_whole("again_hours", least=1),
    )
    entry.done()
    if (rung.working_days is None) == (rung.days_after_letter is None):
        raise entry.fault("working_days", "or days_after_letter must be given, and not both")
    if rung.within_hours is not None and rung.working_days != 0:
        raise entry.fault("within_hours", "is for a rung of the same day")
    if rung.each_of and not rung.only_by:
        raise entry.fault("each_of", "goes with only_by, which says of what")
    if rung.decides and not rung.each_of:
        raise entry.fault("decides", "goes with each_of, after which there is something to decide")
    return rung


def _channels(entry: TomlTable, key: str) -> tuple[str, ...]:
    if not entry.has(key):
        return ()
    named = entry.texts(key)
    if not named or not set(named) <= set(Channel):
        raise entry.fault(key, f"must name some of {', '.join(Channel)}")
    return named


def _time(table: TomlTable, key: str) -> time:
    fault = table.fault(key, "must be a time such as 16:00")
    try:
        at = time.fromisoformat(table.text(key))
    except ValueError as error:
        raise fault from error
    if at.tzinfo is not None:
        raise fault
    return at


def load_reengagement(rules: Path) -> ReengagementPolicy:
    """Read what holds whatever the service model, from the folder of rules.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(rules / REENGAGEMENT_FILE)
    table.text("rule")
    policy = ReengagementPolicy(
        source=table.text("source"),
        tracks=_tracks(table.table("tracks")),
        snoozes=_snoozes(table.table("snoozes")),
        reach=_reach(table.table("reach")),
        reminders=_reminders(table.table("reminders")),
        gate=_gate(table.table("gate")),
        first_miss_referrer_rung=table.whole("first_miss_referrer_rung", least=1),
        same_try_minutes=table.whole("same_try_minutes"),
        sought_over_days=_sought_over(table),
    )
    table.done()
    return policy


def _sought_over(table: TomlTable) -> tuple[int, ...]:
    days = table.rising("sought_over_days")
    if not days or days[0] < 1:
        raise table.fault("sought_over_days", "must name days from the first missed appointment")
    return days


def _tracks(table: TomlTable) -> TrackPolicy:
    policy = TrackPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        recent_days=table.whole("recent_days", least=1),
        antidepressant_days=table.whole("antidepressant_days", least=1),
        age_from=table.whole("age_from"),
        age_to=table.whole("age_to"),
        safety_items=tuple(_safety_item(entry) for entry in table.tables("safety_items")),
    )
    table.done()
    if policy.age_to < policy.age_from:
        raise table.fault("age_to", "must not be below age_from")
    return policy


def _safety_item(entry: TomlTable) -> SafetyItem:
    item = SafetyItem(instrument=entry.text("instrument"), words=entry.text("words"))
    entry.done()
    return item


def _snoozes(table: TomlTable) -> SnoozePolicy:
    policy = SnoozePolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        per_rung=table.whole("per_rung"),
        call_later_standard=table.whole("call_later_standard", least=1),
        call_later_prompt=table.whole("call_later_prompt", least=1),
        rebooked_within_standard=table.whole("rebooked_within_standard", least=1),
        rebooked_within_prompt=table.whole("rebooked_within_prompt", least=1),
        after_appointment=table.whole("after_appointment", least=1),
    )
    table.done()
    return policy


def _reach(table: TomlTable) -> ReachPolicy:
    policy = ReachPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        text_relay_for=table.texts("text_relay_for"),
        voicemail_words=table.text("voicemail_words"),
        ask_again_months=table.whole("ask_again_months", least=1),
    )
    table.done()
    return policy


def _reminders(table: TomlTable) -> ReminderPolicy:
    policy = ReminderPolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        days_before=table.rising("days_before"),
        letter_days=table.whole("letter_days"),
        cancel_words=table.text("cancel_words"),
        message=table.text("message"),
    )
    table.done()
    if any(policy.message.count(place) != 1 for place in ("{when}", "{ring}")):
        raise table.fault("message", "must have {when} and {ring} once each")
    if not policy.days_before or policy.days_before[0] < 1:
        raise table.fault("days_before", "must name days before the appointment")
    return policy


def _gate(table: TomlTable) -> GatePolicy:
    policy = GatePolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        attempts=table.whole("attempts", least=1),
        channels=table.whole("channels", least=1),
        days=table.whole("days", least=1),
        written=table.whole("written", least=1),
        after_last_miss=table.whole("after_last_miss", least=1),
        reply_days=table.whole("reply_days", least=1),
        sign_off_roles=table.texts("sign_off_roles"),
        opt_in_from_step=table.whole("opt_in_from_step", least=1),
    )
    table.done()
    if not policy.sign_off_roles or not set(policy.sign_off_roles) <= set(Role):
        raise table.fault("sign_off_roles", f"must name some of {', '.join(Role)}")
    return policy
