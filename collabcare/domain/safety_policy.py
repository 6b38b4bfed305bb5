"""The numbers of safety conversations, assessments and plans; resources/rules/safety.toml states them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPolicy:
    """How long a conversation covers, when duty is told, and how long a review may wait (all in days)."""

    rule: str
    covered_within_days: int
    asked_within_days: int
    duty_from: time
    review_within_days: int
    review_notice_days: int
    source: str
