"""The story of an episode: everything that happened, newest first, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.facts import EpisodeFacts, LetterFact
from collabcare.domain.ids import ActionId, ContactId, LetterId, ReviewId
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.queries.timeline import timeline
from collabcare.queries.timeline_entry import (
    FILTER_KINDS,
    EntryKind,
    TimelineEntry,
    TimelineFilter,
    only,
    spoken_when,
)
from tests.builders import (
    MONDAY,
    action,
    answered,
    attempt,
    contact,
    day,
    facts,
    instruments,
    ladder,
    measure,
    move,
    phq9,
    prompt,
    review,
    rulebook,
)

if TYPE_CHECKING:
    from datetime import date

TEN_WEEKS_ON = day(70)


def story(of: EpisodeFacts, today: date = TEN_WEEKS_ON, note: str = "") -> tuple[TimelineEntry, ...]:
    """Tell an episode's story."""
    book = rulebook()
    return timeline(of, book, today, referral_note=note)


def first(of: EpisodeFacts, kind: EntryKind) -> TimelineEntry:
    """Return the newest entry of a kind."""
    return next(entry for entry in story(of) if entry.kind is kind)


def test_the_newest_stands_first_and_the_referral_last() -> None:
    told = story(facts("AAD"))
    assert [entry.on for entry in told] == sorted((entry.on for entry in told), reverse=True)
    assert told[-1].kind is EntryKind.REFERRAL


def test_a_contact_says_how_how_long_and_with_whom() -> None:
    noted = replace(facts("A"), contacts=(contact("A", note="Walked twice."),))
    entry = first(noted, EntryKind.CONTACT)
    assert entry.title == "Attended, telephone, 30 minutes, Jo Smith"
    assert entry.text == "Walked twice."
    assert spoken_when(entry) == "Mon 05-Jan-2026 10:00"


@pytest.mark.parametrize(
    ("letter", "kind", "words"),
    [
        ("L", EntryKind.CONTACT, "Attended late"),
        ("D", EntryKind.MISSED, "Did not attend"),
        ("C", EntryKind.CANCELLED, "Cancelled by patient"),
        ("P", EntryKind.CANCELLED, "Cancelled by us"),
        ("N", EntryKind.CANCELLED, "Arrived late, could not be seen"),
        ("b", EntryKind.NOT_RECORDED, "Booked, what happened is not recorded"),
    ],
)
def test_every_outcome_is_told_for_what_it_is(letter: str, kind: EntryKind, words: str) -> None:
    assert first(facts(letter), kind).title.startswith(words)


def test_what_is_booked_ahead_is_not_yet_part_of_the_story() -> None:
    assert [entry.kind for entry in story(facts("b"), today=MONDAY)] == [EntryKind.REFERRAL]


def test_a_missed_contact_tells_of_the_search_and_how_it_ended() -> None:
    search = ladder(attempts=(attempt(1, outcome=AttemptOutcome.LEFT_MESSAGE, note="On the mobile."),))
    sought = facts("D", ladders=(search,))
    assert first(sought, EntryKind.MISSED).text == "Still being sought: 1 attempt so far."
    tried = first(sought, EntryKind.ATTEMPT)
    assert (tried.title, tried.text) == ("Call: left a message, Jo Smith", "On the mobile.")
    found = replace(search, closed_on=day(3), closed_because="Reached")
    words = first(facts("D", ladders=(found,)), EntryKind.MISSED).text
    assert words == "Reached Thu 08-Jan-2026 after 1 attempt."


def test_a_score_of_nought_is_a_score_and_a_blank_is_a_dash() -> None:
    nought = answered(phq9(), *[0] * 9)
    assert first(facts(measures=(nought,)), EntryKind.MEASURE).title == "PHQ-9 0 of 27, minimal"
    prorated = answered(phq9(), 3, 2, 2, None, 1, 1, 1, 0, 0)
    entry = first(facts(measures=(prorated,)), EntryKind.MEASURE)
    assert entry.title == "PHQ-9 11 of 27, moderate (prorated, 1 missing)"
    assert entry.text == "Answers 3 2 2 – 1 1 1 0 0. Function: not recorded."
    broken = answered(phq9(), 3, 3, 3, 3, None, None, None, 0, 0)
    assert first(facts(measures=(broken,)), EntryKind.MEASURE).title == "PHQ-9: incomplete (3 missing)"


@pytest.mark.parametrize(
    ("name", "answers", "title", "text"),
    [
        (
            "wsas",
            (9, 5, 5, 5, 5),
            "WSAS 20 of 32, significant impairment",
            "Answers n/a 5 5 5 5. Work n/a. Bands apply to 0 to 40.",
        ),
        ("swemwbs", (3,) * 7, "SWEMWBS 21 of 35 (metric 19.25), low", "Answers 3 3 3 3 3 3 3."),
        (
            "itq",
            (2, 0, 2, 0, 2, 0, 2, *[0] * 11),
            "ITQ 6 of 48",
            f"Answers 2 0 2 0 2 0 2{' 0' * 11}. Pattern consistent with PTSD.",
        ),
        ("eq5d5l", (2, 1, 3, 4, 4, None), "EQ-5D-5L: no total", "Answers 2 1 3 4 4 –."),
        (
            "dialog",
            (4, 4, 4, 4, 4, 4, 4, None, 5, 5, 5),
            "DIALOG 4.00 of 7, neutral (1 missing)",
            "Answers 4 4 4 4 4 4 4 – 5 5 5.",
        ),
    ],
)
def test_every_kind_of_form_is_told_in_its_own_way(
    name: str, answers: tuple[int | None, ...], title: str, text: str
) -> None:
    entry = first(facts(measures=(answered(instruments()[name], *answers),)), EntryKind.MEASURE)
    assert (entry.title, entry.text) == (title, text)


