"""A letter of a search is logged as a try to reach the patient, in the action that issues it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.documents.composed import FindingLevel
from collabcare.domain.patient_details import CommunicationNeeds, SafeContact
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_today import search_step
from collabcare.services.helplines import SaveHelpline, save_helpline
from collabcare.services.letters import IssueLetter, SentAsAttempt, compose_letter, issue_letter
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.store.engine import WRITE
from collabcare.store.models import Site
from tests.builders import day
from tests.documents.pages import whole_text
from tests.services.searching import attempt, done, search

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.services.letters import PreparedLetter
    from tests.record_fixtures import Practice

YES, NO = SentAsAttempt(accessible=True), SentAsAttempt(accessible=False)
OFFER, KEEP_IN_TOUCH, GP_NOTICE = "patient_missed", "patient_keep_in_touch", "gp_not_attending"


@pytest.fixture
def sought(practice: Practice) -> EpisodeId:
    """Return somebody who missed day 7 and was rung then, at a service with a telephone."""
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.query(Site).one().telephone = "0113 496 0123"
        session.commit()
    episode = practice.refer("AD")
    attempt(practice, episode)
    practice.on(day(14))
    return episode


def issue(practice: Practice, episode: EpisodeId, kind: str, logged: SentAsAttempt | None = YES) -> None:
    issue_letter(IssueLetter(episode_id=episode, kind=kind, attempt=logged), practice.desk())


def prepared(practice: Practice, episode: EpisodeId, kind: str) -> PreparedLetter:
    with practice.reading() as session:
        return compose_letter(session, IssueLetter(episode_id=episode, kind=kind), practice.desk())


@pytest.mark.parametrize(
    ("kind", "channel", "rung"),
    [(OFFER, Channel.LETTER, 2), (KEEP_IN_TOUCH, Channel.LETTER, 5)],
)
def test_issuing_it_logs_it_under_the_step_it_is_for(
    practice: Practice, sought: EpisodeId, kind: str, channel: Channel, rung: int
) -> None:
    issue(practice, sought, kind)
    last = search(practice, sought).attempts[-1]
    assert (last.channel, last.outcome, last.rung) == (channel, AttemptOutcome.SENT, rung)
    assert last.note.startswith("Letter issued: ")
    assert last.accessible


def test_the_keep_in_touch_letter_begins_the_wait_for_an_answer(
    practice: Practice, sought: EpisodeId
) -> None:
    done(practice, sought, 2, 3, 4)
    issue(practice, sought, KEEP_IN_TOUCH)
    step = search_step(practice.facts(sought), practice.rulebook.search, today=practice.today)
    assert step is not None
    assert (step.rung.number, step.due_on) == (6, day(28))
    assert "Please tell us by Monday 2 February 2026" in prepared(practice, sought, KEEP_IN_TOUCH).letter.text


def test_without_the_tick_nothing_is_logged(practice: Practice, sought: EpisodeId) -> None:
    issue(practice, sought, OFFER, None)
    assert len(search(practice, sought).attempts) == 1


def test_a_letter_of_another_kind_is_no_try_and_nothing_is_kept_of_it(
    practice: Practice, sought: EpisodeId
) -> None:
    with practice.refused("no try to reach somebody who is sought"):
        issue(practice, sought, "gp_review")


def test_the_format_is_as_the_author_says(practice: Practice, sought: EpisodeId) -> None:
    issue(practice, sought, OFFER, NO)
    assert not search(practice, sought).attempts[-1].accessible


def letters_are_safe(practice: Practice, episode: EpisodeId, *, safe: bool = True) -> None:
    """Record whether letters are safe for the patient."""
    patient = practice.facts(episode).patient
    said = SafeContact(letters_safe=safe)
    command = ChangeDetails(patient_id=patient.patient_id, seen=patient.version, safe=said)
    change_details(command, practice.uow())


@pytest.mark.parametrize("kind", [OFFER, KEEP_IN_TOUCH])
def test_no_letter_goes_to_an_address_that_is_not_safe(
    practice: Practice, sought: EpisodeId, kind: str
) -> None:
    letters_are_safe(practice, sought, safe=False)
    findings = prepared(practice, sought, kind).findings
    assert findings[0].level is FindingLevel.BLOCKS
    with practice.refused("may be unsafe or lost"):
        issue(practice, sought, kind)
    issue(practice, sought, GP_NOTICE, None)


def test_word_to_the_gp_is_a_try_only_where_the_step_asks_for_it(
    practice: Practice, sought: EpisodeId
) -> None:
    """It reaches nobody else, so it does not stand in the place of another try at the patient."""
    with practice.refused("no try to reach somebody who is sought"):
        issue(practice, sought, GP_NOTICE)
    done(practice, sought, 2, 3)
    issue(practice, sought, GP_NOTICE)
    last = search(practice, sought).attempts[-1]
    assert (last.channel, last.rung) == (Channel.GP_PRACTICE, 4)


def test_the_lines_to_ring_are_the_sites_own_before_the_national_ones(
    practice: Practice, sought: EpisodeId
) -> None:
    line = SaveHelpline(
        name="Leeds crisis team", telephone="0113 496 0999", when_open="Day and night", note=""
    )
    save_helpline(line, practice.uow("amina"))
    letters_are_safe(practice, sought)
    text = prepared(practice, sought, OFFER).letter.text
    assert text.index("Leeds crisis team: 0113 496 0999") < text.index("NHS 111: Call 111")
    words = [finding.text for finding in prepared(practice, sought, OFFER).findings]
    assert any("not confirmed by your service yet" in each for each in words)


@pytest.mark.parametrize("kind", [OFFER, KEEP_IN_TOUCH])
def test_a_letter_somebody_else_may_open_names_no_crisis_line_of_the_record(
    practice: Practice, sought: EpisodeId, kind: str
) -> None:
    """The site's own line would say what service it is from; the numbers anybody may ring stay."""
    line = SaveHelpline(
        name="Saltmere team", telephone="0113 496 0999", when_open="", note="for our patients"
    )
    save_helpline(line, practice.uow("amina"))
    seen = prepared(practice, sought, kind)
    for text in (seen.letter.text, " ".join(whole_text(seen.pdf).split())):
        assert "ring NHS 111, day and night. In an emergency, ring 999." in " ".join(text.split())
        for telling in ("Saltmere", "0999", "option 2", "116 123", "85258", "our patients"):
            assert telling not in text
    assert not [each for each in seen.findings if "crisis lines" in each.text]
    letters_are_safe(practice, sought)
    told = prepared(practice, sought, kind).letter.text
    assert all(words in told for words in ("Saltmere team", "option 2", "116 123", "85258", "999"))
    assert "In an emergency, ring 999" not in told


def test_large_print_changes_nothing_in_what_is_said(practice: Practice, sought: EpisodeId) -> None:
    patient = practice.facts(sought).patient
    plain = prepared(practice, sought, OFFER).letter.text
    needs = CommunicationNeeds(information_formats=("large_print_16",))
    change_details(
        ChangeDetails(patient_id=patient.patient_id, seen=patient.version, needs=needs), practice.uow()
    )
    assert prepared(practice, sought, OFFER).may_issue
    large = prepared(practice, sought, OFFER).letter.text
    assert large == plain.replace("in large print, easy read", "in easy read")  # it is in large print
