"""A contact entered in error, on the real record: what it caused is taken back, and nobody is dropped."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from collabcare.domain.changes import Kind
from collabcare.domain.closure import Ending
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.contact_corrections import IN_ERROR, MISSED_AGAIN, SEEN_AGAIN
from collabcare.domain.deaths import SEARCH_ENDED
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import NotAllowed, StaleRecord
from collabcare.domain.ids import ContactId
from collabcare.domain.missed_run import missed_run
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.services.closing_reviews import OpenClosingReview, open_closing_review
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import record_contact
from collabcare.services.deaths import RecordDeath, TakeBackDeath, record_death, take_back_death
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.searches import LogAttempt, log_attempt
from collabcare.store.models import Contact, Ladder
from tests.builders import MONDAY, day, pathway

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def void(practice: Practice, episode: EpisodeId, place: int, login: str = "jo", **changes: Any) -> Changes:  # noqa: ANN401 - any field
    """Mark the contact at this place of those that stand as entered in error."""
    contact = practice.facts(episode).contacts[place]
    asked = {"contact_id": contact.id, "seen": contact.row_version, "reason": "Another patient", **changes}
    return void_contact(VoidContact(**asked), practice.uow(login), pathway())


def attempt(practice: Practice, episode: EpisodeId, outcome: AttemptOutcome) -> None:
    """Log a call in the search that is open."""
    ladder = practice.facts(episode).open_ladder
    assert ladder is not None
    tried = LogAttempt(
        episode_id=episode,
        ladder_id=ladder.id,
        rung=1,
        channel=Channel.CALL,
        outcome=outcome,
        note="Rang at noon",
    )
    log_attempt(tried, practice.uow(), practice.rulebook)


def ends(practice: Practice) -> list[tuple[object, object]]:
    """Return when and why each search in the record ended, oldest first."""
    with practice.reading() as session:
        return [
            (row.closed_on, row.closed_because) for row in session.scalars(select(Ladder).order_by(Ladder.id))
        ]


def test_it_stays_in_the_record_with_the_reason_and_is_audited(practice: Practice) -> None:
    episode = practice.refer("AD")
    since = practice.audit()[-1].id
    changes = void(practice, episode, -1, reason=" Entered for\nanother patient ")
    assert changes.kinds == {Kind.CONTACT, Kind.SEARCH}
    with practice.reading() as session:
        kept = session.get_one(Contact, practice.last_contact(episode).moved_from_id)
    assert (kept.attendance, kept.voided_reason) == ("3", "Entered for\nanother patient")
    lines = practice.audit(since)
    assert {(line.kind, line.action) for line in lines} == {
        (kind, "Mark contact as entered in error") for kind in changes.kinds
    }
    assert [contact.status for contact in practice.facts(episode).contacts] == ["5", None]


def test_a_miss_entered_in_error_ends_its_search_and_is_not_counted(practice: Practice) -> None:
    episode = practice.refer("AD")
    void(practice, episode, -1)
    facts = practice.facts(episode)
    assert (ends(practice), facts.ladders) == ([(day(7), IN_ERROR)], ())
    assert missed_run(facts, today=practice.today).last is None
    practice.happen("D", episode, day(14))
    found = practice.facts(episode).open_ladder
    assert found is not None
    assert (found.consecutive, found.missed_on) == (1, day(14))


def test_tries_made_by_then_stay_in_the_record(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode, AttemptOutcome.NO_ANSWER)
    void(practice, episode, -1, login="amina")
    facts = practice.facts(episode)
    assert facts.open_ladder is None
    assert [(each.closed_because, len(each.attempts)) for each in facts.ladders] == [(IN_ERROR, 1)]


def test_the_miss_before_it_is_still_to_be_followed_up(practice: Practice) -> None:
    """A second miss takes the first one's search over, so taking it back gives the search back."""
    episode = practice.refer("ADD")
    assert ends(practice) == [(day(14), MISSED_AGAIN), (None, None)]
    void(practice, episode, -1)
    assert ends(practice) == [(None, None), (day(14), IN_ERROR)]
    found = practice.facts(episode).open_ladder
    assert found is not None
    assert (found.missed_on, found.consecutive, found.first_rung) == (day(7), 1, 1)


def test_the_first_of_two_misses_makes_the_second_the_only_one(practice: Practice) -> None:
    episode = practice.refer("ADD")
    second = practice.facts(episode).open_ladder
    assert second is not None
    assert (second.consecutive, second.first_rung > 1) == (2, True)
    with practice.refused("The search for them counts that missed appointment too"):
        void(practice, episode, 1)
    void(practice, episode, 1, login="amina")
    found = practice.facts(episode).open_ladder
    assert found is not None
    assert (found.id, found.consecutive, found.first_rung) == (second.id, 1, 1)


def test_a_miss_typed_in_late_is_sought_for_once_the_later_one_does_not_stand(practice: Practice) -> None:
    episode = practice.refer("A D")
    record_contact(practice.contact("D", episode, day(7)), practice.uow(), pathway())
    void(practice, episode, -1)
    found = practice.facts(episode).open_ladder
    assert found is not None
    assert (found.missed_on, found.consecutive) == (day(7), 1)


