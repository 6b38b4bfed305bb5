"""Recording the conversation that a safety answer asks for: what closes it, and who asks next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.ids import EpisodeId, MeasureId
from collabcare.domain.safety import SafetyOutcome, last_talk
from collabcare.domain.safety_prompt import covering_talks
from collabcare.services.measures import (
    LONGEST_NOTE,
    RecordSafetyConversation,
    record_safety_conversation,
)
from collabcare.services.safety_assessments import RecordAssessment, record_assessment
from collabcare.store.models import SafetyConversation
from tests.builders import MONDAY, day
from tests.builders_safety import draft, policy
from tests.services.test_measures import LOW_WITH_9, fill_in, safety_due

if TYPE_CHECKING:
    from tests.record_fixtures import Practice

TALKED, COVERED, COULD_NOT = (
    SafetyOutcome.TALKED_TODAY,
    SafetyOutcome.ALREADY_COVERED,
    SafetyOutcome.COULD_NOT_ASK,
)


def talk(
    practice: Practice,
    episode: EpisodeId,
    measure: MeasureId,
    **changes: Any,  # noqa: ANN401 - any field
) -> RecordSafetyConversation:
    """Return a conversation held today."""
    made = RecordSafetyConversation(
        episode_id=episode, measure_id=measure, outcome=TALKED, note="Passing thoughts, no plan; plan agreed."
    )
    if changes.get("outcome") is COVERED and "covered_by" not in changes:
        talks = covering_talks(practice.facts(episode), policy(), today=practice.today)
        changes["covered_by"] = next(iter(talks), None)
    return replace(made, **changes)


def test_the_audit_trail_names_the_conversation_not_the_form(practice: Practice) -> None:
    episode = practice.refer("A")
    fill_in(practice, episode)  # so that the two numbers differ
    measure = fill_in(practice, episode, answers=LOW_WITH_9)
    record_safety_conversation(talk(practice, episode, measure), practice.uow(), policy())
    with practice.reading() as session:
        (conversation,) = session.query(SafetyConversation).all()
    subjects = [line.subject_id for line in practice.audit() if line.kind == Kind.SAFETY]
    assert subjects == [conversation.id, conversation.id]
    assert conversation.id != measure


def test_a_conversation_held_is_kept_and_no_longer_due(practice: Practice) -> None:
    episode = practice.refer("A")
    measure = fill_in(practice, episode, answers=LOW_WITH_9)
    changes = record_safety_conversation(talk(practice, episode, measure), practice.uow("amina"), policy())
    (found,) = practice.facts(episode).safety_prompts
    assert (found.outcome, found.closed_on) == (TALKED, MONDAY)
    assert found.note == "Passing thoughts, no plan; plan agreed."
    assert changes.kinds == {Kind.SAFETY}
    assert safety_due(practice, episode) == []
    with practice.refused("recorded already"):
        record_safety_conversation(talk(practice, episode, measure), practice.uow(), policy())


def test_could_not_ask_stays_open_and_keeps_what_was_tried(practice: Practice) -> None:
    episode = practice.refer("A")
    measure = fill_in(practice, episode, answers=LOW_WITH_9)
    could_not = talk(
        practice,
        episode,
        measure,
        outcome=COULD_NOT,
        note="No reply; duty worker told, 3pm.",
        ask_by="  Jo  Smith ",
        ask_on=day(1),
    )
    changes = record_safety_conversation(could_not, practice.uow(), policy())
    [suggestion] = changes.suggestions
    assert suggestion.sentence == (
        "The safety question could not be asked. Jo Smith will ask by 06-Jan-2026. "
        "Agree today who keeps in touch until then."
    )
    (open_one,) = practice.facts(episode).open_safety_prompts
    assert (open_one.ask_by, open_one.ask_on, open_one.tried_on) == ("Jo Smith", day(1), MONDAY)
    [still] = safety_due(practice, episode)
    assert still == (
        "PHQ-9 item 9 answered “several days” on 05-Jan-2026; it could not be asked on 05-Jan-2026, "
        "Jo Smith will ask by 06-Jan-2026"
    )
    practice.on(day(1))
    record_safety_conversation(replace(could_not, note="No reply again."), practice.uow(), policy())
    record_safety_conversation(
        talk(practice, episode, measure, note="We talked; plan agreed."), practice.uow(), policy()
    )
    (found,) = practice.facts(episode).safety_prompts
    assert found.note == (
        "No reply; duty worker told, 3pm.\n\n06-Jan-2026: No reply again.\n\n"
        "06-Jan-2026: We talked; plan agreed."
    )
    assert (found.outcome, found.closed_on) == (TALKED, day(1))


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (6, True), (7, True), (8, False), (400, False)])
def test_already_covered_stands_only_within_seven_days_of_a_conversation(
    practice: Practice, days: int, allowed: bool
) -> None:
    """SAFE-W4."""
    episode = practice.refer("A")
    first = fill_in(practice, episode, answers=LOW_WITH_9)
    record_safety_conversation(talk(practice, episode, first), practice.uow(), policy())
    practice.on(day(days))
    second = fill_in(practice, episode, answers=LOW_WITH_9)
    covered = talk(practice, episode, second, outcome=COVERED)
    if allowed:
        record_safety_conversation(covered, practice.uow(), policy())
        assert safety_due(practice, episode) == []
    else:
        with practice.refused("No safety conversation is recorded in the last 7 days"):
            record_safety_conversation(covered, practice.uow(), policy())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"note": " "}, "why it could not be asked"),
        ({"ask_by": " "}, "Write who will ask"),
        ({"ask_on": None}, "Choose the day by which it will be asked"),
        ({"ask_on": day(-1)}, "is past"),
        ({"ask_by": "x" * 201}, "Who will ask is too long"),
    ],
)
def test_could_not_ask_says_why_who_and_when(
    practice: Practice, changes: dict[str, Any], sentence: str
) -> None:
    episode = practice.refer("A")
    measure = fill_in(practice, episode, answers=LOW_WITH_9)
    could_not = talk(practice, episode, measure, outcome=COULD_NOT, ask_by="Jo Smith", ask_on=MONDAY)
    with practice.refused(sentence):
        record_safety_conversation(replace(could_not, **changes), practice.uow(), policy())
    record_safety_conversation(could_not, practice.uow(), policy())


@pytest.mark.parametrize("outcome", [TALKED, COVERED])
def test_what_was_talked_about_is_written_down(practice: Practice, outcome: SafetyOutcome) -> None:
    episode = practice.refer("A")
    measure = fill_in(practice, episode, answers=LOW_WITH_9)
    with practice.refused("Write what was said and agreed"):
        said_nothing = talk(practice, episode, measure, outcome=outcome, note=" ")
        record_safety_conversation(said_nothing, practice.uow(), policy())


def test_already_covered_does_not_cover_the_next_one(practice: Practice) -> None:
    """Only a conversation counts: a chain of "already covered" would put it off for ever."""
    episode = practice.refer("A")
    first = fill_in(practice, episode, answers=LOW_WITH_9)
    record_safety_conversation(talk(practice, episode, first), practice.uow(), policy())
    practice.on(day(6))
    second = fill_in(practice, episode, answers=LOW_WITH_9)
    record_safety_conversation(talk(practice, episode, second, outcome=COVERED), practice.uow(), policy())
    practice.on(day(12))
    third = fill_in(practice, episode, answers=LOW_WITH_9)
    with practice.refused("last 7 days"):
        record_safety_conversation(talk(practice, episode, third, outcome=COVERED), practice.uow(), policy())
    assert (
        last_talk(practice.facts(episode), day(12))
        == "Last safety conversation Mon 05-Jan-2026, 12 days ago. What is open is not closed by it."
    )


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (7, True), (8, False)])
def test_a_safety_assessment_covers_it_too(practice: Practice, days: int, allowed: bool) -> None:
    episode = practice.refer("A")
    assessed = RecordAssessment(episode_id=episode, seen=0, draft=draft())
    record_assessment(assessed, practice.uow(), policy())
    practice.on(day(days))
    covered = talk(practice, episode, fill_in(practice, episode, answers=LOW_WITH_9), outcome=COVERED)
    if allowed:
        record_safety_conversation(covered, practice.uow(), policy())
        assert safety_due(practice, episode) == []
    else:
        with practice.refused("No safety conversation is recorded in the last 7 days"):
            record_safety_conversation(covered, practice.uow(), policy())


def test_a_conversation_with_somebody_else_covers_nothing(practice: Practice) -> None:
    other = practice.refer("A", surname="Li")
    record_safety_conversation(
        talk(practice, other, fill_in(practice, other, answers=LOW_WITH_9)), practice.uow(), policy()
    )
    episode = practice.refer("A")
    measure = fill_in(practice, episode, answers=LOW_WITH_9)
    with practice.refused("last 7 days"):
        record_safety_conversation(
            talk(practice, episode, measure, outcome=COVERED), practice.uow(), policy()
        )


REFUSED_TALKS = {
    "no note": ({"note": "  "}, "Write what was said and agreed"),
    "a note of control characters": ({"note": "\x00\n"}, "Write what was said and agreed"),
    "two letters": ({"note": "x x"}, "in a sentence at least"),
    "a letter as a note": ({"note": "x"}, "Write what was said and agreed, in a sentence"),
    "covered, in a word": (
        {"note": "ok", "outcome": COVERED},
        "Write what was said and agreed, in a sentence",
    ),
    "too long a note": ({"note": "x" * (LONGEST_NOTE + 1)}, "The note is too long"),
    "never covered": ({"outcome": COVERED}, "last 7 days"),
    "no such form": ({"measure_id": MeasureId(99)}, "recorded already"),
    "could not ask, without saying why": ({"outcome": COULD_NOT, "note": ""}, "why it could not be asked"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_TALKS.values(), ids=REFUSED_TALKS)
def test_a_conversation_that_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("A")
    measure = fill_in(practice, episode, answers=LOW_WITH_9)
    with practice.refused(words):
        record_safety_conversation(talk(practice, episode, measure, **changes), practice.uow(), policy())


def test_the_form_of_another_patient_is_out_of_reach(practice: Practice) -> None:
    mine, other = practice.refer("A"), practice.refer("A", surname="Li")
    measure = fill_in(practice, other, answers=LOW_WITH_9)
    with practice.refused("recorded already"):
        record_safety_conversation(talk(practice, mine, measure), practice.uow(), policy())
