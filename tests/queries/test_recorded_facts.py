"""Everything recorded comes back as the same facts: patients, contacts, forms, the way out and back."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collabcare.domain.closure import LocalStep, TherapyEnding
from collabcare.domain.codes import ClosureReason, RejectionReason, ResponsePriority
from collabcare.domain.demographic_facts import DemographicFacts, EndingFact
from collabcare.domain.demographics import Disability, EthnicCategory
from collabcare.domain.facts import NOT_ASKED, NOTHING_STATED, EpisodeFacts
from collabcare.domain.instruments import EntryMode, Safety
from collabcare.domain.reach_facts import ReachFacts, SnoozeFact, SnoozeKind
from collabcare.domain.safety_facts import FormRoute
from collabcare.queries.facts import episode_facts, facts_by_nhs_number, open_caseload_facts
from collabcare.queries.site_days import site_days
from collabcare.store import models as m
from collabcare.store.engine import WRITE
from tests.builders import MONDAY, day
from tests.queries.written import AT, change, patient_of, second_episode, signed, write

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

REACH = ReachFacts(
    accommodation="CH02",
    telephone_safe=True,
    voicemail_safe=False,
    text_safe=True,
    email_safe=False,
    letters_safe=False,
    nominated_contact="Ada, sister, 07700 900456",
    nominated_contact_consent=True,
    interpreter_language="pl",
    information_formats=("large_print_16", "bsl_video"),
    communication_methods=("text_relay",),
    needs_reviewed_on=day(1),
    employment="08",
    safe_times="After six",
    interpreter_dialect="Silesian",
    interpreter_gender="female",
    communication_professional="BSL interpreter",
    carer_support="Large print for her mother",
    preferred_way="text",
)
STATED = DemographicFacts(
    settled_accommodation="N",
    ethnic_category=EthnicCategory.NOT_STATED.value,
    gender_identity="3",
    gender_same_as_birth="Z",
    sexual_orientation="U",
    disability=(Disability.HEARING.value, Disability.SIGHT.value),
    language="q4",
)


def values_of(facts: ReachFacts | DemographicFacts) -> dict[str, object]:
    """Return facts by name, as the columns of the patient are called."""
    return {each.name: getattr(facts, each.name) for each in fields(facts)}


def test_a_patient_nobody_has_asked_has_said_nothing(practice: Practice) -> None:
    facts = practice.facts(practice.refer("A"))
    assert facts.reach is NOT_ASKED
    assert facts.patient.demographics is NOTHING_STATED


def test_what_a_patient_said_comes_back(practice: Practice) -> None:
    episode = practice.refer("A")
    said = {**values_of(REACH), **values_of(STATED), "hold_reason": "Inquest"}
    change(practice, m.Patient, patient_of(practice, episode), **said)
    facts = practice.facts(episode)
    assert facts.reach == REACH
    assert facts.patient.demographics == STATED
    assert facts.patient.hold_reason == "Inquest"


@pytest.mark.parametrize("name", [each.name for each in fields(ReachFacts)])
def test_one_answer_alone_is_an_answer(practice: Practice, name: str) -> None:
    """A no is not "never asked", and one thing said does not answer for the others."""
    episode = practice.refer()
    value = getattr(REACH, name)
    change(practice, m.Patient, patient_of(practice, episode), **{name: value})
    assert practice.facts(episode).reach == replace(NOT_ASKED, **{name: value})


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flags=st.tuples(*[st.sampled_from([None, True, False])] * 5), agreed=st.none() | st.booleans())
def test_yes_no_and_never_asked_stay_apart(
    practice: Practice, flags: tuple[bool | None, ...], agreed: bool | None
) -> None:
    episode = known(practice)
    names = ("telephone_safe", "voicemail_safe", "text_safe", "email_safe", "letters_safe")
    said = dict(zip(names, flags, strict=True))
    change(practice, m.Patient, patient_of(practice, episode), **said, nominated_contact_consent=agreed)
    found = practice.facts(episode).reach
    assert [getattr(found, name) for name in names] == list(flags)
    assert found.nominated_contact_consent is bool(agreed)


def known(practice: Practice) -> EpisodeId:
    """Return the one patient of the record, referred if there is none yet."""
    with practice.reading() as session:
        found = open_caseload_facts(session)
    return found[0].episode_id if found else practice.refer()


def test_a_contact_comes_back_with_all_that_is_known_of_it(practice: Practice) -> None:
    episode = practice.refer("AD")
    seen, missed = practice.facts(episode).contacts
    more: dict[str, Any] = {"appointment_type": "03", "interpreter": "5", "joint": True}
    change(practice, m.Contact, seen.id, **more, in_group=True)
    change(practice, m.Contact, missed.id, was_not_brought=True, contacted_after=True)
    assert practice.facts(episode).contacts == (
        replace(seen, **more, group=True, row_version=2),
        replace(missed, was_not_brought=True, contacted_after=True, row_version=2),
    )
    change(practice, m.Contact, missed.id, attendance="2", cancelled_on=day(7), cancellation_reason="01")
    assert practice.facts(episode).contacts[1].cancellation_reason == "01"


FORMS = [
    ((10, None, 3), Decimal("6.50")),
    ((2, 1, 3, 4, 4, 80), None),
    ((7,) * 7, 35),
    ((), Decimal("4.25")),
    ((), Decimal("4.00")),
    ((0,) * 9, 0),
]


@pytest.mark.parametrize(("answers", "total"), FORMS)
def test_a_form_comes_back_to_the_last_digit(
    practice: Practice, answers: tuple[int | None, ...], total: int | Decimal | None
) -> None:
    episode = practice.refer()
    arrived = datetime(2026, 7, 10, 18, 30, tzinfo=timezone(timedelta(hours=1)))
    form = m.Measure(
        episode_id=episode,
        instrument="recovery_star",
        instrument_version=1,
        taken_on=MONDAY,
        entry_mode=EntryMode.ITEMS,
        answers=answers,
        total=total,
        missing=1,
        prorated=False,
        safety=Safety.PROMPT,
        safety_answer=1,
        form_route=FormRoute.POST,
        arrived_at=arrived,
        **signed(practice),
    )
    (number,) = write(practice, form)
    write(practice, m.SafetyConversation(episode_id=episode, measure_id=number, opened_on=MONDAY, note=""))
    (measure,) = practice.facts(episode).measures
    assert (measure.answers, measure.total, type(measure.total)) == (answers, total, type(total))
    assert str(measure.total) == str(total)
    assert (measure.route, measure.arrived_at, measure.recorded_at) == (FormRoute.POST, arrived, AT)
    (prompt,) = practice.facts(episode).safety_prompts
    assert (prompt.route, prompt.arrived_at, prompt.answer) == (FormRoute.POST, arrived, 1)


def test_a_ladder_comes_back_with_its_attempts_and_what_was_put_off(practice: Practice) -> None:
    episode = practice.refer("AD")
    (ladder,) = practice.facts(episode).ladders
    change(practice, m.Ladder, ladder.id, restarted_at=AT)
    tried = m.Attempt(
        ladder_id=ladder.id,
        rung=3,
        on_date=day(8),
        at=AT,
        channel="letter",
        outcome="sent",
        note="",
        made_by=practice.user("sam"),
        accessible=True,
    )
    later = m.Snooze(
        ladder_id=ladder.id,
        rung=1,
        kind=SnoozeKind.CALL_LATER,
        made_on=day(7),
        until=day(9),
        reason="At work until then",
        made_by=practice.user("sam"),
        recorded_at=AT,
    )
    write(practice, tried, later)
    (found,) = practice.facts(episode).ladders
    assert found.restarted_at == AT
    assert [(a.rung, a.accessible, a.by) for a in found.attempts] == [(3, True, "Sam Brown")]
    assert found.snoozes == (
        SnoozeFact(
            ladder_id=ladder.id,
            rung=1,
            kind=SnoozeKind.CALL_LATER,
            made_on=day(7),
            until=day(9),
            reason="At work until then",
            by="Sam Brown",
        ),
    )


def test_a_referral_comes_back_with_its_hour_and_how_soon(practice: Practice) -> None:
    episode = practice.refer()
    change(practice, m.Referral, 1, received_at=AT, response_priority="1")
    facts = practice.facts(episode)
    assert (facts.referral_received_at, facts.response_priority) == (AT, ResponsePriority.EMERGENCY)


def test_how_care_ended_comes_back(practice: Practice) -> None:
    episode = practice.refer("A")
    assert practice.facts(episode).ending is None
    end(practice, episode)
    more: dict[str, Any] = {
        "tt_discharge_reason": TherapyEnding.REFERRED_ON,
        "rejection_reason": RejectionReason.INAPPROPRIATE,
        "onward_step": LocalStep.STEP_UP,
        "onward_to": "Community mental health team",
    }
    change(practice, m.Episode, episode, closure_note="Accepted by phone", **more)
    assert practice.facts(episode).ending == EndingFact(
        reason=ClosureReason.TREATMENT_COMPLETED, note="Accepted by phone", **more
    )


def end(practice: Practice, episode: EpisodeId) -> None:
    ended = {"closed_on": practice.today, "closure_reason": ClosureReason.TREATMENT_COMPLETED}
    change(practice, m.Episode, episode, phase="closed", **ended)


def test_a_patient_who_came_back_has_two_episodes_that_know_of_each_other(practice: Practice) -> None:
    first = practice.refer("A")
    end(practice, first)
    closed_on = practice.today
    again = second_episode(practice, first, day(300))
    facts, before = practice.facts(again), practice.facts(first)
    assert (facts.previous_episode_id, facts.previous_closed_on) == (first, closed_on)
    assert (before.previous_episode_id, before.previous_closed_on) == (None, None)
    assert facts.patient == before.patient
    assert facts.contacts == ()
    number = facts.patient.nhs_number
    assert number is not None
    with practice.reading() as session:
        assert [found.episode_id for found in open_caseload_facts(session)] == [again]
        assert facts_by_nhs_number(session, number) == facts


def test_an_account_remembers_who_made_it(practice: Practice) -> None:
    colleague = m.UserAccount(
        login="new",
        name="New Person",
        role="supervisor",
        active=True,
        created_at=AT,
        made_by=practice.user("jo"),
        registration="NMC 12A3456B",
    )
    (number,) = write(practice, colleague)
    with practice.reading() as session:
        found = session.get_one(m.UserAccount, number)
        assert (found.made_by, found.registration) == (practice.user("jo"), "NMC 12A3456B")


def test_the_sites_own_days_come_back_apart(practice: Practice) -> None:
    write(
        practice,
        m.SiteDay(on_date=day(5), is_open=True, reason="Saturday clinic"),
        m.SiteDay(on_date=day(2), is_open=False, reason="Training"),
    )
    with practice.reading() as session:
        days = site_days(session)
    assert (sorted(days.closed), sorted(days.open)) == ([day(2)], [day(5)])
    assert list(days.reasons.items()) == [(day(2), "Training"), (day(5), "Saturday clinic")]


def test_facts_are_read_of_what_the_same_transaction_has_written(practice: Practice) -> None:
    """A service reads facts half-way through its own work; nothing it has changed may be missed."""
    episode = practice.refer()
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.get_one(m.Episode, episode).supervision_question = "Not yet saved"
        found = episode_facts(session, episode)
        assert isinstance(found, EpisodeFacts)
        assert found.supervision_question == "Not yet saved"


def test_instants_come_back_aware_whatever_zone_they_were_noted_in(practice: Practice) -> None:
    episode = practice.refer()
    noted = datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=1)))
    change(practice, m.Referral, 1, received_at=noted)
    found = practice.facts(episode).referral_received_at
    assert found == noted
    assert found is not None
    assert (found.tzinfo, found.time(), found.date()) == (UTC, time(9), date(2026, 7, 1))
