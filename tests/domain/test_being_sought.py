"""Who is still being sought: the longest first, with the last attempt, a promise and the next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.being_sought import being_sought
from collabcare.domain.caseload import caseload_rows
from collabcare.domain.ids import ContactId, EpisodeId, LadderId, UserId
from collabcare.domain.promises import Kept
from collabcare.domain.reengagement import AttemptOutcome, Channel
from tests.builders import MONDAY, attempt, contact, day, facts, ladder, measure, patient, rulebook
from tests.builders_reach import sought

if TYPE_CHECKING:
    from collabcare.domain.being_sought import Sought
    from collabcare.domain.facts import EpisodeFacts


def listed(*of: EpisodeFacts, today: date, holder_id: UserId | None = None) -> tuple[Sought, ...]:
    """Return who is on the list."""
    rows = caseload_rows(of, rulebook(), today)
    return being_sought(rows, holder_id=holder_id)


def test_somebody_missing_for_four_hundred_days_is_still_there() -> None:
    (found,) = listed(sought(MONDAY), today=day(400))
    assert (found.since, found.days, found.attempts, found.last) == (MONDAY, 400, 0, None)
    assert found.last_words == "None yet"
    assert found.sentence == "Sought for 400 days, since 05-Jan-2026; 0 attempts."
    assert found.step is not None
    assert found.step.is_overdue(day(400))


def test_the_attempts_since_the_first_miss_in_a_row_count() -> None:
    """Seen, then missed twice: sought since the first of the two."""
    tried = (attempt(1, day(7)), attempt(2, day(9), outcome=AttemptOutcome.LEFT_MESSAGE))
    again = attempt(2, day(15), channel=Channel.LETTER, outcome=AttemptOutcome.SENT)
    talked = attempt(4, day(16), channel=Channel.SUPERVISION, outcome=AttemptOutcome.DISCUSSED)
    first = ladder(day(7), contact_id=ContactId(2), attempts=tried, closed_on=day(14), closed_because="again")
    second = ladder(day(14), id=LadderId(2), contact_id=ContactId(3), consecutive=2, attempts=(again, talked))
    (found,) = listed(facts("ADD", ladders=(first, second)), today=day(20))
    assert (found.since, found.days, found.attempts) == (day(7), 13, 3)
    assert found.last_words == "20-Jan-2026, letter: sent, no reply yet"
    assert found.promise is None


def test_an_earlier_search_that_ended_is_not_counted() -> None:
    old = ladder(
        contact_id=ContactId(1),
        attempts=(attempt(1, day(0), promised_on=day(2)),),
        closed_on=day(7),
        closed_because="Attended",
    )
    new = ladder(day(14), id=LadderId(2), contact_id=ContactId(3))
    (found,) = listed(facts("DAD", ladders=(old, new)), today=day(20))
    assert (found.since, found.attempts, found.promise) == (day(14), 0, None)


def test_the_last_promise_is_shown_with_what_became_of_it() -> None:
    told = {"outcome": AttemptOutcome.THIRD_PARTY, "spoke_to": "Her sister"}
    tried = (attempt(1, day(0), **told, promised_on=day(2)), attempt(2, day(3), **told, promised_on=day(9)))
    (found,) = listed(sought(MONDAY, attempts=tried), today=day(10))
    assert found.promise is not None
    assert (found.promise.kept, found.promise.sentence) == (
        Kept.PASSED,
        "Her sister said 14-Jan-2026; nothing heard yet.",
    )


def test_the_dead_the_found_and_other_peoples_patients_are_not_on_the_list() -> None:
    missing = sought(MONDAY)
    dead = replace(missing, patient=patient(died_on=day(2)))
    found = replace(missing, ladders=(ladder(closed_on=day(1), closed_because="Reached"),))
    assert listed(dead, found, facts("A"), today=day(9)) == ()
    assert len(listed(missing, today=day(9), holder_id=missing.holder_id)) == 1
    assert listed(missing, today=day(9), holder_id=UserId(99)) == ()


def test_a_search_of_an_appointment_entered_in_error_counts_from_its_day() -> None:
    (found,) = listed(facts(contacts=(contact("A"),), ladders=(ladder(day(3)),)), today=day(9))
    assert found.since == day(3)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 27)), max_size=6))
def test_the_longest_stands_first_whatever_the_score(of: list[tuple[int, int]]) -> None:
    everybody = [
        replace(
            sought(day(missed)),
            episode_id=EpisodeId(number),
            measures=(measure(score, day(missed) - timedelta(days=1)),),
        )
        for number, (missed, score) in enumerate(of)
    ]
    found = listed(*everybody, today=day(401))
    assert [each.days for each in found] == sorted((401 - missed for missed, _score in of), reverse=True)
