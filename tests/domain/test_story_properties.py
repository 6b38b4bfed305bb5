"""What holds of the drawing of any story, likely or not."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.drawing import Pens
from collabcare.domain.ids import ContactId, MeasureId
from collabcare.domain.reach_facts import PauseFact
from collabcare.domain.story_chart import StoryChart, lanes, story_chart
from collabcare.domain.story_drawing import draw_story
from collabcare.domain.story_marks import CONTACTS, StoryTrack
from tests.builders import contact, facts, measure, move, phq9, review, rulebook
from tests.builders_story import medicine

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts


def story(about: EpisodeFacts, today: date) -> StoryChart:
    return story_chart(about, phq9(), rulebook(), today=today)


@given(st.lists(st.floats(0, 1), max_size=40), st.floats(0.001, 0.5))
def test_no_two_marks_of_a_lane_are_too_near_and_no_lane_is_left_empty(
    places: list[float], apart: float
) -> None:
    given_lanes = lanes(sorted(places), apart)
    for lane in set(given_lanes):
        own = [place for place, of in zip(sorted(places), given_lanes, strict=True) if of == lane]
        assert all(after - before >= apart for before, after in pairwise(own))
    assert set(given_lanes) == set(range(max(given_lanes, default=-1) + 1))


DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))
LETTERS = st.sampled_from("ALDCPNb")


@st.composite
def episodes(draw: st.DrawFn) -> EpisodeFacts:
    """Draw an episode, likely or not."""
    held = draw(st.lists(st.tuples(LETTERS, DAYS), max_size=12))
    scores = draw(st.lists(st.tuples(st.none() | st.integers(0, 27), DAYS), max_size=8))
    pauses = draw(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=3))
    medicines = draw(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=3))
    return facts(
        contacts=tuple(
            contact(letter, on, id=ContactId(n))
            for n, (letter, on) in enumerate(sorted(held, key=lambda each: each[1]))
        ),
        measures=tuple(
            measure(total, on, id=MeasureId(n))
            for n, (total, on) in enumerate(sorted(scores, key=lambda each: each[1]))
        ),
        step_moves=tuple(move(on) for on in draw(st.lists(DAYS, max_size=3))),
        reviews=tuple(review(on) for on in draw(st.lists(DAYS, max_size=3))),
        pauses=tuple(
            PauseFact(started_on=on, reason="Abroad", review_on=None, ended_on=end) for on, end in pauses
        ),
        medication=tuple(
            medicine(id=n, started_on=on, ended_on=end, replaces_id=draw(st.none() | st.integers(0, 2)))
            for n, (on, end) in enumerate(medicines)
        ),
        referral_received_on=draw(DAYS),
        closed_on=draw(st.none() | DAYS),
    )


@given(episodes(), DAYS)
def test_every_mark_is_on_the_axis_in_order_of_time_and_in_the_table(
    about: EpisodeFacts, today: date
) -> None:
    scene = story(about, today)
    assert all(0 <= mark.x <= 1 for mark in scene.marks)
    assert all(mark.until is None or mark.x <= mark.until <= 1 for mark in scene.marks)
    assert [mark.day for mark in scene.marks] == sorted(mark.day for mark in scene.marks)
    by_day = {mark.day: mark.x for mark in scene.marks}
    assert all(mark.x == by_day[mark.day] for mark in scene.marks)
    assert [(row.day, row.what) for row in reversed(scene.rows)] == [
        (mark.day, mark.what) for mark in scene.marks
    ]
    assert [row.spoken for row in reversed(scene.rows)] == [mark.spoken for mark in scene.marks]


@given(episodes(), DAYS)
def test_every_contact_of_the_episode_is_drawn_exactly_once(about: EpisodeFacts, today: date) -> None:
    marks = [mark for mark in story(about, today).marks if mark.kind in CONTACTS]
    assert sorted(mark.day for mark in marks) == sorted(contact.on for contact in about.contacts)
    points = [mark.day for mark in story(about, today).marks if mark.track is StoryTrack.PLOT and mark.label]
    assert points == sorted({each.taken_on for each in about.measures if each.total is not None})


@given(episodes(), DAYS, st.integers(200, 1400), st.sampled_from((1.0, 1.5, 2.0)))
def test_no_two_marks_stand_in_the_same_place(
    about: EpisodeFacts, today: date, width: int, scale: float
) -> None:
    scene = story(about, today)
    pens = Pens(unit=scale, size=13 * scale, measure=lambda text, _bold: len(text) * 7.0 * scale)
    drawing = draw_story(scene, pens, width, 0)
    below = [
        place
        for mark, place in zip(scene.marks, drawing.places, strict=True)
        if mark.track is not StoryTrack.PLOT
    ]
    assert len(set(below)) == len(below)
    frame = drawing.frame
    assert all(frame.plot.left <= x <= frame.plot.right for x, _y in drawing.places)
    assert all(frame.plot.bottom < y < frame.foot for _x, y in below)
