"""What must be thought about when somebody did not attend: recorded facts in words, never a level."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.codes import ReferralReason, ReferralSource
from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.demographics import InterpreterAtContact as Interpreter
from collabcare.domain.errors import RuleViolation
from collabcare.domain.facts import LetterFact
from collabcare.domain.ids import ContactId, LetterId, MeasureId
from collabcare.domain.missed_thoughts import (
    Answer,
    Ask,
    answer_in_words,
    asked_words,
    missed_thoughts,
    note_with_answers,
    nothing_to_read,
    refuse_unanswered,
    safety_recorded,
    unanswered,
    with_none_yet,
)
from collabcare.domain.people_facts import ReminderFact, ReminderOutcome
from collabcare.domain.reach_facts import HasteKind, ReachFacts
from collabcare.domain.reengagement import Channel
from collabcare.domain.safety_facts import PlanStatus
from tests.builders import answered, contact, day, facts, patient, phq9, prompt, rulebook
from tests.builders_reach import haste
from tests.builders_safety import assessment, plan

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact, EpisodeFacts

ITEMS = (1, 1, 1, 1, 1, 1, 1, 1)


def recorded(of: EpisodeFacts, ask: Ask, missed: ContactFact | None = None) -> str:
    """Return what is told under one question."""
    about = missed or contact("b", day(21), id=ContactId(0))
    found = missed_thoughts(of, rulebook(), about, today=day(21))
    assert [thought.ask for thought in found] == list(Ask)
    return " ".join(next(thought for thought in found if thought.ask is ask).recorded)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (1, "PHQ-9 item 9: several days, 06-Jan-2026."),
        (0, "PHQ-9 item 9: not at all, 06-Jan-2026."),
        (None, "PHQ-9 item 9: left blank, 06-Jan-2026."),
    ],
)
def test_the_last_answer_is_said_in_the_words_of_the_form(answer: int | None, words: str) -> None:
    form = answered(phq9(), *ITEMS, answer, on=day(1))
    assert answer_in_words(facts("A", measures=(form,)), phq9()) == words


def test_an_answer_not_talked_about_says_so_and_none_is_no_answer() -> None:
    form = replace(answered(phq9(), *ITEMS, 2, on=day(1)), id=MeasureId(7))
    of = facts("A", measures=(form,), safety_prompts=(prompt(day(1), measure_id=MeasureId(7)),))
    assert (
        answer_in_words(of, phq9())
        == "PHQ-9 item 9: more than half the days, 06-Jan-2026; no conversation about it yet."
    )
    assert answer_in_words(facts("A"), phq9()) == "PHQ-9 item 9: not answered yet."


def test_the_formulation_and_the_plan_are_there_to_be_read() -> None:
    of = facts(
        "A",
        safety_assessments=(
            assessment(
                assessed_on=day(2),
                act_quickly_if_contact_lost=True,
                if_contact_lost="Ring her sister",
                quick_concern="Not answering for two days",
            ),
        ),
        safety_plans=(plan(status=PlanStatus.ACTIVE, made_on=day(3)),),
    )
    told = recorded(of, Ask.SAFETY)
    assert "Safety formulation of 07-Jan-2026. Act quickly if contact is lost." in told
    assert "If contact is lost: Ring her sister." in told
    assert "What would quickly worry us: Not answering for two days." in told
    assert "Safety plan active since 08-Jan-2026." in told


def test_what_is_not_recorded_is_said_to_be_not_recorded() -> None:
    told = recorded(facts("A"), Ask.SAFETY)
    assert told.startswith("No safety formulation is recorded.")
    assert "No active safety plan is recorded." in told
    assert "No safety conversation is recorded yet." in recorded(facts("A"), Ask.ANSWERS)
    assert recorded(facts("A"), Ask.CHILDREN).startswith("Nothing is recorded")
    assert recorded(facts("A"), Ask.COMMUNICATED).startswith("Nobody has asked")


def test_children_and_safeguarding_are_named_while_they_hold() -> None:
    of = facts(
        "A",
        haste=(
            haste(HasteKind.CHILD_CONCERN, day(1), note="Two at home\nSocial worker is P. Ali"),
            haste(HasteKind.DOMESTIC_ABUSE, day(1), ended_on=day(5)),
            haste(HasteKind.DEMENTIA, day(1)),
        ),
    )
    told = recorded(of, Ask.CHILDREN)
    assert told == "Concern for a child (06-Jan-2026): Two at home Social worker is P. Ali."
    both = replace(of, haste=(*of.haste, haste(HasteKind.SAFEGUARDING, day(2))))
    assert recorded(both, Ask.CHILDREN) == (
        "Concern for a child (06-Jan-2026); Safeguarding concern (07-Jan-2026)."
        " Concern for a child: Two at home Social worker is P. Ali."
    ), "each by its name before the words beside any of them"
    dependants = facts("A", safety_assessments=(assessment(dependants="A son of four"),))
    assert recorded(dependants, Ask.CHILDREN) == "Dependants, 05-Jan-2026: A son of four."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"referral_reason": ReferralReason.PERINATAL}, "Referred for perinatal mental health ("),
        ({"referral_source": ReferralSource.MATERNITY}, "Referred by a maternity service ("),
    ],
)
def test_a_referral_about_a_baby_is_something_recorded_about_children(
    changes: dict[str, Any], told: str
) -> None:
    said = recorded(facts("A", **changes), Ask.CHILDREN)
    assert said.startswith(told)
    assert "Nothing is recorded" not in said


def test_what_they_need_to_be_told_in_is_said() -> None:
    reach = ReachFacts(
        information_formats=("large_print_16",),
        communication_methods=("lip_reading",),
        interpreter_language="pl",
    )
    booked = contact("b", day(21), id=ContactId(0), interpreter_booked=True)
    told = recorded(facts("A", reach=replace(reach, needs_reviewed_on=day(3))), Ask.COMMUNICATED, booked)
    assert told == (
        "Format needed: large print 16 pt. Interpreter needed (Polish): booked. No reminder of this"
        " appointment is recorded. Communication: lip reading. Asked about on 08-Jan-2026."
    )
    not_noted = recorded(facts("A", reach=reach), Ask.COMMUNICATED)
    assert "nobody noted whether one was booked" in not_noted
    assert "Not recorded since when." in not_noted
    for noted, words in (
        (Interpreter.DID_NOT_ATTEND, "booked but did not attend"),
        (Interpreter.NOT_REQUIRED, "not required"),
    ):
        of = contact("b", day(21), id=ContactId(0), interpreter=noted.value)
        now = recorded(facts("A", reach=reach), Ask.COMMUNICATED, of)
        assert f"Interpreter needed (Polish): {words}." in now
        assert "nobody noted" not in now


def test_who_was_asked_and_needs_nothing_is_not_somebody_nobody_asked() -> None:
    answered = ReachFacts(
        needs_reviewed_on=day(3), information_formats=("standard",), communication_methods=("none_needed",)
    )
    told = recorded(facts("A", reach=answered), Ask.COMMUNICATED)
    assert told.startswith("Asked about on 08-Jan-2026: no format, language or interpreter is needed.")
    half = replace(answered, information_formats=())
    assert recorded(facts("A", reach=half), Ask.COMMUNICATED).startswith(
        "Asked about on 08-Jan-2026: no interpreter is recorded as needed. "
        "Nobody has asked about the format of letters yet."
    )


def test_the_last_reminder_of_this_very_appointment_is_said() -> None:
    made: dict[str, Any] = {
        "days_before": 7,
        "made_on": day(14),
        "made_at": datetime.combine(day(14), time(9), UTC),
        "note": "",
        "by": "Jo Smith",
    }
    sent: dict[str, Any] = {"channel": Channel.TEXT, "outcome": ReminderOutcome.SENT}
    of = facts("A", reminders=(ReminderFact(contact_id=ContactId(0), **made, **sent),))
    assert "Last reminder 19-Jan-2026, text message: sent." in recorded(of, Ask.COMMUNICATED)
    another = facts("A", reminders=(ReminderFact(contact_id=ContactId(8), **made, **sent),))
    assert "No reminder of this appointment is recorded." in recorded(another, Ask.COMMUNICATED)


@pytest.mark.parametrize(
    ("there", "title", "none_yet"),
    [
        ({}, "Safety formulation and plan", True),
        ({"safety_assessments": (assessment(),)}, "Safety formulation read", False),
        ({"safety_plans": (plan(status=PlanStatus.ACTIVE),)}, "Safety plan read", False),
        (
            {"safety_assessments": (assessment(),), "safety_plans": (plan(status=PlanStatus.ACTIVE),)},
            "Safety formulation and plan read",
            False,
        ),
    ],
)
def test_nobody_is_asked_to_have_read_what_does_not_exist(
    there: dict[str, Any], title: str, none_yet: bool
) -> None:
    thought = missed_thoughts(
        facts("A", **there), rulebook(), contact("b", day(21), id=ContactId(0)), today=day(21)
    )[0]
    assert (thought.title, thought.none_yet) == (title, none_yet)


@pytest.mark.parametrize(
    ("answer", "title", "none_yet"),
    [
        (0, "Last answers about safety looked at", False),
        (2, "Last answers about safety looked at", False),
        (None, "Answers about safety", True),
    ],
)
def test_the_last_answers_are_asked_about_where_there_are_any(
    answer: int | None, title: str, *, none_yet: bool
) -> None:
    form = answered(phq9(), *ITEMS, answer, on=day(1))
    of = facts("A", measures=(form,))
    thought = missed_thoughts(of, rulebook(), contact("b", day(21), id=ContactId(0)), today=day(21))[1]
    assert (thought.ask, thought.title, thought.none_yet) == (Ask.ANSWERS, title, none_yet)
    blank = replace(of, safety_prompts=(prompt(day(1), measure_id=form.id),))
    assert Ask.ANSWERS not in nothing_to_read(blank)


def test_each_question_has_an_answer_of_its_own_or_the_miss_is_not_saved() -> None:
    of = facts("A", safety_assessments=(assessment(),))
    every = (Ask.SAFETY, Ask.CHILDREN, Ask.COMMUNICATED, Ask.GP)
    assert unanswered(of, {}) == every
    given = dict.fromkeys(every, Answer.NOT_KNOWN)
    refuse_unanswered(of, given)
    for ask in every:
        with pytest.raises(RuleViolation, match=asked_words(of)[ask][1:]):
            refuse_unanswered(of, given | {ask: Answer.NONE_YET})
        assert unanswered(of, {other: Answer.NO for other in every if other is not ask}) == (ask,)
    assert with_none_yet(of, given | {Ask.ANSWERS: Answer.YES}) == given | {Ask.ANSWERS: Answer.NONE_YET}


def test_the_gp_is_named_with_our_last_letter_to_them() -> None:
    of = facts("A", patient=patient(gp_name="Dr A Khan"))
    assert recorded(of, Ask.GP) == "Dr A Khan: no letter from us yet."
    letters = tuple(
        LetterFact(id=LetterId(n), kind=kind, title="", issued_on=day(n), recipient="")
        for n, kind in ((1, "gp_review"), (2, "patient_missed"))
    )
    assert recorded(replace(of, letters=letters), Ask.GP) == "Dr A Khan: last letter from us 06-Jan-2026."


def test_answers_stand_under_the_note_and_what_was_not_answered_is_left_out() -> None:
    note = note_with_answers("Rang at ten", {Ask.GP: Answer.NO, Ask.SAFETY: Answer.YES})
    assert note == "Rang at ten\nSafety formulation and plan read: yes.\nGP aware: no."
    assert note_with_answers("", {Ask.CHILDREN: Answer.NOT_KNOWN}) == (
        "Children and safeguarding thought about: not known."
    )
    assert note_with_answers("Rang at ten", {}) == "Rang at ten"
    asked = {Ask.SAFETY: "Safety formulation and plan"}
    assert note_with_answers("", {Ask.SAFETY: Answer.NONE_YET}, asked) == (
        "Safety formulation and plan: none yet."
    )


def test_nothing_here_is_a_level_of_anything() -> None:
    form = answered(phq9(), *ITEMS, 3, on=day(1))
    told = " ".join(safety_recorded(facts("A", measures=(form,)), rulebook(), day(21)))
    assert not re.search(r"\b(low|medium|moderate|high|risk)\b", told, re.IGNORECASE)
    assert InterpreterAtContact.DID_NOT_ATTEND.label not in told
