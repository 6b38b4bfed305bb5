"""The numbers of safety conversations and plans, and the helplines, from their files in resources."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.safety_page import Helpline, Helplines
from collabcare.domain.safety_policy import SafetyPolicy

if TYPE_CHECKING:
    from pathlib import Path


def load_safety_policy(file: Path) -> SafetyPolicy:
    """Read the numbers of safety conversations, assessments and plans.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(file)
    conversation, review = table.table("conversation"), table.table("review")
    policy = SafetyPolicy(
        rule=table.text("rule"),
        covered_within_days=conversation.whole("covered_within_days"),
        asked_within_days=conversation.whole("asked_within_days"),
        duty_from=_time(conversation, "duty_from"),
        review_within_days=review.whole("within_days", least=1),
        review_notice_days=review.whole("notice_days"),
        source=table.text("source"),
    )
    for each in (conversation, review, table):
        each.done()
    if policy.review_notice_days > policy.review_within_days:
        raise review.fault("notice_days", "must not be more than within_days")
    return policy


def load_helplines(file: Path) -> Helplines:
    """Read where somebody can turn outside our hours.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(file)
    helplines = Helplines(
        lines=tuple(_helpline(entry) for entry in table.tables("helplines")),
        notice=table.text("notice"),
        source=table.text("source"),
    )
    table.done()
    ids = [line.id for line in helplines.lines]
    if not ids:
        raise table.fault("helplines", "must have at least one")
    if len(ids) != len(set(ids)):
        raise table.fault("helplines", "have two of one id")
    return helplines


def _helpline(entry: TomlTable) -> Helpline:
    line = Helpline(
        id=entry.text("id"),
        name=entry.text("name"),
        contact=entry.text("contact"),
        about=entry.text("about"),
        confirmed=entry.truth("confirmed"),
    )
    entry.done()
    return line


def _time(table: TomlTable, key: str) -> time:
    fault = table.fault(key, "must be a time such as 17:00")
    try:
        at = time.fromisoformat(table.text(key))
    except ValueError as error:
        raise fault from error
    if at.tzinfo is not None:
        raise fault
    return at
