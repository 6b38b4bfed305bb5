"""The demo as it is opened: somebody in every section of Today, nobody forgotten, nothing in the future."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from collabcare.clock import SteadyClock
from collabcare.demo.diary import london
from collabcare.domain.calendar import london_date
from collabcare.domain.caseload_columns import caseload_columns
from collabcare.domain.caseload_filters import CaseloadFilter, is_among
from collabcare.domain.codes import ClosureReason
from collabcare.domain.due_kinds import DUE_ORDER, DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.flags import FLAG_ORDER, FlagKind
from collabcare.domain.promises import promises_of
from collabcare.domain.reminder_lists import reminders_today
from collabcare.domain.triggers import Trigger
from collabcare.paths import resources_dir
from collabcare.queries.caseload import caseload
from collabcare.queries.ended import owed_a_summary
from collabcare.queries.practice_page import practice_page
from collabcare.queries.worklist import held_by, is_for, worklist
from collabcare.services.sign_in import load_rulebook
from collabcare.store import models as m
from collabcare.store.record import OpenRecord, open_record
from tests.demo_record import DEMO_TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from collabcare.demo.build import DemoRecord
    from collabcare.domain.caseload import CaseloadRow


@pytest.fixture(scope="module")
def opened(built_demo: DemoRecord) -> Iterator[OpenRecord]:
    with open_record(
        built_demo.path, built_demo.sign_ins[0].login, built_demo.sign_ins[0].password
    ) as record:
        yield record


@pytest.fixture
def session(opened: OpenRecord) -> Iterator[Session]:
    with opened.sessions() as session:
        yield session


@pytest.fixture(scope="module")
def rows(opened: OpenRecord) -> list[CaseloadRow]:
    clock = SteadyClock(london(DEMO_TODAY, time(9, 30)))
    rulebook = load_rulebook(resources_dir(), "pcn_practitioner", clock)
    with opened.sessions() as session:
        return caseload(session, rulebook, DEMO_TODAY)


def test_sixty_are_open_and_twenty_closed(session: Session, rows: list[CaseloadRow]) -> None:
    assert len(rows) == 60
    came_back = session.scalars(select(m.Episode.id).where(m.Episode.previous_episode_id.is_not(None))).all()
    assert len(came_back) == 1
    assert session.scalar(select(func.count()).select_from(m.Patient)) == 80
    assert session.scalar(select(func.count()).select_from(m.Episode)) == 80 + len(came_back)


def test_what_was_asked_to_be_discussed_stands_out_right_after_safety(rows: list[CaseloadRow]) -> None:
    asked = {row.facts.patient.surname: row for row in rows if FlagKind.DISCUSS in row.flag_kinds}
    assert set(asked) == {"El-Sayed", "Smith-Barlow"}
    among = [row.facts.patient.surname for row in rows if is_among(row, CaseloadFilter.DISCUSS)]
    assert sorted(among) == sorted(asked)
    (flags,) = (column for column in caseload_columns(rows[0].rulebook) if column.id == "flags")
    assert all("To discuss" in flags.text(row) for row in asked.values())
    about_safety = (FlagKind.SAFETY_CONVERSATION, FlagKind.SAFETY_ASSESSMENT, FlagKind.SAFETY_REVIEW)
    assert FLAG_ORDER[:4] == (*about_safety, FlagKind.DISCUSS)


def test_somebody_stands_in_every_section_of_today(rows: list[CaseloadRow]) -> None:
    sections = {section.kind: len(section.items) for section in worklist(rows, until=DEMO_TODAY)}
    assert list(sections) == list(DUE_ORDER)
    # Whose scores rose, who said no and who did not ring as promised on this very day is the seed's affair.
    chance = {DueKind.WORSENING, DueKind.SAID_NO, DueKind.PROMISE}
    assert {kind for kind, count in sections.items() if not count} <= chance


def test_a_letter_of_each_kind_is_late_and_most_gps_have_theirs(
    session: Session, rows: list[CaseloadRow]
) -> None:
    """On an assessment, a review and a step of open patients, and a summary of two whose care ended.

    One of them has died.
    """
    ended = owed_a_summary(session, rows[0].rulebook, DEMO_TODAY)
    late = [due for row in (*rows, *ended) for due in row.overdue if due.kind is DueKind.GP_LETTER]
    assert {due.rule for due in late} == {
        *("due.assessment_letter", "due.review_letter"),
        *("due.gp_letter", "due.discharge_summary"),
    }
    assert sorted(row.facts.patient.died_on is None for row in ended) == [False, True]
    assert len(late) <= 12


def test_each_practitioner_has_a_day_that_can_be_believed(rows: list[CaseloadRow]) -> None:
    holders = {row.facts.holder_id for row in rows} - {None}
    assert len(holders) == 3
    for holder in holders:
        assert holder is not None
        mine = held_by(rows, holder)
        booked = sum(row.next_booked == DEMO_TODAY for row in mine)
        theirs = sum(is_for(holder, row, due) for row in mine for due in row.due_now)
        due = theirs - booked  # beside the appointments of the day
        assert 17 <= len(mine) <= 21
        assert 6 <= due <= 16, due
        assert 2 <= booked <= 7, booked


def test_nobody_is_forgotten(rows: list[CaseloadRow]) -> None:
    """Everybody has somebody who holds them or waits in plain sight, and a next step or a place in a list."""
    for row in rows:
        assert row.facts.holder_id is not None or row.facts.phase is Phase.REFERRED
        assert row.due or row.next_booked is not None, row.facts.patient.name


def test_cases_come_to_supervision_for_many_reasons(rows: list[CaseloadRow]) -> None:
    found = {reason.trigger for row in rows for reason in row.agenda}
    assert {Trigger.SAFETY, Trigger.ENGAGEMENT, Trigger.FOUR_WEEK, Trigger.NEW, Trigger.REQUEST} <= found


def test_scores_show_blanks_noughts_and_totals_copied_from_elsewhere(rows: list[CaseloadRow]) -> None:
    measures = [measure for row in rows for measure in row.facts.measures]
    assert any(measure.prorated for measure in measures)
    assert any(measure.total == 0 for measure in measures)
    assert any(measure.entry_mode == "total_only" for measure in measures)
    assert any(measure.safety_answer is None and measure.safety == "ask" for measure in measures)


def test_searches_stand_at_many_rungs_and_some_have_ended_well(rows: list[CaseloadRow]) -> None:
    ladders = [ladder for row in rows for ladder in row.facts.ladders]
    still_open = [ladder for ladder in ladders if ladder.closed_on is None]
    assert len({len(ladder.attempts) for ladder in still_open}) >= 3
    assert any(ladder.consecutive == 2 for ladder in still_open)
    assert any(ladder.closed_because == "Reached" for ladder in ladders)


def test_everybody_closed_has_a_reason_and_nobody_was_closed_for_not_attending(session: Session) -> None:
    closed = session.execute(
        select(m.Episode.closure_reason, m.Episode.closure_note).where(m.Episode.closed_on.is_not(None))
    ).all()
    reasons = {row.closure_reason for row in closed}
    assert all(row.closure_reason and row.closure_note for row in closed)
    assert len(reasons) >= 6
    assert ClosureReason.DID_NOT_ATTEND.value not in reasons
    assert session.scalar(select(func.count()).where(m.Patient.died_on.is_not(None))) == 1


def test_nothing_but_bookings_is_dated_today_or_later(session: Session) -> None:
    midnight = london(DEMO_TODAY, time.min).astimezone(UTC)
    not_ahead = {"due_on", "review_on"}  # of an action agreed, and of what is looked at again
    not_ahead |= {"ask_on", "promised_on", "until_on"}  # what somebody will do, and the end of a cover
    for table in m.Base.metadata.sorted_tables:
        dated = [c for c in table.c if c.name not in not_ahead]
        for row in session.execute(select(*dated)).mappings():
            if table.name == "contact" and row["attendance"] is None:
                continue
            for name, value in row.items():
                if isinstance(value, datetime):
                    assert value < midnight, (table.name, name)
                elif hasattr(value, "toordinal"):
                    assert value < DEMO_TODAY, (table.name, name)


def test_the_audit_trail_runs_forward_and_names_who_acted(session: Session) -> None:
    trail = session.execute(
        select(m.AuditEntry.at, m.AuditEntry.actor_id, m.AuditEntry.action).order_by(m.AuditEntry.id)
    ).all()
    instants = [row.at for row in trail]
    assert instants == sorted(instants)
    assert len({row.actor_id for row in trail}) == 5
    assert len({row.action for row in trail}) >= 15


def test_practitioners_see_their_own_patients(session: Session) -> None:
    held_by_another = session.scalar(
        select(func.count())
        .select_from(m.Contact)
        .join(m.Episode, m.Episode.id == m.Contact.episode_id)
        .where(m.Contact.practitioner_id != m.Episode.holder_id)
    )
    assert held_by_another == 0


def test_letters_have_been_written_and_gps_told(session: Session, rows: list[CaseloadRow]) -> None:
    kinds = set(session.scalars(select(m.Letter.kind)))
    assert {"gp_review", "gp_step_change", "patient_missed", "gp_not_attending"} <= kinds
    moves = [move for row in rows for move in row.facts.step_moves if move.from_step is not None]
    assert any(move.gp_informed_on for move in moves)
    assert any(move.gp_informed_on is None for move in moves)


def test_referrals_were_received_before_anybody_was_seen(rows: list[CaseloadRow]) -> None:
    for row in rows:
        if row.facts.contacts:
            assert row.facts.referral_received_on < row.facts.contacts[0].on
        assert row.facts.referral_received_on <= london_date(london(DEMO_TODAY, time(12)))


def test_the_practice_has_lines_of_its_own_somebody_on_duty_and_words_for_the_night(session: Session) -> None:
    support = practice_page(session).support
    assert [line.name for line in support.lines] == [
        "Duty worker, Priya Raman",
        "Saltmere crisis team",
        "Saltmere sanctuary",
    ]
    assert support.on_duty == "On duty: Priya Raman, 01632 960166 (9am to 5pm, Monday to Friday)."
    assert all(line.telephone.startswith("01632 960") for line in support.lines)
    assert support.duty_name == "Priya Raman"
    assert "999" in support.out_of_hours


def test_somebody_said_when_they_would_be_in_touch(rows: list[CaseloadRow]) -> None:
    promised = [row for row in rows if promises_of(row.facts, today=DEMO_TODAY)]
    assert promised
    assert all(each.attempt.spoke_to for row in promised for each in promises_of(row.facts, today=DEMO_TODAY))


def test_most_reminders_have_been_made_and_some_are_to_be_made_today(rows: list[CaseloadRow]) -> None:
    made = [reminder for row in rows for reminder in row.facts.reminders]
    assert len(made) > 4
    assert all(reminder.made_on < DEMO_TODAY for reminder in made)
    assert 2 <= len(reminders_today(rows)) <= len(made) + 6
