"""The numbers of case-management supervision, as a service model states them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreThreshold:
    """A score that brings a case to supervision when it is not yet discussed."""

    instrument: str
    name: str
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionPolicy:
    """When a case comes to supervision."""

    interval_days: int
    notice_days: int
    new_case_days: int
    score_thresholds: tuple[ScoreThreshold, ...]
    unseen_days: int
    booked_within_days: int
