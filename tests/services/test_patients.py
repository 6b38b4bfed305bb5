"""Taking a patient onto the caseload."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from collabcare.domain.changes import Kind
from collabcare.domain.closure import Ending
from collabcare.domain.codes import Gender, ReferralReason, ReferralSource
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.ids import EpisodeId, GpPracticeId, UserId
from collabcare.domain.patient_details import LONGEST_NAME
from collabcare.queries.facts import facts_by_nhs_number
from collabcare.queries.site import gp_practices
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.patients import NewGpPractice, add_gp_practice, add_patient
from collabcare.store.models import GpPractice, Patient
from tests.builders import MONDAY, nhs_numbers, pathway

if TYPE_CHECKING:
    from tests.record_fixtures import Practice

RECEIVED = MONDAY - timedelta(days=7)


def test_a_new_patient_has_an_episode_a_referral_and_a_first_step(practice: Practice) -> None:
    changes = add_patient(
        practice.new_patient(
            nhs_number="999 000 0018",
            title="Ms.",
            preferred_name=" Goz ",
            address=" 4 Mill Lane \n\n Leeds ",
            postcode=" ls1 1aa ",
            contact_note="Text first; no voicemail",
            gp_name="Dr A Khan",
            referrer="Dr A Khan",
        ),
        practice.uow(),
        pathway(),
    )
    assert changes.made is not None
    facts = practice.facts(EpisodeId(changes.made))
    patient = facts.patient
    assert (patient.name, patient.nhs_number) == ("OKAFOR, Ngozi (Ms)", "9990000018")
    assert (patient.preferred_name, patient.address, patient.postcode) == (
        "Goz",
        ("4 Mill Lane", "Leeds"),
        "LS1 1AA",
    )
    assert (patient.gender, patient.contact_note) == (Gender.FEMALE, "Text first; no voicemail")
    assert (patient.gp_name, patient.gp_practice_name) == ("Dr A Khan", "Elm Tree Surgery")
    assert (facts.referral_received_on, facts.referral_source, facts.referral_reason) == (
        RECEIVED,
        ReferralSource.GP,
        ReferralReason.DEPRESSION,
    )
    assert (facts.phase, facts.holder, facts.step, facts.step_since) == (
        Phase.ALLOCATED,
        "Jo Smith",
        2,
        RECEIVED,
    )
    (start,) = facts.step_moves
    assert (start.from_step, start.to_step, start.direction) == (None, 2, StepDirection.START)
    assert changes.kinds == {Kind.PATIENT, Kind.EPISODE}


def test_a_referral_nobody_holds_waits_to_be_allocated(practice: Practice) -> None:
    facts = practice.facts(practice.refer(holder_id=None))
    assert (facts.phase, facts.holder_id) == (Phase.REFERRED, None)


def test_a_missing_nhs_number_is_allowed_and_coded_as_missing(practice: Practice) -> None:
    """Two of them are two people: nothing is unique about having none."""
    for surname in ("Okafor", "Li"):
        assert practice.facts(practice.refer(nhs_number=" ", surname=surname)).patient.nhs_number is None
    practice.refer()
    with practice.reading() as session:
        assert session.scalars(select(Patient.nhs_number_status)).all() == ["07", "07", "02"]


@pytest.mark.parametrize(
    ("surname", "given_name", "shown"),
    [
        ("O'Brien", "Siân", "O'BRIEN, Siân"),
        ("van der Berg", "Jan-Willem", "VAN DER BERG, Jan-Willem"),
        ("Łukasiewicz", "Łukasz", "ŁUKASIEWICZ, Łukasz"),
        ("Nguyễn", "Thị Minh Khai", "NGUYỄN, Thị Minh Khai"),
        ("<none>", "& co", "<NONE>, & co"),
        ("Suharto", "", "SUHARTO"),
        ("A" * 60, "B" * 60, f"{'A' * 60}, {'B' * 60}"),
        ("  two   words ", "x", "TWO WORDS, x"),
    ],
)
def test_names_are_kept_as_they_are_spelt(
    practice: Practice, surname: str, given_name: str, shown: str
) -> None:
    facts = practice.facts(practice.refer(surname=surname, given_name=given_name, title=""))
    assert facts.patient.name == shown


def test_a_patient_without_telephone_address_or_postcode_is_taken_on_like_anybody(practice: Practice) -> None:
    patient = practice.facts(practice.refer(telephone="", address="", postcode="", title="")).patient
    assert (patient.telephone, patient.address, patient.postcode, patient.title) == (None, (), None, None)


REFUSED_PATIENTS = {
    "NHS-W2 wrong check digit": ({"nhs_number": "9434765918"}, "check digit does not fit"),
    "NHS-W4 no check digit fits": ({"nhs_number": "999 123 4567"}, "check digit does not fit"),
    "NHS-W6 zeros": ({"nhs_number": "0000000000"}, "Ten noughts are nobody"),
    "NHS-W7 nine digits": ({"nhs_number": "943476591"}, "Too short"),
    "letters": ({"nhs_number": "943476591A"}, "digits only"),
    "no surname": ({"surname": " \t"}, "Type the surname"),
    "a surname of control characters": ({"surname": "\x00"}, "Type the surname"),
    "too long a surname": ({"surname": "x" * (LONGEST_NAME + 1)}, "The surname is too long"),
    "too long a first name": ({"given_name": "x" * 200_000}, "The first name is too long"),
    "too long a telephone number": ({"telephone": "0" * 101}, "The telephone number is too long"),
    "too long a postcode": ({"postcode": "LS1 1AA LS1"}, "The postcode is too long"),
    "too long an address": ({"address": "x" * 501}, "The address is too long"),
    "too long a note": ({"referral_note": "x" * 20_001}, "The referral note is too long"),
    "born tomorrow": ({"birth_date": MONDAY + timedelta(days=1)}, "cannot be before 1900 or in the future"),
    "born in 1899": ({"birth_date": date(1899, 12, 31)}, "cannot be before 1900 or in the future"),
    "referred tomorrow": ({"received_on": MONDAY + timedelta(days=1)}, "received in the future"),
    "referred before birth": ({"birth_date": MONDAY}, "before the patient was born"),
    "no such step": ({"step": 6}, "has no step 6"),
    "no such practice": ({"gp_practice_id": GpPracticeId(99)}, "That gp practice is not in the record"),
    "no such holder": ({"holder_id": UserId(99)}, "not in the record"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_PATIENTS.values(), ids=REFUSED_PATIENTS)
def test_a_patient_who_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, Any], words: str
) -> None:
    with practice.refused(words):
        practice.refer(**changes)


@pytest.mark.parametrize("typed", ["9990000018", "999 000 0018", "999-000-0018", " 999.000.0018 "])
def test_an_nhs_number_known_already_is_refused_however_it_is_typed(practice: Practice, typed: str) -> None:
    practice.refer(nhs_number="9990000018")
    with practice.refused("A patient with this NHS number is in the record already"):
        practice.refer(nhs_number=typed, surname="Somebody else")


def test_the_nhs_number_of_somebody_discharged_is_still_theirs(practice: Practice) -> None:
    number = next(nhs_numbers())
    episode = practice.refer("A", nhs_number=number)
    command = CloseEpisode(
        episode_id=episode, ending=Ending.COMPLETED, closed_on=practice.today, why_no_plan="Well"
    )
    close_episode(command, practice.uow(), practice.rulebook)
    with practice.refused("in the record already"):
        practice.refer(nhs_number=number)
    with practice.reading() as session:
        found = facts_by_nhs_number(session, number)
    assert found is not None
    assert found.episode_id == episode


def test_control_characters_never_reach_the_record(practice: Practice) -> None:
    patient = practice.facts(practice.refer(surname="O\x00ka\x07for", contact_note="Text\x00 first")).patient
    assert (patient.surname, patient.contact_note) == ("Okafor", "Text first")


# GP practices


def test_a_gp_practice_is_added_once_by_its_name(practice: Practice) -> None:
    command = NewGpPractice(
        name=" Oak  Lane ",
        ods_code=" b82001 ",
        address="1 Oak Lane\nLeeds",
        postcode="ls3 3cc",
        telephone="0113",
    )
    first = add_gp_practice(command, practice.uow())
    since = practice.audit()[-1].id
    again = add_gp_practice(command, practice.uow())
    assert first.made == again.made
    assert (first.kinds, again.kinds) == (frozenset({Kind.PRACTICE}), frozenset())
    assert practice.audit(since) == []
    with practice.reading() as session:
        assert [row.name for row in gp_practices(session)] == ["Elm Tree Surgery", "Oak Lane"]
        found = session.scalars(select(GpPractice).where(GpPractice.id == first.made)).one()
        assert (found.ods_code, found.postcode, found.telephone) == ("B82001", "LS3 3CC", "0113")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (NewGpPractice(name="  "), "Type the practice's name"),
        (NewGpPractice(name="x" * 101), "The practice's name is too long"),
        (NewGpPractice(name="Oak", ods_code="B820011111"), "The ODS code is too long"),
    ],
)
def test_a_gp_practice_that_cannot_be_is_refused(
    practice: Practice, command: NewGpPractice, words: str
) -> None:
    with practice.refused(words):
        add_gp_practice(command, practice.uow())
