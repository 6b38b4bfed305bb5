"""The numbers of an episode, from resources/rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.episode import EpisodePolicy

if TYPE_CHECKING:
    from pathlib import Path

FILE = "episode.toml"


def load_episode_policy(file: Path) -> EpisodePolicy:
    """Read how long a pause may last unseen, how late a booking may be, and how many contacts are usual.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    table = TomlTable.read(file)
    policy = EpisodePolicy(
        rule=table.text("rule"),
        source=table.text("source"),
        pause_review_days=table.whole("pause_review_days", least=1),
        booked_late_days=table.whole("booked_late_days"),
        pauses_of_a_search=table.whole("pauses_of_a_search", least=1),
        prompt_pause_days=table.whole("prompt_pause_days", least=1),
        contacts_before_warning=table.whole("contacts_before_warning", least=1),
        discharge_summary_hours=table.whole("discharge_summary_hours", least=1),
    )
    table.done()
    return policy
