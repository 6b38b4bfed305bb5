"""The reminders to make today: whom to ring, whom to write to, and what may be noted of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.caseload import caseload_rows
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ContactId, EpisodeId, UserId
from collabcare.domain.people_facts import ReminderFact, ReminderOutcome
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.reaching import safe_ways
from collabcare.domain.reengagement import Channel
from collabcare.domain.reminder_lists import (
    BY_WORDS,
    REMINDER_WORDS,
    RemindBy,
    ReminderLine,
    message_for,
    outcomes_by,
    refuse_reminder,
    refuse_way,
    reminders_today,
)
from tests.builders import contact, day, facts, patient, rulebook
from tests.builders_reach import policy

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

THURSDAY = day(10)
SAFE = ReachFacts(telephone_safe=True, voicemail_safe=True, text_safe=True, letters_safe=True)


def booked(*on: date, reach: ReachFacts = SAFE, **changes: Any) -> EpisodeFacts:  # noqa: ANN401 - any fact
    """Return an episode with these appointments."""
    held = tuple(contact("b", each, id=ContactId(n)) for n, each in enumerate(on, start=1))
    return facts(contacts=held, reach=reach, **changes)


def listed(*of: EpisodeFacts, today: date = THURSDAY, holder_id: UserId | None = None) -> list[ReminderLine]:
    """Return the lines of a day."""
    return list(reminders_today(caseload_rows(of, rulebook(), today), holder_id=holder_id))


def made(contact_id: int = 1, days_before: int = 7) -> ReminderFact:
    """Return a reminder that Sam made on the tenth day."""
    return ReminderFact(
        contact_id=ContactId(contact_id),
        days_before=days_before,
        made_on=THURSDAY,
        made_at=datetime.combine(THURSDAY, time(9), UTC),
        channel=Channel.CALL,
        outcome=ReminderOutcome.SPOKE,
        note="",
        by="Sam Brown",
    )


def only(of: EpisodeFacts) -> ReminderLine:
    """Return the one line of an episode."""
    (line,) = listed(of)
    return line


NO_PHONE = booked(day(14), patient=patient(telephone=None), reach=replace(SAFE, text_safe=None))
NO_WAY = booked(
    day(14), patient=patient(telephone=None), reach=ReachFacts(telephone_safe=False, letters_safe=False)
)


@pytest.mark.parametrize(
    ("of", "by"),
    [
        (booked(day(14)), RemindBy.RING),
        (booked(day(14), reach=ReachFacts()), RemindBy.RING),
        (booked(day(14), reach=replace(SAFE, communication_methods=("bsl",))), RemindBy.RING),
        (booked(day(14), reach=replace(SAFE, telephone_safe=False)), RemindBy.WRITE),
        (NO_PHONE, RemindBy.WRITE),
        (NO_WAY, RemindBy.ASK),
    ],
    ids=["safe", "nobody asked", "text relay", "must not be rung", "no telephone", "no safe way"],
)
def test_everybody_stands_on_a_list_by_their_safe_ways(of: EpisodeFacts, by: RemindBy) -> None:
    assert only(of).by is by
    assert BY_WORDS[by]


MOBILE, LANDLINE = patient(telephone="07700 900123"), patient(telephone="0113 496 0123")
TO_TEXT = replace(SAFE, preferred_way="text")


@pytest.mark.parametrize(
    ("of", "by"),
    [
        (booked(day(14), reach=TO_TEXT, patient=MOBILE), RemindBy.WRITE),
        (booked(day(14), reach=TO_TEXT, patient=LANDLINE), RemindBy.RING),
        (booked(day(14), reach=replace(TO_TEXT, text_safe=None), patient=MOBILE), RemindBy.RING),
        (booked(day(14), reach=replace(SAFE, preferred_way="call"), patient=MOBILE), RemindBy.RING),
        (booked(day(14), reach=replace(SAFE, preferred_way="letter"), patient=MOBILE), RemindBy.WRITE),
        (booked(day(11), reach=replace(SAFE, preferred_way="letter"), patient=MOBILE), RemindBy.RING),
    ],
    ids=["text", "no mobile", "nobody asked about texts", "call", "letter", "too late for a letter"],
)
def test_whoever_prefers_to_be_written_to_stands_there_where_that_is_safe_and_works(
    of: EpisodeFacts, by: RemindBy
) -> None:
    assert only(of).by is by


def test_of_whoever_prefers_texts_the_mobile_is_in_view_and_a_call_can_be_noted_last() -> None:
    both = replace(LANDLINE, other_telephone="+44 7700 900123")
    line = only(booked(day(14), reach=TO_TEXT, patient=both))
    assert line.number == "+44 7700 900123"
    assert line.how[0].startswith("Text, which they prefer: ")
    assert any(each.startswith("Or ring: Call.") for each in line.how)
    noted = [(offer.channel, offer.outcome) for offer in line.offers]
    assert noted[0] == (Channel.TEXT, ReminderOutcome.SENT)
    assert noted[-1] == (Channel.CALL, ReminderOutcome.NO_ANSWER)
    refused = only(booked(day(14), reach=replace(TO_TEXT, telephone_safe=False), patient=MOBILE))
    assert not any(each.startswith("Or ring") for each in refused.how)


def test_a_line_says_when_and_how() -> None:
    line = only(
        booked(
            day(14), reach=replace(SAFE, safe_times="After 6pm"), patient=patient(contact_note="Ask for Ngo")
        )
    )
    assert line.when == "Mon 19-Jan-2026 at 10:00, telephone"
    assert line.how == (
        "Call.",
        "No answer: Leave your name and number only, and not the name of the service.",
        "When to ring: After 6pm",
        "To know before ringing: Ask for Ngo",
    )
    assert line.facts.patient.name == "OKAFOR, Ngozi (Ms)"
    untimed = replace(booked(day(14)), contacts=(contact("b", day(14), at=None),))
    assert only(untimed).when == "Mon 19-Jan-2026, telephone"


def test_whom_not_to_leave_a_message_for_and_whom_to_have_an_interpreter_for() -> None:
    line = only(booked(day(14), reach=replace(SAFE, voicemail_safe=False, interpreter_language="so")))
    assert line.how[0].startswith("Call. Have an interpreter on the call")
    assert line.how[1] == "No answer: Voicemails are recorded as not safe."
    assert (Channel.CALL, ReminderOutcome.LEFT_MESSAGE) not in line.outcomes


def test_a_letter_says_its_format_and_whether_it_can_arrive() -> None:
    large = replace(SAFE, telephone_safe=False, text_safe=False, information_formats=("Large_print",))
    week, eve = only(booked(day(14), reach=large)), only(booked(day(11), reach=large))
    assert "Letter: Write in the format they need (Large print), without clinical detail." in week.how
    assert "A letter posted today may come too late." not in week.how
    assert "A letter posted today may come too late." in eve.how
    assert week.outcomes == ((Channel.LETTER, ReminderOutcome.SENT),)
    assert week.offers[0].why_not == "Texts are recorded as not safe."


def test_whoever_has_no_safe_way_is_asked_when_next_seen() -> None:
    line = only(NO_WAY)
    assert line.how[-1] == "Ask them, when they are next seen, how they may be reminded."
    assert line.outcomes == ()


def test_whom_to_text_has_the_number_in_view_and_plain_words_where_the_language_is_signed() -> None:
    texted = replace(SAFE, telephone_safe=False, interpreter_language="q4")
    line = only(booked(day(14), reach=texted, patient=patient(telephone="07700 900123")))
    assert (line.by, line.number) == (RemindBy.WRITE, "07700 900123")
    assert line.how[0] == "Text: Write plain English. Give no detail; ask them to get in touch."
    assert not any("in their language" in each for each in line.how)
    other = only(booked(day(14), reach=replace(texted, text_safe=False)))
    assert (other.by, other.number) == (RemindBy.WRITE, "")


def test_a_digit_always_means_the_same() -> None:
    anybody = only(booked(day(14)))
    no_voicemail = only(booked(day(14), reach=replace(SAFE, voicemail_safe=False, email_safe=True)))
    first = [(offer.channel, offer.outcome) for offer in anybody.offers]
    second = [(offer.channel, offer.outcome) for offer in no_voicemail.offers]
    assert second == [*first, (Channel.EMAIL, ReminderOutcome.SENT)]
    assert [bool(offer.why_not) for offer in no_voicemail.offers] == [False, True, *[False] * 4]


def test_what_may_be_written_names_no_service_and_nothing_clinical() -> None:
    line = only(booked(day(14)))
    assert message_for(line, "0113 496 0000") == (
        "A reminder of your appointment on Monday 19 January 2026 at 10am. If you cannot come, please ring"
        " 0113 496 0000 to cancel or choose another time. It does not count against you."
    )
    untimed = replace(booked(day(14)), contacts=(contact("b", day(14), at=None),))
    said = message_for(only(untimed), None)
    assert "Monday 19 January 2026. If you cannot come, please let us know to cancel" in said


def test_who_can_be_rung_may_have_been_written_to() -> None:
    assert only(booked(day(14))).outcomes == (
        (Channel.CALL, ReminderOutcome.SPOKE),
        (Channel.CALL, ReminderOutcome.LEFT_MESSAGE),
        (Channel.CALL, ReminderOutcome.NO_ANSWER),
        (Channel.TEXT, ReminderOutcome.SENT),
        (Channel.LETTER, ReminderOutcome.SENT),
    )


def test_calls_come_first_then_by_the_day_and_time_of_the_appointment() -> None:
    late = replace(
        booked(day(17)), contacts=(contact("b", day(17), at=time(15)),), patient=patient(surname="A")
    )
    early = replace(booked(day(17)), patient=patient(surname="Z"))
    untimed = replace(booked(day(17)), contacts=(contact("b", day(17), at=None),))
    found = listed(NO_WAY, NO_PHONE, late, early, untimed, booked(day(11)))
    assert [line.facts for line in found] == [
        booked(day(11)),
        untimed,
        early,
        late,
        NO_PHONE,
        NO_WAY,
    ]


def test_one_that_was_made_is_off_the_list() -> None:
    assert listed(booked(day(14), reminders=(made(),))) == []
    assert [line.key for line in listed(booked(day(11), reminders=(made(),)))] == [(1, 1)]


def test_the_dead_the_closed_and_other_peoples_patients_are_not_on_the_list() -> None:
    assert listed(booked(day(14), patient=patient(died_on=day(2))), facts("A")) == []
    assert listed(booked(day(14)), holder_id=UserId(9)) == []
    assert len(listed(booked(day(14)), holder_id=UserId(1))) == 1


def test_a_reminder_is_made_once() -> None:
    of = booked(day(14))
    refuse_reminder(of, (ContactId(1), 7), rulebook(), today=THURSDAY)
    refuse_reminder(replace(of, reminders=(made(2),)), (ContactId(1), 7), rulebook(), today=THURSDAY)
    twice = booked(day(14), reminders=(made(),))
    with pytest.raises(
        RuleViolation, match=r"Sam Brown made this reminder on 15-Jan-2026\. Nothing was saved"
    ):
        refuse_reminder(twice, (ContactId(1), 7), rulebook(), today=THURSDAY)


@pytest.mark.parametrize(
    ("on", "days_before"), [(day(40), 7), (THURSDAY, 1), (day(14), 1), (day(14), 3), (day(2), 7)]
)
def test_only_what_is_to_be_made_today_can_be_noted(on: date, days_before: int) -> None:
    with pytest.raises(RuleViolation, match="not to be made today"):
        refuse_reminder(booked(on), (ContactId(1), days_before), rulebook(), today=THURSDAY)


@pytest.mark.parametrize(
    ("channel", "outcome", "reach", "words"),
    [
        (Channel.CALL, ReminderOutcome.SENT, SAFE, "cannot have come of"),
        (Channel.LETTER, ReminderOutcome.SPOKE, SAFE, "cannot have come of"),
        (Channel.GP_PRACTICE, ReminderOutcome.LEFT_MESSAGE, SAFE, "cannot have come of"),
        (Channel.SUPERVISION, ReminderOutcome.SENT, SAFE, "cannot have come of"),
        (
            Channel.TEXT,
            ReminderOutcome.SENT,
            replace(SAFE, text_safe=False),
            "Texts are recorded as not safe",
        ),
        (Channel.LETTER, ReminderOutcome.SENT, replace(SAFE, letters_safe=False), "Remind them another way"),
        (
            Channel.CALL,
            ReminderOutcome.LEFT_MESSAGE,
            replace(SAFE, voicemail_safe=False),
            "Voicemails are recorded as not safe. Remind them another way.",
        ),
        (Channel.CALL, ReminderOutcome.NO_ANSWER, replace(SAFE, telephone_safe=False), "Ringing is recorded"),
    ],
)
def test_a_way_that_cannot_be_or_is_not_safe_is_refused(
    channel: Channel, outcome: ReminderOutcome, reach: ReachFacts, words: str
) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_way(safe_ways(booked(day(14), reach=reach), policy().reach), channel, outcome)


def test_everything_offered_may_be_noted() -> None:
    for of in (booked(day(14)), NO_PHONE, booked(day(14), reach=ReachFacts())):
        line = only(of)
        for channel, outcome in line.outcomes:
            refuse_way(line.ways, channel, outcome)
            assert outcome in outcomes_by(channel)
            assert REMINDER_WORDS[outcome]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.sampled_from([None, True, False])), max_size=6),
    st.integers(0, 20),
)
def test_nobody_falls_off_for_want_of_a_telephone(
    of: list[tuple[int, bool, bool | None]], today: int
) -> None:
    """Whatever is known of how to reach them, the same appointments are reminded of."""
    rung = [booked(day(on), episode_id=EpisodeId(n)) for n, (on, _phone, _safe) in enumerate(of)]
    without = [
        replace(
            each,
            patient=patient(telephone="0113" if phone else None),
            reach=ReachFacts(telephone_safe=safe, letters_safe=safe),
        )
        for each, (_on, phone, safe) in zip(rung, of, strict=True)
    ]
    keys = [
        {(line.facts.episode_id, line.key) for line in listed(*group, today=day(today))}
        for group in (rung, without)
    ]
    assert keys[0] == keys[1]
