"""Many patients at once: handed on together or not at all, and letters looked at one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from collabcare.domain.closure import Ending
from collabcare.domain.episode import Phase
from collabcare.domain.errors import EnvironmentProblem, NotAllowed, StaleRecord
from collabcare.services.bulk import AllocateMany, HandOn, allocate_many, check_letter, save_letter
from collabcare.services.episodes import CloseEpisode, allocate, close_episode
from collabcare.services.letters import issue_letter, letter_pdf
from collabcare.services.patients import NewGpPractice, add_gp_practice
from collabcare.store.models import Note
from tests.builders import day

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def hand_on(practice: Practice, *episodes: EpisodeId, to: str = "sam") -> AllocateMany:
    seen = tuple(HandOn(episode_id=each, seen=practice.facts(each).version) for each in episodes)
    return AllocateMany(episodes=seen, holder_id=practice.user(to), reason="Jo is on leave.")


def test_everybody_is_handed_on_in_one_go_and_each_has_a_line_in_the_trail(practice: Practice) -> None:
    held = practice.refer("A", surname="Ash")
    waiting = practice.refer("", surname="Birch", holder_id=None)
    before = len(practice.audit())
    changes = allocate_many(hand_on(practice, held, waiting), practice.uow())
    assert changes.episodes == {held, waiting}
    for episode in (held, waiting):
        assert practice.facts(episode).holder == "Sam Brown"
    assert practice.facts(waiting).phase is Phase.ALLOCATED
    assert practice.facts(waiting).allocated_on == practice.today
    with practice.reading() as session:
        said = {note.episode_id: note.text for note in session.scalars(select(Note))}
    assert said == {
        held: "Reassigned from Jo Smith to Sam Brown: Jo is on leave.",
        waiting: "Reassigned to Sam Brown: Jo is on leave.",
    }
    entries = practice.audit(before)
    assert {(entry.action, entry.episode_id) for entry in entries} == {
        ("Reassign", held),
        ("Reassign", waiting),
    }


def test_who_holds_a_patient_already_changes_nothing(practice: Practice) -> None:
    jos, sams = practice.refer("A"), practice.refer("A", surname="Elm", holder_id=practice.user("sam"))
    before = len(practice.audit())
    allocate_many(hand_on(practice, jos, sams), practice.uow())
    assert {entry.episode_id for entry in practice.audit(before)} == {jos}
    with practice.refused("Nobody is to be handed on"):
        allocate_many(hand_on(practice, jos, sams), practice.uow())
    with practice.refused("Nobody is to be handed on"):
        allocate_many(hand_on(practice), practice.uow())


def test_one_that_is_closed_keeps_all_of_them_where_they_are(practice: Practice) -> None:
    held, closed = practice.refer("A"), practice.refer("A", surname="Birch")
    ending = CloseEpisode(
        episode_id=closed, ending=Ending.COMPLETED, closed_on=practice.today, why_no_plan="Well"
    )
    close_episode(ending, practice.uow(), practice.rulebook)
    with practice.refused("episode of care is closed"):
        allocate_many(hand_on(practice, held, closed), practice.uow())


def test_what_somebody_changed_meanwhile_is_not_undone(practice: Practice) -> None:
    held = practice.refer("A")
    command = hand_on(practice, held)
    allocate(held, practice.user("amina"), practice.uow())
    with practice.refused("Somebody else changed", StaleRecord):
        allocate_many(command, practice.uow())


@pytest.mark.parametrize("to", ["rita", "lee", "alex"])
def test_only_somebody_here_who_sees_patients_can_hold_them(practice: Practice, to: str) -> None:
    held = practice.refer("A")
    with practice.refused("Choose a practitioner or supervisor"):
        allocate_many(hand_on(practice, held, to=to), practice.uow())


def test_a_reader_hands_nobody_on(practice: Practice) -> None:
    held = practice.refer("A")
    with practice.refused("may not add patient", NotAllowed):
        allocate_many(hand_on(practice, held), practice.uow("rita"))


def test_a_letter_that_can_go_names_its_page_and_whom_it_goes_to(practice: Practice, tmp_path: Path) -> None:
    episode = practice.refer("A")
    desk = practice.desk()
    with practice.reading() as session:
        checked = check_letter(session, episode, "gp_review", desk)
    assert (checked.why_not, checked.recipient) == ("", "Elm Tree Surgery, 1 Elm Street")
    assert checked.command.previewed is not None
    made = issue_letter(checked.command, desk).made
    assert made is not None
    save_letter(checked.pdf, tmp_path / "one.pdf")
    with practice.reading() as session:
        assert letter_pdf(session, made) == checked.pdf == (tmp_path / "one.pdf").read_bytes()  # type: ignore[arg-type]  # the id of a letter
        again = check_letter(session, episode, "gp_review", desk)
    assert again.why_not == "A letter of this kind was issued today."


def test_checking_keeps_nothing(practice: Practice) -> None:
    episode = practice.refer("A")
    before = practice.everything()
    with practice.reading() as session:
        check_letter(session, episode, "gp_review", practice.desk())
    assert practice.everything() == before


def test_what_is_missing_and_what_is_to_be_looked_at_keep_a_letter_back(practice: Practice) -> None:
    unseen = practice.refer("")
    oak = add_gp_practice(NewGpPractice(name="Oak Lane"), practice.uow()).made
    nowhere = practice.refer("A", surname="Birch", gp_practice_id=oak)
    with practice.reading() as session:
        assert (
            "Complete before sending" in check_letter(session, unseen, "gp_review", practice.desk()).why_not
        )
        kept_back = check_letter(session, nowhere, "gp_review", practice.desk())
    assert kept_back.why_not == "The GP practice has no full address, so this cannot be posted."
    assert (kept_back.pdf, kept_back.command.previewed) == (b"", None)


def test_a_page_that_changed_since_it_was_checked_is_not_issued(practice: Practice) -> None:
    episode = practice.refer("A")
    desk = practice.desk()
    with practice.reading() as session:
        checked = check_letter(session, episode, "gp_review", desk)
    practice.happen("A", episode, day(7))
    with practice.refused("record changed since", StaleRecord):
        issue_letter(checked.command, desk)


def test_a_page_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"could not write one\.pdf"):
        save_letter(b"x", tmp_path / "nowhere" / "one.pdf")


def test_nobody_is_handed_on_without_a_why(practice: Practice) -> None:
    held = practice.refer("A")
    with practice.refused("Write why they are handed on"):
        allocate_many(replace(hand_on(practice, held), reason=" . "), practice.uow())
    assert practice.facts(held).holder == "Jo Smith"