def test_who_was_found_after_the_second_miss_is_not_sought_for_the_first(practice: Practice) -> None:
    episode = practice.refer("ADD")
    attempt(practice, episode, AttemptOutcome.SPOKE)
    before = ends(practice)
    void(practice, episode, -1, "amina")
    assert ends(practice) == before
    assert practice.facts(episode).open_ladder is None


@pytest.mark.parametrize("letter", ["A", "L"])
def test_a_search_ended_by_a_contact_in_error_goes_on(practice: Practice, letter: str) -> None:
    episode = practice.refer(f"AD{letter}")
    assert ends(practice) == [(day(14), SEEN_AGAIN)]
    void(practice, episode, -1)
    facts = practice.facts(episode)
    assert facts.open_ladder is not None
    assert facts.open_ladder.missed_on == day(7)
    said = {due.kind for due in what_is_due(facts, practice.rulebook, today=practice.today)}
    assert DueKind.REENGAGE in said


def test_seen_again_since_nobody_is_sought(practice: Practice) -> None:
    episode = practice.refer("ADAA")
    void(practice, episode, 2, never_was=True)
    assert ends(practice) == [(day(21), SEEN_AGAIN)]
    void(practice, episode, 2, never_was=True)
    assert ends(practice) == [(None, None)]


def test_missed_again_since_the_later_search_goes_on_and_counts_both(practice: Practice) -> None:
    episode = practice.refer("ADAD")
    void(practice, episode, 2)
    assert ends(practice) == [(day(21), MISSED_AGAIN), (None, None)]
    found = practice.facts(episode).open_ladder
    assert found is not None
    assert (found.consecutive, found.first_rung > 1) == (2, True)


def test_a_miss_hidden_by_a_wrong_attendance_gets_its_search(practice: Practice) -> None:
    episode = practice.refer("A A")
    record_contact(practice.contact("D", episode, day(7)), practice.uow(), pathway())
    assert practice.facts(episode).open_ladder is None
    void(practice, episode, -1)
    found = practice.facts(episode).open_ladder
    assert found is not None
    assert (found.missed_on, found.consecutive) == (day(7), 1)


def test_nobody_who_has_died_is_sought_again(practice: Practice) -> None:
    episode = practice.refer("ADA")
    patient = practice.facts(episode).patient
    dead = RecordDeath(
        patient_id=patient.patient_id, seen=patient.version, died_on=day(14), told_by="Her sister"
    )
    record_death(dead, practice.uow())
    void(practice, episode, -1)
    assert practice.facts(episode).open_ladder is None
    assert ends(practice) == [(day(14), SEARCH_ENDED)]
    patient = practice.facts(episode).patient
    back = TakeBackDeath(patient_id=patient.patient_id, seen=patient.version)
    take_back_death(back, practice.uow(), pathway())
    assert practice.facts(episode).open_ladder is not None


def test_a_miss_in_error_waits_until_the_death_is_taken_back(practice: Practice) -> None:
    episode = practice.refer("ADD")
    attempt(practice, episode, AttemptOutcome.NO_ANSWER)
    patient = practice.facts(episode).patient
    dead = RecordDeath(
        patient_id=patient.patient_id, seen=patient.version, died_on=day(14), told_by="Her sister"
    )
    record_death(dead, practice.uow())
    with practice.refused("Take the death back first"):
        void(practice, episode, -1, "amina")
    patient = practice.facts(episode).patient
    back = TakeBackDeath(patient_id=patient.patient_id, seen=patient.version)
    take_back_death(back, practice.uow(), pathway())
    void(practice, episode, -1, "amina")
    assert ends(practice) == [(None, None), (day(14), IN_ERROR)]


def test_care_that_began_with_it_has_not_begun(practice: Practice) -> None:
    episode = practice.refer("A")
    before = practice.facts(episode)
    assert (before.phase, before.phase_since) == (Phase.ACTIVE, MONDAY)
    assert Kind.EPISODE in void(practice, episode, 0).kinds
    facts = practice.facts(episode)
    assert (facts.phase, facts.holder_id) == (Phase.ALLOCATED, practice.user("jo"))
    assert facts.phase_since == (facts.allocated_on or facts.referral_received_on)


def test_care_has_begun_with_the_contact_that_is_left(practice: Practice) -> None:
    episode = practice.refer("AA")
    void(practice, episode, 0, never_was=True)
    facts = practice.facts(episode)
    assert (facts.phase, facts.phase_since) == (Phase.ACTIVE, day(7))
    void(practice, episode, 0)
    assert practice.facts(episode).phase is Phase.ALLOCATED


def test_a_later_contact_in_error_leaves_the_phase(practice: Practice) -> None:
    episode = practice.refer("AA")
    before = practice.facts(episode)
    assert void(practice, episode, 1).kinds == {Kind.CONTACT}
    facts = practice.facts(episode)
    assert (facts.phase, facts.phase_since) == (before.phase, before.phase_since)


