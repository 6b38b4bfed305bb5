"""Who missed an appointment and was not heard from since: whose word ends care, and whose does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.closing_parts import GpTold
from collabcare.domain.closure import Ending
from collabcare.domain.episode import Phase
from collabcare.domain.ids import LetterId
from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.proposals import AnswerHandover, Propose, accept_handover, propose
from collabcare.services.searches import CameOfIt
from collabcare.store.engine import WRITE
from collabcare.store.models import Site
from tests.builders import day
from tests.services.ending_acts import UNHEARD, close, ending, says_no, told_gp
from tests.services.searching import attempt

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

ORDINARY = (
    Ending.COMPLETED,
    Ending.ADVICE_GIVEN,
    Ending.NOT_SUITABLE,
    Ending.SIGNPOSTED,
    Ending.MOVED_AWAY,
    Ending.ADMITTED,
)
FROM_GP: dict[str, Any] = {
    "channel": Channel.GP_PRACTICE,
    "outcome": AttemptOutcome.THIRD_PARTY,
    "spoke_to": "Elm Tree Surgery, reception",
}


def test_what_was_tried_is_no_word_from_them(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    owed = told_gp(practice, episode)
    attempt(practice, episode)
    attempt(practice, episode, **FROM_GP)
    with practice.refused(UNHEARD):
        close(practice, ending(practice, episode, **owed))


def test_what_was_said_before_they_missed_is_not_said_since(practice: Practice) -> None:
    episode = practice.refer("AD")
    says_no(practice, episode)
    practice.on(day(14))
    practice.happen("D", episode, day(14))
    owed = told_gp(practice, episode)
    with practice.refused(UNHEARD):
        close(practice, ending(practice, episode, **owed))


def moved_by(practice: Practice, episode: EpisodeId, **who: Any) -> None:  # noqa: ANN401 - any field
    """Let somebody say that the patient has moved, which ends the search."""
    attempt(practice, episode, note="In Hull now", came_of_it=CameOfIt(end=SearchEnd.MOVED), **who)


@pytest.mark.parametrize("ending_", ORDINARY)
def test_what_others_say_ends_the_search_and_no_care(practice: Practice, ending_: Ending) -> None:
    """A neighbour is no GP practice, and neither is the patient; who is in hospital others may say."""
    episode = practice.refer("AD")
    moved_by(practice, episode, outcome=AttemptOutcome.THIRD_PARTY, spoke_to="A neighbour")
    assert practice.facts(episode).open_ladder is None
    if ending_ is Ending.ADMITTED:
        close(practice, ending(practice, episode, ending=ending_))
        assert practice.facts(episode).phase is Phase.CLOSED
        return
    with practice.refused("have not been in touch since the appointment they missed on 12-Jan-2026"):
        close(practice, ending(practice, episode, ending=ending_), "amina")


def test_the_gp_practice_may_say_that_they_have_moved(practice: Practice) -> None:
    episode = practice.refer("AD")
    moved_by(practice, episode, **FROM_GP)
    with practice.refused("have not been in touch"):
        close(practice, ending(practice, episode))
    close(practice, ending(practice, episode, ending=Ending.MOVED_AWAY))
    assert practice.facts(episode).phase is Phase.CLOSED


@pytest.mark.parametrize("ending_", ORDINARY)
def test_a_word_from_them_since_ends_care_as_any_other(practice: Practice, ending_: Ending) -> None:
    episode = practice.refer("AD")
    says_no(practice, episode)
    close(practice, ending(practice, episode, ending=ending_))
    assert practice.facts(episode).phase is Phase.CLOSED


def test_somebody_who_accepted_them_may_have_them_though_they_have_not_been_heard(
    practice: Practice,
) -> None:
    episode = practice.refer("AD")
    moved_by(practice, episode, outcome=AttemptOutcome.THIRD_PARTY, spoke_to="Her sister")
    proposal = Propose(
        episode_id=episode, kind=ProposalKind.STEP_UP, reason="Lives there now", to_service="CMHT north"
    )
    made = propose(proposal, practice.uow()).made
    accept_handover(AnswerHandover(proposal_id=made or 0, seen=1, on=day(7)), practice.uow())
    close(practice, ending(practice, episode, ending=Ending.STEPPED_UP))
    assert practice.facts(episode).phase is Phase.CLOSED


def test_a_letter_to_the_patient_is_not_the_letter_to_the_gp(practice: Practice) -> None:
    episode = practice.refer("AD")
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.query(Site).one().telephone = "0113 496 0123"
        session.commit()
    letter = issue_letter(IssueLetter(episode_id=episode, kind="patient_missed"), practice.desk()).made
    says_no(practice, episode)
    told = {**told_gp(practice, episode), "gp": GpTold(on=practice.today, letter_id=LetterId(letter or 0))}
    with practice.refused("Choose the letter to the GP on ending care that was issued for this patient"):
        close(practice, ending(practice, episode, **told))
