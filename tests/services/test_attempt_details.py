"""When a try was made, who answered, what was promised, and a way that is not to be used."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.calendar import LONDON
from collabcare.domain.patient_details import ContactDetails, SafeContact
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.domain.search_ends import SearchEnd
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.services.searches import CameOfIt
from tests.builders import day
from tests.services.searching import SENT, attempt, search

if TYPE_CHECKING:
    from datetime import date

    from tests.record_fixtures import Practice

TOLD = AttemptOutcome.THIRD_PARTY


def london(on: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(on, time(hour, minute), LONDON)


def test_a_try_of_yesterday_is_kept_with_its_own_day_and_time(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(9))
    attempt(practice, episode, tried_at=london(day(8), 16, 40))
    attempt(practice, episode, note="And again today")
    kept = search(practice, episode).attempts
    assert [(each.on, each.at) for each in kept] == [
        (day(8), london(day(8), 16, 40)),
        (day(9), practice.clock.now()),
    ]


@pytest.mark.parametrize(
    ("tried_at", "words"),
    [
        (london(day(9), 23, 59), "still to come"),
        (london(day(6), 9), "before the missed appointment"),
    ],
)
def test_a_time_that_cannot_be_is_refused(practice: Practice, tried_at: datetime, words: str) -> None:
    episode = practice.refer("AD")
    practice.on(day(9))
    with practice.refused(words):
        attempt(practice, episode, tried_at=tried_at)


def test_a_try_two_days_old_is_refused_and_says_what_to_do_instead(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(10))
    with practice.refused("since Wed 14-Jan-2026 can be written down now"):
        attempt(practice, episode, tried_at=london(day(8), 9))


def test_a_try_made_while_the_details_were_wrong_counts_for_nothing_though_logged_later(
    practice: Practice,
) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    corrected = ContactDetails(telephone="07700 900456", address="4 Mill Lane", postcode="LS1 1AA")
    attempt(
        practice,
        episode,
        outcome=TOLD,
        spoke_to="A stranger",
        came_of_it=CameOfIt(end=SearchEnd.WRONG_DETAILS, details=corrected),
    )
    practice.on(day(8), time(12))
    attempt(practice, episode, tried_at=practice.clock.now() - timedelta(hours=4))
    found = search(practice, episode)
    assert found.restarted_at is not None
    assert [each.at < found.restarted_at for each in found.attempts] == [True, False]


def test_just_after_midnight_and_on_the_day_the_clocks_change(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(83), time(18))  # 29-Mar-2026, the day British Summer Time begins
    practice.happen("D", episode, day(83))
    practice.clock.set(datetime(2026, 3, 29, 23, 5, tzinfo=UTC))  # five past midnight on the 30th
    attempt(practice, episode)
    attempt(practice, episode, tried_at=london(day(83), 23, 50), note="Just before midnight")
    assert sorted(each.on for each in search(practice, episode).attempts) == [day(83), day(84)]


def test_two_people_logging_one_try_of_yesterday_log_it_once(practice: Practice) -> None:
    episode = practice.refer("AD")
    practice.on(day(9))
    at = london(day(8), 16)
    attempt(practice, episode, note="Rang twice", tried_at=at)
    with practice.refused("Jo Smith logged this try already"):
        attempt(practice, episode, login="amina", note="Rang twice", tried_at=at)
    attempt(practice, episode, login="amina", note="Rang twice")


def test_who_answered_and_what_was_promised_is_kept(practice: Practice) -> None:
    episode = practice.refer("AD")
    attempt(practice, episode, outcome=TOLD, spoke_to="  Her   brother ", promised_on=day(12))
    [kept] = search(practice, episode).attempts
    assert (kept.spoke_to, kept.promised_on, kept.outcome) == ("Her brother", day(12), TOLD)
    assert search(practice, episode).closed_on is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"spoke_to": "Her brother"}, "Nobody answered"),
        ({"outcome": AttemptOutcome.SPOKE, "spoke_to": "Her brother"}, "You spoke to the patient"),
        ({"promised_on": day(12)}, "nothing was promised"),
        ({"outcome": TOLD, "promised_on": day(1)}, "before the day of the call"),
    ],
)
def test_what_nobody_said_is_refused(practice: Practice, changes: dict[str, Any], words: str) -> None:
    episode = practice.refer("AD")
    with practice.refused(words):
        attempt(practice, episode, **changes)


def test_a_way_not_to_be_used_is_logged_with_why_and_counts_as_in_no_format_they_need(
    practice: Practice,
) -> None:
    episode = practice.refer("AD")
    patient = practice.facts(episode).patient
    unsafe = SafeContact(letters_safe=False)
    change_details(
        ChangeDetails(patient_id=patient.patient_id, seen=patient.version, safe=unsafe), practice.uow()
    )
    with practice.refused("without saying why"):
        attempt(practice, episode, **SENT, note="Posted")
    attempt(practice, episode, **SENT, note="New time offered", unsafe_reason="Handed over by her worker")
    [kept] = search(practice, episode).attempts
    assert kept.note == "Why this way all the same: Handed over by her worker\nNew time offered"
    assert not kept.accessible
