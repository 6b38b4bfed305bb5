"""The commands about letters in other forms, each with a way to carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from collabcare.domain.ids import EpisodeId, LetterId
from collabcare.domain.letter_formats import LetterEnd, letters_to_arrange
from collabcare.domain.patient_details import CommunicationNeeds
from collabcare.services.letter_ends import EndLetter, end_letter
from collabcare.services.letters import IssueLetter, keep_words
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.store.engine import WRITE
from collabcare.store.models import Episode, Patient, Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene

OFFER, READER = "patient_missed", "Brill"


def telephone(practice: Practice) -> None:
    """Let the service have a telephone, which letters to patients name."""
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.execute(update(Site).values(telephone="0113 496 0123"))
        session.commit()


def needs(practice: Practice, episode: EpisodeId, **changes: Any) -> None:  # noqa: ANN401 - any need
    """Record what somebody needs."""
    patient = practice.facts(episode).patient
    command = ChangeDetails(
        patient_id=patient.patient_id, seen=patient.version, needs=CommunicationNeeds(**changes)
    )
    change_details(command, practice.uow())


def kept_words(practice: Practice, episode: EpisodeId, kind: str = OFFER) -> LetterId:
    """Keep the words of a letter to be made elsewhere."""
    made = keep_words(IssueLetter(episode_id=episode, kind=kind), practice.desk()).made
    assert made is not None
    return LetterId(made)


def prepare_letters(practice: Practice) -> None:
    """Let somebody who reads Braille have missed an appointment, with the words of a letter kept already."""
    telephone(practice)
    episode = practice.refer("AD", surname=READER)
    needs(practice, episode, information_formats=("braille",))
    kept_words(practice, episode)


def _reader(at: Scene) -> EpisodeId:
    with at.practice.reading() as session:
        joined = select(Episode.id).join(Patient, Patient.id == Episode.patient_id)
        return EpisodeId(session.scalars(joined.where(Patient.surname == READER)).one())


def _keep_words(at: Scene, role: Role) -> Changes:
    return keep_words(IssueLetter(episode_id=_reader(at), kind=OFFER), at.desk(role))


def _end_letter(at: Scene, role: Role) -> Changes:
    episode = _reader(at)
    [waiting] = letters_to_arrange(at.practice.facts(episode).letters)
    command = EndLetter(
        episode_id=episode,
        letter_id=waiting.letter.id,
        end=LetterEnd.NOT_NEEDED,
        ended_on=at.practice.today,
        how="They came in",
    )
    return end_letter(command, at.uow(role), at.practice.rulebook)


LETTER_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "keep_words": ("PS", _keep_words),
    "end_letter": ("PS", _end_letter),
}
