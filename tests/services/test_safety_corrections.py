"""What covered a question, what still stands, and what happens when either turns out to be an error."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.safety import SafetyOutcome, covered_words, talked_on
from collabcare.domain.safety_facts import SafetyTalk, TalkKind
from collabcare.domain.safety_owed import still_stands_words
from collabcare.queries.beside_contacts import beside_contacts
from collabcare.queries.timeline import timeline
from collabcare.services.measures import record_safety_conversation
from collabcare.services.safety_assessments import SayStillStands, say_still_stands
from collabcare.services.safety_corrections import (
    TakeBackOutcome,
    VoidAssessment,
    take_back_outcome,
    void_assessment,
)
from tests.builders import MONDAY, day, rulebook
from tests.builders_safety import policy
from tests.services.test_measures import LOW_WITH_9, fill_in
from tests.services.test_safety_assessments import assess
from tests.services.test_safety_conversations import COVERED, talk

if TYPE_CHECKING:
    from collabcare.domain.facts import SafetyPromptFact
    from collabcare.domain.ids import EpisodeId, MeasureId
    from tests.record_fixtures import Practice

OWED, OPEN = DueKind.SAFETY_ASSESSMENT, DueKind.SAFETY_CONVERSATION


def answered(practice: Practice, episode: EpisodeId) -> MeasureId:
    """Let item 9 be answered with more than "not at all" today."""
    return fill_in(practice, episode, answers=LOW_WITH_9)


def talked(practice: Practice, episode: EpisodeId) -> MeasureId:
    """Let a conversation be asked for and held today."""
    measure = answered(practice, episode)
    record_safety_conversation(talk(practice, episode, measure), practice.uow(), policy())
    return measure


def cover(practice: Practice, episode: EpisodeId, by: SafetyTalk) -> MeasureId:
    """Let a question of today be covered already by a talk."""
    measure = answered(practice, episode)
    command = talk(practice, episode, measure, outcome=COVERED, covered_by=by)
    record_safety_conversation(command, practice.uow(), policy())
    return measure


def conversation(practice: Practice, episode: EpisodeId, measure: MeasureId) -> SafetyPromptFact:
    return next(each for each in practice.facts(episode).safety_prompts if each.measure_id == measure)


def kinds(practice: Practice, episode: EpisodeId) -> set[DueKind]:
    found = what_is_due(practice.facts(episode), rulebook(), today=practice.today)
    return {each.kind for each in found} & {OWED, OPEN}


def told(practice: Practice, episode: EpisodeId) -> str:
    """Return the story, as it is read."""
    with practice.reading() as session:
        beside = beside_contacts(session, episode)
    lines = timeline(practice.facts(episode), rulebook(), practice.today, beside=beside)
    return "\n".join(f"{each.title}\n{each.text}" for each in lines)


def test_what_covered_a_question_is_named_kept_and_told(practice: Practice) -> None:
    episode = practice.refer("A")
    first = conversation(practice, episode, talked(practice, episode))
    practice.on(day(3))
    by = SafetyTalk(TalkKind.CONVERSATION, first.id, MONDAY)
    found = conversation(practice, episode, cover(practice, episode, by))
    assert (found.outcome, found.covered_by) == (COVERED, by)
    assert covered_words(found) == "Already covered by the conversation of Mon 05-Jan-2026"
    assert "Already covered by the conversation of Mon 05-Jan-2026." in told(practice, episode)


def test_an_assessment_covers_by_its_own_number(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode)
    [written] = practice.facts(episode).safety_assessments
    by = SafetyTalk(TalkKind.ASSESSMENT, written.id, MONDAY)
    found = conversation(practice, episode, cover(practice, episode, by))
    assert found.covered_by == by
    assert "Already covered by the safety assessment of Mon 05-Jan-2026." in told(practice, episode)


def test_what_is_no_talk_of_the_week_covers_nothing(practice: Practice) -> None:
    other = practice.refer("A", surname="Li")
    theirs = conversation(practice, other, talked(practice, other))
    episode = practice.refer("A")
    mine = conversation(practice, episode, talked(practice, episode))
    measure = answered(practice, episode)
    for wrong in (
        SafetyTalk(TalkKind.CONVERSATION, theirs.id, MONDAY),
        SafetyTalk(TalkKind.CONVERSATION, mine.id, day(-1)),
        SafetyTalk(TalkKind.ASSESSMENT, mine.id, MONDAY),
    ):
        covered = talk(practice, episode, measure, outcome=COVERED, covered_by=wrong)
        with practice.refused("is no talk of the last 7 days, or was entered in error"):
            record_safety_conversation(covered, practice.uow(), policy())
    unnamed = talk(practice, episode, measure, outcome=COVERED, covered_by=None)
    with practice.refused("Choose which talk about safety covered it"):
        record_safety_conversation(unnamed, practice.uow(), policy())


def test_an_assessment_in_error_opens_what_it_covered_and_is_told_as_an_error(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode)
    [written] = practice.facts(episode).safety_assessments
    measure = cover(practice, episode, SafetyTalk(TalkKind.ASSESSMENT, written.id, MONDAY))
    assert kinds(practice, episode) == set()
    practice.on(day(2))
    wrong = VoidAssessment(episode_id=episode, assessment_id=written.id, reason="Of another patient")
    changes = void_assessment(wrong, practice.uow())
    assert changes.episodes == {episode}
    facts = practice.facts(episode)
    assert (facts.safety_assessments, talked_on(facts, practice.today)) == ((), None)
    again = conversation(practice, episode, measure)
    assert (again.outcome, again.closed_on, again.covered_by) == (None, None, None)
    assert again.note.endswith(
        "07-Jan-2026: Opened again: the safety assessment of 05-Jan-2026 was entered in error."
    )
    assert kinds(practice, episode) == {OPEN}
    story = told(practice, episode)
    assert "Entered in error: safety assessment, version 1, Jo Smith" in story
    assert "Marked Wed 07-Jan-2026 by Jo Smith: Of another patient" in story
    with practice.refused("is marked as an error already"):
        void_assessment(wrong, practice.uow())
    assess(practice, episode, assessed_on=day(2), review_on=day(9))
    assert [each.version for each in practice.facts(episode).safety_assessments] == [2]


def test_a_talk_in_error_is_open_again_with_what_it_covered(practice: Practice) -> None:
    episode = practice.refer("A")
    first = talked(practice, episode)
    by = SafetyTalk(TalkKind.CONVERSATION, conversation(practice, episode, first).id, MONDAY)
    second = cover(practice, episode, by)
    assert kinds(practice, episode) == {OWED}
    wrong = TakeBackOutcome(episode_id=episode, measure_id=first, reason="It was her brother I rang.")
    take_back_outcome(wrong, practice.uow())
    assert {each.measure_id for each in practice.facts(episode).open_safety_prompts} == {first, second}
    assert kinds(practice, episode) == {OPEN}
    assert "It was her brother I rang." in conversation(practice, episode, first).note
    assert conversation(practice, episode, first).note.startswith("Passing thoughts")
    with practice.refused("That safety conversation is open"):
        take_back_outcome(wrong, practice.uow())


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_error_says_what_was_wrong(practice: Practice, reason: str) -> None:
    episode = practice.refer("A")
    measure = talked(practice, episode)
    assess(practice, episode)
    [written] = practice.facts(episode).safety_assessments
    with practice.refused("Say what was wrong"):
        take_back_outcome(
            TakeBackOutcome(episode_id=episode, measure_id=measure, reason=reason), practice.uow()
        )
    with practice.refused("Say what was wrong"):
        void = VoidAssessment(episode_id=episode, assessment_id=written.id, reason=reason)
        void_assessment(void, practice.uow())


def test_nothing_of_another_patient_is_marked(practice: Practice) -> None:
    other, episode = practice.refer("A", surname="Li"), practice.refer("A")
    measure = talked(practice, other)
    assess(practice, other)
    [written] = practice.facts(other).safety_assessments
    with practice.refused("is not this patient's"):
        take_back_outcome(
            TakeBackOutcome(episode_id=episode, measure_id=measure, reason="No"), practice.uow()
        )
    with practice.refused("is not this patient's"):
        void_assessment(
            VoidAssessment(episode_id=episode, assessment_id=written.id, reason="No"), practice.uow()
        )


# that the assessment there still stands


def stands(practice: Practice, episode: EpisodeId, **changes: Any) -> SayStillStands:  # noqa: ANN401 - any field
    """Say that the last assessment still stands."""
    [*_, last] = practice.facts(episode).safety_assessments
    made = SayStillStands(
        episode_id=episode, assessment_id=last.id, why="The same worry; the formulation names it."
    )
    return replace(made, **changes)


def test_that_the_assessment_still_stands_is_kept_with_who_and_when(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode, review_on=day(20))
    practice.on(day(12))
    measure = talked(practice, episode)
    assert kinds(practice, episode) == {OWED}
    practice.on(day(13))
    changes = say_still_stands(stands(practice, episode), practice.uow("amina"))
    assert changes.episodes == {episode}
    assert kinds(practice, episode) == set()
    words = still_stands_words(practice.facts(episode), conversation(practice, episode, measure))
    assert words == (
        "No new assessment: the one of 05-Jan-2026, 13 days old then, still stood (Amina Shah, "
        "Sun 18-Jan-2026). The same worry; the formulation names it."
    )
    assert words in told(practice, episode)
    with practice.refused("No safety assessment is to be written now"):
        say_still_stands(stands(practice, episode), practice.uow())


def test_a_later_talk_asks_for_an_assessment_again(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode, review_on=day(20))
    practice.on(day(1))
    talked(practice, episode)
    say_still_stands(stands(practice, episode), practice.uow())
    practice.on(day(2))
    talked(practice, episode)
    assert kinds(practice, episode) == {OWED}


def test_what_cannot_stand_is_refused(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode, formulation="", review_on=day(9))
    practice.on(day(1))
    talked(practice, episode)
    with practice.refused("There is no formulation that could still stand"):
        say_still_stands(stands(practice, episode), practice.uow())
    assess(practice, episode, seen=1, review_on=day(9))
    with practice.refused("Write a sentence: what was talked about and why"):
        say_still_stands(stands(practice, episode, why=" "), practice.uow())
    with practice.refused("Another safety assessment was recorded meanwhile", StaleRecord):
        say_still_stands(stands(practice, episode, assessment_id=1), practice.uow())
    practice.on(day(10))
    with practice.refused("was to be reviewed by 14-Jan-2026"):
        say_still_stands(stands(practice, episode), practice.uow())


def test_when_it_was_an_error_the_assessment_is_to_be_written_again(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode, review_on=day(9))
    practice.on(day(1))
    measure = talked(practice, episode)
    say_still_stands(stands(practice, episode), practice.uow())
    [written] = practice.facts(episode).safety_assessments
    wrong = VoidAssessment(episode_id=episode, assessment_id=written.id, reason="Of another patient")
    void_assessment(wrong, practice.uow())
    assert kinds(practice, episode) == {OWED}
    assert "what was said then: The same worry" in conversation(practice, episode, measure).note
    assert conversation(practice, episode, measure).outcome is not SafetyOutcome.COULD_NOT_ASK