def test_a_form_that_is_scored_otherwise_by_now_keeps_its_number_and_says_no_more() -> None:
    for changed in ({"total": 11}, {"answers": (2, 2)}):
        old = replace(answered(instruments()["pcl5"], *[2] * 20), **changed)
        entry = first(facts(measures=(old,)), EntryKind.MEASURE)
        assert entry.title == f"PCL-5 {old.total} of 80"
        assert "pattern" not in entry.text


def test_a_total_copied_from_elsewhere_says_so() -> None:
    entry = first(facts(measures=(measure(12, instrument="gad7"),)), EntryKind.MEASURE)
    assert (entry.title, entry.text) == ("GAD-7 12 of 21, moderate", "Total only, copied from elsewhere.")


def test_a_safety_conversation_is_open_until_it_was_had() -> None:
    waiting = first(facts(safety_prompts=(prompt(),)), EntryKind.SAFETY)
    assert waiting.title == "Safety conversation still to be had"
    had = prompt(outcome="talked_today", closed_on=day(2), note="Thinks of her sister.")
    talked = first(facts(safety_prompts=(had,)), EntryKind.SAFETY)
    assert (talked.title, talked.on) == ("Safety talked about", day(2))
    assert talked.text == "PHQ-9 item 9 answered “several days” on Mon 05-Jan-2026.\nThinks of her sister."
    put_off = prompt(outcome="could_not_ask", note="Asleep; ring at five.")
    assert first(facts(safety_prompts=(put_off,)), EntryKind.SAFETY).text.endswith(
        "It could not be asked yet:\nAsleep; ring at five."
    )


def test_a_step_says_where_to_why_and_whether_the_gp_knows() -> None:
    up = first(facts(step_moves=(move(day(7)),)), EntryKind.STEP_UP)
    assert up.title == "Stepped up from 2 to 3, Case management"
    assert up.text == "Needs more support\nAgreed with the patient. GP not told yet."
    down = move(day(7), from_step=3, to_step=2, direction=StepDirection.DOWN, gp_informed_on=day(9))
    told = first(facts(step_moves=(replace(down, agreed_with_patient=False),)), EntryKind.STEP_DOWN)
    assert told.text.endswith("Not yet agreed with the patient. GP told 14-Jan-2026.")


def test_each_action_stands_under_the_review_that_agreed_it() -> None:
    two = facts(
        reviews=(
            review(question="Is it enough?"),
            review(id=ReviewId(2), decision="Step up"),
        ),
        actions=(
            action(day(7)),
            action(day(7), id=ActionId(2), review_id=ReviewId(2), text="Write to the GP", done_on=day(1)),
        ),
    )
    later, earlier = (entry for entry in story(two) if entry.kind is EntryKind.SUPERVISION)
    assert earlier.text == (
        "Asked: Is it enough?\nDecided: Carry on\nAction: Ring the practice nurse (Jo Smith, by 12-Jan-2026)"
    )
    assert later.text == "Decided: Step up\nAction: Write to the GP (Jo Smith, done 06-Jan-2026)"


def test_the_referral_tells_why_they_came_and_the_end_closes_the_story() -> None:
    ended = facts("A", referrer="Dr Khan", phase=Phase.CLOSED, closed_on=day(30))
    told = story(ended, note="Low since June.")
    assert told[0].title == "Care ended"
    assert told[-1].title == "Referred by GP: Depression"
    assert told[-1].text == "From Dr Khan.\nLow since June.\nStarted on step 2, Guided support."


def test_a_letter_can_be_found_again_by_its_number() -> None:
    issued = LetterFact(
        id=LetterId(7), kind="gp_review", title="Review letter", issued_on=MONDAY, recipient="Dr Khan"
    )
    entry = first(facts(letters=(issued,)), EntryKind.LETTER)
    assert (entry.subject_id, entry.title, entry.text) == (7, "Letter: Review letter", "To Dr Khan.")


def test_filters_leave_their_own_kinds_and_every_kind_has_one() -> None:
    assert frozenset().union(*FILTER_KINDS.values()) == frozenset(EntryKind)
    told = story(facts("AD", ladders=(ladder(contact_id=ContactId(2), attempts=(attempt(1, day(8)),)),)))
    assert only(told, None) == told
    assert [entry.kind for entry in only(told, TimelineFilter.MISSED)] == [
        EntryKind.ATTEMPT,
        EntryKind.MISSED,
    ]


def test_every_entry_is_known_by_a_key_of_its_own() -> None:
    told = story(facts("AADCPb", measures=(measure(12),), reviews=(review(),)))
    assert len({entry.key for entry in told}) == len(told)


def test_words_from_the_record_are_kept_as_typed() -> None:
    odd = replace(facts("A"), contacts=(contact("A", note="<b>Łukasz</b> & <none>"),))
    assert first(odd, EntryKind.CONTACT).text == "<b>Łukasz</b> & <none>"
