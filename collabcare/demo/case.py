"""One life of the demo as it is played: the numbers the record gave to what was made for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.ids import EpisodeId, MeasureId

if TYPE_CHECKING:
    from collabcare.demo.acts import Person

_NO_EPISODE = EpisodeId(0)
_NO_MEASURE = MeasureId(0)


@dataclass(slots=True)
class Case:
    """One life as it is played: its episode once there is one, and the last form that asks for a talk.

    What is remembered here need not be read again before each write, which would be most of the work.
    """

    person: Person
    episode_id: EpisodeId = _NO_EPISODE
    measure_id: MeasureId = _NO_MEASURE
    goals: tuple[int, ...] = ()
    steps: tuple[int, ...] = ()
    medicine_id: int = 0
    assessments: int = 0
    proposal_id: int = 0
    well_planned: bool = False

    @property
    def interpreter(self) -> InterpreterAtContact | None:
        """Return who interprets at each contact; None where nobody is needed."""
        wish = self.person.wish
        needed = wish is not None and wish.needs.interpreter_language is not None
        return InterpreterAtContact.PROFESSIONAL if needed else None

    def begin(self, episode_id: EpisodeId) -> None:
        """Go on in another episode, in which nothing has been agreed yet."""
        self.episode_id = episode_id
        self.steps, self.medicine_id = (), 0
        self.goals, self.assessments, self.proposal_id, self.well_planned = (), 0, 0, False
