"""That somebody was in touch after a missed appointment closes nobody: they say themselves what they want."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.attendance import Side
from collabcare.domain.closure import Ending
from collabcare.domain.episode import Phase
from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import Booking, record_contact
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.moving import MoveAppointment, move_appointment
from collabcare.services.proposals import (
    AnswerHandover,
    DecideProposal,
    Propose,
    accept_handover,
    decide_proposal,
    propose,
    reject_handover,
)
from collabcare.services.searches import CameOfIt, RecordReply, record_reply
from tests.builders import day, pathway
from tests.services.ending_acts import SAID_SAFE, close, ending, told_gp
from tests.services.searching import attempt, search

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

WORDS: dict[str, Any] = {"contacted_after": True, "note": "She rang at eleven, had forgotten"}


def rang_after(practice: Practice) -> EpisodeId:
    episode = practice.refer("A")
    practice.on(day(7), time(18))
    record_contact(replace(practice.contact("D", episode, day(7)), **WORDS), practice.uow(), pathway())
    return episode


def rang_after_on_the_prompt_track(practice: Practice) -> EpisodeId:
    episode = rang_after(practice)
    fact = RecordHaste(episode_id=episode, kind=HasteKind.SELF_HARM, happened_on=day(6))
    record_haste_fact(fact, practice.uow())
    return episode


def with_another_slot(practice: Practice, letter: str) -> EpisodeId:
    """Let the rebooked appointment after a miss end like this."""
    episode = practice.refer("AD")
    practice.on(day(8))
    practice.happen("b", episode, day(14))
    practice.on(day(14), time(18))
    slot = practice.facts(episode).contacts[-1]
    command = replace(practice.contact(letter, episode, slot.on), contact_id=slot.id)
    record_contact(command, practice.uow(), pathway())
    return episode


def cancelled_another(practice: Practice) -> EpisodeId:
    return with_another_slot(practice, "C")


def came_late_to_another(practice: Practice) -> EpisodeId:
    return with_another_slot(practice, "N")


def asked_to_move_another(practice: Practice) -> EpisodeId:
    episode = practice.refer("AD")
    practice.on(day(8))
    practice.happen("b", episode, day(14))
    slot = practice.facts(episode).contacts[-1]
    asked = MoveAppointment(
        contact_id=slot.id,
        seen=slot.row_version,
        asked_on=day(8),
        asked_by=Side.PATIENT,
        booking=Booking(on=day(16)),
    )
    move_appointment(asked, practice.uow())
    return episode


def will_come(practice: Practice) -> EpisodeId:
    episode = practice.refer("AD")
    practice.on(day(8))
    booked = Booking(on=day(14), at=time(10))
    spoke: dict[str, Any] = {"outcome": AttemptOutcome.SPOKE, "note": "Will come", "next_booking": booked}
    attempt(practice, episode, came_of_it=CameOfIt(end=SearchEnd.REBOOKED), **spoke)
    return episode


def will_come_and_cancels(practice: Practice) -> EpisodeId:
    episode = will_come(practice)
    slot = practice.facts(episode).contacts[-1]
    command = replace(practice.contact("C", episode, slot.on), contact_id=slot.id, note="Ill this week")
    record_contact(command, practice.uow(), pathway())
    return episode


def was_spoken_to(practice: Practice) -> EpisodeId:
    episode = practice.refer("AD")
    practice.on(day(8))
    attempt(practice, episode, outcome=AttemptOutcome.SPOKE, note="Will ring back")
    return episode


def wanted_a_pause(practice: Practice) -> EpisodeId:
    episode = practice.refer("AD")
    practice.on(day(8))
    found = CameOfIt(end=SearchEnd.WANTS_PAUSE, return_on=day(20))
    attempt(practice, episode, outcome=AttemptOutcome.SPOKE, note="After the exams", came_of_it=found)
    return episode


IN_TOUCH: list[Callable[[Practice], EpisodeId]] = [
    rang_after,
    rang_after_on_the_prompt_track,
    cancelled_another,
    came_late_to_another,
    asked_to_move_another,
    will_come,
    will_come_and_cancels,
    was_spoken_to,
    wanted_a_pause,
]


@pytest.mark.parametrize("in_touch", IN_TOUCH)
def test_no_word_but_their_own_on_ending_care_ends_it(
    practice: Practice, in_touch: Callable[[Practice], EpisodeId]
) -> None:
    """Safety reviewed, the GP told, and still one person ends nobody's care by calling it something."""
    episode = in_touch(practice)
    owed = told_gp(practice, episode)
    for each in set(Ending) - {Ending.DIED}:
        asked = ending(practice, episode, **{**owed, "ending": each, "onward_to": "Elsewhere"})
        with practice.refused(
            "not been seen since|is not a reason to close|Nobody has accepted|Not attending"
        ):
            close(practice, asked)
    assert practice.facts(episode).phase is not Phase.CLOSED


