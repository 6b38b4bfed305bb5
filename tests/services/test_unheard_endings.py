"""Who missed an appointment and was not heard from since: whose word ends care, and whose does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.closing_parts import GpTold
from collabcare.domain.closure import Ending
from collabcare.domain.episode import Phase
from collabcare.domain.ids import ContactId, LetterId
from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import BookContact, Booking, book_contact
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.proposals import (
    AnswerHandover,
    DecideProposal,
    Propose,
    accept_handover,
    decide_proposal,
    propose,
)
from collabcare.services.searches import CameOfIt, RecordReply, record_reply
from collabcare.store.engine import WRITE
from collabcare.store.models import Site
from tests.builders import day
from tests.services.ending_acts import SAID_SAFE, UNHEARD, close, ending, says_no, told_gp
from tests.services.searching import attempt, search

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

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
    attempt(practice, episode, note="They have not seen them", **FROM_GP)
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
    attempt(
        practice,
        episode,
        note="In Hull now",
        came_of_it=CameOfIt(end=SearchEnd.MOVED, safety=SAID_SAFE),
        **who,
    )


def test_what_a_neighbour_says_ends_no_search(practice: Practice) -> None:
    episode = practice.refer("AD")
    with practice.refused("Only the patient or the GP practice can say that they have moved"):
        moved_by(practice, episode, outcome=AttemptOutcome.THIRD_PARTY, spoke_to="A neighbour")
    assert practice.facts(episode).open_ladder is not None


@pytest.mark.parametrize("ending_", [Ending.MOVED_AWAY, Ending.ADMITTED])
def test_the_gp_practice_may_say_where_they_are_and_then_safety_and_the_gp_come_first(
    practice: Practice, ending_: Ending
) -> None:
    episode = practice.refer("AD")
    moved_by(practice, episode, **FROM_GP)
    practice.on(day(8))
    with practice.refused("have not been seen since the appointment they missed on 12-Jan-2026"):
        close(practice, ending(practice, episode))
    with practice.refused("Review safety now"):
        close(practice, ending(practice, episode, ending=ending_))
    close(practice, ending(practice, episode, **{**told_gp(practice, episode), "ending": ending_}))
    assert practice.facts(episode).phase is Phase.CLOSED


@pytest.mark.parametrize("ending_", [Ending.NOT_SUITABLE, Ending.SIGNPOSTED])
def test_another_name_for_saying_no_is_no_way_around_safety_and_the_gp(
    practice: Practice, ending_: Ending
) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    attempt(
        practice,
        episode,
        outcome=AttemptOutcome.SPOKE,
        note="Not now; safety talked about",
        came_of_it=CameOfIt(end=SearchEnd.DECLINES, safety=SAID_SAFE),
    )
    with practice.refused("Review safety now"):
        close(practice, ending(practice, episode, ending=ending_))
    close(practice, ending(practice, episode, **{**told_gp(practice, episode), "ending": ending_}))
    assert practice.facts(episode).phase is Phase.CLOSED


def test_an_appointment_nobody_has_written_up_may_have_been_missed(practice: Practice) -> None:
    episode = practice.refer("A")
    book_contact(BookContact(episode_id=episode, booking=Booking(on=day(7))), practice.uow())
    practice.on(day(8))
    with practice.refused("The appointment of 12-Jan-2026 has no outcome yet"):
        close(practice, ending(practice, episode))
    assert practice.facts(episode).phase is not Phase.CLOSED


@pytest.mark.parametrize("ending_", [Ending.NOT_SUITABLE, Ending.SIGNPOSTED, Ending.ADMITTED])
def test_a_word_from_them_since_is_no_way_around_safety_and_the_gp(
    practice: Practice, ending_: Ending
) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    says_no(practice, episode)
    with practice.refused("Review safety now"):
        close(practice, ending(practice, episode, ending=ending_))
    close(practice, ending(practice, episode, **{**told_gp(practice, episode), "ending": ending_}))
    assert practice.facts(episode).phase is Phase.CLOSED


@pytest.mark.parametrize("ending_", [Ending.COMPLETED, Ending.ADVICE_GIVEN])
def test_nothing_was_completed_or_advised_by_a_text_after_a_miss(practice: Practice, ending_: Ending) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    says_no(practice, episode)
    owed = {**told_gp(practice, episode), "ending": ending_}
    with practice.refused("have not been seen since the appointment they missed on 12-Jan-2026"):
        close(practice, ending(practice, episode, **owed))
    practice.happen("A", episode, day(8))
    close(practice, ending(practice, episode, ending=ending_))
    assert practice.facts(episode).phase is Phase.CLOSED


@pytest.mark.parametrize("end", [SearchEnd.DECLINES, None])
@pytest.mark.parametrize("note", ["", "3", "x"])
def test_a_search_does_not_end_by_a_text_without_what_they_said(
    practice: Practice, end: SearchEnd | None, note: str
) -> None:
    episode = practice.refer("AD")
    reply = RecordReply(
        episode_id=episode,
        ladder_id=search(practice, episode).id,
        answered_on=practice.today,
        channel=Channel.TEXT,
        note=note,
        came_of_it=CameOfIt(end=end) if end else None,
    )
    with practice.refused("they said"):
        record_reply(reply, practice.uow(), practice.rulebook)
    assert practice.facts(episode).open_ladder is not None


def test_somebody_who_accepted_them_may_have_them_though_they_have_not_been_heard(
    practice: Practice,
) -> None:
    episode = practice.refer("AD")
    moved_by(practice, episode, **FROM_GP)
    proposal = Propose(
        episode_id=episode, kind=ProposalKind.STEP_UP, reason="Lives there now", to_service="CMHT north"
    )
    made = propose(proposal, practice.uow()).made
    with practice.refused("Another person signs this handover off first"):
        accept_handover(AnswerHandover(proposal_id=made or 0, seen=1, on=day(7)), practice.uow())
    signed = DecideProposal(proposal_id=made or 0, seen=1, agreed=True)
    decide_proposal(signed, practice.uow("amina"))
    accept_handover(AnswerHandover(proposal_id=made or 0, seen=2, on=day(7)), practice.uow())
    practice.on(day(8))
    with practice.refused("Review safety"):
        close(practice, ending(practice, episode, ending=Ending.STEPPED_UP))
    close(practice, ending(practice, episode, **{**told_gp(practice, episode), "ending": Ending.STEPPED_UP}))
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


def test_a_handover_accepted_before_they_missed_an_appointment_is_signed_off_by_another_person_too(
    practice: Practice,
) -> None:
    episode = practice.refer("A")
    practice.on(day(1))
    proposal = Propose(
        episode_id=episode,
        kind=ProposalKind.STEP_UP,
        reason="Needs more than we have",
        to_service="CMHT north",
    )
    made = propose(proposal, practice.uow()).made
    accept_handover(AnswerHandover(proposal_id=made or 0, seen=1, on=day(1)), practice.uow())
    practice.happen("D", episode, day(7))
    practice.on(day(8))
    moved_by(practice, episode, **FROM_GP)
    owed = {**told_gp(practice, episode), "ending": Ending.STEPPED_UP}
    with practice.refused("Another person signs this handover off first"):
        close(practice, ending(practice, episode, **owed))


@pytest.mark.parametrize("heard", [True, False])
def test_a_miss_that_was_followed_up_is_not_taken_back_alone_until_they_are_seen(
    practice: Practice, *, heard: bool
) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    attempt(practice, episode)
    if heard:
        says_no(practice, episode)
    else:
        moved_by(practice, episode, **FROM_GP)
    contact = practice.last_contact(episode)
    wrong = VoidContact(contact_id=ContactId(contact.id), seen=contact.version, reason="Typed twice")
    with practice.refused("tried to reach them since that appointment, and they have not been seen"):
        void_contact(wrong, practice.uow(), practice.rulebook.pathway)
    practice.happen("A", episode, day(9))
    void_contact(wrong, practice.uow(), practice.rulebook.pathway)
