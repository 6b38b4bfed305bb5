"""What was looked at in a safety review, each a box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.reach_facts import LookedAt
from collabcare.domain.safety_reviewed import LOOKED_AT_WORDS, there_to_read
from collabcare.ui.forms.many_of import ManyOf

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.facts import EpisodeFacts

CONCLUDED_CUE = "In words: what is known, what worries, what was done"


class LookedAtEdit(ManyOf):
    """As many of these as were looked at; what does not exist for this patient is not offered."""

    def __init__(self, name: str, facts: EpisodeFacts, parent: QWidget | None = None) -> None:
        choices = {each.value: LOOKED_AT_WORDS[each] for each in there_to_read(facts)}
        super().__init__(name, choices, parent=parent)

    def chosen(self) -> tuple[LookedAt, ...]:
        """Return what is ticked."""
        return tuple(LookedAt(value) for value in self.values())
