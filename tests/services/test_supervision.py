"""Taking a case to supervision, recording what was decided, and doing what was agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from collabcare.domain.changes import Kind
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.ids import ActionId, EpisodeId, UserId
from collabcare.domain.supervision import agenda_reasons
from collabcare.domain.triggers import Trigger
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.services.supervision import (
    LONGEST_TEXT,
    AgreedAction,
    RecordReview,
    ReopenAction,
    RequestSupervision,
    WithdrawRequest,
    complete_action,
    record_review,
    reopen_action,
    request_supervision,
    withdraw_request,
)
from collabcare.store.models import Note, SupervisionReview
from tests.builders import MONDAY, day, gad7, phq9, rulebook

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def reviewed(practice: Practice, episode: EpisodeId, **changes: Any) -> RecordReview:  # noqa: ANN401 - any field
    """Return a review of today."""
    made = RecordReview(
        episode_id=episode,
        reviewed_on=practice.today,
        supervisor_id=practice.user("amina"),
        decision="Offer two more contacts, then review",
    )
    return replace(made, **changes)


def agreed(practice: Practice, **changes: Any) -> AgreedAction:  # noqa: ANN401 - any field
    """Return something for Jo to do within a week."""
    made = AgreedAction(
        text="Ring the practice nurse",
        owner_id=practice.user("jo"),
        due_on=practice.today + timedelta(days=7),
    )
    return replace(made, **changes)


def triggers(practice: Practice, episode: EpisodeId) -> list[Trigger]:
    """Return why this case is on the agenda today."""
    found = agenda_reasons(practice.facts(episode), rulebook(), today=practice.today)
    return [reason.trigger for reason in found]


def test_a_request_puts_the_case_on_the_agenda_until_it_is_discussed(practice: Practice) -> None:
    episode = practice.refer("Ab")
    record_review(reviewed(practice, episode), practice.uow())
    assert triggers(practice, episode) == []
    practice.on(day(3))
    request_supervision(RequestSupervision(episode_id=episode, question=" Step down? "), practice.uow())
    facts = practice.facts(episode)
    assert (facts.supervision_requested_on, facts.supervision_question) == (day(3), "Step down?")
    assert triggers(practice, episode) == [Trigger.REQUEST]
    record_review(reviewed(practice, episode), practice.uow())
    assert practice.facts(episode).supervision_requested_on is None
    assert triggers(practice, episode) == []


def test_a_request_needs_no_question(practice: Practice) -> None:
    episode = practice.refer("A")
    request_supervision(RequestSupervision(episode_id=episode, question=" "), practice.uow())
    assert practice.facts(episode).supervision_question is None


def test_asking_again_adds_to_the_question_and_keeps_its_day(practice: Practice) -> None:
    episode = practice.refer("A")
    request_supervision(RequestSupervision(episode_id=episode, question="Step down?"), practice.uow())
    practice.on(day(9))
    request_supervision(RequestSupervision(episode_id=episode, question="Or hold?"), practice.uow("amina"))
    facts = practice.facts(episode)
    assert facts.supervision_requested_on == MONDAY
    assert facts.supervision_question == "Step down?\nAdded 14-Jan-2026 by Amina Shah: Or hold?"
    with practice.refused("what to add"):
        request_supervision(RequestSupervision(episode_id=episode, question=" "), practice.uow())
    with practice.refused("whole question"):
        request_supervision(RequestSupervision(episode_id=episode, question="x" * 4_990), practice.uow())
    record_review(reviewed(practice, episode, reviewed_on=day(2)), practice.uow())
    assert practice.facts(episode).supervision_requested_on == MONDAY, "what was added is not discussed yet"
    record_review(reviewed(practice, episode, reviewed_on=day(9)), practice.uow())
    assert practice.facts(episode).supervision_requested_on is None


def test_a_question_taken_back_needs_a_reason_and_stays_in_the_story(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.refused("nothing to take back"):
        withdraw_request(WithdrawRequest(episode_id=episode, reason="Settled"), practice.uow())
    request_supervision(RequestSupervision(episode_id=episode, question="Step down?"), practice.uow())
    with practice.refused("Write why"):
        withdraw_request(WithdrawRequest(episode_id=episode, reason=" "), practice.uow())
    assert practice.facts(episode).supervision_question == "Step down?"
    practice.on(day(3))
    changes = withdraw_request(WithdrawRequest(episode_id=episode, reason="Settled"), practice.uow("amina"))
    assert changes.kinds == {Kind.SUPERVISION, Kind.NOTE}
    facts = practice.facts(episode)
    assert (facts.supervision_requested_on, facts.supervision_question) == (None, None)
    with practice.reading() as session:
        note = session.scalars(select(Note)).one()
    assert (note.on_date, note.written_by) == (day(3), practice.user("amina"))
    assert note.text.splitlines() == [
        "Taken off the agenda of supervision.",
        "Reason: Settled",
        "Asked on 05-Jan-2026: Step down?",
    ]


def test_a_discussion_of_last_week_typed_in_today_does_not_answer_todays_request(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(7))
    request_supervision(RequestSupervision(episode_id=episode, question="Now what?"), practice.uow())
    record_review(reviewed(practice, episode, reviewed_on=day(2)), practice.uow())
    assert practice.facts(episode).supervision_question == "Now what?"


def test_a_review_keeps_who_what_and_the_scores_it_saw(practice: Practice) -> None:
    episode = practice.refer("A")
    for instrument, answers, on in (
        (phq9(), (2,) * 8 + (0,), day(0)),
        (gad7(), (1,) * 7, day(0)),
        (phq9(), (1,) * 8 + (0,), day(2)),
        (phq9(), (3, None, None, None, 0, 0, 0, 0, 0), day(3)),
        (phq9(), (0,) * 9, day(5)),
    ):
        practice.on(day(9))
        record_measure(
            RecordMeasure(episode_id=episode, taken_on=on, answers=answers), practice.uow(), instrument
        )
    changes = record_review(
        reviewed(practice, episode, question="More input?", reviewed_on=day(4), actions=(agreed(practice),)),
        practice.uow(),
    )
    (found,) = practice.facts(episode).reviews
    assert (found.reviewed_on, found.supervisor, found.question) == (day(4), "Amina Shah", "More input?")
    assert found.decision == "Offer two more contacts, then review"
    assert changes.kinds == {Kind.SUPERVISION}
    with practice.reading() as session:
        kept = session.scalars(select(SupervisionReview)).one()
        assert kept.scores_seen == "phq9 8 on 2026-01-07; gad7 7 on 2026-01-05"
        assert kept.recorded_by == practice.user("jo")


def test_what_was_agreed_is_due_until_it_is_done(practice: Practice) -> None:
    episode = practice.refer("A")
    record_review(
        reviewed(practice, episode, actions=(agreed(practice), agreed(practice, text="Write"))),
        practice.uow(),
    )
    first, second = practice.facts(episode).actions
    assert (first.owner, first.agreed_on, first.due_on, first.done_on) == ("Jo Smith", MONDAY, day(7), None)
    practice.on(day(3))
    complete_action(first.id, practice.uow())
    facts = practice.facts(episode)
    assert [action.done_on for action in facts.actions] == [day(3), None]
    due = what_is_due(facts, rulebook(), today=day(3))
    assert [d.subject_id for d in due if d.kind is DueKind.SUPERVISION_ACTION] == [second.id]
    with practice.refused("done already"):
        complete_action(first.id, practice.uow())


def test_what_was_done_by_mistake_is_to_do_again_and_the_trail_keeps_both(practice: Practice) -> None:
    episode = practice.refer("A")
    record_review(reviewed(practice, episode, actions=(agreed(practice),)), practice.uow())
    (action,) = practice.facts(episode).actions
    with practice.refused("to do already"):
        reopen_action(ReopenAction(action_id=action.id, seen=action.version), practice.uow())
    complete_action(action.id, practice.uow())
    (done,) = practice.facts(episode).actions
    with practice.refused("Somebody else changed this", StaleRecord):
        reopen_action(ReopenAction(action_id=action.id, seen=action.version), practice.uow())
    changes = reopen_action(ReopenAction(action_id=action.id, seen=done.version), practice.uow())
    assert changes.kinds == {Kind.SUPERVISION}
    assert changes.episodes == {episode}
    (again,) = practice.facts(episode).actions
    assert again.done_on is None
    due = what_is_due(practice.facts(episode), rulebook(), today=day(7))
    assert [d.subject_id for d in due if d.kind is DueKind.SUPERVISION_ACTION] == [action.id]
    said = [line.action for line in practice.audit()][-2:]
    assert said == ["Complete supervision action", "Reopen supervision action"]


def test_an_action_that_does_not_exist_cannot_be_done(practice: Practice) -> None:
    with practice.refused("not in the record"):
        complete_action(ActionId(99), practice.uow())


REFUSED_REVIEWS = {
    "no decision": ({"decision": " \n"}, "Write what was decided"),
    "a decision of control characters": ({"decision": "\x00"}, "Write what was decided"),
    "too long a decision": ({"decision": "x" * (LONGEST_TEXT + 1)}, "The decision is too long"),
    "too long a question": ({"question": "x" * (LONGEST_TEXT + 1)}, "The question is too long"),
    "tomorrow": ({"reviewed_on": day(1)}, "cannot be in the future"),
    "before the referral": ({"reviewed_on": day(-8)}, "before the referral was received"),
    "nobody": ({"supervisor_id": UserId(99)}, "not in the record"),
    "no such episode": ({"episode_id": EpisodeId(99)}, "not in the record"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_REVIEWS.values(), ids=REFUSED_REVIEWS)
def test_a_review_that_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        record_review(reviewed(practice, episode, **changes), practice.uow())


@pytest.mark.parametrize("login", ["jo", "sam", "alex", "rita", "lee"])
def test_a_case_is_discussed_with_a_supervisor_and_nobody_else(practice: Practice, login: str) -> None:
    episode = practice.refer("A")
    with practice.refused("Choose the supervisor"):
        record_review(reviewed(practice, episode, supervisor_id=practice.user(login)), practice.uow())


REFUSED_ACTIONS = {
    "nothing to do": ({"text": " "}, "Write what is to be done"),
    "too long": ({"text": "x" * (LONGEST_TEXT + 1)}, "The action is too long"),
    "due before it was agreed": ({"due_on": day(-1)}, "due before it was agreed"),
    "for nobody": ({"owner_id": UserId(99)}, "not in the record"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_ACTIONS.values(), ids=REFUSED_ACTIONS)
def test_one_action_that_cannot_be_refuses_the_whole_review(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("A")
    actions = (agreed(practice), agreed(practice, **changes))
    with practice.refused(words):
        record_review(reviewed(practice, episode, actions=actions), practice.uow())


def test_nothing_is_agreed_for_somebody_who_has_left(practice: Practice) -> None:
    episode = practice.refer("A")
    left = agreed(practice, owner_id=practice.user("lee"))
    with practice.refused("still works here"):
        record_review(reviewed(practice, episode, actions=(left,)), practice.uow())


def test_too_long_a_question_is_refused_when_asking(practice: Practice) -> None:
    episode = practice.refer("A")
    with practice.refused("The question is too long"):
        request_supervision(RequestSupervision(episode_id=episode, question="x" * 5_001), practice.uow())
