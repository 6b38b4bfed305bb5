"""A note of a day, on the real record: kept as written, no contact, and never deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.caseload import caseload_row
from collabcare.domain.changes import Kind
from collabcare.domain.closure import Ending
from collabcare.domain.due import what_is_due
from collabcare.domain.errors import NotAllowed, StaleRecord
from collabcare.domain.notes import LONGEST_NOTE
from collabcare.queries.beside_contacts import BesideContacts, beside_contacts
from collabcare.queries.timeline import timeline
from collabcare.queries.timeline_entry import EntryKind, TimelineFilter, only
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.notes import VoidNote, WriteNote, void_note, write_note
from tests.builders import MONDAY, day, pathway

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.timeline_entry import TimelineEntry
    from tests.record_fixtures import Practice


def write(
    practice: Practice, episode: EpisodeId, text: str, on: date | None = None, login: str = "jo"
) -> int:
    """Write a note of a day, today where none is given, and return its number."""
    made = write_note(
        WriteNote(episode_id=episode, on=on or practice.today, text=text), practice.uow(login)
    ).made
    assert made is not None
    return made


def beside(practice: Practice, episode: EpisodeId) -> BesideContacts:
    """Return the notes and what was entered in error."""
    with practice.reading() as session:
        return beside_contacts(session, episode)


def story(practice: Practice, episode: EpisodeId) -> tuple[TimelineEntry, ...]:
    """Return the whole story."""
    return timeline(
        practice.facts(episode), practice.rulebook, practice.today, beside=beside(practice, episode)
    )


def test_it_is_kept_as_written_and_audited(practice: Practice) -> None:
    episode = practice.refer("A")
    since = practice.audit()[-1].id
    made = write(practice, episode, " The GP rang:\n\tblood test is normal. ", login="amina")
    (note,) = beside(practice, episode).notes
    assert (note.id, note.on, note.text, note.by) == (
        made,
        MONDAY,
        "The GP rang:\n\tblood test is normal.",
        "Amina Shah",
    )
    assert [(line.kind, line.action, line.subject_id) for line in practice.audit(since)] == [
        (Kind.NOTE, "Write note", made)
    ]


def test_it_counts_as_no_contact_and_moves_no_date(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(20))
    before = caseload_row(practice.facts(episode), practice.rulebook, practice.today)
    due = what_is_due(practice.facts(episode), practice.rulebook, today=practice.today)
    write(practice, episode, "Her sister says she is well")
    facts = practice.facts(episode)
    after = caseload_row(facts, practice.rulebook, practice.today)
    assert what_is_due(facts, practice.rulebook, today=practice.today) == due
    assert (after.last_seen, after.due, facts.open_ladder) == (
        before.last_seen,
        before.due,
        before.facts.open_ladder,
    )


REFUSED = {
    "nothing": (" \n", MONDAY, "Write the note first"),
    "about tomorrow": ("Ring", day(1), "today or a day before"),
    "before the referral": ("Ring", MONDAY - timedelta(days=8), "before the referral was received"),
    "too long": ("x" * (LONGEST_NOTE + 1), MONDAY, "note"),
}


@pytest.mark.parametrize(("text", "on", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_note(practice: Practice, text: str, on: date, words: str) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        write(practice, episode, text, on)


def test_the_same_form_saved_twice_is_one_note_and_two_people_may_say_the_same(practice: Practice) -> None:
    episode = practice.refer("A")
    write(practice, episode, "Letter came back")
    with practice.refused("saved this note already"):
        write(practice, episode, "Letter came back")
    write(practice, episode, "Letter came back", login="amina")
    assert len(beside(practice, episode).notes) == 2


def test_a_mistake_stays_with_its_reason_and_who_marked_it(practice: Practice) -> None:
    episode = practice.refer("A")
    made = write(practice, episode, "About somebody else")
    practice.on(day(3), time(23, 30))
    void = VoidNote(note_id=made, seen=1, reason="Another patient")
    with practice.refused("Say what was wrong"):
        void_note(replace(void, reason=" "), practice.uow("amina"))
    void_note(void, practice.uow("amina"))
    with practice.refused("Somebody else changed this", StaleRecord):
        void_note(void, practice.uow())
    with practice.refused("already"):
        void_note(replace(void, seen=2), practice.uow())
    found = beside(practice, episode)
    (wrong,) = found.in_error
    assert (found.notes, wrong.reason, wrong.by, wrong.marked_on) == (
        (),
        "Another patient",
        "Amina Shah",
        day(3),
    )
    entry = next(each for each in story(practice, episode) if each.kind is EntryKind.IN_ERROR)
    assert (entry.on, entry.title) == (MONDAY, "Entered in error: note, Jo Smith")
    assert entry.text == "Marked Thu 08-Jan-2026 by Amina Shah: Another patient\nAbout somebody else"


THOUGHT = """Safety formulation and plan: none yet.
Answers about safety: none yet.
Children and safeguarding thought about: yes.
Told in the right format and language: yes.
GP aware: yes."""


def test_a_contact_in_error_says_why_and_who_marked_it(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.happen("b", episode, day(30))
    practice.on(day(8))
    for contact in practice.facts(episode).contacts[1:]:
        command = VoidContact(contact_id=contact.id, seen=contact.row_version, reason="Another patient")
        void_contact(command, practice.uow("amina"), pathway())
    said = [
        (each.on, each.title, each.text)
        for each in story(practice, episode)
        if each.kind is EntryKind.IN_ERROR
    ]
    marked = "Marked Tue 13-Jan-2026 by Amina Shah: Another patient"
    assert said == [
        (
            day(8),
            "Entered in error: booked Wed 04-Feb-2026 10:00, telephone, Jo Smith",
            marked,
        ),
        (
            day(7),
            "Entered in error: did not attend Mon 12-Jan-2026 10:00, telephone, Jo Smith",
            f"{marked}\n{THOUGHT}",
        ),
    ]


def test_it_stands_in_the_story_by_its_own_day_and_is_found(practice: Practice) -> None:
    episode = practice.refer("AA")
    write(practice, episode, "Discharge summary from the hospital", day(3))
    entry = next(each for each in story(practice, episode) if each.kind is EntryKind.NOTE)
    assert (entry.on, entry.title) == (day(3), "Note, Jo Smith")
    assert entry.text == "Discharge summary from the hospital\nWritten Mon 12-Jan-2026."
    whole = story(practice, episode)
    assert only(whole, TimelineFilter.NOTES) == (entry,)
    assert only(whole, None, "hospital summary") == (entry,)


def test_nothing_is_written_once_care_has_ended_or_by_who_may_only_read(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.refused("may not write notes", NotAllowed):
        write(practice, episode, "Ring", login="rita")
    made = write(practice, episode, "Ring")
    ended = CloseEpisode(episode_id=episode, ending=Ending.COMPLETED, closed_on=MONDAY, why_no_plan="Well")
    close_episode(ended, practice.uow(), practice.rulebook)
    with practice.refused("closed"):
        write(practice, episode, "Ring again")
    with practice.refused("closed"):
        void_note(VoidNote(note_id=made, seen=1, reason="Wrong"), practice.uow())


def test_the_database_itself_keeps_a_note_as_it_was(practice: Practice) -> None:
    made = write(practice, practice.refer("A"), "Ring")
    for change in (
        "delete from note",
        "update note set text = 'x'",
        "update note set on_date = '2020-01-01'",
    ):
        with practice.reading() as session, pytest.raises(Exception, match=r"never (altered|deleted)"):
            session.connection().exec_driver_sql(f"{change} where id = {made}")


def test_what_was_asked_for_is_what_is_kept(practice: Practice) -> None:
    changes: Any = write_note(
        WriteNote(episode_id=practice.refer("A"), on=MONDAY, text="Ring"), practice.uow()
    )
    assert changes.kinds == {Kind.NOTE}
