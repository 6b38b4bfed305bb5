"""The gate and the last miss: however long ago it was, and what has been tried since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.facts import LetterFact, ReviewFact
from collabcare.domain.gate_parts import Condition
from collabcare.domain.ids import ContactId, LadderId, LetterId, ReviewId
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.supervised_ending import about_ending, goes_on_trying
from tests.builders import MONDAY, attempt, contact, day
from tests.builders_reach import searching, sought
from tests.domain.test_closing_gate import LETTER, READY, asked, missing, reviewed, tried

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import AttemptFact, EpisodeFacts


@pytest.mark.parametrize("days", [0, 14, 35, 400], ids="DNA-W10 after {} days".format)
def test_two_misses_alone_never_close(days: int) -> None:
    """However long ago, not attending is no way to closed."""
    of = sought(MONDAY, "D", consecutive=2, first_rung=2)
    found = asked(of, day(days))
    assert not found.passed
    assert set(Condition) - {Condition.PROMPT_FACTS} <= set(missing(of, day(days)))


AGAIN_ON = day(24)


def again(*tries: AttemptFact) -> EpisodeFacts:
    """Return an episode with everything met, and then a second miss with these tries since."""
    first = replace(READY.ladders[0], closed_on=AGAIN_ON)
    second = searching(AGAIN_ON, ContactId(3), id=LadderId(2), consecutive=2, attempts=tries)
    missed = contact("D", AGAIN_ON, id=ContactId(3))
    return replace(READY, contacts=(*READY.contacts, missed), ladders=(first, second))


CALL = attempt(2, day(25))
OTHERS = {
    "nobody": (),
    "supervision": (replace(CALL, channel=Channel.SUPERVISION, outcome=AttemptOutcome.DISCUSSED),),
    "the GP practice": (replace(CALL, channel=Channel.GP_PRACTICE, outcome=AttemptOutcome.LEFT_MESSAGE),),
    "a day to come": (replace(CALL, on=day(36)),),
}


@pytest.mark.parametrize("tries", OTHERS.values(), ids=OTHERS)
def test_many_tries_before_the_last_miss_are_not_enough(tries: tuple[AttemptFact, ...]) -> None:
    """GATE-W1: a miss that nobody has answered is the newest word from them."""
    of = again(*tries)
    assert missing(of) == [Condition.ATTEMPTS]
    part = asked(of).parts[0]
    assert part.sentence == (
        "Nobody has tried since they last missed, Thu 29-Jan-2026: try once more, and log it."
    )


@pytest.mark.parametrize("on", [AGAIN_ON, day(25), day(35)])
def test_one_try_since_is_enough_also_on_the_day_of_the_miss(on: date) -> None:
    assert missing(again(replace(CALL, on=on))) == []


def test_a_try_in_the_earlier_search_on_the_day_of_the_later_miss_is_not_since() -> None:
    """It was logged before they missed again."""
    of = again()
    first = replace(of.ladders[0], attempts=(*of.ladders[0].attempts, replace(CALL, rung=4, on=AGAIN_ON)))
    assert missing(replace(of, ladders=(first, of.ladders[1]))) == [Condition.ATTEMPTS]


@pytest.mark.parametrize(("days", "expected"), [((8, 8, 8), [Condition.ATTEMPTS]), ((8, 8, 9), [])])
def test_tries_of_one_day_are_not_enough_tried(days: tuple[int, int, int], expected: list[Condition]) -> None:
    ring, text, write = (day(each) for each in days)
    of = tried(
        attempt(1, ring),
        attempt(2, text, channel=Channel.TEXT, outcome=AttemptOutcome.SENT),
        replace(LETTER, on=write),
    )
    assert [each for each in missing(of) if each is Condition.ATTEMPTS] == expected
    if expected:
        assert "Try on at least 2 different days; so far 1." in asked(of).missing[0].sentence


KEEP_TRYING = (
    "Keep trying. Offer another place and an evening time; ask the GP when they were last seen.",
    "Evening slot first; then try again by letter",
    "Not a reason to end anything. Write in plain words and try another number.",
    "We carry on trying until the New Year",
    "Do not end care yet",
    "They should continue to try",
)
ENDING = (
    "Close if no answer",
    "Enough was tried. Wait out the letter, then end care with the way back open.",
    "There is no need to keep trying; end care",
    "We cannot go on trying. Close.",
    "Stop looking; we were trying for long enough",
    "",
)


@pytest.mark.parametrize("decision", KEEP_TRYING)
def test_a_decision_to_go_on_trying_is_no_discussion_of_ending(decision: str) -> None:
    held = ReviewFact(
        id=ReviewId(1), reviewed_on=day(33), supervisor="Amina Khan", question="", decision=decision
    )
    of = replace(READY, reviews=(held,))
    assert goes_on_trying(decision)
    assert missing(of) == [Condition.SIGNED_OFF]
    assert asked(of).missing[0].sentence == (
        "Supervision on Sat 07-Feb-2026 decided to keep trying. Discuss ending care in supervision, and "
        "record what was decided."
    )
    assert about_ending(of, after=None) == ()
    again = replace(held, id=ReviewId(2), decision="End care, the way back open")
    assert missing(replace(of, reviews=(held, again))) == []


def test_a_later_decision_to_go_on_trying_takes_the_place_of_one_to_end() -> None:
    to_end = ReviewFact(
        id=ReviewId(1), reviewed_on=day(33), supervisor="Amina Khan", question="", decision="End care"
    )
    later = replace(to_end, id=ReviewId(2), reviewed_on=day(34), decision="Keep trying after all")
    of = replace(READY, reviews=(to_end, later))
    assert missing(of) == [Condition.SIGNED_OFF]
    assert "Sun 08-Feb-2026 decided to keep trying" in asked(of).missing[0].sentence
    assert about_ending(of, after=None) == ()
    again = replace(to_end, id=ReviewId(3), reviewed_on=day(35))
    assert missing(replace(of, reviews=(to_end, later, again))) == []


@pytest.mark.parametrize("decision", ENDING)
def test_any_other_decision_is_for_whoever_signs_to_read(decision: str) -> None:
    held = ReviewFact(
        id=ReviewId(1), reviewed_on=day(33), supervisor="Amina Khan", question="", decision=decision
    )
    assert not goes_on_trying(decision)
    assert missing(of := replace(READY, reviews=(held,))) == []
    assert about_ending(of, after=day(32)) == (held,)
    assert about_ending(of, after=day(33)) == ()


def test_a_discussion_on_the_day_of_the_miss_was_not_after_it() -> None:
    assert missing(reviewed(discussed_on=day(0))) == [Condition.SIGNED_OFF]
    assert missing(reviewed(discussed_on=day(1))) == []


def offered(on: date, kind: str = "patient_missed") -> EpisodeFacts:
    """Return an episode with everything met, and another letter to the patient issued that day."""
    letter = LetterFact(id=LetterId(9), kind=kind, title="", issued_on=on, recipient="")
    return replace(READY, letters=(*READY.letters, letter))


@pytest.mark.parametrize("kind", ["patient_missed", "patient_keep_in_touch"])
@pytest.mark.parametrize(("days", "until"), [(35, "Mon 23-Feb-2026"), (22, "Tue 10-Feb-2026")])
def test_a_new_letter_has_its_time_to_be_answered_before_care_ends(kind: str, days: int, until: str) -> None:
    found = asked(offered(day(days), kind))
    assert [part.condition for part in found.missing] == [Condition.OPT_IN]
    assert found.missing[0].sentence.endswith(f"Wait for an answer until {until}.")


@pytest.mark.parametrize(("today", "expected"), [(48, [Condition.OPT_IN]), (49, [])])
def test_the_time_of_a_new_letter_is_that_of_the_keep_in_touch_letter(
    today: int, expected: list[Condition]
) -> None:
    """GATE-W3: the fourteenth day passes."""
    assert missing(offered(day(35)), day(today)) == expected


@pytest.mark.parametrize(("channel", "expected"), [(Channel.LETTER, [Condition.OPT_IN]), (Channel.TEXT, [])])
def test_a_letter_logged_by_hand_waits_as_well_and_a_text_does_not(
    channel: Channel, expected: list[Condition]
) -> None:
    last = attempt(5, day(34), channel=channel, outcome=AttemptOutcome.SENT)
    of = replace(READY, ladders=(replace(READY.ladders[0], attempts=(*READY.ladders[0].attempts, last)),))
    assert missing(of) == expected
