"""The rulebook: a service model, the questionnaires, the working days and every number of resources/rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.catalogue.attendance import load_attendance
from collabcare.catalogue.caseload import load_caseload_policy
from collabcare.catalogue.episode import load_episode_policy
from collabcare.catalogue.loop import load_loop_policy
from collabcare.catalogue.medication import load_medication_policy
from collabcare.catalogue.postponing import load_postponing
from collabcare.catalogue.reengagement import load_reengagement
from collabcare.catalogue.relapse_prevention import load_relapse_policy
from collabcare.catalogue.safety import load_helplines, load_safety_policy
from collabcare.catalogue.supervision import load_agenda_policy
from collabcare.catalogue.talking_therapies import load_talking_therapies_policy
from collabcare.catalogue.treat_to_target import load_target_policy
from collabcare.catalogue.waiting import load_waiting
from collabcare.domain.rulebook import Rulebook
from collabcare.domain.safety import answer_words
from collabcare.domain.search_rules import SearchRules

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.reengagement_policy import ReengagementPolicy


def rulebook_of(
    pathway: Pathway, instruments: dict[str, Instrument], calendar: WorkingCalendar, rules: Path
) -> Rulebook:
    """Return the rulebook of a service model; ``rules`` is the folder resources/rules.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    reengagement = _in_words(load_reengagement(rules), instruments)
    episode = load_episode_policy(rules / "episode.toml")
    return Rulebook(
        pathway=pathway,
        postponing=load_postponing(rules),
        instruments=instruments,
        calendar=calendar,
        agenda=load_agenda_policy(rules / "supervision.toml"),
        attendance=load_attendance(rules),
        caseload=load_caseload_policy(rules / "caseload.toml"),
        episode=episode,
        helplines=load_helplines(rules.parent / "safety" / "helplines.toml"),
        loop=load_loop_policy(rules),
        medication=load_medication_policy(rules),
        reengagement=reengagement,
        relapse=load_relapse_policy(rules / "relapse_prevention.toml"),
        safety=load_safety_policy(rules / "safety.toml"),
        search=SearchRules.of(pathway, reengagement, calendar, prompt_pause_days=episode.prompt_pause_days),
        talking_therapies=load_talking_therapies_policy(rules / "talking_therapies.toml"),
        targets=load_target_policy(rules / "treat_to_target.toml"),
        waiting=load_waiting(rules),
    )


def _in_words(policy: ReengagementPolicy, instruments: dict[str, Instrument]) -> ReengagementPolicy:
    """Return the policy with the answers to its safety questions in the words of their questionnaires."""
    items = tuple(
        replace(item, answers=tuple(answer_words(of, option.value) for option in of.options))
        for item in policy.tracks.safety_items
        for of in (instruments[item.instrument],)
    )
    return replace(policy, tracks=replace(policy.tracks, safety_items=items))
