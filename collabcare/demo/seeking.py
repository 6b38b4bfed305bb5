"""Reaching people who did not attend: the attempts, made on the days the ladder gives."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.demo.acts import Sought, Wrote
from collabcare.demo.diary import london
from collabcare.demo.stories import Twist
from collabcare.domain.facts import LadderFact
from collabcare.domain.ids import ContactId, LadderId
from collabcare.domain.reengagement import AttemptOutcome, Channel, Rung, first_rung, rungs
from collabcare.domain.slots import slot_end

if TYPE_CHECKING:
    from datetime import datetime

    from collabcare.demo.chart import Chart
    from collabcare.demo.timetable import Visit

_CALL, _TEXT, _LETTER, _GP = 1, 2, 3, 4
_TRIES = {
    _CALL: (Channel.CALL, AttemptOutcome.NO_ANSWER, "attempt.call_no_answer"),
    _TEXT: (Channel.TEXT, AttemptOutcome.SENT, "attempt.text_sent"),
    _LETTER: (Channel.LETTER, AttemptOutcome.SENT, "attempt.letter_sent"),
    _GP: (Channel.GP_PRACTICE, AttemptOutcome.THIRD_PARTY, "attempt.gp_asked"),
}
_LAST_TRY = (Channel.LETTER, AttemptOutcome.SENT, "attempt.keep_in_touch")
_TO_PATIENT = "patient_missed"
_LETTERS = {_LETTER: _TO_PATIENT, _GP: "gp_not_attending"}
_COIN = 0.5
_AT_THE_SURGERY = "The receptionist"
_RINGS_WITHIN = 3
"""Working days within which the surgery says that they will be in touch."""


def seek(chart: Chart, missed: Visit, in_a_row: int, following: Visit | None) -> None:
    """Try to reach somebody: until they answer, if they came again, or as far as the story has got."""
    ladder = _rungs(chart, missed, in_a_row)
    if following is not None:
        _until_reached(chart, ladder, following)
    elif in_a_row > 1:
        _try(chart, ladder[0].number, chart.at(missed.on, 17, 15))  # after the last slot of the day
    elif Twist.RELIES_ON_OTHERS in chart.story.twists:
        for rung, minutes in zip(ladder[: chart.story.tried], (0, 25), strict=True):  # both the same day
            slot = chart.slot(missed)
            _try(chart, rung.number, london(slot.on, slot.at, slot.minutes + 10 + minutes))
    else:
        for rung in ladder[: chart.story.tried]:
            _try(chart, rung.number, chart.at(rung.due_on, 16, 20))
            _write(chart, rung)


def _write(chart: Chart, rung: Rung) -> None:
    """Write the letter that goes with a rung, unless there is no address to send it to."""
    kind = _LETTERS.get(rung.number)
    if kind is not None and (chart.person.postcode or kind != _TO_PATIENT):
        at = chart.at(rung.due_on, 17)
        chart.add(Wrote(at=at, by=chart.team.practitioner, kind=kind, needed=False))


def _rungs(chart: Chart, missed: Visit, in_a_row: int) -> tuple[Rung, ...]:
    """Return the rungs as the app itself will count them."""
    slot = chart.slot(missed)
    prompt = Twist.RELIES_ON_OTHERS in chart.story.twists
    policy = chart.setting.pathway.prompt_ladder if prompt else chart.setting.pathway.ladder
    ladder = LadderFact(
        id=LadderId(0),
        contact_id=ContactId(0),
        missed_on=missed.on,
        slot_ended=slot_end(slot.at, slot.minutes),
        first_rung=first_rung(policy, in_a_row),
        consecutive=in_a_row,
        attempts=(),
        closed_on=None,
        closed_because=None,
    )
    return rungs(ladder, policy, chart.setting.diary.calendar)


def _until_reached(chart: Chart, ladder: tuple[Rung, ...], following: Visit) -> None:
    """Leave word on the first rung and speak on the second, in time for the appointment that follows."""
    first, second = ladder[:2]
    latest = following.on - timedelta(days=1)
    _try(chart, first.number, chart.at(min(first.due_on, latest), 16, 20))
    chart.add(
        Sought(
            at=chart.at(min(second.due_on, latest), 17, 10),
            by=chart.team.practitioner,
            rung=second.number,
            channel=Channel.CALL if chart.rings else Channel.TEXT if chart.signs else Channel.VISIT,
            outcome=AttemptOutcome.SPOKE,
            note=chart.say("attempt.call_spoke" if chart.rings else "attempt.spoke"),
            following=chart.slot(following),
        )
    )


def _try(chart: Chart, rung: int, at: datetime) -> None:
    channel, outcome, words = _TRIES.get(rung, _LAST_TRY)
    on_phone = channel in {Channel.CALL, Channel.TEXT}
    if not (chart.person.telephone if on_phone else chart.person.postcode or channel is Channel.GP_PRACTICE):
        channel, outcome, words = Channel.GP_PRACTICE, AttemptOutcome.THIRD_PARTY, "attempt.word_left"
    elif channel is Channel.CALL and chart.signs:
        channel, outcome, words = _TRIES[_TEXT]
    elif channel is Channel.CALL and chart.rng.random() < _COIN and chart.takes_messages:
        outcome, words = AttemptOutcome.LEFT_MESSAGE, "attempt.call_message"
    asked = outcome is AttemptOutcome.THIRD_PARTY
    chart.add(
        Sought(
            at=at,
            by=chart.team.practitioner,
            rung=rung,
            channel=channel,
            outcome=outcome,
            note=chart.say(words),
            following=None,
            spoke_to=_AT_THE_SURGERY if asked else "",
            promised_on=chart.after(at.date(), _RINGS_WITHIN) if asked else None,
        )
    )
