"""A form entered wrongly is corrected by a new version with a reason; nothing that was saved is rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.store.models import Measure
from tests.builders import MONDAY, day, gad7
from tests.services.test_measures import LOW, LOW_WITH_9, fill_in, measures, safety_due

if TYPE_CHECKING:
    from tests.record_fixtures import Practice

HIGHER = (3, 3, 3, 0, 0, 0, 0, 0, 0)
WHY = "Typed from the wrong sheet"


def test_a_correction_stands_in_the_place_of_the_first_entry_which_stays_in_the_record(
    practice: Practice,
) -> None:
    episode = practice.refer("A")
    wrong = fill_in(practice, episode)
    practice.on(day(3))
    right = fill_in(practice, episode, taken_on=MONDAY, answers=HIGHER, corrects=wrong, correction_reason=WHY)
    [standing] = measures(practice, episode)
    assert (standing.id, standing.total, standing.taken_on, standing.correction) == (right, 9, MONDAY, WHY)
    with practice.opened.sessions() as session:
        kept = session.execute(select(Measure.id, Measure.total, Measure.corrects_id).order_by(Measure.id))
        assert [tuple(row) for row in kept] == [(wrong, 2, None), (right, 9, wrong)]


def test_a_question_raised_by_a_wrong_entry_stays_open_until_it_is_talked_about(practice: Practice) -> None:
    episode = practice.refer("A")
    wrong = fill_in(practice, episode, answers=LOW_WITH_9)
    fill_in(practice, episode, answers=LOW, corrects=wrong, correction_reason=WHY)
    assert len(safety_due(practice, episode)) == 1


def test_a_correction_asks_again_only_if_the_answer_is_another(practice: Practice) -> None:
    episode = practice.refer("A")
    wrong = fill_in(practice, episode, answers=LOW_WITH_9)
    again = fill_in(practice, episode, answers=(2, *LOW_WITH_9[1:]), corrects=wrong, correction_reason=WHY)
    assert len(safety_due(practice, episode)) == 1
    fill_in(practice, episode, answers=(*LOW[:8], 2), corrects=again, correction_reason=WHY)
    assert len(safety_due(practice, episode)) == 2


def test_a_form_is_corrected_once_with_a_reason_and_by_the_same_questionnaire(practice: Practice) -> None:
    episode, other = practice.refer("A"), practice.refer("A")
    wrong = fill_in(practice, episode)
    with practice.refused("Say what was wrong"):
        fill_in(practice, episode, corrects=wrong, correction_reason=" ")
    with practice.refused("not one of this episode's"):
        fill_in(practice, other, corrects=wrong, correction_reason=WHY)
    with practice.refused("by the same questionnaire"):
        record_measure(
            RecordMeasure(
                episode_id=episode,
                taken_on=MONDAY,
                answers=(0,) * 7,
                corrects=wrong,
                correction_reason=WHY,
            ),
            practice.uow(),
            gad7(),
        )
    fill_in(practice, episode, corrects=wrong, correction_reason=WHY)
    with practice.refused("corrected already"):
        fill_in(practice, episode, corrects=wrong, correction_reason=WHY)
