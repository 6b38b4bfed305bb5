"""A form that comes by post after care has ended: kept, counted in nothing, and its answer talked about."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.calendar import LONDON
from collabcare.domain.closure import Ending
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import EpisodeId, MeasureId
from collabcare.domain.safety import SafetyOutcome
from collabcare.domain.safety_facts import FormRoute
from collabcare.queries.ended import owed_a_summary
from collabcare.queries.team import team
from collabcare.queries.timeline import timeline
from collabcare.queries.worklist import worklist
from collabcare.services.measures import (
    RecordMeasure,
    RecordSafetyConversation,
    record_measure,
    record_safety_conversation,
)
from collabcare.services.on_duty import PutOnDuty, put_on_duty
from collabcare.services.patients import ReferAgain, refer_again
from tests.builders import phq9, rulebook
from tests.builders_safety import policy
from tests.services.ending_acts import close, ending

if TYPE_CHECKING:
    from collabcare.queries.caseload import CaseloadRow
    from tests.record_fixtures import Practice

FRIDAY = date(2026, 3, 13)
LATE = datetime(2026, 3, 13, 17, 30, tzinfo=LONDON)
POSITIVE, BLANK, NOTHING = (0,) * 8 + (1,), (1,) * 8 + (None,), (1,) * 8 + (0,)


@pytest.fixture
def ended(practice: Practice) -> EpisodeId:
    """A patient of Jo's whose care ended on the Monday, looked at on the Friday evening after."""
    episode = practice.refer("A")
    practice.on(date(2026, 3, 9))
    first = RecordMeasure(episode_id=episode, taken_on=practice.today, answers=NOTHING)
    record_measure(first, practice.uow(), phq9())
    close(practice, ending(practice, episode))
    practice.on(FRIDAY, time(17, 45))
    return episode


def post(
    practice: Practice,
    episode: EpisodeId,
    answers: tuple[int | None, ...] = POSITIVE,
    **changes: Any,  # noqa: ANN401 - any field
) -> MeasureId:
    """Let a PHQ-9 come in by post at half past five."""
    made = {"taken_on": practice.today, "route": FormRoute.POST, "arrived_at": LATE, **changes}
    command = RecordMeasure(episode_id=episode, answers=answers, **made)
    return MeasureId(record_measure(command, practice.uow("amina"), phq9()).made or 0)


def rows(practice: Practice) -> tuple[CaseloadRow, ...]:
    with practice.reading() as session:
        return owed_a_summary(session, rulebook(), practice.today)


def asked_of(practice: Practice, login: str) -> list[str]:
    """Return why somebody has a safety conversation on their own list of today."""
    with practice.reading() as session:
        who = team(session, practice.today)
    sections = worklist(
        rows(practice),
        until=practice.today,
        for_user=practice.user(login),
        on_duty=who.on_duty,
        colleagues=who.colleagues,
    )
    [section] = [each for each in sections if each.kind is DueKind.SAFETY_CONVERSATION]
    return [item.due.sentence for item in section.items]


def talk(practice: Practice, episode: EpisodeId, measure: MeasureId, **changes: Any) -> None:  # noqa: ANN401 - any field
    fields = {"outcome": SafetyOutcome.TALKED_TODAY, "note": "Rang her. She is with her sister.", **changes}
    command = RecordSafetyConversation(episode_id=episode, measure_id=measure, **fields)
    record_safety_conversation(command, practice.uow("amina"), policy())


def test_it_is_kept_apart_from_the_scores_that_care_ended_with(practice: Practice, ended: EpisodeId) -> None:
    before = practice.facts(ended)
    post(practice, ended, taken_on=date(2026, 3, 6))
    after = practice.facts(ended)
    assert after.measures == before.measures
    assert [(form.total, form.after_end) for form in after.late_forms] == [(1, date(2026, 3, 9))]
    assert (after.closed_on, after.phase, after.ending) == (before.closed_on, before.phase, before.ending)
    told = timeline(after, rulebook(), practice.today)
    [entry] = [each for each in told if each.title.startswith("After care had ended: PHQ-9 1")]
    assert "Came in by post on Fri 13-Mar-2026. It counts in no figure of this care." in entry.text


