"""Nobody simply gets a letter they cannot read: what is printed fits, what cannot be is arranged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.closure import Ending
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.ids import LetterId
from collabcare.domain.letter_formats import LetterEnd
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.queries.timeline import timeline
from collabcare.queries.timeline_entry import EntryKind
from collabcare.services.bulk import check_letter
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.letter_ends import EndLetter, end_letter
from collabcare.services.letter_page import letter_page
from collabcare.services.letters import (
    IssueLetter,
    PreparedLetter,
    SentAsAttempt,
    compose_letter,
    issue_letter,
    keep_words,
    letter_pdf,
)
from tests.builders import day
from tests.documents.pages import page_texts, whole_text, words_on
from tests.services.letter_commands import OFFER, kept_words, needs, telephone
from tests.services.searching import attempt, search

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

ELSEWHERE = [
    pytest.param({"information_formats": ("braille",)}, "in Braille", id="AIS-W2"),
    pytest.param({"information_formats": ("bsl_video",)}, "as a BSL video", id="AIS-W2 BSL"),
    pytest.param({"information_formats": ("audio",)}, "as a recording", id="AIS-W2 audio"),
    pytest.param({"information_formats": ("easy_read",)}, "in easy read", id="AIS-W2 easy read"),
    pytest.param(
        {"information_formats": ("bsl_video", "large_print_18")},
        "as a BSL video and in 18 pt print",
        id="AIS-W2 one of several",
    ),
    pytest.param({"interpreter_language": "pl"}, "translated into Polish", id="AIS-W2 translated"),
]


@pytest.fixture
def sought(practice: Practice) -> EpisodeId:
    """Return somebody who missed day 7 and was rung then, at a service with a telephone."""
    telephone(practice)
    episode = practice.refer("AD")
    attempt(practice, episode)
    practice.on(day(14))
    return episode


def prepared(practice: Practice, episode: EpisodeId, kind: str = OFFER) -> PreparedLetter:
    with practice.reading() as session:
        return compose_letter(session, IssueLetter(episode_id=episode, kind=kind), practice.desk())


def to_arrange(practice: Practice, episode: EpisodeId, today: date | None = None) -> list[Due]:
    due = what_is_due(practice.facts(episode), practice.rulebook, today=today or practice.today)
    return [each for each in due if each.kind is DueKind.LETTER_FORM]


def end(
    practice: Practice, episode: EpisodeId, letter: LetterId, what: LetterEnd = LetterEnd.SENT, how: str = ""
) -> None:
    command = EndLetter(episode_id=episode, letter_id=letter, end=what, ended_on=practice.today, how=how)
    end_letter(command, practice.uow(), practice.rulebook)


@pytest.mark.parametrize(
    ("needed", "points"),
    [
        pytest.param(("large_print_16",), 16, id="AIS-W1"),
        pytest.param(("large_print_18",), 18, id="AIS-W1 18 pt"),
        pytest.param(("large_print_24",), 24, id="AIS-W1 24 pt"),
        pytest.param(("large_print_16", "large_print_18"), 18, id="AIS-W1 the largest of several"),
    ],
)
def test_large_print_is_of_the_size_recorded_without_asking(
    practice: Practice, sought: EpisodeId, needed: tuple[str, ...], points: int
) -> None:
    def height(pdf: bytes) -> float:
        return next(w.bottom - w.top for w in words_on(pdf) if w.text.startswith("Dear "))

    plain = height(prepared(practice, sought).pdf)
    needs(practice, sought, information_formats=needed)
    letter = prepared(practice, sought)
    assert letter.may_issue
    assert letter.letter.points == points
    assert height(letter.pdf) / plain == pytest.approx(points / 12, rel=0.02)
    assert len(page_texts(letter.pdf)) > 1


@pytest.mark.parametrize(("needed", "words"), ELSEWHERE)
def test_the_plain_letter_is_refused_and_the_words_make_a_task(
    practice: Practice, sought: EpisodeId, needed: dict[str, str], words: str
) -> None:
    needs(practice, sought, **needed)
    letter = prepared(practice, sought)
    assert not letter.may_issue
    assert letter.may_keep_words
    assert words in letter.findings[0].text
    with practice.refused(f"They need letters {words}"):
        issue_letter(
            IssueLetter(episode_id=sought, kind=OFFER, attempt=SentAsAttempt(accessible=True)),
            practice.desk(),
        )
    tries = len(search(practice, sought).attempts)
    assert to_arrange(practice, sought) == []
    made = keep_words(
        IssueLetter(episode_id=sought, kind=OFFER, previewed=letter.sha256), practice.desk()
    ).made
    [due] = to_arrange(practice, sought)
    assert due.subject_id == made
    assert due.sentence.startswith(f"Letter {words} to arrange: ")
    assert due.due_on == practice.today
    assert len(search(practice, sought).attempts) == tries


def test_the_page_of_the_words_says_that_it_is_not_to_be_posted(
    practice: Practice, sought: EpisodeId
) -> None:
    needs(practice, sought, information_formats=("braille",))
    kept = kept_words(practice, sought)
    with practice.reading() as session:
        page = whole_text(letter_pdf(session, kept))
    assert "The words of a letter to be made in Braille. Not to be posted as it is." in page


def test_it_stays_for_ever_until_what_became_of_it_is_recorded(practice: Practice, sought: EpisodeId) -> None:
    """Nothing expires by itself; once it went it is a try in the form they need."""
    needs(practice, sought, information_formats=("braille",))
    kept = kept_words(practice, sought)
    assert len(to_arrange(practice, sought, day(14 + 3650))) == 1
    practice.on(day(18))
    end(practice, sought, kept, how="Made by the RNIB, sent second class")
    assert to_arrange(practice, sought) == []
    last = search(practice, sought).attempts[-1]
    assert (last.channel, last.outcome, last.accessible) == (Channel.LETTER, AttemptOutcome.SENT, True)
    story = timeline(practice.facts(sought), practice.rulebook, practice.today)
    told = [(entry.title, entry.text) for entry in story if entry.kind is EntryKind.LETTER]
    assert told[0][0].endswith(": sent in Braille")
    assert told[0][1] == "On 23-Jan-2026. Made by the RNIB, sent second class"
    assert told[1][1].endswith(", to go in Braille.")
    with practice.refused("recorded already"):
        end(practice, sought, kept)


@pytest.mark.parametrize("what", [LetterEnd.OTHER_WAY, LetterEnd.NOT_NEEDED])
def test_any_other_end_says_why_and_is_no_try(practice: Practice, sought: EpisodeId, what: LetterEnd) -> None:
    needs(practice, sought, information_formats=("braille",))
    kept = kept_words(practice, sought)
    tries = len(search(practice, sought).attempts)
    with practice.refused("why it is not needed"):
        end(practice, sought, kept, what)
    end(practice, sought, kept, what, "Read to them at the surgery")
    assert to_arrange(practice, sought) == []
    assert len(search(practice, sought).attempts) == tries


def test_letters_to_many_leave_them_out_and_say_why(practice: Practice, sought: EpisodeId) -> None:
    needs(practice, sought, information_formats=("braille",))
    with practice.reading() as session:
        checked = check_letter(session, sought, OFFER, practice.desk())
    assert checked.pdf == b""
    assert "They need letters in Braille" in checked.why_not


def test_the_patients_copy_of_a_letter_to_the_gp_is_arranged_too(
    practice: Practice, sought: EpisodeId
) -> None:
    needs(practice, sought, information_formats=("braille",))
    command = IssueLetter(episode_id=sought, kind="gp_review", copy_to_patient=False)
    issue_letter(command, practice.desk())
    assert to_arrange(practice, sought) == []
    copied = IssueLetter(episode_id=sought, kind="gp_review", copy_to_patient=True)
    with practice.reading() as session:
        warned = [each.text for each in compose_letter(session, copied, practice.desk()).findings]
    assert any("Issuing puts their copy on Today" in each for each in warned)
    issue_letter(copied, practice.desk())
    [due] = to_arrange(practice, sought)
    assert due.sentence.startswith("Letter in Braille to arrange: ")


def test_a_letter_that_can_be_printed_is_issued_not_kept(practice: Practice, sought: EpisodeId) -> None:
    """AIS-W4: where nobody has asked, the letter may go, and the question is shown."""
    with practice.refused("Issue it"):
        keep_words(IssueLetter(episode_id=sought, kind=OFFER), practice.desk())
    with practice.reading() as session:
        page = letter_page(session, sought, practice.desk())
    assert page is not None
    assert page.to_ask.startswith("Nobody has asked what they need")
    assert prepared(practice, sought).may_issue
    assert issue_letter(IssueLetter(episode_id=sought, kind=OFFER), practice.desk()).made


def test_words_that_may_not_be_sent_are_not_kept_either(practice: Practice, sought: EpisodeId) -> None:
    needs(practice, sought, information_formats=("braille",))
    part = practice.desk().letter_kinds[OFFER].typed[0].id
    command = IssueLetter(episode_id=sought, kind=OFFER, typed={part: "You are at high risk of suicide."})
    with practice.refused("risk"):
        keep_words(command, practice.desk())


def test_after_care_has_ended_nothing_is_kept_that_nobody_would_see(practice: Practice) -> None:
    telephone(practice)
    episode = practice.refer("AAA")
    needs(practice, episode, information_formats=("braille",))
    ending = CloseEpisode(
        episode_id=episode, ending=Ending.COMPLETED, closed_on=practice.today, why_no_plan="Well"
    )
    issue_letter(IssueLetter(episode_id=episode, kind="gp_review", copy_to_patient=True), practice.desk())
    with practice.refused("A letter in Braille is still to be arranged"):
        close_episode(ending, practice.uow(), practice.rulebook)
    [due] = to_arrange(practice, episode)
    assert due.subject_id is not None
    end(practice, episode, LetterId(due.subject_id))
    close_episode(ending, practice.uow(), practice.rulebook)
    with practice.refused("nobody’s list"):
        issue_letter(IssueLetter(episode_id=episode, kind="gp_review", copy_to_patient=True), practice.desk())
    assert issue_letter(
        IssueLetter(episode_id=episode, kind="gp_review", copy_to_patient=False), practice.desk()
    ).made
