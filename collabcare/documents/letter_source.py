"""Everything a letter is written from, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, StepMoveFact
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.letters import LetterAuthor, LetterSite
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.safety_page import Helpline


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSource:
    """What the record knows on the day a letter is written, who writes it, and for which service.

    ``crisis_lines`` are whom somebody can ring; ``reply_days`` is how long a keep-in-touch letter waits;
    ``not_rung`` says that the patient is not to be rung, so nothing speaks of ringing them.
    """

    facts: EpisodeFacts
    pathway: Pathway
    instruments: Mapping[str, Instrument]
    site: LetterSite
    author: LetterAuthor
    today: date
    crisis_lines: tuple[Helpline, ...] = ()
    reply_days: int | None = None
    not_rung: bool = False

    @property
    def moves_to_tell(self) -> tuple[StepMoveFact, ...]:
        """Return the moves between steps the GP has not been told of, oldest first."""
        return tuple(
            move
            for move in self.facts.step_moves
            if move.from_step is not None and move.gp_informed_on is None
        )
