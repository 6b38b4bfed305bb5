"""The story of an episode as one drawing: every mark once, in order of time, and the same as a table."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism
from collabcare.domain.earlier_facts import EarlierFacts
from collabcare.domain.episode import StepDirection
from collabcare.domain.ids import ContactId
from collabcare.domain.people_facts import MedicationSource
from collabcare.domain.reach_facts import HasteFact, HasteKind, PauseFact
from collabcare.domain.story_chart import StoryChart, lanes, story_chart, story_measures
from collabcare.domain.story_marks import LEGEND_WORDS, StoryKind, StoryMark, StoryTrack
from tests.builders import (
    contact,
    contacts,
    day,
    facts,
    gad7,
    instruments,
    measure,
    move,
    phq9,
    review,
    rulebook,
)
from tests.builders_story import medicine

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.people_facts import MedicationFact

TODAY = day(56)


def story(about: EpisodeFacts, today: date = TODAY) -> StoryChart:
    return story_chart(about, phq9(), rulebook(), today=today)


def of_kind(scene: StoryChart, kind: StoryKind) -> StoryMark:
    (found,) = [mark for mark in scene.marks if mark.kind is kind]
    return found


def test_time_runs_from_the_referral_to_today_and_every_mark_stands_at_its_day() -> None:
    scene = story(facts("AD", measures=(measure(18), measure(9, day(28)))))
    assert [tick.day for tick in scene.ticks] == [day(-7), day(-7) + timedelta(days=31), TODAY]
    places = {mark.what: mark.x for mark in scene.marks}
    assert places == {
        "PHQ-9 18": pytest.approx(7 / 63),
        "Attended": pytest.approx(7 / 63),
        "Did not attend": pytest.approx(14 / 63),
        "PHQ-9 9": pytest.approx(35 / 63),
    }
    assert scene.today == 1.0


def test_the_scores_are_those_of_the_score_chart_on_the_axis_of_the_story() -> None:
    scene = story(facts("A", measures=(measure(18), measure(None, day(7)), measure(9, day(28)))))
    assert [point.value for point in scene.scores.points] == [18, 9]
    assert [point.x for point in scene.scores.points] == pytest.approx([7 / 63, 35 / 63])
    assert scene.scores.cut_off == 10 / 27
    assert scene.scores.good_direction == "Lower is better"
    first, last = (mark for mark in scene.marks if mark.kind is StoryKind.SCORE)
    assert (first.y, first.label, first.detail) == (18 / 27, "18", "moderately severe")
    assert last.spoken == "2 February 2026: PHQ-9 9, mild"
    blank = of_kind(scene, StoryKind.NO_SCORE)
    assert (blank.y, blank.words) == (0.0, "12-Jan-2026: PHQ-9: no score, incomplete (3 missing)")


@pytest.mark.parametrize(
    ("letter", "kind", "what"),
    [
        ("A", StoryKind.ATTENDED, "Attended"),
        ("L", StoryKind.ATTENDED, "Attended late"),
        ("D", StoryKind.NOT_ATTENDED, "Did not attend"),
        ("N", StoryKind.TOO_LATE, "Arrived late, could not be seen"),
        ("C", StoryKind.CANCELLED_BY_PATIENT, "Cancelled by patient"),
        ("P", StoryKind.CANCELLED_BY_US, "Cancelled by us"),
        ("b", StoryKind.NOT_RECORDED, "Booked, what happened is not recorded"),
    ],
)
def test_what_became_of_a_contact_is_told_by_kind_and_in_words(
    letter: str, kind: StoryKind, what: str
) -> None:
    scene = story(facts(letter))
    (mark,) = scene.marks
    assert (mark.kind, mark.what, mark.track) == (kind, what, StoryTrack.CONTACTS)
    assert mark.spoken.startswith(f"5 January 2026: {what}, telephone")
    assert [each.kind for each in scene.legend] == [kind]


def test_every_way_a_contact_can_end_has_a_mark() -> None:
    held = tuple(contact("A", status=status) for status in AttendanceStatus)
    assert len(story(facts(contacts=held)).marks) == len(AttendanceStatus)


def test_a_booking_to_come_lengthens_the_axis_and_today_is_drawn_before_it() -> None:
    booked = contact("b", TODAY + timedelta(days=21), minutes=None, mechanism=ConsultationMechanism.VIDEO)
    scene = story(facts(contacts=(*contacts("A"), booked)))
    mark = of_kind(scene, StoryKind.BOOKED)
    assert (mark.x, mark.words) == (1.0, "23-Mar-2026: Booked, video, Jo Smith")
    assert scene.today == pytest.approx(63 / 84)


def test_a_booking_for_today_is_still_to_come() -> None:
    assert of_kind(story(facts(contacts=(contact("b", TODAY),))), StoryKind.BOOKED).day == TODAY


def test_a_cancellation_says_when_it_was_made() -> None:
    (mark,) = story(facts(contacts=(contact("C", day(7), cancelled_on=day(5)),))).marks
    assert mark.detail == "telephone, Jo Smith, cancelled on 10-Jan-2026"
    assert mark.spoken.endswith("cancelled on 10 January 2026")


def test_a_move_is_a_flag_with_the_step_moved_to() -> None:
    scene = story(facts("A", step_moves=(move(day(-7), from_step=None, to_step=2), move(day(20)))))
    start, up = (mark for mark in scene.marks if mark.kind is StoryKind.STEP)
    assert (start.label, start.what, start.detail) == ("2", "Started on step 2, Guided support", "")
    assert (up.label, up.what) == ("3", "Stepped up from 2 to 3, Case management")
    assert up.detail == "Needs more support"
    assert up.track is StoryTrack.STEPS


def test_a_step_of_another_service_model_is_told_by_its_number() -> None:
    down = move(day(20), from_step=10, to_step=9, direction=StepDirection.DOWN)
    (mark,) = story(facts(step_moves=(down,))).marks
    assert mark.what == "Stepped down from 10 to 9"


def test_supervision_is_marked_with_what_was_decided() -> None:
    scene = story(facts(reviews=(review(day(12)), review(day(13), decision=" "))))
    decided, nothing = scene.marks
    assert (decided.what, decided.detail) == ("Supervision with Amina Shah", "decided: Carry on")
    assert nothing.detail == ""
    assert decided.track is StoryTrack.SUPERVISION


def test_a_pause_is_a_band_to_its_end_or_to_today() -> None:
    over = PauseFact(started_on=day(7), reason="Abroad", review_on=day(20), ended_on=day(14))
    going_on = PauseFact(started_on=day(28), reason="In hospital", review_on=None)
    first, second = story(facts(pauses=(over, going_on))).marks
    assert [first.x, first.until] == pytest.approx([14 / 63, 21 / 63])
    assert first.detail == "until 19-Jan-2026, Abroad"
    assert (second.until, second.detail) == (1.0, "not ended yet, In hospital")


def test_medication_is_marked_when_it_began_changed_and_stopped() -> None:
    taken = (
        medicine(ended_on=day(38)),
        medicine(
            id=2,
            dose="100 mg",
            started_on=day(38),
            ended_on=day(45),
            replaces_id=1,
            end_note="felt sick",
            reported_by=MedicationSource.GP,
        ),
    )
    scene = story(facts(medication=taken))
    assert [(mark.kind, mark.day, mark.what, mark.detail) for mark in scene.marks] == [
        (StoryKind.MEDICATION_STARTED, day(10), "Sertraline 50 mg started", "as told by the patient"),
        (
            StoryKind.MEDICATION_CHANGED,
            day(38),
            "Sertraline changed",
            "from Sertraline 50 mg to 100 mg, as told by the GP",
        ),
        (StoryKind.MEDICATION_STOPPED, day(45), "Sertraline 100 mg stopped", "felt sick, as told by the GP"),
    ]
    assert {mark.track for mark in scene.marks} == {StoryTrack.MEDICATION}


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ((medicine(started_on=None),), []),
        ((medicine(started_on=None, ended_on=day(20)),), ["Sertraline 50 mg stopped"]),
        ((medicine(ended_on=day(20)), medicine(id=2, started_on=None, replaces_id=1)), 2),
        ((medicine(), medicine(id=2, started_on=None, replaces_id=1)), ["Sertraline 50 mg started"]),
        ((medicine(id=2, replaces_id=1),), ["Sertraline 50 mg started"]),
        ((medicine(), medicine(id=2, dose="", started_on=day(20), replaces_id=1)), 2),
    ],
    ids=["nothing-known", "end-known", "change-by-the-end", "change-unknown", "before-voided", "no-dose"],
)
def test_a_day_that_nobody_knows_is_not_made_up(
    taken: tuple[MedicationFact, ...], said: list[str] | int
) -> None:
    marks = [mark.what for mark in story(facts(medication=taken)).marks]
    assert (len(marks) if isinstance(said, int) else marks) == said


def test_an_antidepressant_noted_as_a_reason_to_act_soon_is_a_medication_mark() -> None:
    noted = (
        HasteFact(kind=HasteKind.ANTIDEPRESSANT_STARTED, happened_on=day(3), note="Mirtazapine"),
        HasteFact(kind=HasteKind.ANTIDEPRESSANT_CHANGED, happened_on=day(9)),
        HasteFact(kind=HasteKind.SELF_HARM, happened_on=day(9)),
    )
    scene = story(facts(haste=noted))
    assert [mark.words for mark in scene.marks] == [
        "08-Jan-2026: Antidepressant started, Mirtazapine",
        "14-Jan-2026: Antidepressant changed",
    ]


def test_an_antidepressant_in_the_list_is_drawn_once_as_its_medicine() -> None:
    """Adding it tells the Prompt track of it too: that is one event, not two."""
    noted = (
        HasteFact(kind=HasteKind.ANTIDEPRESSANT_STARTED, happened_on=day(10), note="Sertraline 50 mg"),
        HasteFact(kind=HasteKind.ANTIDEPRESSANT_CHANGED, happened_on=day(38), note="Sertraline: to 100 mg"),
        HasteFact(kind=HasteKind.ANTIDEPRESSANT_STARTED, happened_on=day(11), note="Mirtazapine"),
    )
    first = medicine(antidepressant=True, ended_on=day(38))
    taken = (first, medicine(id=2, dose="100 mg", antidepressant=True, started_on=day(38), replaces_id=1))
    marks = [mark.what for mark in story(facts(haste=noted, medication=taken)).marks]
    assert marks == ["Sertraline 50 mg started", "Antidepressant started", "Sertraline changed"]
    other = medicine(name="Amlodipine", antidepressant=False)
    assert len(story(facts(haste=noted[:1], medication=(other,))).marks) == 2


def test_medication_of_other_times_neither_lengthens_the_axis_nor_shows() -> None:
    """What was taken ten years ago is of the patient; the picture is of this episode."""
    old = medicine(started_on=date(2016, 1, 1), ended_on=date(2016, 6, 1))
    later = medicine(id=2, started_on=TODAY + timedelta(days=90))
    scene = story(facts("A", medication=(old, later)))
    assert [mark.what for mark in scene.marks] == ["Attended"]
    assert scene.ticks[0].day == day(-7)


def test_an_earlier_episode_is_not_drawn() -> None:
    earlier = EarlierFacts(measures=(measure(20, day(-300)),))
    assert story(facts("A", earlier=earlier)) == story(facts("A"))


def test_when_care_has_ended_the_axis_ends_there_without_today() -> None:
    scene = story(facts("A", closed_on=day(28)))
    assert (scene.ticks[-1].day, scene.today) == (day(28), None)


def test_a_score_from_before_the_referral_is_on_the_axis() -> None:
    scene = story(facts(measures=(measure(12, day(-20)),)))
    assert (scene.marks[0].x, scene.ticks[0].day) == (0.0, day(-20))


def test_the_legend_names_what_is_there_in_one_order() -> None:
    scene = story(facts("PCDA", measures=(measure(9, prorated=True, missing=1),)))
    assert [each.words for each in scene.legend] == [
        "Attended",
        "Did not attend",
        "Cancelled by patient",
        "Cancelled by us",
        "Prorated score (*)",
    ]
    assert set(LEGEND_WORDS) == set(StoryKind)
    assert len(set(LEGEND_WORDS.values())) == len(StoryKind)


def test_the_whole_picture_is_said_in_two_sentences() -> None:
    about = facts(
        "AADCPNA",
        measures=(measure(18), measure(9, day(28))),
        step_moves=(move(day(20)),),
        reviews=(review(day(12)), review(day(40))),
        pauses=(PauseFact(started_on=day(30), reason="Abroad", review_on=None, ended_on=day(33)),),
        medication=(medicine(),),
    )
    assert story(about).description == (
        "2 PHQ-9 scores, from 18 on 5 January 2026 to 9 on 2 February 2026. "
        "From 29 December 2025 to 2 March 2026: 3 contacts attended, 1 not attended, 1 arrived too late "
        "to be seen, 1 cancelled by the patient, 1 cancelled by us, 1 step move, 2 supervision reviews, "
        "1 medication change, 1 pause."
    )


def test_nothing_at_all_is_a_story_too() -> None:
    scene = story(facts())
    assert (scene.marks, scene.rows, scene.legend) == ((), (), ())
    assert scene.tracks == (StoryTrack.CONTACTS,)
    assert scene.description.startswith("No PHQ-9 score yet. From 29 December 2025")


def test_marks_of_one_day_are_read_in_one_order() -> None:
    about = facts(
        contacts=(
            contact("D", at=time(15, 0), id=ContactId(2)),
            contact("A", at=time(9, 0)),
            contact("C", at=None),
        ),
        measures=(measure(9),),
        step_moves=(move(day(0)),),
        reviews=(review(day(0)),),
    )
    assert [mark.kind for mark in story(about).marks] == [
        StoryKind.STEP,
        StoryKind.CANCELLED_BY_PATIENT,
        StoryKind.ATTENDED,
        StoryKind.NOT_ATTENDED,
        StoryKind.SCORE,
        StoryKind.SUPERVISION,
    ]


def test_the_pathways_first_measure_leads_and_others_come_when_they_have_a_score() -> None:
    assert [each.id for each in story_measures(facts(), rulebook())] == ["phq9"]
    scored = facts(measures=(measure(3, instrument="wsas"), measure(None, instrument="gad7")))
    assert [each.id for each in story_measures(scored, rulebook())] == ["phq9", "wsas"]
    both = facts(measures=(measure(3, instrument="gad7"),))
    assert story_measures(both, rulebook()) == (phq9(), gad7())


@pytest.mark.parametrize(
    ("places", "given"),
    [
        ((), ()),
        ((0.5,), (0,)),
        ((0.1, 0.25, 0.4), (0, 0, 0)),
        ((0.1, 0.1, 0.1), (0, 1, 2)),
        ((0.1, 0.15, 0.2), (0, 1, 0)),
    ],
)
def test_marks_that_would_hide_each_other_stand_in_lanes(
    places: tuple[float, ...], given: tuple[int, ...]
) -> None:
    assert lanes(places, 0.1) == given


@pytest.mark.parametrize("name", sorted(instruments()))
def test_every_instrument_can_stand_in_the_story(name: str) -> None:
    instrument = instruments()[name]
    if instrument.total_max > instrument.total_min:
        scene = story_chart(facts("A"), instrument, rulebook(), today=TODAY)
        assert scene.scores.points == ()
