"""The pages and the way back through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from collabcare.domain.ids import EpisodeId, LetterId
from collabcare.ui.pages import PageName, Pages, Place

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TODAY, CASELOAD = Place(PageName.TODAY), Place(PageName.CASELOAD)
ADA, BEN = (Place(PageName.PATIENT, EpisodeId(n)) for n in (1, 2))


@pytest.fixture
def pages(qtbot: QtBot) -> Pages:
    made = Pages()
    qtbot.addWidget(made)
    for name in PageName:
        made.add(name, QWidget())
    return made


def test_one_goes_back_the_way_one_came(pages: Pages) -> None:
    letter = Place(PageName.LETTER, EpisodeId(1))
    for place in (CASELOAD, ADA, letter):
        pages.go(place)
    assert [pages.before() for _ in range(4)] == [ADA, CASELOAD, TODAY, None]


@pytest.mark.parametrize("between", [(), (CASELOAD,), (Place(PageName.HELP, topic="keys"),)])
def test_the_way_back_never_leads_to_another_patient(pages: Pages, between: tuple[Place, ...]) -> None:
    for place in (ADA, *between, BEN, CASELOAD):
        pages.go(place)
    assert [pages.before() for _ in range(len(between) + 3)] == [BEN, *between, TODAY, None]


def test_other_care_of_the_same_patient_leads_back_to_this_one(pages: Pages) -> None:
    before, long_before = (
        Place(PageName.PATIENT, EpisodeId(n), opened_from=EpisodeId(later)) for n, later in ((7, 1), (8, 7))
    )
    for place in (BEN, ADA, before, long_before):
        pages.go(place)
    been = []
    while (back := pages.before()) is not None:
        pages.return_to(back)
        been.append(back)
    assert been == [before, ADA, TODAY]


def test_going_where_one_is_leaves_no_trace(pages: Pages) -> None:
    pages.go(ADA)
    pages.go(ADA)
    assert [pages.before(), pages.before()] == [TODAY, None]


def test_returning_is_not_going(pages: Pages) -> None:
    pages.go(ADA)
    pages.return_to(TODAY)
    assert pages.place == TODAY
    assert pages.before() == TODAY


def test_whoever_listens_is_told_the_place(pages: Pages, qtbot: QtBot) -> None:
    letter = Place(PageName.LETTER, EpisodeId(1), LetterId(7))
    with qtbot.waitSignal(pages.moved) as moved:
        pages.go(letter)
    assert moved.args == [letter]


def test_the_way_back_does_not_grow_for_ever(pages: Pages) -> None:
    for number in range(200):
        pages.go(Place(PageName.HELP, topic=str(number)))
    steps = 0
    while pages.before() is not None:
        steps += 1
    assert steps < 60


def test_a_page_is_made_when_it_is_first_needed_and_only_once(pages: Pages, qtbot: QtBot) -> None:
    fresh = Pages()
    qtbot.addWidget(fresh)
    made: list[QWidget] = []

    def make() -> QWidget:
        made.append(QWidget())
        return made[-1]

    fresh.add(PageName.TODAY, QWidget())
    fresh.add_later(PageName.DETAILS, make)
    assert fresh.has(PageName.DETAILS)
    assert not made
    fresh.go(Place(PageName.DETAILS, EpisodeId(1)))
    fresh.go(TODAY)
    fresh.go(Place(PageName.DETAILS, EpisodeId(2)))
    assert [fresh.page] == made
