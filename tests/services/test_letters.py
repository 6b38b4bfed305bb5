"""Writing letters on a real record: looked at, issued, kept as the very page, found again."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from collabcare.catalogue.letters import load_letters
from collabcare.documents.composed import FindingLevel
from collabcare.domain.changes import Kind
from collabcare.domain.codes import ReferralSource
from collabcare.domain.due import what_is_due
from collabcare.domain.errors import DamagedRecord, NotAllowed, RuleViolation, StaleRecord
from collabcare.domain.ids import EpisodeId, LetterId
from collabcare.paths import resources_dir
from collabcare.queries.site import site
from collabcare.services.desk import Desk
from collabcare.services.episodes import MoveStep, move_step
from collabcare.services.letters import (
    IssueLetter,
    compose_letter,
    issue_letter,
    letter_pdf,
    letters_offered,
)
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.store.engine import WRITE
from collabcare.store.models import Letter, Note, UserAccount
from tests.builders import day, pathway, phq9, rulebook
from tests.documents.pages import page_texts, squeezed, whole_text

if TYPE_CHECKING:
    from collabcare.services.letters import PreparedLetter
    from tests.record_fixtures import Practice


def desk(practice: Practice, login: str = "jo", **changes: Any) -> Desk:  # noqa: ANN401 - any field of the desk
    """Return the desk of a member of staff, of a service with a telephone."""
    with practice.reading() as session:
        here = replace(site(session), telephone="0113 496 0123")
    made = Desk(
        record_path=Path("elm.ccrecord"),
        acting=practice.staff[login],
        clock=practice.clock,
        uow=practice.uow(login),
        sessions=practice.opened.sessions,
        keys=practice.keys,
        site=here,
        rulebook=practice.rulebook,
        letter_kinds=load_letters(resources_dir() / "letters"),
    )
    return replace(made, **changes)


def look(practice: Practice, command: IssueLetter) -> PreparedLetter:
    """Put a letter together without issuing it."""
    with practice.reading() as session:
        return compose_letter(session, command, desk(practice))


def stored(practice: Practice, number: int | None) -> Letter:
    """Return a letter with its page."""
    with practice.reading() as session:
        found = session.scalars(select(Letter).where(Letter.id == number)).one()
        assert found.pdf
        return found


def step_up(practice: Practice, episode: EpisodeId) -> None:
    """Move the patient a step up."""
    command = MoveStep(
        episode_id=episode,
        seen=practice.facts(episode).version,
        to_step=3,
        reason="More contact would help",
        agreed_with_patient=True,
    )
    move_step(command, practice.uow(), pathway())


def test_what_is_issued_is_the_page_that_was_looked_at(practice: Practice) -> None:
    episode = practice.refer("AAb")
    command = IssueLetter(episode_id=episode, kind="gp_review", typed={"discussed": "Sleeping better."})
    seen = look(practice, command)
    assert seen.may_issue
    changes = issue_letter(replace(command, previewed=seen.sha256), desk(practice))
    letter = stored(practice, changes.made)
    assert letter.pdf == seen.pdf
    assert letter.sha256 == seen.sha256 == sha256(letter.pdf).hexdigest()
    assert letter.text == seen.letter.text
    assert (letter.kind, letter.kind_version, letter.title) == ("gp_review", 3, "Review letter to the GP")
    assert letter.recipient == "Elm Tree Surgery, 1 Elm Street"
    assert (letter.issued_on, letter.issued_by) == (practice.today, practice.user("jo"))
    with practice.reading() as session:
        assert letter_pdf(session, LetterId(letter.id)) == seen.pdf
    [fact] = practice.facts(episode).letters
    assert (fact.id, fact.title) == (letter.id, "Review letter to the GP")


def test_a_preview_keeps_nothing(practice: Practice) -> None:
    episode = practice.refer("A")
    before = practice.everything()
    look(practice, IssueLetter(episode_id=episode, kind="gp_review"))
    assert practice.everything() == before


def test_a_letter_that_tells_the_gp_of_a_move_closes_what_was_due(practice: Practice) -> None:
    episode = practice.refer("A")
    step_up(practice, episode)
    due = what_is_due(practice.facts(episode), rulebook(), today=practice.today)
    assert "gp_step_change" in {each.letter for each in due}
    changes = issue_letter(IssueLetter(episode_id=episode, kind="gp_step_change"), desk(practice))
    assert changes.kinds == {Kind.LETTER, Kind.STEP}
    assert changes.episodes == {episode}
    start, move = practice.facts(episode).step_moves
    assert (start.gp_informed_on, move.gp_informed_on) == (None, practice.today)
    due = what_is_due(practice.facts(episode), rulebook(), today=practice.today)
    assert "gp_step_change" not in {each.letter for each in due}


@pytest.mark.parametrize("kind", ["gp_not_attending", "patient_missed"])
def test_a_letter_that_says_nothing_of_a_move_leaves_it_to_be_told(practice: Practice, kind: str) -> None:
    episode = practice.refer("AD")
    step_up(practice, episode)
    changes = issue_letter(IssueLetter(episode_id=episode, kind=kind), desk(practice))
    assert changes.kinds == {Kind.LETTER}
    assert practice.facts(episode).step_moves[-1].gp_informed_on is None


def test_issuing_is_in_the_audit_trail_with_the_patient(practice: Practice) -> None:
    episode = practice.refer("A")
    step_up(practice, episode)
    last = practice.audit()[-1].id
    changes = issue_letter(IssueLetter(episode_id=episode, kind="gp_review"), desk(practice))
    lines = practice.audit(last)
    assert {line.action for line in lines} == {"Issue letter"}
    assert [(line.kind, line.subject_id) for line in lines][-1] == ("letter", changes.made)
    assert {line.patient_id for line in lines} == {practice.facts(episode).patient.patient_id}


def test_the_author_signs_with_their_own_job(practice: Practice) -> None:
    episode = practice.refer("A")
    assert (
        "Practitioner" in look(practice, IssueLetter(episode_id=episode, kind="gp_review")).letter.signature
    )
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        whose = UserAccount.id == practice.user("jo")
        session.execute(update(UserAccount).where(whose).values(job_title="Mental health nurse"))
        session.commit()
    found = look(practice, IssueLetter(episode_id=episode, kind="gp_review")).letter
    assert found.signature == ("Jo Smith", "Mental health nurse", "Elm Tree PCN")


@pytest.mark.parametrize("login", ["alex", "rita"])
def test_only_clinicians_issue_letters(practice: Practice, login: str) -> None:
    episode = practice.refer("A")
    with practice.refused("may not issue letter", NotAllowed):
        issue_letter(IssueLetter(episode_id=episode, kind="gp_review"), desk(practice, login))


def test_a_level_of_risk_is_found_in_the_preview_and_never_issued(practice: Practice) -> None:
    episode = practice.refer("A")
    words = f"I judged this {'low'} risk."
    command = IssueLetter(episode_id=episode, kind="gp_review", typed={"safety": words})
    seen = look(practice, command)
    assert not seen.may_issue
    [finding] = seen.findings[:1]
    assert (finding.level, finding.part) == (FindingLevel.BLOCKS, "safety")
    with practice.refused("a letter never gives a level of risk"):
        issue_letter(command, desk(practice))


def test_a_letter_silent_about_a_safety_answer_is_refused_until_it_says_why_to_the_record(
    practice: Practice,
) -> None:
    episode = practice.refer("A")
    positive = RecordMeasure(episode_id=episode, taken_on=practice.today, answers=(1,) * 8 + (2,))
    record_measure(positive, practice.uow(), phq9())
    silent = IssueLetter(episode_id=episode, kind="gp_review", typed={"safety": " "})
    with practice.refused("say in a few words why it is left out"):
        issue_letter(silent, desk(practice))
    assert practice.facts(episode).letters == ()
    why = "She will tell the GP herself today"
    made = issue_letter(replace(silent, why_no_safety=why), desk(practice)).made
    with practice.reading() as session:
        (note,) = session.scalars(select(Note.text).where(Note.episode_id == episode))
        assert why not in whole_text(letter_pdf(session, LetterId(made or 0)))
    assert note.endswith(f"without a word about safety, because: {why}")
    written = replace(silent, typed={"safety": "We talked about it and agreed whom to ring."})
    assert issue_letter(written, desk(practice)).made


def test_a_warning_does_not_keep_a_letter_back(practice: Practice) -> None:
    episode = practice.refer("AD")
    command = IssueLetter(episode_id=episode, kind="patient_missed", typed={"added": "Bring your PHQ-9."})
    assert look(practice, command).may_issue
    assert issue_letter(command, desk(practice)).made


def test_a_record_that_changed_since_the_preview_is_looked_at_again(practice: Practice) -> None:
    episode = practice.refer("A")
    command = IssueLetter(episode_id=episode, kind="gp_review")
    command = replace(command, previewed=look(practice, command).sha256)
    answers = (1,) * 9
    record_measure(
        RecordMeasure(episode_id=episode, taken_on=practice.today, answers=answers),
        practice.uow(),
        phq9(),
    )
    with practice.refused("The record changed since you looked at this letter", StaleRecord):
        issue_letter(command, desk(practice))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "gp_review"}, "Complete before sending: a contact that was attended"),
        ({"kind": "gp_step_change"}, "Complete before sending: a move between steps"),
        ({"kind": "no_such"}, "There is no letter called 'no_such'"),
        ({"episode_id": EpisodeId(999)}, "That episode is not in the record"),
        ({"kind": "patient_missed"}, "Complete before sending: a missed appointment"),
    ],
)
def test_a_letter_that_cannot_be_written_leaves_no_trace(
    practice: Practice, changes: dict[str, Any], words: str
) -> None:
    command = replace(IssueLetter(episode_id=practice.refer(), kind="gp_review"), **changes)
    with practice.refused(words):
        issue_letter(command, desk(practice))


def test_a_character_without_a_print_leaves_no_trace(practice: Practice) -> None:
    command = IssueLetter(episode_id=practice.refer("A"), kind="gp_review", typed={"discussed": "Well 🙂"})
    with practice.refused("slightly smiling face"):
        issue_letter(command, desk(practice))


@pytest.mark.parametrize("surname", ["<none>", "Łukasz", "{0.__class__}", "<!-- -->", "A & B"])
def test_a_name_is_printed_as_it_was_typed(practice: Practice, surname: str) -> None:
    episode = practice.refer("A", surname=surname, gp_name=f"Dr {surname}")
    changes = issue_letter(IssueLetter(episode_id=episode, kind="gp_review"), desk(practice))
    letter = stored(practice, changes.made)
    assert squeezed(whole_text(letter.pdf)).count(squeezed(surname)) >= 5
    assert surname in letter.text


def test_which_letters_can_be_written_and_why_not(practice: Practice) -> None:
    def offered(episode: EpisodeId) -> dict[str, str]:
        found = letters_offered(practice.facts(episode), desk(practice))
        return {offer.kind.id: offer.why_not for offer in found}

    assert offered(practice.refer("A")) == {
        "gp_review": "",
        "gp_discharge": "",
        "gp_step_change": "Needs a move between steps.",
        "gp_closing_unreached": (
            "Needs a missed appointment we are still following up, an attempt to reach the patient."
        ),
        "gp_not_attending": "Needs a missed appointment we are still following up.",
        "patient_keep_in_touch": "Needs a missed appointment we are still following up.",
        "patient_missed": "Needs a missed appointment we are still following up.",
    }
    sought = offered(practice.refer("AD", source=ReferralSource.SELF))
    assert sought["gp_not_attending"] == sought["patient_missed"] == ""


def test_a_page_that_is_not_as_issued_is_never_shown(practice: Practice) -> None:
    episode = practice.refer("A")
    issued = stored(
        practice, issue_letter(IssueLetter(episode_id=episode, kind="gp_review"), desk(practice)).made
    )
    columns = {c.name: getattr(issued, c.name) for c in Letter.__table__.columns if c.name != "id"}
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        forged = Letter(**{**columns, "pdf": issued.pdf + b" "})
        session.add(forged)
        session.flush()
        with pytest.raises(DamagedRecord, match="not as it was issued"):
            letter_pdf(session, LetterId(forged.id))
        with pytest.raises(RuleViolation, match="not in the record"):
            letter_pdf(session, LetterId(999))


def test_the_name_of_the_file_says_nothing_of_the_patient(practice: Practice) -> None:
    practice.on(day(9))
    found = look(practice, IssueLetter(episode_id=practice.refer("A"), kind="gp_review"))
    assert found.file_name == "gp_review-2026-01-05.pdf"


def test_large_print_and_copies_are_the_authors_choice(practice: Practice) -> None:
    command = IssueLetter(episode_id=practice.refer("A"), kind="gp_review")
    assert "Ms Ngozi Okafor" not in look(practice, command).letter.distribution, "nobody asked if it is safe"
    copied = replace(command, copy_to_patient=True)
    assert "Ms Ngozi Okafor" in look(practice, copied).letter.distribution
    assert (
        "Ms Ngozi Okafor" not in look(practice, replace(command, copy_to_patient=False)).letter.distribution
    )
    assert len(page_texts(look(practice, replace(command, large_print=True)).pdf)) > 1


@pytest.mark.parametrize(
    "module", ["services.letters", "catalogue.letters", "documents.reports", "documents.recovery_key"]
)
def test_nothing_that_draws_is_loaded_before_something_is_drawn(module: str) -> None:
    code = f"import sys, collabcare.{module}; sys.exit(any(n.startswith('reportlab') for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