def test_a_booking_in_error_is_no_cancellation_and_takes_no_outcome(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.happen("b", episode, day(14))
    booked = practice.facts(episode).contacts[-1]
    assert void(practice, episode, -1).kinds == {Kind.CONTACT}
    assert practice.facts(episode).next_booked(practice.today) is None
    kept = practice.last_contact(episode)
    assert (kept.attendance, kept.cancelled_on, kept.voided_reason) == (None, None, "Another patient")
    practice.on(day(14), time(18))
    with practice.refused("That appointment was entered in error"):
        record_contact(
            practice.contact("A", episode, day(14), contact_id=ContactId(booked.id)),
            practice.uow(),
            pathway(),
        )


@pytest.mark.parametrize(("wrong", "right"), [("A", "D"), ("D", "A"), ("C", "D"), ("A", "C")])
def test_the_right_outcome_is_then_recorded_as_usual(practice: Practice, wrong: str, right: str) -> None:
    episode = practice.refer(f"A{wrong}")
    booked = ContactId(void(practice, episode, -1).made or 0)
    asked = practice.contact(right, episode, day(7), contact_id=booked)
    record_contact(asked, practice.uow(), pathway())
    facts = practice.facts(episode)
    assert [each.status for each in facts.contacts] == ["5", asked.status]
    assert (facts.open_ladder is not None) is (right == "D")


def test_the_right_day_of_a_miss_opens_its_search(practice: Practice) -> None:
    episode = practice.refer("A D")
    void(practice, episode, -1)
    record_contact(practice.contact("D", episode, day(7)), practice.uow(), pathway())
    found = practice.facts(episode).open_ladder
    assert found is not None
    assert (found.missed_on, found.consecutive) == (day(7), 1)


def test_a_review_of_not_attending_ends_with_the_only_miss(practice: Practice) -> None:
    episode = practice.refer("AD")
    open_closing_review(OpenClosingReview(episode_id=episode), practice.uow(), practice.rulebook)
    assert Kind.CLOSING_REVIEW in void(practice, episode, -1, login="amina").kinds
    assert practice.facts(episode).closing_reviews[-1].ended_on == practice.today


def test_a_miss_with_a_review_and_no_try_says_that_a_review_was_begun(practice: Practice) -> None:
    episode = practice.refer("AD")
    open_closing_review(OpenClosingReview(episode_id=episode), practice.uow(), practice.rulebook)
    with practice.refused("A review of not attending was begun because of that appointment"):
        void(practice, episode, -1)


def test_a_review_of_not_attending_goes_on_while_a_miss_stands(practice: Practice) -> None:
    episode = practice.refer("ADD")
    open_closing_review(OpenClosingReview(episode_id=episode), practice.uow(), practice.rulebook)
    void(practice, episode, -1, login="amina")
    assert practice.facts(episode).closing_reviews[-1].ended_on is None


def test_a_miss_we_have_acted_on_is_taken_back_by_another_supervisor_only(practice: Practice) -> None:
    """Else the way from a missed appointment to closed would be to say that it was never missed."""
    episode = practice.refer("AD")
    attempt(practice, episode, AttemptOutcome.NO_ANSWER)
    with practice.refused("Only a supervisor who does not hold the case"):
        void(practice, episode, -1)
    assert practice.facts(episode).open_ladder is not None


def test_a_miss_after_which_they_were_spoken_to_is_taken_back_by_another_supervisor(
    practice: Practice,
) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode, AttemptOutcome.SPOKE)
    with practice.refused("they have not been seen"):
        void(practice, episode, -1)
    void(practice, episode, -1, "amina", never_was=True)
    assert [each.status for each in practice.facts(episode).contacts] == [AttendanceStatus.ATTENDED_ON_TIME]


def test_what_cannot_be_marked_is_refused(practice: Practice) -> None:
    episode = practice.refer("AA")
    with practice.refused("Say what was wrong"):
        void(practice, episode, -1, reason="  ")
    with practice.refused("Somebody else changed this", StaleRecord):
        void(practice, episode, -1, seen=7)
    with practice.refused("may not", NotAllowed):
        void(practice, episode, -1, login="alex")
    wrong = practice.facts(episode).contacts[-1]
    void(practice, episode, -1)
    with practice.refused("marked as entered in error already"):
        void(practice, episode, -1, contact_id=wrong.id, seen=wrong.row_version + 1)
    with practice.refused("That contact is not in the record"):
        void(practice, episode, -1, contact_id=ContactId(999))


def test_a_closed_episode_stays_as_it_is(practice: Practice) -> None:
    episode = practice.refer("A")
    over = CloseEpisode(
        episode_id=episode, ending=Ending.COMPLETED, closed_on=practice.today, why_no_plan="Well"
    )
    close_episode(over, practice.uow(), practice.rulebook)
    with practice.refused("This episode of care is closed, so its contacts stay as they are"):
        void(practice, episode, 0)
    with practice.reading() as session:
        assert session.scalars(select(Contact.voided_reason)).all() == [None]
    assert practice.facts(episode).contacts[0].status is AttendanceStatus.ATTENDED_ON_TIME
