"""Somebody who said that they do not want care now: nothing is rebooked, and something is owed to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import ContactId
from collabcare.domain.search_ends import SEARCH_END_WORDS, SearchEnd
from tests.builders import contact, day, facts, ladder, rulebook
from tests.domain.whats_due import only

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact, EpisodeFacts

KINDS = (DueKind.SAID_NO, DueKind.REBOOK, DueKind.CONTACT)


def said(end: SearchEnd = SearchEnd.DECLINES, *later: ContactFact) -> EpisodeFacts:
    """Return a patient seen, then missed, and reached two days after that, when they said this."""
    search = ladder(day(7), contact_id=2, closed_on=day(9), closed_because=SEARCH_END_WORDS[end])
    made = facts("AD", ladders=(search,))
    return replace(made, contacts=(*made.contacts, *later))


def kinds(of: EpisodeFacts, today: int = 10) -> list[DueKind]:
    return [kind for kind, _on, _why in only(of, day(today), *KINDS)]


def test_what_is_owed_stands_in_the_place_of_the_booking() -> None:
    by = rulebook().calendar.nth_after(day(9), rulebook().pathway.rebook_working_days)
    assert only(said(), day(10), *KINDS) == [
        (
            DueKind.SAID_NO,
            by,
            "Said Wed 14-Jan-2026 that they do not want care now: talk about safety, tell the GP, end care",
        )
    ]
    assert kinds(said(), 400) == [DueKind.SAID_NO], "it never goes away by itself"


@pytest.mark.parametrize("end", [SearchEnd.REBOOKED, SearchEnd.MOVED])
def test_another_answer_is_no_no(end: SearchEnd) -> None:
    assert kinds(said(end)) == [DueKind.REBOOK]


@pytest.mark.parametrize(
    ("letter", "on", "today", "owed"),
    [
        (" ", 12, 10, []),
        ("A", 12, 13, [DueKind.CONTACT]),
        ("P", 12, 13, [DueKind.REBOOK]),
        ("A", 9, 13, [DueKind.SAID_NO]),
    ],
    ids=["something is booked", "they came", "we cancelled it", "seen that day, and said so"],
)
def test_it_holds_until_there_is_something_newer(
    letter: str, on: int, today: int, owed: list[DueKind]
) -> None:
    status = contact("A" if letter == " " else letter, day(on), id=ContactId(3))
    later = replace(status, status=None) if letter == " " else status
    assert kinds(said(SearchEnd.DECLINES, later), today) == owed
