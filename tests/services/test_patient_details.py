"""A patient's details: what was asked is kept apart from what was not, and two editors are kept apart too."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.demographics import Question, ask_prompt
from collabcare.domain.errors import StaleRecord
from collabcare.domain.ids import GpPracticeId
from collabcare.domain.patient_details import (
    CommunicationNeeds,
    ContactDetails,
    Demographics,
    Details,
    Gp,
    SafeContact,
    details_of,
)
from collabcare.domain.reach_facts import Track
from collabcare.domain.reaching import Route, Standing, safe_ways
from collabcare.domain.track_facts import TrackFact
from collabcare.domain.tracks import track_of
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.services.patients import NewGpPractice, add_gp_practice
from collabcare.store.models import Patient
from tests.builders import MONDAY, day, rulebook

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

SAFE = SafeContact(
    telephone_safe=True,
    voicemail_safe=False,
    text_safe=True,
    letters_safe=False,
    safe_times="Weekdays after six",
    preferred_way="text",
)
NEEDS = CommunicationNeeds(
    interpreter_language="pl",
    interpreter_dialect="Silesian",
    interpreter_gender="a woman",
    communication_professional="Lipspeaker",
    carer_support="Her sister reads letters to her",
    information_formats=("large_print_18", "bsl_video"),
    communication_methods=("bsl", "writing"),
    needs_reviewed_on=MONDAY,
)
SAID = Demographics(
    ethnic_category="Z",
    gender_identity="3",
    gender_same_as_birth="N",
    sexual_orientation="U",
    disability=("02", "09"),
    language="q4",
    employment="05",
    accommodation="HM04",
    settled_accommodation="N",
    allergies="Penicillin, a rash as a child",
)


def change(practice: Practice, episode: EpisodeId, login: str = "jo", **parts: Any) -> Changes:  # noqa: ANN401 - any part of the command
    """Change these parts of the details of a patient."""
    patient = practice.facts(episode).patient
    command = ChangeDetails(patient_id=patient.patient_id, seen=patient.version, **parts)
    return change_details(command, practice.uow(login))


def details(practice: Practice, episode: EpisodeId) -> Details:
    """Return the details as a form begins with them."""
    return details_of(practice.facts(episode))


def kept(practice: Practice, episode: EpisodeId) -> Patient:
    """Return the patient as they stand in the record."""
    with practice.reading() as session:
        return session.get_one(Patient, practice.facts(episode).patient.patient_id)


def test_every_part_comes_back_as_it_was_said(practice: Practice) -> None:
    episode = practice.refer("A")
    assert details(practice, episode).demographics == Demographics()
    changes = change(practice, episode, safe=SAFE, needs=NEEDS, demographics=SAID)
    assert changes.kinds == {Kind.PATIENT}
    now = details(practice, episode)
    assert (now.safe, now.needs, now.demographics) == (SAFE, NEEDS, SAID)
    ways = safe_ways(practice.facts(episode), rulebook().reengagement.reach)
    assert ways.way(Route.TEXT).standing is Standing.USE
    assert ways.way(Route.LETTER).standing is Standing.NOT_TO_BE_USED


def test_not_asked_prefers_not_to_say_and_not_known_are_three_answers(practice: Practice) -> None:
    """DEM-W1 and DEM-W2: Z was asked, 99 and nothing recorded were not."""
    episode = practice.refer("A")
    for said, asked in (("Z", True), ("99", False), (None, False)):
        change(practice, episode, demographics=Demographics(ethnic_category=said, employment="01"))
        code = details(practice, episode).demographics.ethnic_category
        assert code == said
        assert (ask_prompt(Question.ETHNICITY, code) is None) is asked


def test_what_is_not_in_the_command_is_left_alone(practice: Practice) -> None:
    episode = practice.refer("A")
    change(practice, episode, safe=SAFE)
    before = details(practice, episode)
    change(practice, episode, needs=NEEDS)
    assert details(practice, episode) == replace(before, needs=NEEDS)


def test_each_field_of_each_part_is_a_column_of_the_patient(practice: Practice) -> None:
    """The parts are written field by field under the names of the columns."""
    now = details(practice, practice.refer("A"))
    parts = [getattr(now, part.name) for part in fields(Details)]
    names = [field.name for part in parts for field in fields(part)]
    assert set(names) <= set(Patient.__table__.c.keys())
    assert len(names) == len(set(names))


def test_a_change_of_identity_has_its_own_line_in_the_audit_trail(practice: Practice) -> None:
    episode = practice.refer("A")
    identity = replace(
        details(practice, episode).identity, surname=" Okafor-Li ", birth_date=date(1985, 7, 15)
    )
    since = practice.audit()[-1].id
    changes = change(practice, episode, identity=identity)
    assert changes.kinds == {Kind.PATIENT, Kind.IDENTITY}
    facts = practice.facts(episode)
    assert (facts.patient.surname, facts.patient.birth_date) == ("Okafor-Li", date(1985, 7, 15))
    lines = practice.audit(since)
    assert [(line.action, line.kind) for line in lines] == [
        ("Change patient details", "identity"),
        ("Change patient details", "patient"),
    ]
    assert {line.subject_id for line in lines} == {facts.patient.patient_id}


def test_an_nhs_number_is_checked_and_belongs_to_one_patient(practice: Practice) -> None:
    other, episode = practice.refer("A", surname="Li"), practice.refer("A", nhs_number="")
    identity = details(practice, episode).identity
    assert identity.nhs_number == ""
    taken = practice.facts(other).patient.nhs_number or ""
    with practice.refused("Another patient in the record has this NHS number"):
        change(practice, episode, identity=replace(identity, nhs_number=taken))
    with practice.refused("The check digit does not fit"):
        change(practice, episode, identity=replace(identity, nhs_number="943 476 5918"))
    change(practice, episode, identity=replace(identity, nhs_number="943 476 5919"))
    now = kept(practice, episode)
    assert (now.nhs_number, now.nhs_number_status) == ("9434765919", "02")
    change(practice, episode, identity=identity)
    now = kept(practice, episode)
    assert (now.nhs_number, now.nhs_number_status) == (None, "07")


def test_contact_details_and_the_gp_practice_change(practice: Practice) -> None:
    episode = practice.refer("A")
    made = add_gp_practice(NewGpPractice(name="Oak Lane"), practice.uow()).made
    assert made is not None
    contact = replace(
        details(practice, episode).contact,
        address=" 1 New Road \n\n Leeds ",
        postcode="ls9 9zz",
        telephone="07700 900999",
        other_telephone="01632 960555",
        email="ngozi@example.org",
    )
    gp = Gp(gp_practice_id=GpPracticeId(made), gp_name="Dr Price")
    change(practice, episode, login="alex", contact=contact, gp=gp)
    patient = practice.facts(episode).patient
    assert (patient.other_telephone, patient.email) == ("01632 960555", "ngozi@example.org")
    assert patient.gp_name == "Dr Price"
    assert (patient.address, patient.postcode) == (("1 New Road", "Leeds"), "LS9 9ZZ")
    assert (patient.telephone, patient.gp_practice_name) == ("07700 900999", "Oak Lane")
    with practice.refused("gp practice is not in the record"):
        change(practice, episode, gp=Gp(gp_practice_id=GpPracticeId(99)))
    with practice.refused("Nothing was changed"):
        change(practice, episode, gp=Gp(gp_name="Dr Price"))


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "ethnicity": ({"demographics": Demographics(ethnic_category="Q")}, "ethnic category"),
    "accommodation": ({"demographics": Demographics(accommodation="HM99")}, "not an accommodation code"),
    "language": ({"demographics": Demographics(language="xx")}, "not a language code"),
    "contradiction": ({"demographics": Demographics(disability=("NN", "02"))}, "cannot stand beside"),
    "interpreter": ({"needs": CommunicationNeeds(interpreter_language="bh")}, "not a language code"),
    "format": ({"needs": CommunicationNeeds(information_formats=("papyrus",))}, "the format they need"),
    "none beside a need": (
        {"needs": CommunicationNeeds(communication_methods=("none_needed", "bsl"))},
        "Nothing can stand beside",
    ),
    "asked tomorrow": ({"needs": CommunicationNeeds(needs_reviewed_on=day(1))}, "in the future"),
    "dialect of nothing": ({"needs": CommunicationNeeds(interpreter_dialect="Doric")}, "Choose the language"),
    "email": ({"contact": ContactDetails(email="at home")}, "no email address"),
}


@pytest.mark.parametrize(("parts", "words"), WRONG.values(), ids=WRONG)
def test_what_is_on_no_list_is_refused(practice: Practice, parts: dict[str, Any], words: str) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        change(practice, episode, **parts)


def test_a_form_saved_as_it_was_changes_nothing(practice: Practice) -> None:
    episode = practice.refer("A")
    change(practice, episode, safe=SAFE, demographics=SAID)
    now = details(practice, episode)
    parts = {part.name: getattr(now, part.name) for part in fields(Details)}
    with practice.refused("Nothing was changed"):
        change(practice, episode, **parts)


def test_of_two_editors_the_second_is_told(practice: Practice) -> None:
    episode = practice.refer("A")
    patient = practice.facts(episode).patient
    change(practice, episode, safe=SAFE)
    command = ChangeDetails(patient_id=patient.patient_id, seen=patient.version, needs=NEEDS)
    with practice.refused("Somebody else changed this", StaleRecord):
        change_details(command, practice.uow("sam"))


def test_wrong_details_put_right_start_the_search_again(practice: Practice) -> None:
    episode = practice.refer("D")
    practice.on(day(4))
    contact = details(practice, episode).contact
    with practice.refused("before starting the search again"):
        change(practice, episode, contact=contact, details_were_wrong=True)
    with practice.refused("before starting the search again"):
        change(practice, episode, safe=SAFE, details_were_wrong=True)
    change(practice, episode, contact=replace(contact, contact_note="Ring twice"))
    ladder = practice.facts(episode).open_ladder
    assert ladder is not None
    assert ladder.restarted_at is None
    change(practice, episode, contact=replace(contact, telephone="07700 900111"), details_were_wrong=True)
    ladder = practice.facts(episode).open_ladder
    assert ladder is not None
    assert ladder.restarted_at == practice.clock.now()


def test_who_leaves_a_refuge_while_they_are_sought_stays_on_the_prompt_track(practice: Practice) -> None:
    """Only a supervisor who does not hold the case makes us slower, and correcting a home is no such word."""
    episode = practice.refer("AD")
    change(practice, episode, demographics=Demographics(accommodation="CH02"))
    changes = change(practice, episode, demographics=Demographics(accommodation="MA06"))
    assert changes.kinds == {Kind.PATIENT, Kind.TRACK}
    facts = practice.facts(episode)
    answer = track_of(facts, rulebook().reengagement.tracks, today=practice.today)
    assert (answer.track, [each.fact for each in answer.reasons]) == (Track.PROMPT, [TrackFact.JUDGEMENT])
    assert change(practice, episode, demographics=SAID).kinds == {Kind.PATIENT}
