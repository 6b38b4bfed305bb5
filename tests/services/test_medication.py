"""Medicines on a real record: each dose stays readable, and an antidepressant is told to the Prompt track."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.changes import Kind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.gate_today import track_today
from collabcare.domain.medication import MedicineDraft
from collabcare.domain.people_facts import MedicationSource
from collabcare.domain.reach_facts import HasteKind, Track
from collabcare.domain.story_happenings import happenings
from collabcare.domain.story_marks import StoryKind
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.medication import (
    AddMedicine,
    ChangeDose,
    EndMedicine,
    NoteTaking,
    VoidMedicine,
    add_medicine,
    change_dose,
    end_medicine,
    note_taking,
    void_medicine,
)
from collabcare.store.models import Haste, Medication
from tests.builders import MONDAY, day, pathway

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.people_facts import MedicationFact
    from tests.record_fixtures import Practice

SERTRALINE = MedicineDraft(
    name="Sertraline",
    dose="50 mg",
    reported_by=MedicationSource.PATIENT,
    antidepressant=True,
    started_on=MONDAY,
)


def add(practice: Practice, episode: EpisodeId, **changes: object) -> Changes:
    """Tell of sertraline, or of what it is changed to."""
    medicine = replace(SERTRALINE, **changes)  # type: ignore[arg-type]  # any field
    command = AddMedicine(episode_id=episode, medicine=medicine)
    return add_medicine(command, practice.uow(), practice.rulebook.medication)


def change(practice: Practice, taken: MedicationFact, on: date, dose: str = "100 mg") -> Changes:
    """Change its dose on a day, as the GP told."""
    command = ChangeDose(
        medicine_id=taken.id, seen=taken.row_version, dose=dose, on=on, reported_by=MedicationSource.GP
    )
    return change_dose(command, practice.uow(), practice.rulebook.medication)


def taken(practice: Practice, episode: EpisodeId) -> MedicationFact:
    """Return what was told of last."""
    return practice.facts(episode).medication[-1]


def test_an_antidepressant_begun_is_told_to_the_prompt_track_in_one_go(practice: Practice) -> None:
    episode = practice.refer("A")
    changes = add(practice, episode)
    assert changes.kinds == {Kind.MEDICATION, Kind.HASTE}
    [fact] = practice.facts(episode).haste
    assert (fact.kind, fact.happened_on, fact.note) == (
        HasteKind.ANTIDEPRESSANT_STARTED,
        MONDAY,
        "Sertraline 50 mg",
    )
    [said] = changes.suggestions
    assert "ask how it goes by Mon 19-Jan-2026" in said.sentence
    actions = [line.action for line in practice.audit()[-2:]]
    assert actions == ["Add medicine as reported"] * 2


def test_somebody_of_19_who_misses_then_is_on_the_prompt_track(practice: Practice) -> None:
    """P-g, NICE NG222: an antidepressant begun lately at 18 to 25."""
    episode = practice.refer("A", birth_date=date(2006, 6, 1))
    add(practice, episode)
    practice.happen("D", episode, day(7))
    facts = practice.facts(episode)
    assert track_today(facts, practice.rulebook, today=day(8)).track is Track.PROMPT


def test_what_was_taken_before_or_is_no_antidepressant_tells_nothing(practice: Practice) -> None:
    episode = practice.refer("A")
    assert add(practice, episode, started_on=None).kinds == {Kind.MEDICATION}
    assert add(practice, episode, name="Amlodipine", antidepressant=False).suggestions == ()
    assert practice.facts(episode).haste == ()


def test_what_reaching_was_told_by_hand_is_not_told_twice(practice: Practice) -> None:
    episode = practice.refer("A")
    by_hand = RecordHaste(
        episode_id=episode, kind=HasteKind.ANTIDEPRESSANT_STARTED, happened_on=MONDAY, note="GP rang"
    )
    record_haste_fact(by_hand, practice.uow())
    assert add(practice, episode).kinds == {Kind.MEDICATION}
    assert [fact.note for fact in practice.facts(episode).haste] == ["GP rang"]


def test_another_dose_ends_the_one_before_and_marks_the_story(practice: Practice) -> None:
    episode = practice.refer("AA")
    add(practice, episode, taking="Dry mouth")
    changes = change(practice, taken(practice, episode), day(7))
    before, now = practice.facts(episode).medication
    assert (before.ended_on, before.end_note, before.current) == (day(7), "", False)
    assert (now.dose, now.started_on, now.replaces_id) == ("100 mg", day(7), before.id)
    assert (now.taking, now.antidepressant, now.reported_by) == ("Dry mouth", True, MedicationSource.GP)
    kinds = [fact.kind for fact in practice.facts(episode).haste]
    assert kinds == [HasteKind.ANTIDEPRESSANT_STARTED, HasteKind.ANTIDEPRESSANT_CHANGED]
    assert changes.suggestions
    marks = {each.kind for each in happenings(practice.facts(episode), pathway(), today=day(7))}
    assert {StoryKind.MEDICATION_STARTED, StoryKind.MEDICATION_CHANGED} <= marks


def test_it_is_stopped_with_a_reason_and_then_stands_as_it_was(practice: Practice) -> None:
    episode = practice.refer("AA")
    add(practice, episode)
    first = taken(practice, episode)
    with practice.refused("Say why"):
        end_medicine(EndMedicine(medicine_id=first.id, seen=1, on=day(7), note=" "), practice.uow())
    end_medicine(EndMedicine(medicine_id=first.id, seen=1, on=day(7), note="Felt sick"), practice.uow())
    ended = taken(practice, episode)
    assert (ended.ended_on, ended.end_note) == (day(7), "Felt sick")
    with practice.refused("recorded as stopped"):
        change(practice, ended, day(7))
    with practice.refused("recorded as stopped"):
        note_taking(NoteTaking(medicine_id=first.id, seen=2, taking="Better"), practice.uow())


def test_how_it_is_taken_is_written_by_one_at_a_time(practice: Practice) -> None:
    episode = practice.refer("A")
    add(practice, episode)
    first = taken(practice, episode)
    note_taking(NoteTaking(medicine_id=first.id, seen=1, taking="Sleeps better"), practice.uow())
    assert taken(practice, episode).taking == "Sleeps better"
    with practice.refused("while you had it open", StaleRecord):
        note_taking(NoteTaking(medicine_id=first.id, seen=1, taking="Worse"), practice.uow("sam"))


def test_an_entry_in_error_takes_what_it_told_with_it(practice: Practice) -> None:
    episode = practice.refer("A")
    add(practice, episode)
    first = taken(practice, episode)
    changes = void_medicine(
        VoidMedicine(medicine_id=first.id, seen=1, reason="Another patient's"), practice.uow()
    )
    assert changes.kinds == {Kind.MEDICATION, Kind.HASTE}
    facts = practice.facts(episode)
    assert (facts.medication, facts.haste) == ((), ())
    with practice.reading() as session:
        assert session.scalars(select(Medication.voided_reason)).all() == ["Another patient's"]
        assert session.scalars(select(Haste.voided_reason)).all() == ["Another patient's"]
    with practice.refused("entered in error already"):
        void_medicine(VoidMedicine(medicine_id=first.id, seen=2, reason="Again"), practice.uow())


def test_the_same_medicine_is_not_in_the_list_twice(practice: Practice) -> None:
    episode = practice.refer("A")
    add(practice, episode)
    with practice.refused("in the list already"):
        add(practice, episode, name="sertraline")
    with practice.refused("recorded once it is taken"):
        add(practice, episode, name="Citalopram", started_on=practice.today + timedelta(days=1))