@pytest.mark.parametrize("in_touch", [will_come_and_cancels, was_spoken_to, rang_after])
def test_what_they_want_now_is_written_down_after_all(
    practice: Practice, in_touch: Callable[[Practice], EpisodeId]
) -> None:
    """A search that a word had ended takes their later word, and then care ends as they wish."""
    episode = in_touch(practice)
    practice.on(day(15))
    says = RecordReply(
        episode_id=episode,
        ladder_id=search(practice, episode).id,
        answered_on=practice.today,
        channel=Channel.TEXT,
        note="No more sessions, thank you; I am safe",
        came_of_it=CameOfIt(end=SearchEnd.DECLINES, safety=SAID_SAFE),
    )
    record_reply(says, practice.uow(), practice.rulebook)
    assert practice.facts(episode).ladders[-1].closed_because == "Does not want care now"
    close(practice, ending(practice, episode, **told_gp(practice, episode)))
    assert practice.facts(episode).phase is Phase.CLOSED


def test_once_they_were_seen_a_search_takes_no_more_word(practice: Practice) -> None:
    episode = was_spoken_to(practice)
    practice.happen("A", episode, day(9))
    found = search(practice, episode)
    says = RecordReply(
        episode_id=episode,
        ladder_id=found.id,
        answered_on=practice.today,
        channel=Channel.TEXT,
        note="No more, thank you",
        came_of_it=CameOfIt(end=SearchEnd.DECLINES, safety=SAID_SAFE),
    )
    with practice.refused("has been reached already"):
        record_reply(says, practice.uow(), practice.rulebook)


@pytest.mark.parametrize("note", ["", "ok", "11:05"])
def test_the_tick_says_how_and_what(practice: Practice, note: str) -> None:
    episode = practice.refer("A")
    practice.on(day(7), time(18))
    wordless = replace(practice.contact("D", episode, day(7)), contacted_after=True, note=note)
    with practice.refused("how they were in touch after the slot, and what they said"):
        record_contact(wordless, practice.uow(), pathway())


@pytest.mark.parametrize("in_touch", [was_spoken_to, will_come_and_cancels])
def test_a_miss_that_was_followed_up_is_not_taken_back_because_they_rang(
    practice: Practice, in_touch: Callable[[Practice], EpisodeId]
) -> None:
    """It would let care end as if nothing had been missed; another supervisor may see to a mistake."""
    episode = in_touch(practice)
    missed = practice.facts(episode).contacts[1]
    void = VoidContact(contact_id=missed.id, seen=missed.row_version, reason="Ours to blame")
    with practice.refused("Only a supervisor who does not hold the case"):
        void_contact(void, practice.uow(), pathway())
    void_contact(void, practice.uow("amina"), pathway())
    assert practice.facts(episode).open_ladder is None


def test_an_acceptance_from_before_the_miss_is_signed_before_care_ends(practice: Practice) -> None:
    episode = practice.refer("A")
    asked = Propose(episode_id=episode, kind=ProposalKind.STEP_UP, reason="Needs more", to_service="CMHT")
    made = propose(asked, practice.uow()).made or 0
    accept_handover(AnswerHandover(proposal_id=made, seen=1, on=practice.today), practice.uow())
    practice.happen("D", episode, day(7))
    owed = told_gp(practice, episode)
    with practice.refused("person signs this handover off first"):
        close(practice, ending(practice, episode, **{**owed, "ending": Ending.STEPPED_UP}))


def test_a_signature_from_before_the_miss_is_given_again(practice: Practice) -> None:
    episode = practice.refer("A")
    asked = Propose(episode_id=episode, kind=ProposalKind.STEP_DOWN, reason="Well", to_service="Wellbeing")
    made = propose(asked, practice.uow()).made or 0
    decide_proposal(DecideProposal(proposal_id=made, seen=1, agreed=True), practice.uow("sam"))
    practice.happen("D", episode, day(7))
    practice.on(day(8))
    answer = AnswerHandover(proposal_id=made, seen=2, on=day(8))
    with practice.refused("or signed before they missed it, is proposed again"):
        accept_handover(answer, practice.uow())
    reject_handover(answer, practice.uow())
    again = propose(asked, practice.uow()).made or 0
    decide_proposal(DecideProposal(proposal_id=again, seen=1, agreed=True), practice.uow("sam"))
    accept_handover(AnswerHandover(proposal_id=again, seen=2, on=day(8)), practice.uow())
    owed = {**told_gp(practice, episode), "ending": Ending.STEPPED_DOWN}
    attempt(practice, episode, outcome=AttemptOutcome.SPOKE, note="Glad to move on")
    close(practice, ending(practice, episode, **owed))
