"""Who looks after whose patients while somebody is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.cover import CoverFact
from collabcare.domain.errors import StaleRecord
from collabcare.domain.ids import UserId
from collabcare.queries.cover import covers
from collabcare.queries.team import team
from collabcare.services.cover import ArrangeCover, EndCover, arrange_cover, end_cover
from tests.builders import MONDAY, day

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def week(practice: Practice) -> ArrangeCover:
    return ArrangeCover(
        covered_id=practice.user("sam"), by_id=practice.user("jo"), from_on=MONDAY, until_on=day(6)
    )


def found(practice: Practice) -> tuple[CoverFact, ...]:
    with practice.reading() as session:
        return covers(session, practice.today)


def test_it_holds_for_its_days_and_stands_on_the_list_of_whoever_covers(practice: Practice) -> None:
    arrange_cover(week(practice), practice.uow())
    (cover,) = found(practice)
    assert cover.words == "Jo Smith covers Sam Brown, 05-Jan-2026 to 11-Jan-2026"
    with practice.reading() as session:
        whole = team(session, practice.today)
    jo, sam = practice.user("jo"), practice.user("sam")
    assert whole.covered_by(jo, today=day(6)) == {sam: "Sam Brown"}
    assert whole.covered_by(jo, today=day(7)) == {}
    assert whole.covered_by(sam, today=MONDAY) == {}
    practice.on(day(7))
    assert found(practice) == ()


def test_ended_it_holds_no_more_from_that_day(practice: Practice) -> None:
    arrange_cover(replace(week(practice), until_on=None), practice.uow())
    (cover,) = found(practice)
    practice.on(day(3))
    with practice.refused("Somebody else changed this", StaleRecord):
        end_cover(EndCover(cover_id=cover.id, seen=cover.row_version + 1), practice.uow())
    end_cover(EndCover(cover_id=cover.id, seen=cover.row_version), practice.uow())
    assert found(practice) == ()
    with practice.refused("ended already"):
        end_cover(EndCover(cover_id=cover.id, seen=cover.row_version + 1), practice.uow())


def test_what_makes_no_sense_is_refused(practice: Practice) -> None:
    asked = week(practice)
    arrange_cover(asked, practice.uow())
    for changed, words in (
        (replace(asked, by_id=asked.covered_id), "somebody else to cover"),
        (replace(asked, until_on=MONDAY - timedelta(days=1)), "before the first"),
        (replace(asked, from_on=day(-9), until_on=day(-2)), "have passed"),
        (asked, "arranged already"),
        (replace(asked, by_id=practice.user("lee")), "practitioner or supervisor who signs in"),
        (replace(asked, by_id=practice.user("rita")), "practitioner or supervisor who signs in"),
    ):
        with practice.refused(words):
            arrange_cover(changed, practice.uow())


@pytest.mark.parametrize(
    ("day_asked", "holds"),
    [(MONDAY - timedelta(days=1), False), (MONDAY, True), (day(2), True), (day(3), False), (day(9), False)],
)
def test_the_day_it_was_ended_is_no_part_of_it(day_asked: date, holds: bool) -> None:
    cover = CoverFact(
        id=1,
        row_version=1,
        covered_id=UserId(1),
        covered="A",
        by_id=UserId(2),
        by="B",
        from_on=MONDAY,
        until_on=None,
        ended_on=day(3),
    )
    assert cover.holds_on(day_asked) is holds
