"""The people close to a patient on the real record: whom a search may ring is never out of step with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.carers import CarerDraft, draft_of
from collabcare.domain.changes import Kind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.reaching import Route, Standing, safe_ways
from collabcare.services.carers import EndCarer, SaveCarer, end_carer, save_carer
from collabcare.services.contacts import BookContact, Booking, book_contact
from collabcare.services.interpreters import NoteInterpreter, note_interpreter
from collabcare.store.engine import WRITE
from collabcare.store.models import Patient
from tests.builders import MONDAY, day, rulebook

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.people_facts import CarerFact
    from collabcare.domain.reaching import Way
    from tests.record_fixtures import Practice

ADA = CarerDraft(
    name="Ada Obi",
    relation="sister",
    telephone="07700 900321",
    may_contact=True,
    consent_on=MONDAY,
    nominated=True,
    may_share="That she is with us",
)
KEMI = CarerDraft(name="Kemi Obi", relation="son", telephone="07700 900322", is_carer=True)


def save(practice: Practice, episode: EpisodeId, draft: CarerDraft, was: CarerFact | None = None) -> Changes:
    """Add somebody, or change them."""
    command = SaveCarer(
        patient_id=practice.facts(episode).patient.patient_id,
        carer_id=was.id if was else None,
        seen=was.row_version if was else None,
        draft=draft,
    )
    return save_carer(command, practice.uow())


def named(practice: Practice, episode: EpisodeId) -> Way:
    """Return what holds for ringing somebody the patient named."""
    return safe_ways(practice.facts(episode), rulebook().reengagement.reach).way(Route.NOMINATED_CONTACT)


def test_somebody_comes_back_as_they_were_written(practice: Practice) -> None:
    episode = practice.refer("A")
    changes = save(practice, episode, ADA)
    (ada,) = practice.facts(episode).carers
    assert draft_of(ada) == ADA
    assert changes.made == ada.id
    assert changes.kinds == {Kind.CARER, Kind.PATIENT}
    assert named(practice, episode).standing is Standing.USE
    assert "Ada Obi, sister, 07700 900321" in named(practice, episode).sentence


def test_somebody_nobody_may_ring_leaves_the_search_as_it_was(practice: Practice) -> None:
    episode = practice.refer("A")
    assert save(practice, episode, KEMI).kinds == {Kind.CARER}
    assert named(practice, episode).standing is Standing.NOT_TO_BE_USED


def test_there_is_one_to_ring_and_another_takes_their_place(practice: Practice) -> None:
    episode = practice.refer("A")
    save(practice, episode, ADA)
    kemi = replace(KEMI, may_contact=True, consent_on=MONDAY, nominated=True)
    save(practice, episode, kemi)
    first, second = practice.facts(episode).carers
    assert (first.name, first.nominated, second.name, second.nominated) == (
        "Kemi Obi",
        True,
        "Ada Obi",
        False,
    )
    assert second.may_contact is True
    assert "Kemi Obi" in named(practice, episode).sentence


def test_agreement_taken_back_stops_the_ringing(practice: Practice) -> None:
    episode = practice.refer("A")
    save(practice, episode, ADA)
    (ada,) = practice.facts(episode).carers
    practice.on(day(3))
    no = replace(ADA, may_contact=False, consent_on=day(3), nominated=False, may_share="")
    save(practice, episode, no, ada)
    assert named(practice, episode).standing is Standing.NOT_TO_BE_USED
    (ada,) = practice.facts(episode).carers
    assert (ada.may_contact, ada.consent_on) == (False, day(3))


def test_a_new_number_is_the_one_that_is_rung(practice: Practice) -> None:
    episode = practice.refer("A")
    save(practice, episode, ADA)
    (ada,) = practice.facts(episode).carers
    save(practice, episode, replace(ADA, telephone="01632 960777"), ada)
    assert "01632 960777" in named(practice, episode).sentence


def test_somebody_ended_stays_in_the_record_and_is_not_rung(practice: Practice) -> None:
    episode = practice.refer("A")
    save(practice, episode, ADA)
    (ada,) = practice.facts(episode).carers
    end_carer(EndCarer(carer_id=ada.id, seen=ada.row_version), practice.uow())
    (gone,) = practice.facts(episode).carers
    assert (gone.ended_on, gone.nominated) == (practice.today, False)
    assert named(practice, episode).standing is Standing.NOT_TO_BE_USED
    with practice.refused("no longer counted"):
        end_carer(EndCarer(carer_id=gone.id, seen=gone.row_version), practice.uow())
    with practice.refused("no longer counted"):
        save(practice, episode, ADA, gone)


def test_somebody_ended_who_was_never_rung_changes_nothing_else(practice: Practice) -> None:
    episode = practice.refer("A")
    save(practice, episode, ADA)
    save(practice, episode, KEMI)
    kemi = next(each for each in practice.facts(episode).carers if each.name == "Kemi Obi")
    assert end_carer(EndCarer(carer_id=kemi.id, seen=1), practice.uow()).kinds == {Kind.CARER}
    assert named(practice, episode).standing is Standing.USE


def test_who_was_named_in_a_line_of_text_is_taken_over_once(practice: Practice) -> None:
    """What the details said before there was a list is neither lost nor left beside it."""
    episode = practice.refer("A")
    patient_id = practice.facts(episode).patient.patient_id
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.get_one(Patient, patient_id).nominated_contact = "Ada, sister"
        session.commit()
    save(practice, episode, KEMI)
    assert practice.facts(episode).reach.nominated_contact == "Ada, sister"
    taken = replace(ADA, may_contact=None, consent_on=None, nominated=False, may_share="")
    command = SaveCarer(patient_id=patient_id, draft=taken, named_before=True)
    save_carer(command, practice.uow())
    assert practice.facts(episode).reach.nominated_contact is None


def test_of_two_editors_the_second_is_told(practice: Practice) -> None:
    episode = practice.refer("A")
    save(practice, episode, ADA)
    (ada,) = practice.facts(episode).carers
    save(practice, episode, replace(ADA, note="Works nights"), ada)
    with practice.refused("Somebody else changed this", StaleRecord):
        save(practice, episode, replace(ADA, note="Works days"), ada)


def test_nobody_is_moved_between_patients_and_nothing_is_saved_twice(practice: Practice) -> None:
    episode, other = practice.refer("A"), practice.refer("A", surname="Li")
    save(practice, episode, ADA)
    (ada,) = practice.facts(episode).carers
    with practice.refused("another patient's record"):
        save(practice, other, replace(ADA, note="Here"), ada)
    with practice.refused("Nothing was changed"):
        save(practice, episode, ADA, ada)


@pytest.mark.parametrize("booked", [True, False])
def test_an_interpreter_is_noted_for_what_is_booked(practice: Practice, booked: bool) -> None:
    episode = practice.refer("A")
    practice.on(day(2))
    booking = Booking(on=day(9), place=" Room  3 ", interpreter_booked=None)
    book_contact(BookContact(episode_id=episode, booking=booking), practice.uow())
    contact = practice.facts(episode).contacts[-1]
    assert (contact.place, contact.interpreter_booked) == ("Room 3", None)
    command = NoteInterpreter(episode_id=episode, contact_id=contact.id, booked=booked)
    note_interpreter(command, practice.uow())
    assert practice.facts(episode).contacts[-1].interpreter_booked is booked
    with practice.refused("noted already"):
        note_interpreter(command, practice.uow())
    held = practice.facts(episode).contacts[0]
    with practice.refused("outcome of that appointment is recorded"):
        note_interpreter(replace(command, contact_id=held.id), practice.uow())
