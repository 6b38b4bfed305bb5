"""One life of the demo as it is played: the numbers the record gave to what was made for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.ids import EpisodeId, MeasureId
from collabcare.domain.letter_formats import form_needed
from collabcare.domain.patient_details import CommunicationNeeds
from collabcare.domain.reach_facts import ReachFacts
from collabcare.services.letters import IssueLetter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    over: bool = False

    @property
    def interpreter(self) -> InterpreterAtContact | None:
        """Return who interprets at each contact; None where nobody is needed."""
        wish = self.person.wish
        needed = wish is not None and wish.needs.interpreter_language is not None
        return InterpreterAtContact.PROFESSIONAL if needed else None

    def letter(self, kind: str, typed: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> IssueLetter:
        """Return a letter to the GP; somebody who needs another form than print is sent no copy of it."""
        needs = self.person.wish.needs if self.person.wish else CommunicationNeeds()
        reach = ReachFacts(
            interpreter_language=needs.interpreter_language, information_formats=needs.information_formats
        )
        copied = None if form_needed(reach) is None else False
        return IssueLetter(episode_id=self.episode_id, kind=kind, typed=dict(typed), copy_to_patient=copied)

    def begin(self, episode_id: EpisodeId) -> None:
        """Go on in another episode, in which nothing has been agreed yet."""
        self.episode_id, self.over, self.assessments = episode_id, False, 0
        self.steps, self.medicine_id = (), 0
        self.goals, self.assessments, self.proposal_id, self.well_planned = (), 0, 0, False
