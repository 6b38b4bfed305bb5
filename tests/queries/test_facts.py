"""EpisodeFacts as read from the record: complete, in order, and in a fixed number of SELECTs."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from collabcare.domain.closure import Ending
from collabcare.domain.ids import EpisodeId
from collabcare.domain.instruments import EntryMode
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.queries.caseload import caseload
from collabcare.queries.facts import (
    SELECTS,
    episode_facts,
    facts_by_nhs_number,
    open_caseload_facts,
    open_caseload_parts,
)
from collabcare.services.episodes import CloseEpisode, MoveStep, close_episode, move_step
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.services.searches import LogAttempt, log_attempt
from collabcare.services.supervision import AgreedAction, RecordReview, record_review
from collabcare.store.engine import WRITE
from collabcare.store.models import Contact
from tests.builders import MONDAY, day, pathway, phq9
from tests.services.commands import COMMANDS, scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.record_fixtures import Practice


def live(practice: Practice, **changes: object) -> EpisodeId:
    """Let a patient have one of everything an episode can hold."""
    episode, uow = practice.refer("AD", **changes), practice.uow()
    answers = (2,) * 8 + (1,)
    form = RecordMeasure(episode_id=episode, taken_on=day(0), answers=answers, function_answer=1)
    record_measure(form, uow, phq9())
    before = practice.facts(episode)
    assert before.open_ladder is not None
    tried = LogAttempt(
        episode_id=episode,
        ladder_id=before.open_ladder.id,
        rung=1,
        channel=Channel.CALL,
        outcome=AttemptOutcome.LEFT_MESSAGE,
        note="Name and number only",
    )
    log_attempt(tried, uow, practice.rulebook)
    up = MoveStep(
        episode_id=episode, seen=before.version, to_step=3, reason="Needs more", agreed_with_patient=True
    )
    move_step(up, uow, pathway())
    review = RecordReview(
        episode_id=episode,
        reviewed_on=day(7),
        supervisor_id=practice.user("amina"),
        decision="Carry on",
        actions=(AgreedAction(text="Ring", owner_id=practice.user("sam"), due_on=day(9)),),
    )
    record_review(review, uow)
    return episode


@contextmanager
def noted(practice: Practice) -> Iterator[list[str]]:
    """Note what is asked of the database meanwhile."""
    statements: list[str] = []

    def note(*execution: object) -> None:
        statements.append(str(execution[2]))

    event.listen(practice.opened.engine, "before_cursor_execute", note)
    yield statements
    event.remove(practice.opened.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("size", [1, 60])
def test_a_caseload_costs_the_same_few_selects_however_long_it_is(practice: Practice, size: int) -> None:
    for number in range(size):
        if number < 3:
            live(practice, surname=f"Patient {number}")
        else:
            practice.refer(surname=f"Patient {number}")
    with practice.reading() as session, noted(practice) as statements:
        assert len(caseload(session, practice.rulebook, practice.today)) == size
    found = [statement for statement in statements if statement.startswith(("SELECT", "WITH"))]
    assert len(found) == SELECTS == 30
    assert len(statements) == SELECTS + 1  # and the BEGIN


def test_everything_recorded_is_in_the_facts(practice: Practice) -> None:
    episode = live(practice)
    facts = practice.facts(episode)
    seen, missed = facts.contacts
    assert (seen.on, seen.at, seen.minutes, missed.on) == (day(0), time(10), 30, day(7))
    (measure,) = facts.measures
    assert (measure.total, measure.answers, measure.entry_mode) == (17, (2,) * 8 + (1,), EntryMode.ITEMS)
    assert measure.recorded_at == practice.clock.now()
    (prompt,) = facts.safety_prompts
    assert (prompt.measure_id, prompt.answer, prompt.closed_on) == (measure.id, 1, None)
    assert prompt.recorded_at == measure.recorded_at
    (ladder,) = facts.ladders
    assert (ladder.contact_id, ladder.missed_on, ladder.slot_ended) == (missed.id, day(7), time(10, 30))
    (attempt,) = ladder.attempts
    assert (attempt.rung, attempt.channel, attempt.outcome, attempt.note) == (
        1,
        Channel.CALL,
        AttemptOutcome.LEFT_MESSAGE,
        "Name and number only",
    )
    assert [(move.from_step, move.to_step) for move in facts.step_moves] == [(None, 2), (2, 3)]
    (review,) = facts.reviews
    assert (review.supervisor, review.decision, review.recorded_at) == (
        "Amina Shah",
        "Carry on",
        practice.clock.now(),
    )
    (action,) = facts.actions
    assert (action.owner, action.owner_id, action.agreed_on) == ("Sam Brown", practice.user("sam"), day(7))
    assert (facts.step, facts.holder, facts.letters) == (3, "Jo Smith", ())


def test_one_patients_facts_are_the_same_alone_and_among_others(practice: Practice) -> None:
    """The caseload and the patient page read one and the same snapshot."""
    episodes = [live(practice, surname=surname) for surname in ("Okafor", "Li", "Brown")]
    with practice.reading() as session:
        together = {facts.episode_id: facts for facts in open_caseload_facts(session)}
        for episode in episodes:
            assert episode_facts(session, episode) == together[episode]


def test_a_letter_issued_is_in_the_facts(practice: Practice) -> None:
    at = scene(practice)
    COMMANDS["issue_letter"].run(at, practice.staff["jo"].role)
    (letter,) = practice.facts(at.episode).letters
    assert (letter.kind, letter.issued_on) == ("gp_review", day(14))
    assert letter.title
    assert letter.recipient


def test_contacts_stand_in_order_of_time_and_voided_ones_do_not_stand_at_all(practice: Practice) -> None:
    episode = practice.refer()
    for at in (time(15), time(9), None):
        practice.happen("A", episode, MONDAY, at=at)
    assert [contact.at for contact in practice.facts(episode).contacts] == [None, time(9), time(15)]
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        wrong = session.get_one(Contact, practice.facts(episode).contacts[1].id)
        wrong.voided_reason = "Another patient's"
        session.commit()
    assert [contact.at for contact in practice.facts(episode).contacts] == [None, time(15)]


def test_a_voided_dna_is_not_counted_by_the_next(practice: Practice) -> None:
    episode = practice.refer("AD")
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.get_one(Contact, practice.facts(episode).contacts[1].id).voided_reason = "Was seen"
        session.commit()
    practice.happen("D", episode, day(14))
    ladder = practice.facts(episode).open_ladder
    assert ladder is not None
    assert (ladder.missed_on, ladder.consecutive) == (day(14), 1)


NAMES = [
    ("de Souza", "Ana"),
    ("Łukasiewicz", "Jan"),
    ("Lee", "Zoë"),
    ("Lee", "Aaron"),
    ("Öz", "Ali"),
    ("ZHOU", "Li"),
    ("van der Berg", "Jan"),
    ("Abe", ""),
]


def test_patients_stand_by_surname_as_people_look_them_up(practice: Practice) -> None:
    """Small letters and accents make no difference: "van der Berg" stands before "Zhou", and Ö under O."""
    for surname, given_name in NAMES:
        practice.refer(surname=surname, given_name=given_name, title="")
    with practice.reading() as session:
        found = [facts.patient.name for facts in open_caseload_facts(session)]
    assert found == [
        "ABE",
        "DE SOUZA, Ana",
        "LEE, Aaron",
        "LEE, Zoë",
        "ŁUKASIEWICZ, Jan",
        "ÖZ, Ali",
        "VAN DER BERG, Jan",
        "ZHOU, Li",
    ]


def test_closed_episodes_are_left_out_of_the_caseload_and_found_by_number(practice: Practice) -> None:
    episode, other = practice.refer("A"), practice.refer("A", surname="Li")
    command = CloseEpisode(
        episode_id=episode, ending=Ending.COMPLETED, closed_on=practice.today, why_no_plan="Well"
    )
    close_episode(command, practice.uow(), practice.rulebook)
    with practice.reading() as session:
        assert [facts.episode_id for facts in open_caseload_facts(session)] == [other]
        closed = episode_facts(session, episode)
        assert closed is not None
        assert closed.closed_on == MONDAY
        assert closed.patient.nhs_number is not None
        assert facts_by_nhs_number(session, closed.patient.nhs_number) == closed
        assert episode_facts(session, EpisodeId(99)) is None
        assert facts_by_nhs_number(session, "9434765919") is None


def test_a_patient_without_a_telephone_is_on_the_caseload_like_anybody(practice: Practice) -> None:
    practice.refer("AD", telephone="", address="", postcode="")
    practice.on(date(2027, 3, 1))
    with practice.reading() as session:
        (row,) = caseload(session, practice.rulebook, practice.today)
    assert row.overdue
    assert row.facts.patient.telephone is None


def test_the_open_caseload_in_parts_is_the_open_caseload(practice: Practice) -> None:
    made = [practice.refer("A", surname=f"Ash{number}") for number in range(5)]
    with practice.reading() as session:
        parts = list(open_caseload_parts(session, size=2))
        assert [len(part) for part in parts] == [2, 2, 1]
        whole = open_caseload_facts(session)
    assert sorted(each.episode_id for each in whole) == made
    key = {each.episode_id: each for each in whole}
    assert all(facts == key[facts.episode_id] for part in parts for facts in part)
