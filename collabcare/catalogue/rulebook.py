"""The rulebook: a service model, the questionnaires, the working days and every number of resources/rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.attendance import load_attendance
from collabcare.catalogue.episode import load_episode_policy
from collabcare.catalogue.reengagement import load_reengagement
from collabcare.catalogue.relapse_prevention import load_relapse_policy
from collabcare.catalogue.safety import load_safety_policy
from collabcare.catalogue.supervision import load_agenda_policy
from collabcare.catalogue.treat_to_target import load_target_policy
from collabcare.catalogue.waiting import load_waiting
from collabcare.domain.rulebook import Rulebook
from collabcare.domain.search_rules import SearchRules

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.pathway import Pathway


def rulebook_of(
    pathway: Pathway, instruments: dict[str, Instrument], calendar: WorkingCalendar, rules: Path
) -> Rulebook:
    """Return the rulebook of a service model; ``rules`` is the folder resources/rules.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    reengagement = load_reengagement(rules)
    return Rulebook(
        pathway=pathway,
        instruments=instruments,
        calendar=calendar,
        agenda=load_agenda_policy(rules / "supervision.toml"),
        attendance=load_attendance(rules),
        episode=load_episode_policy(rules / "episode.toml"),
        reengagement=reengagement,
        relapse=load_relapse_policy(rules / "relapse_prevention.toml"),
        safety=load_safety_policy(rules / "safety.toml"),
        search=SearchRules.of(pathway, reengagement, calendar),
        targets=load_target_policy(rules / "treat_to_target.toml"),
        waiting=load_waiting(rules),
    )
