"""The numbers of case-management supervision: a service model's own, and those of the whole program."""

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
    """When a case comes to supervision, as a service model states it."""

    interval_days: int
    notice_days: int
    new_case_days: int
    score_thresholds: tuple[ScoreThreshold, ...]
    unseen_days: int
    booked_within_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPolicy:
    """When a case comes to supervision whatever the service model (resources/rules/supervision.toml).

    ``engagement_rung`` is the rung of the Standard ladder from which on supervision hears of a search,
    ``missed_in_a_row`` how many missed contacts bring a case alone, ``unreviewed_pause_days`` how long
    a pause with no day for its review stays out of sight, ``handover_days`` how long another service has
    to answer.
    """

    rule: str
    source: str
    engagement_rung: int
    missed_in_a_row: int
    unreviewed_pause_days: int
    handover_days: int
