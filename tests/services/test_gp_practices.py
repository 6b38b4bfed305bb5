"""Putting right what is known of a GP practice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.gp_practices import GpPracticeDetails
from collabcare.domain.ids import GpPracticeId
from collabcare.queries.site import gp_practices
from collabcare.services.gp_practices import ChangeGpPractice, change_gp_practice
from collabcare.services.patients import NewGpPractice, add_gp_practice

if TYPE_CHECKING:
    from collabcare.queries.site import GpPracticeRow
    from tests.record_fixtures import Practice


def oak(practice: Practice, **details: str) -> GpPracticeRow:
    """Return a practice that was added, perhaps by its name alone."""
    made = add_gp_practice(NewGpPractice(name="Oak Lane", **details), practice.uow()).made
    return row(practice, made)


def row(practice: Practice, practice_id: int | None) -> GpPracticeRow:
    """Return a practice as the record holds it."""
    with practice.reading() as session:
        return next(each for each in gp_practices(session) if each.id == practice_id)


def test_an_address_is_added_for_every_patient_registered_there(practice: Practice) -> None:
    before = oak(practice)
    episode = practice.refer("A", gp_practice_id=before.id)
    since = practice.audit()[-1].id
    wanted = GpPracticeDetails(
        name="Oak Lane Surgery",
        ods_code="b82001",
        address="1 Oak Lane\nLeeds",
        postcode="ls3 3cc",
        telephone="0113 496 0000",
    )
    command = ChangeGpPractice(practice_id=before.id, seen=before.version, details=wanted)
    changes = change_gp_practice(command, practice.uow())
    assert changes.kinds == frozenset({Kind.PRACTICE})
    after = row(practice, before.id)
    assert after.details == replace(wanted, ods_code="B82001", postcode="LS3 3CC")
    assert after.version == before.version + 1
    patient = practice.facts(episode).patient
    assert (patient.gp_practice_name, patient.gp_practice_address, patient.gp_practice_postcode) == (
        "Oak Lane Surgery",
        ("1 Oak Lane", "Leeds"),
        "LS3 3CC",
    )
    (entry,) = practice.audit(since)
    assert (entry.action, entry.kind, entry.subject_id) == ("Change GP practice", Kind.PRACTICE, before.id)


def test_a_practice_somebody_else_changed_meanwhile_is_refused(practice: Practice) -> None:
    before = oak(practice)
    first = replace(before.details, telephone="0113 496 0000")
    change_gp_practice(
        ChangeGpPractice(practice_id=before.id, seen=before.version, details=first), practice.uow()
    )
    late = ChangeGpPractice(
        practice_id=before.id, seen=before.version, details=replace(before.details, address="1 Oak Lane")
    )
    with pytest.raises(StaleRecord):
        change_gp_practice(late, practice.uow("sam"))
    assert row(practice, before.id).details == first


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "Nothing was changed"),
        ({"name": " "}, "Type the practice's name"),
        ({"name": "elm tree SURGERY"}, "Another practice in the record has this name"),
        ({"ods_code": "B8200"}, "a letter and five digits"),
        ({"postcode": "LS3 3CC XXX"}, "The postcode is too long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    practice: Practice, changed: dict[str, str], words: str
) -> None:
    before = oak(practice, address="1 Oak Lane")
    details = replace(before.details, **changed)
    with practice.refused(words):
        change_gp_practice(
            ChangeGpPractice(practice_id=before.id, seen=before.version, details=details), practice.uow()
        )
    assert row(practice, before.id) == before


def test_a_practice_that_is_not_there_is_refused(practice: Practice) -> None:
    command = ChangeGpPractice(practice_id=GpPracticeId(99), seen=1, details=GpPracticeDetails(name="Oak"))
    with practice.refused("not in the record"):
        change_gp_practice(command, practice.uow())