@pytest.mark.parametrize("answers", [POSITIVE, BLANK])
def test_its_answer_is_on_the_list_of_who_held_them_of_duty_and_of_the_supervisor_that_day(
    practice: Practice, ended: EpisodeId, answers: tuple[int | None, ...]
) -> None:
    """SAFE-W6, after care has ended."""
    put_on_duty(PutOnDuty(user_id=practice.user("sam")), practice.uow("amina"))
    assert asked_of(practice, "jo") == []
    post(practice, ended, answers)
    for login in ("jo", "sam", "amina"):
        [why] = asked_of(practice, login)
        assert why.endswith("; the form came in after care had ended 09-Mar-2026")
    [row] = rows(practice)
    [due] = [each for each in row.due if each.kind is DueKind.SAFETY_CONVERSATION]
    assert (due.due_on, due.for_duty, due.is_overdue(practice.today)) == (FRIDAY, True, False)
    practice.on(date(2026, 3, 30))
    assert all(asked_of(practice, login) for login in ("jo", "sam", "amina"))


def test_a_form_that_asks_for_nothing_is_on_no_list(practice: Practice, ended: EpisodeId) -> None:
    post(practice, ended, NOTHING)
    assert len(practice.facts(ended).late_forms) == 1
    assert not any(asked_of(practice, login) for login in ("jo", "sam", "amina"))


def test_it_stays_until_an_outcome_is_recorded_and_nothing_opens_care(
    practice: Practice, ended: EpisodeId
) -> None:
    measure = post(practice, ended)
    missed = {"outcome": SafetyOutcome.COULD_NOT_ASK, "ask_by": "Jo Smith", "ask_on": FRIDAY}
    talk(practice, ended, measure, **missed)
    assert asked_of(practice, "jo")
    talk(practice, ended, measure)
    assert asked_of(practice, "jo") == []
    facts = practice.facts(ended)
    assert facts.closed_on == date(2026, 3, 9)
    assert {each.kind for row in rows(practice) for each in row.due} <= {DueKind.GP_LETTER}
    with practice.refused("This episode of care is closed"):
        talk(practice, ended, measure)


@pytest.mark.parametrize("route", [None, FormRoute.IN_PERSON])
def test_only_what_came_from_outside_is_kept(
    practice: Practice, ended: EpisodeId, route: FormRoute | None
) -> None:
    with practice.refused("A form that came by post, telephone, text or email is still kept"):
        post(practice, ended, route=route)


def test_a_form_is_not_corrected_once_care_has_ended(practice: Practice, ended: EpisodeId) -> None:
    [first] = practice.facts(ended).measures
    with practice.refused("Care has ended, so a form is not corrected any more"):
        post(practice, ended, corrects=first.id, correction_reason="Typed wrongly")


def test_of_somebody_who_is_back_it_belongs_into_the_care_that_is_open(
    practice: Practice, ended: EpisodeId
) -> None:
    measure = post(practice, ended)
    known = practice.facts(ended)
    again = ReferAgain(
        patient_id=known.patient.patient_id,
        seen=known.patient.version,
        received_on=practice.today,
        source=known.referral_source,
        reason=known.referral_reason,
    )
    refer_again(again, practice.uow(), rulebook())
    with practice.refused("Enter the form in the care that is open"):
        post(practice, ended)
    assert asked_of(practice, "jo")
    talk(practice, ended, measure)
    assert asked_of(practice, "jo") == []


def test_nothing_is_asked_of_the_dead(practice: Practice) -> None:
    episode = practice.refer("A")
    close(practice, ending(practice, episode, ending=Ending.DIED, why_no_plan=""))
    with practice.refused("This patient has died"):
        post(practice, episode)


def test_what_was_never_late_is_not_recorded_in_a_closed_episode(
    practice: Practice, ended: EpisodeId
) -> None:
    [first] = practice.facts(ended).measures
    with practice.refused("This episode of care is closed"):
        talk(practice, ended, first.id)
