"""Medication, carers, reminders and the columns of the working day come back as they were recorded."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from collabcare.domain.codes import ClosureReason
from collabcare.domain.people_facts import (
    CarerFact,
    MedicationFact,
    MedicationSource,
    ReminderFact,
    ReminderOutcome,
)
from collabcare.domain.plan_facts import ActionOwner, GoalActionFact, LifeDomain
from collabcare.domain.reengagement import Channel
from collabcare.queries.facts import open_caseload_facts
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.store import models as m
from tests.builders import day, phq9
from tests.queries.written import AT, change, patient_of, second_episode, signed, write

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

# Any below: any column of the row


def medicine(practice: Practice, episode: EpisodeId, name: str = "Sertraline", **said: Any) -> m.Medication:  # noqa: ANN401 - see above
    """Return a medicine of this patient to be written."""
    patient = patient_of(practice, episode)
    told = {"reported_by": MedicationSource.PATIENT, **said}
    return m.Medication(patient_id=patient, episode_id=episode, name=name, **told, **signed(practice))


def near(practice: Practice, episode: EpisodeId, name: str = "Ada", **said: Any) -> m.Carer:  # noqa: ANN401 - see above
    """Return somebody close to this patient to be written."""
    return m.Carer(patient_id=patient_of(practice, episode), name=name, **said, **signed(practice))


def test_a_medicine_comes_back_as_it_was_told(practice: Practice) -> None:
    episode = practice.refer("A")
    said: dict[str, Any] = {
        "name": "Sertraline",
        "dose": "100 mg at night",
        "purpose": "low mood",
        "reported_by": MedicationSource.OTHER_SERVICE,
        "antidepressant": True,
        "started_on": day(-30),
        "ended_on": day(1),
        "end_note": "Felt sick",
        "taking": "Every day, with food",
    }
    (before,) = write(practice, medicine(practice, episode, "Sertraline"))
    (now,) = write(practice, medicine(practice, episode, **said, replaces_id=before))
    first, second = practice.facts(episode).medication
    assert second == MedicationFact(id=now, episode_id=episode, replaces_id=before, recorded_at=AT, **said)
    assert first == MedicationFact(
        id=before,
        episode_id=episode,
        name="Sertraline",
        reported_by=MedicationSource.PATIENT,
        recorded_at=AT,
    )
    assert (first.current, second.current) == (True, False)


def test_medication_is_in_order_of_time_and_what_came_before_us_first(practice: Practice) -> None:
    episode = practice.refer("A")
    write(
        practice,
        medicine(practice, episode, "late", started_on=day(2)),
        medicine(practice, episode, "early", started_on=day(1)),
        medicine(practice, episode, "void", started_on=day(1), voided_reason="Another patient"),
        medicine(practice, episode, "before us"),
    )
    assert [each.name for each in practice.facts(episode).medication] == ["before us", "early", "late"]


def test_medication_and_carers_are_the_patients_in_each_of_their_episodes(practice: Practice) -> None:
    first, other = practice.refer("A"), practice.refer("A", surname="Li")
    change(
        practice,
        m.Episode,
        first,
        phase="closed",
        closed_on=day(5),
        closure_reason=ClosureReason.TREATMENT_COMPLETED,
    )
    second = second_episode(practice, first, day(9))
    write(
        practice,
        medicine(practice, first, "old"),
        medicine(practice, second, "new"),
        medicine(practice, other, "another's"),
        near(practice, first, "Ada"),
        near(practice, other, "Bo"),
    )
    for episode in (first, second):
        facts = practice.facts(episode)
        assert [(each.name, each.episode_id) for each in facts.medication] == [
            ("old", first),
            ("new", second),
        ]
        assert [each.name for each in facts.carers] == ["Ada"]
    with practice.reading() as session:
        caseload = {facts.episode_id: facts for facts in open_caseload_facts(session)}
    assert caseload == {key: practice.facts(key) for key in (second, other)}


def test_somebody_close_comes_back_as_recorded(practice: Practice) -> None:
    episode = practice.refer("A")
    said: dict[str, Any] = {
        "name": "Ada Okafor",
        "relation": "sister",
        "telephone": "07700 900456",
        "is_carer": True,
        "next_of_kin": True,
        "nominated": True,
        "may_contact": True,
        "may_share": "That appointments were missed",
        "consent_on": day(1),
        "note": "After six",
    }
    (key,) = write(practice, near(practice, episode, **said))
    assert practice.facts(episode).carers == (CarerFact(id=key, **said),)
    change(practice, m.Carer, key, ended_on=day(3))
    assert practice.facts(episode).carers == (CarerFact(id=key, row_version=2, ended_on=day(3), **said),)


def test_whoever_may_be_rung_stands_first_and_who_no_longer_is_last(practice: Practice) -> None:
    episode = practice.refer("A")
    write(
        practice,
        near(practice, episode, "gone", nominated=True, may_contact=True, ended_on=day(1)),
        near(practice, episode, "carer", is_carer=True),
        near(practice, episode, "nominated", nominated=True, may_contact=True),
        near(practice, episode, "said no", may_contact=False),
    )
    found = practice.facts(episode).carers
    assert [each.name for each in found] == ["nominated", "carer", "said no", "gone"]
    assert [each.may_contact for each in found] == [True, None, False, True]


def test_reminders_come_back_in_order_with_who_gave_them(practice: Practice) -> None:
    episode, other = practice.refer("A"), practice.refer("A", surname="Li")
    contact, another = practice.last_contact(episode).id, practice.last_contact(other).id
    late = datetime(2026, 1, 9, 17, 0, tzinfo=UTC)

    def given(of: int, days: int, at: datetime, outcome: ReminderOutcome) -> m.Reminder:
        said = {"channel": Channel.TEXT, "outcome": outcome, "note": "To the new number"}
        row = m.Reminder(contact_id=of, days_before=days, made_at=at, made_on=at.date(), **said)
        row.made_by = practice.user("alex")
        return row

    write(
        practice,
        given(contact, 2, late, ReminderOutcome.SENT),
        given(contact, 7, late - timedelta(days=5), ReminderOutcome.NO_ANSWER),
        given(another, 2, late, ReminderOutcome.SPOKE),
    )
    first, second = practice.facts(episode).reminders
    assert [(each.days_before, each.outcome) for each in (first, second)] == [(7, "no_answer"), (2, "sent")]
    assert second == ReminderFact(
        contact_id=practice.facts(episode).contacts[0].id,
        days_before=2,
        made_on=late.date(),
        made_at=late,
        channel=Channel.TEXT,
        outcome=ReminderOutcome.SENT,
        note="To the new number",
        by="Alex Green",
    )
    assert [each.outcome for each in practice.facts(other).reminders] == [ReminderOutcome.SPOKE]


def test_a_goal_has_its_part_of_life_and_the_steps_towards_it(practice: Practice) -> None:
    episode = practice.refer("A")
    of: dict[str, Any] = {"episode_id": episode, "opened_on": day(0), **signed(practice)}
    bills, _sleep = write(
        practice,
        m.Goal(**of, place=1, text="Bills", domain=LifeDomain.MONEY),
        m.Goal(**of, place=2, text="Sleep"),
    )
    first, second = write(
        practice,
        m.GoalAction(goal_id=bills, text="Ring the bank", due_on=day(3), done_on=day(2), **signed(practice)),
        m.GoalAction(
            goal_id=bills, text="Write", whose=ActionOwner.US, dropped_on=day(2), **signed(practice)
        ),
    )
    money, sleep = practice.facts(episode).goals
    assert (money.domain, sleep.domain, sleep.actions) == (LifeDomain.MONEY, None, ())
    done = GoalActionFact(id=first, text="Ring the bank", due_on=day(3), done_on=day(2), recorded_at=AT)
    dropped = GoalActionFact(id=second, text="Write", whose=ActionOwner.US, dropped_on=day(2), recorded_at=AT)
    assert money.actions == (done, dropped)
    assert done.whose is ActionOwner.PATIENT
    assert (done.is_open, dropped.is_open) == (False, False)
    assert GoalActionFact(id=1, text="x", due_on=day(0)).is_open


@pytest.mark.parametrize("name", ["other_telephone", "email", "pronouns", "allergies"])
def test_each_new_detail_of_a_patient_comes_back_as_itself(practice: Practice, name: str) -> None:
    episode = practice.refer("A")
    before = practice.facts(episode).patient
    assert getattr(before, name) is None
    change(practice, m.Patient, patient_of(practice, episode), **{name: "said"})
    after = practice.facts(episode).patient
    changed = {each.name for each in fields(after) if getattr(after, each.name) != getattr(before, each.name)}
    assert changed == {name, "version"}


def test_contacts_tries_and_conversations_say_what_was_noted(practice: Practice) -> None:
    episode = practice.refer("AD")
    facts = practice.facts(episode)
    ladder = facts.open_ladder
    assert ladder is not None
    assert {(each.interpreter_booked, each.place) for each in facts.contacts} == {(None, "")}
    for contact, booked in zip(facts.contacts, (True, False), strict=True):
        change(practice, m.Contact, contact.id, interpreter_booked=booked, place="Room 2")
    tried = {"rung": 1, "on_date": day(8), "at": AT, "channel": "call", "outcome": "third_party", "note": ""}
    write(
        practice,
        m.Attempt(
            **tried, ladder_id=ladder.id, spoke_to="Ada", promised_on=day(9), made_by=practice.user("jo")
        ),
    )
    record_measure(
        RecordMeasure(episode_id=episode, taken_on=practice.today, answers=(1,) * 9), practice.uow(), phq9()
    )
    (prompt,) = practice.facts(episode).safety_prompts
    assert (prompt.ask_by, prompt.ask_on, prompt.tried_on) == ("", None, None)
    asked = {"ask_by": "Amina Shah", "ask_on": day(9), "tried_on": day(8)}
    change(practice, m.SafetyConversation, 1, **asked)
    facts = practice.facts(episode)
    assert [(each.interpreter_booked, each.place) for each in facts.contacts] == [
        (True, "Room 2"),
        (False, "Room 2"),
    ]
    ((attempt,),) = (each.attempts for each in facts.ladders)
    assert (attempt.spoke_to, attempt.promised_on) == ("Ada", day(9))
    (prompt,) = facts.safety_prompts
    assert {name: getattr(prompt, name) for name in asked} == asked


def refused(practice: Practice, *rows: m.Base) -> None:
    """Expect the database to refuse the last of these rows."""
    write(practice, *rows[:-1])
    with pytest.raises(sa.exc.IntegrityError):
        write(practice, rows[-1])


@pytest.mark.parametrize("may_contact", [None, False])
def test_nobody_is_nominated_without_the_patients_consent(
    practice: Practice, may_contact: bool | None
) -> None:
    refused(practice, near(practice, practice.refer("A"), nominated=True, may_contact=may_contact))


def test_one_person_at_a_time_is_nominated(practice: Practice) -> None:
    episode, yes = practice.refer("A"), {"nominated": True, "may_contact": True}
    other = practice.refer("A", surname="Li")
    refused(
        practice,
        near(practice, episode, "gone", **yes, ended_on=day(1)),
        near(practice, other, "another's", **yes),
        near(practice, episode, "Ada", **yes),
        near(practice, episode, "Bo", **yes),
    )


def test_a_medicine_does_not_end_before_it_began_or_replace_itself(practice: Practice) -> None:
    episode = practice.refer("A")
    refused(practice, medicine(practice, episode, started_on=day(2), ended_on=day(1)))
    (key,) = write(practice, medicine(practice, episode, ended_on=day(1)))
    refused(practice, medicine(practice, episode, id=key + 1, replaces_id=key + 1))


def test_a_step_is_not_both_done_and_dropped(practice: Practice) -> None:
    of = {"episode_id": practice.refer("A"), "place": 1, "opened_on": day(0)}
    (goal,) = write(practice, m.Goal(**of, text="Sleep", **signed(practice)))
    both = {"done_on": day(1), "dropped_on": day(1)}
    refused(practice, m.GoalAction(goal_id=goal, text="Bed at ten", **both, **signed(practice)))


def test_a_contact_is_reminded_of_once_for_each_lead_time(practice: Practice) -> None:
    practice.refer("A")
    of = {
        "contact_id": 1,
        "made_at": AT,
        "made_on": day(0),
        "channel": "text",
        "outcome": "sent",
        "made_by": 1,
    }
    refused(
        practice,
        m.Reminder(**of, days_before=2),
        m.Reminder(**of, days_before=7),
        m.Reminder(**of, days_before=2),
    )


@pytest.mark.parametrize(
    "wrong", [{"by_id": 2}, {"until_on": day(-1)}], ids=["by themselves", "ends before it begins"]
)
def test_nobody_covers_for_themselves_or_backwards(practice: Practice, wrong: dict[str, Any]) -> None:
    right = {"covered_id": 2, "by_id": 3, "from_on": day(0), "until_on": day(0), **signed(practice)}
    refused(practice, m.Cover(**right), m.Cover(**(right | wrong)))
